import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import type { Translate } from '../../lib/i18n/index.ts';

const retrySchema = z.object({ retryAfterSeconds: z.number() });

/** Why nobody is signed in yet, in words. The same sentence for a wrong name and a wrong password, on purpose. */
export function signInProblem(error: unknown, t: Translate): string {
  if (!(error instanceof ORPCError)) return t('signIn.failed');
  if (error.code === 'TOO_MANY_REQUESTS') {
    const data = retrySchema.safeParse(error.data);
    return t('signIn.tooMany', { seconds: data.success ? data.data.retryAfterSeconds : 60 });
  }
  return error.code === 'UNAUTHORIZED' || error.code === 'FORBIDDEN' ? t('signIn.refused') : t('signIn.failed');
}

export function setUpProblem(error: unknown, t: Translate): string {
  if (!(error instanceof ORPCError)) return t('setUp.failed');
  if (error.code === 'FORBIDDEN') return t('setUp.refused');
  return error.code === 'CONFLICT' ? t('setUp.taken') : t('setUp.failed');
}
