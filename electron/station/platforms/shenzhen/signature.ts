import { createHash } from 'node:crypto';
import type { WireValue } from './context.ts';

/** The text of a value as it is signed, and as it stands in a form: arrays and objects as compact JSON. */
export const textOf = (value: Exclude<WireValue, undefined>): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/**
 * 7.4: all fields by the ASCII order of their names, `name=value` joined by `&`, the secret right behind, SHA-1. Empty texts are signed;
 * what is absent is not, nor what an interface names `unsigned`. (The reverse of the bank's rule, which leaves empty ones out.)
 */
export function signatureOf(
  fields: Readonly<Record<string, WireValue>>,
  secret: string,
  unsigned: readonly string[] = [],
): string {
  const texts = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined || name === 'signature' || unsigned.includes(name) ? [] : [[name, textOf(value)] as const],
  );
  return digestOf(texts, secret);
}

/** The same over texts that are there already: of what was received, exactly as it stood on the wire. */
export function digestOf(texts: readonly (readonly [name: string, text: string])[], secret: string): string {
  const sorted = [...texts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const plain = sorted.map(([name, text]) => `${name}=${text}`).join('&');
  return createHash('sha1').update(`${plain}${secret}`, 'utf8').digest('hex').toUpperCase();
}
