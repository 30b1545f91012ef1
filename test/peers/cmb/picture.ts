const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** A picture as it was sent: its bytes, or where to fetch it. */
export type Picture = { readonly bytes: Buffer } | { readonly url: string };

const isUrl = (text: string): boolean => /^https?:\/\/\S+$/.test(text) && URL.canParse(text);

/** What is wrong with a `pic_con`; 6.7 is the fault that the bank has seen most. */
export function pictureFault(text: string): string | undefined {
  if (isUrl(text)) return undefined;
  if (text.startsWith('data:')) return 'has a data: prefix';
  if (/%[0-9A-Fa-f]{2}/.test(text)) return 'was encoded twice';
  if (text.includes(' ')) return 'has blanks: its + was not percent-encoded';
  return BASE64.test(text) ? undefined : 'is neither base64 nor an address';
}

export const pictureOf = (text: string): Picture =>
  isUrl(text) ? { url: text } : { bytes: Buffer.from(text, 'base64') };

/** Whether these are whole bytes of a JPEG or a PNG, as far as their ends tell. */
export function looksWhole(bytes: Buffer): boolean {
  if (bytes.length < 8) return false;
  const jpeg = bytes.readUInt16BE(0) === 0xffd8 && bytes.readUInt16BE(bytes.length - 2) === 0xffd9;
  return jpeg || (bytes.readUInt32BE(0) === 0x89504e47 && bytes.subarray(-8, -4).toString('latin1') === 'IEND');
}
