const decoder = new TextDecoder('gbk');

/** A text as a GBK device reads it, and what is wrong with its bytes. */
export interface GbkText {
  readonly text: string;
  readonly faults: readonly string[];
}

/** Reads GBK: ASCII, or two bytes, 81–FE then 40–FE without 7F. */
export function readGbk(bytes: Uint8Array): GbkText {
  const faults: string[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const [lead = 0, trail] = [bytes[at], bytes[at + 1]];
    if (lead < 0x80) continue;
    if (lead === 0x80 || lead === 0xff) faults.push(`byte ${hex(lead)} is no GBK`);
    else if (trail === undefined) faults.push(`half a character at the end: ${hex(lead)}`);
    else if (trail < 0x40 || trail === 0x7f || trail === 0xff) faults.push(`no GBK: ${hex(lead)} ${hex(trail)}`);
    else at += 1;
  }
  return { text: decoder.decode(bytes), faults };
}

const hex = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0');
