/** Bytes as people read them. */

export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

/** As text; JSON is put into lines. Bytes that are no UTF-8 are tried as the GB 18030 that some devices send. */
export function textOf(bytes: Uint8Array): string {
  const text = decode(bytes);
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Bytes that no text has: those of a protocol, to be looked at in hex. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0d].includes(byte)) || decode(bytes).includes('\ufffd');
}

/** `AA 55 00`, to be put into a letter to the maker. */
export const plainHex = (bytes: Uint8Array): string => [...bytes].map(hexByte).join(' ');

const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0').toUpperCase();

const PER_LINE = 16;

/** Sixteen bytes a line: where, what, and what of it can be read. A character stands in the line in which its first byte does. */
export function hexOf(bytes: Uint8Array): string {
  const readable = readableOf(bytes);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += PER_LINE) {
    const hex = plainHex(bytes.subarray(at, at + PER_LINE));
    const plain = readable.slice(at, at + PER_LINE).join('');
    lines.push(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(PER_LINE * 3 - 1)}  ${plain}`);
  }
  return lines.join('\n');
}

/** What each byte is as text: Chinese at its first byte, and as wide as its bytes. */
function readableOf(bytes: Uint8Array): readonly string[] {
  const utf8 = isUtf8(bytes);
  const cells: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const read = utf8 ? utf8At(bytes, at) : gbkAt(bytes, at);
    if (read === null) cells.push(asciiOf(bytes[at] ?? 0));
    // Two columns wide: it fills the place of two of its bytes.
    else cells.push(read.text, ...Array.from({ length: read.bytes - 1 }, (_, index) => (index === 0 ? '' : ' ')));
    at += read?.bytes ?? 1;
  }
  return cells;
}

const asciiOf = (byte: number): string => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.');

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

interface ReadChar {
  readonly text: string;
  readonly bytes: number;
}

function utf8At(bytes: Uint8Array, at: number): ReadChar | null {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return null;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  return { text: new TextDecoder().decode(bytes.subarray(at, at + length)), bytes: length };
}

const GBK = new TextDecoder('gbk', { fatal: true });

/** Only the characters and punctuation of GB 2312: any two bytes of a checksum would be one of GBK. */
function gbkAt(bytes: Uint8Array, at: number): ReadChar | null {
  const [first = 0, second = 0] = [bytes[at], bytes[at + 1]];
  const known = (first >= 0xb0 && first <= 0xf7) || first === 0xa1 || first === 0xa3;
  if (!known || second < 0xa1 || second > 0xfe) return null;
  try {
    return { text: GBK.decode(bytes.subarray(at, at + 2)), bytes: 2 };
  } catch {
    return null;
  }
}
