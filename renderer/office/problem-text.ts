import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import type { Translate } from '../lib/i18n/index.ts';
import type { Language } from '../lib/i18n/language.ts';
import { reasonsEn } from '../lib/i18n/office/reasons.en.ts';
import { errorCode, errorData } from '../lib/station/error-code.ts';

const conflictSchema = z.object({ reason: z.string() });
const retrySchema = z.object({ retryAfterSeconds: z.number() });
const issuesSchema = z.object({
  issues: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() })),
});

/** The station's own reason for a CONFLICT, e.g. `card-number-taken`; `null` for anything else. */
export function conflictReason(error: unknown): string | null {
  if (errorCode(error) !== 'CONFLICT') return null;
  const data = conflictSchema.safeParse(errorData(error));
  return data.success ? data.data.reason : null;
}

/** Faults by field, `a.b.0` → message; empty unless the station found fault with what was sent. */
export function fieldFaults(error: unknown): Readonly<Record<string, string>> {
  const data = issuesSchema.safeParse(errorData(error));
  if (!data.success) return {};
  return Object.fromEntries(data.data.issues.map(({ path, message }) => [path.join('.'), message]));
}

/**
 * What went wrong, for people. A refusal comes with the station's own Chinese sentence; English has a sentence for each reason.
 * Without an answer nobody knows whether the act was carried out, and that is what is said.
 */
export function problemText(error: unknown, t: Translate, language: Language): string {
  const code = errorCode(error);
  switch (code) {
    case null:
      return t('kit.problem.lost');
    case 'UNAUTHORIZED':
      return t('kit.problem.signedOut');
    case 'TOO_MANY_REQUESTS': {
      const data = retrySchema.safeParse(errorData(error));
      return t('kit.problem.tooMany', { seconds: data.success ? data.data.retryAfterSeconds : 60 });
    }
    case 'SERVICE_UNAVAILABLE':
      return t('kit.problem.unavailable');
    case 'LOCKED':
    case 'CONFLICT':
    case 'FORBIDDEN':
    case 'NOT_FOUND':
    case 'BAD_REQUEST': {
      if (language === 'zh-CN' && error instanceof ORPCError) return error.message;
      const reason = conflictReason(error);
      const known = reason === null ? undefined : reasonsEn[reason];
      return known ?? t(`kit.problem.${code}`, { reason: reason ?? '' });
    }
    default:
      return t('kit.problem.failed');
  }
}
