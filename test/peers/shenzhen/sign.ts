import { createHash } from 'node:crypto';

/** Names that no signature covers, as it stands among them. */
const NEVER: readonly string[] = ['signature'];

const byAscii = ([a]: readonly [string, string], [b]: readonly [string, string]): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

/** All that was sent, empty texts too, in order of the names, and the secret behind it. */
export function stringToSign(
  members: Iterable<readonly [string, string]>,
  accessSecret: string,
  unsigned: readonly string[] = [],
): string {
  const signed = [...members].filter(([name]) => !NEVER.includes(name) && !unsigned.includes(name)).sort(byAscii);
  return signed.map(([name, text]) => `${name}=${text}`).join('&') + accessSecret;
}

/** Upper-case hex digits of SHA-1. */
export function signatureOf(
  members: Iterable<readonly [string, string]>,
  accessSecret: string,
  unsigned: readonly string[] = [],
): string {
  const text = stringToSign(members, accessSecret, unsigned);
  return createHash('sha1').update(text, 'utf8').digest('hex').toUpperCase();
}

export const SIGNATURE = /^[0-9A-F]{40}$/;
export const ANY_SIGNATURE = /^[0-9A-Fa-f]{40}$/;
