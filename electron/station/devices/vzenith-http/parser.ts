import { decodeGbk } from '../gbk.ts';
import { maskParts } from '../wire-mask.ts';

/** Far above what a heartbeat needs; more is not a heartbeat. */
const MAX_FORM_BYTES = 64 * 1024;

/** Fields of a heartbeat, names in lower case. The field `pass_wd` is the camera's password: it is not even kept. */
type FormFields = ReadonlyMap<string, string>;

/** Reads a form, urlencoded or multipart; files and nested parts are passed over. */
export function parseForm(contentType: string, body: Uint8Array): FormFields {
  if (body.byteLength > MAX_FORM_BYTES) return new Map();
  const text = new TextDecoder('utf-8').decode(body);
  const pairs = /^\s*multipart\/form-data/i.test(contentType)
    ? multipartPairs(contentType, text)
    : [...new URLSearchParams(text.trim())];
  return new Map(
    pairs
      .map(([name, value]) => [name.trim().toLowerCase(), value.trim()] as const)
      .filter(([name]) => name !== 'pass_wd'),
  );
}

function multipartPairs(contentType: string, text: string): (readonly [string, string])[] {
  // Some senders announce another boundary than they use: the first line of the body is what counts.
  const announced = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  const delimiter = text.startsWith('--') ? (text.split(/\r?\n/, 1)[0] ?? '') : `--${announced ?? ''}`;
  if (delimiter.length < 3) return [];
  const pairs: (readonly [string, string])[] = [];
  for (const part of text.split(delimiter).slice(1)) {
    const { head, value } = halvesOf(part);
    const name = /name="?([^";\r\n]+)"?/i.exec(head)?.[1];
    if (name !== undefined && value !== undefined) pairs.push([name, value]);
  }
  return pairs;
}

/** Head and value of a part, which begins and ends with a line end. Looked through once: one pattern for both takes the square of its length. */
function halvesOf(part: string): { readonly head: string; readonly value: string | undefined } {
  const start = /^\r?\n/.exec(part)?.[0].length;
  if (start === undefined) return { head: '', value: undefined };
  const rest = part.slice(start);
  const blank = /\r?\n\r?\n/.exec(rest);
  const value = blank === null ? '' : rest.slice(blank.index + blank[0].length);
  if (blank === null || !value.endsWith('\n')) return { head: '', value: undefined };
  return { head: rest.slice(0, blank.index), value: value.slice(0, value.endsWith('\r\n') ? -2 : -1) };
}

/** The zero bytes that end strings in C, which some cameras count as part of the body. */
export function withoutTrailingZeros(body: Uint8Array): Uint8Array {
  let end = body.byteLength;
  while (end > 0 && body[end - 1] === 0) end -= 1;
  return body.subarray(0, end);
}

/** JSON is UTF-8 by the protocol; some copies send GBK, and a plate must not be lost to that. */
export function decodeText(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return decodeGbk(body);
  }
}

// One character a byte, so that whatever is not text survives.
const HIDDEN = Buffer.from('[已隐藏]', 'utf8').toString('latin1');
/** `pass_wd`, also where letters of it are written as `%xx`. */
const PASSWORD_NAME = [...'pass_wd']
  .map((letter) => {
    const codes = [letter, letter.toUpperCase()].map((form) => `%${form.charCodeAt(0).toString(16)}`);
    return `(?:${[letter, ...codes].join('|')})`;
  })
  .join('');
const IN_FORM = new RegExp(`(${PASSWORD_NAME}=)[^&\\s]*`, 'gi');
const IN_PART = /name="?\s*pass_wd/i;

/** A heartbeat without the camera's password, for people. */
export const withoutPassword = (heartbeat: Uint8Array): Uint8Array =>
  Buffer.from(maskParts(Buffer.from(heartbeat).toString('latin1').replace(IN_FORM, `$1${HIDDEN}`), IN_PART), 'latin1');
