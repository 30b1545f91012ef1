import { z } from 'zod';
import type { Translate } from '../../lib/i18n/index.ts';
import type { Language } from '../../lib/i18n/language.ts';
import { errorCode, errorData } from '../../lib/station/error-code.ts';
import { problemText } from '../../office/problem-text.ts';

const retrySchema = z.object({ retryAfterSeconds: z.number() });

/** Why nobody is signed in yet, in words. The same sentence for a wrong name and a wrong password, on purpose. */
export function signInProblem(error: unknown, t: Translate, language: Language): string {
  const code = errorCode(error);
  // The password was right, and the account may not be used here now: that is said.
  if (code === 'CONFLICT') return problemText(error, t, language);
  if (code === 'TOO_MANY_REQUESTS') {
    const data = retrySchema.safeParse(errorData(error));
    return t('signIn.tooMany', { seconds: data.success ? data.data.retryAfterSeconds : 60 });
  }
  return code === 'UNAUTHORIZED' || code === 'FORBIDDEN' ? t('signIn.refused') : t('signIn.failed');
}

export function setUpProblem(error: unknown, t: Translate): string {
  const code = errorCode(error);
  if (code === 'FORBIDDEN') return t('setUp.refused');
  return code === 'CONFLICT' ? t('setUp.taken') : t('setUp.failed');
}
