import { createCipheriv, createDecipheriv } from 'node:crypto';

const ALGORITHM = 'des-ede3-cbc';
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Standard base64 without anything else in it, and not empty. */
export const isBase64 = (text: string): boolean => text !== '' && BASE64.test(text);

/** The 24 characters of the key as they are; the IV is the date. */
export function encrypt(plain: Buffer, key: string, day: string): Buffer {
  const cipher = createCipheriv(ALGORITHM, Buffer.from(key, 'ascii'), Buffer.from(day, 'ascii'));
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

/** Null if the length or the padding says that it cannot be. */
export function decrypt(sealed: Buffer, key: string, day: string): Buffer | null {
  if (sealed.length === 0 || sealed.length % 8 !== 0) return null;
  const cipher = createDecipheriv(ALGORITHM, Buffer.from(key, 'ascii'), Buffer.from(day, 'ascii'));
  try {
    return Buffer.concat([cipher.update(sealed), cipher.final()]);
  } catch {
    return null;
  }
}
