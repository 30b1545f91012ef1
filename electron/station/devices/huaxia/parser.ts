import { decodeGbk } from '../gbk.ts';

/** Far more fields than any message has. */
const MOST_FIELDS = 64;
const [PERCENT, PLUS, SPACE] = [0x25, 0x2b, 0x20];

/** Fields of a form, names in lower case, values as bytes: which text they are is seen from all of them together. */
export type RawForm = ReadonlyMap<string, Uint8Array>;

/** Reads a form, from a body or from what follows the `?` of an address. Of a name that comes twice the first counts. */
export function parseForm(form: Uint8Array): RawForm {
  const text = Buffer.from(form.buffer, form.byteOffset, form.byteLength).toString('latin1').trim();
  const fields = new Map<string, Uint8Array>();
  for (const pair of text.split('&', MOST_FIELDS)) {
    const equals = pair.indexOf('=');
    if (equals < 1) continue;
    const name = Buffer.from(unescaped(pair.slice(0, equals)))
      .toString('latin1')
      .trim()
      .toLowerCase();
    if (!fields.has(name)) fields.set(name, unescaped(pair.slice(equals + 1)));
  }
  return fields;
}

/** The bytes behind `%xx` and `+`; a percent sign that begins none stays one. */
function unescaped(value: string): Uint8Array {
  const bytes = Buffer.from(value, 'latin1');
  let length = 0;
  for (let at = 0; at < bytes.byteLength; at += 1, length += 1) {
    const byte = bytes[at] ?? 0;
    const hex = byte === PERCENT ? bytes.toString('latin1', at + 1, at + 3) : '';
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes[length] = Number.parseInt(hex, 16);
      at += 2;
    } else bytes[length] = byte === PLUS ? SPACE : byte;
  }
  return bytes.subarray(0, length);
}

/** As UTF-8, which the sample has; null where that is not what it is. */
export function asUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

export const asGbk = decodeGbk;

/** The base64 of a picture field: `- _ .` stand for `+ / =`. A `+` that nobody escaped has become a space. */
export const standardBase64 = (text: string): string =>
  text.trim().replaceAll('-', '+').replaceAll('_', '/').replaceAll('.', '=').replaceAll(' ', '+');

const PICTURE = /((?:^|&)(?:picture|closeup_pic)=)([^&]{65,})/gi;

/** A form as it may be shown: of its pictures the length alone. One character a byte, so that whatever is not text survives. */
export const withoutPictures = (form: Uint8Array): Uint8Array =>
  Buffer.from(
    Buffer.from(form.buffer, form.byteOffset, form.byteLength)
      .toString('latin1')
      .replace(PICTURE, (_whole, name: string, picture: string) => `${name}[${picture.length} characters]`),
    'latin1',
  );
