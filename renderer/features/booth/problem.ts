import { z } from 'zod';
import { errorCode, errorData } from '../../lib/station/error-code.ts';
import type { ProblemKey } from './notice.ts';

const conflictSchema = z.object({ reason: z.string() });
const retrySchema = z.object({ retryAfterSeconds: z.number() });

/** The station's reasons for a CONFLICT. */
const conflicts: Record<string, ProblemKey> = {
  'other-car': 'passageChanged',
  'no-car': 'noCar',
  'plate-empty': 'invalid',
  'already-cleared': 'alreadyCleared',
  'already-inside': 'alreadyInside',
  'amount-differs': 'amountChanged',
  'nothing-due': 'notCharging',
  'stay-changed': 'stayChanged',
  'bill-changed': 'amountChanged',
  'debts-changed': 'amountChanged',
  'not-wanted': 'amountChanged',
  'nothing-to-approve': 'conflict',
  'reason-needed': 'reasonNeeded',
  'reason-not-listed': 'reasonNotListed',
  'not-inside': 'notInside',
  'wrong-direction': 'wrongDirection',
  'in-the-future': 'inTheFuture',
  'no-debts-here': 'noDebts',
  'shift-required': 'noShift',
  'till-paused': 'noShift',
  'not-your-till': 'noShift',
  'car-has-gone': 'carGone',
  'not-reversible': 'notReversible',
  'lane-busy': 'laneBusy',
  'change-impossible': 'invalid',
  'change-not-offered': 'noChangePage',
  'change-over': 'changeOver',
  'amount-needed': 'amountNeeded',
  'payment-under-way': 'paying',
  'bill-over': 'billOver',
  'channel-refuses': 'channelRefuses',
  'channel-silent': 'channelSilent',
  'auth-code-needed': 'noScanChannel',
  'no-picture': 'noPicture',
  'no-scan-channel': 'noScanChannel',
  'just-changed': 'justChanged',
  'code-lies-there': 'scanLies',
  'no-printer': 'noPrinter',
  'being-printed': 'beingPrinted',
  'receipt-reversed': 'receiptReversed',
  failed: 'failed',
};

export interface Problem {
  readonly key: ProblemKey;
  readonly params: Readonly<Record<string, string>>;
}

/** Why the station refused what was asked, by its reason. */
export const conflictKey = (reason: string): ProblemKey => conflicts[reason] ?? 'conflict';

/** Puts a failed call into words. Anything that is not an answer of the station means: nobody knows whether it was done. */
export function problemOf(error: unknown): Problem {
  switch (errorCode(error)) {
    case null:
      return { key: 'lost', params: {} };
    case 'UNAUTHORIZED':
      return { key: 'signedOut', params: {} };
    case 'FORBIDDEN':
      return { key: 'forbidden', params: {} };
    case 'NOT_FOUND':
      return { key: 'notFound', params: {} };
    case 'BAD_REQUEST':
      return { key: 'invalid', params: {} };
    case 'TOO_MANY_REQUESTS': {
      const data = retrySchema.safeParse(errorData(error));
      return { key: 'tooMany', params: { seconds: String(data.success ? data.data.retryAfterSeconds : 60) } };
    }
    case 'CONFLICT': {
      const data = conflictSchema.safeParse(errorData(error));
      return { key: data.success ? conflictKey(data.data.reason) : 'conflict', params: {} };
    }
    default:
      return { key: 'failed', params: {} };
  }
}
