import { createHash, timingSafeEqual } from 'node:crypto';

/** Fields of a form as raw text; null is never on the wire. */
export type Fields = Readonly<Record<string, string>>;

const byAscii = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** stringA of 3.2: what is not empty, sorted by name, `name=value` joined by `&`. `sign` never counts. */
export function stringA(
  fields: Readonly<Record<string, string | null | undefined>>,
  without: readonly string[] = [],
): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .filter(([name]) => name !== 'sign' && !without.includes(name))
    .sort(byAscii)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** sign = md5(stringA + appsecret), lower-case hex (3.2). */
export function signOf(
  fields: Readonly<Record<string, string | null | undefined>>,
  appsecret: string,
  without: readonly string[] = [],
): string {
  return createHash('md5')
    .update(`${stringA(fields, without)}${appsecret}`, 'utf8')
    .digest('hex');
}

/** Compares as 3.2 wants it: upper case says the same. */
export function sameSign(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a.toLowerCase(), 'utf8'), Buffer.from(b.toLowerCase(), 'utf8')];
  return left.length === right.length && timingSafeEqual(left, right);
}
