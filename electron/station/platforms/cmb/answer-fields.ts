import { z } from 'zod';
import { normalisePlateText } from '../../../../shared/domain/plates.ts';

/** Fields of what the bank answers, read tolerantly: numbers may be texts, and absent, null and '' mean the same. */

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '');

/** An order number. Some banks' systems write them as JSON numbers, of which no digit may get lost. */
export const looseText = (max: number) =>
  z
    .unknown()
    .optional()
    .transform((value, context): string | null => {
      if (isNothing(value)) return null;
      const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
      if ((typeof value === 'string' || /^\d+$/.test(text)) && text.length <= max) return text;
      context.addIssue({ code: 'custom', message: 'is no text' });
      return z.NEVER;
    });

/** A whole number that is not negative, or nothing. */
export const looseWhole = z
  .unknown()
  .optional()
  .transform((value, context): number | null => {
    if (isNothing(value)) return null;
    const number = Number(typeof value === 'string' ? value.trim() : JSON.stringify(value));
    if (Number.isSafeInteger(number) && number >= 0) return number;
    context.addIssue({ code: 'custom', message: 'is no whole number' });
    return z.NEVER;
  });

/** UNIX seconds as epoch ms. A moment that cannot be read is none: what it belongs to has happened all the same. */
export const looseMoment = looseWhole
  .transform((seconds) => (seconds !== null && /^\d{10}$/.test(String(seconds)) ? seconds * 1000 : null))
  .catch(null);

/** Whether a plate in an answer is the one that was asked about; an answer without one speaks of what was asked. */
export const isSamePlate = (told: string | null, asked: string): boolean =>
  told === null || normalisePlateText(told) === normalisePlateText(asked);
