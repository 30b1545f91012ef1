import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * The form and its signature (§3.2): MD5 over the sorted, non-empty, raw texts as they travel, with the secret appended. Pure. The
 * same rule and the same secret in both directions.
 */

/** Name and raw text, before percent-encoding. */
export type Fields = ReadonlyMap<string, string>;

export const SIGN = 'sign';
/** Not signed, only by this name (PicUpload, 5.6). */
export const UNSIGNED: ReadonlySet<string> = new Set([SIGN, 'pic_con']);
/** In what the bank sends no field of that name is excepted. */
const UNSIGNED_DOWN: ReadonlySet<string> = new Set([SIGN]);

/** By code units, as ASCII names are ordered: never by a locale. */
const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : a > b ? 1 : 0);

/** What is digested, without the secret. An empty value is not signed; "0", "[]" and "{}" are no empty values. */
export function plainText(fields: Fields, unsigned: ReadonlySet<string> = UNSIGNED): string {
  return [...fields]
    .filter(([name, value]) => value !== '' && !unsigned.has(name))
    .sort(byName)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** 32 lower-case hex digits. */
export function signature(fields: Fields, secret: string, unsigned: ReadonlySet<string> = UNSIGNED): string {
  return createHash('md5')
    .update(plainText(fields, unsigned) + secret, 'utf8')
    .digest('hex');
}

/** Whether what came carries the right sign, over every field that came. Takes as long for a nearly right one as for any other. */
export function isSigned(fields: Fields, secret: string): boolean {
  const given = (fields.get(SIGN) ?? '').toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(given)) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(signature(fields, secret, UNSIGNED_DOWN)));
}

/** `application/x-www-form-urlencoded`, UTF-8, each value encoded once. */
export const encodeForm = (fields: Fields): string => new URLSearchParams([...fields]).toString();

/** Why a body is no form that can be read; what to say is the caller's. */
export type FormFault = 'not-utf8' | 'twice';

/** A received form. What is ambiguous is refused, for what was signed would be a guess: a name twice, bytes that are no UTF-8. */
export function readForm(body: Uint8Array): Fields | FormFault {
  const text = utf8(body);
  if (text === undefined) return 'not-utf8';
  const fields = new Map<string, string>();
  for (const part of text.split('&')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const name = decoded(at < 0 ? part : part.slice(0, at));
    const value = decoded(at < 0 ? '' : part.slice(at + 1));
    if (name === undefined || value === undefined) return 'not-utf8';
    if (fields.has(name)) return 'twice';
    fields.set(name, value);
  }
  return fields;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Business fields as texts: numbers in decimal, nothing for what is absent, lists and objects as compact JSON with their keys as
 * given, non-ASCII as it is.
 */
export function texts(fields: Readonly<Record<string, unknown>>): Map<string, string> {
  const made = new Map<string, string>();
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === undefined) continue;
    made.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return made;
}
