import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares in a time that tells nothing of where, or in length, two texts differ. */
const isSame = (given: string, right: string): boolean => timingSafeEqual(digest(given), digest(right));

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** Both are always compared. */
export function isRightUser(
  given: { readonly user: string; readonly password: string },
  right: { readonly user: string; readonly password: string },
): boolean {
  const user = isSame(given.user, right.user);
  const password = isSame(given.password, right.password);
  return user && password;
}
