import { createHash } from 'node:crypto';
import type { Passwords } from '../../electron/station/api/passwords.ts';

const digest = (password: string): string => createHash('sha256').update(password).digest('hex');

/** For tests of what hangs on a password and not of how it is kept: a real hash takes a tenth of a second of a processor. */
export const QUICK_PASSWORDS: Passwords = {
  hash: (password) => Promise.resolve(`quick$${digest(password)}`),
  verify: (password, hash) => Promise.resolve(hash === `quick$${digest(password)}`),
};
