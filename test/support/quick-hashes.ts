import type { NonSharedBuffer } from 'node:buffer';
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded into the station's process before anything else (`node --import`): a password costs a thousandth of a second of a processor
 * and not a tenth. A run of all tests makes and compares a thousand of them, none of which anybody guesses at. What a hash really
 * costs is tested where passwords are (test/unit/api/accounts.test.ts), and a station without this one in test/integration/api.test.ts.
 */
const QUICK_N = 256;

if (isMainThread) {
  const real = crypto.scrypt;
  crypto.scrypt = (
    password: crypto.BinaryLike,
    salt: crypto.BinaryLike,
    bytes: number,
    second: crypto.ScryptOptions | ((error: Error | null, key: NonSharedBuffer) => void),
    third?: (error: Error | null, key: NonSharedBuffer) => void,
  ): void => {
    if (typeof second === 'function') real(password, salt, bytes, { N: QUICK_N }, second);
    else if (third) real(password, salt, bytes, { ...second, N: QUICK_N }, third);
  };
  syncBuiltinESMExports();
}
