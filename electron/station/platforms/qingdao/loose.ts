import { z } from 'zod';
import { MAX_FEN } from '../../../../shared/domain/money.ts';
import { parseShanghaiDateTime } from '../../../../shared/domain/time.ts';

/** Fields of what the platform sends, read tolerantly: numbers may be texts, and absent, null and '' mean the same (D23). */

/** A code as a number or as its digits. */
export const looseCode = z.union([
  z.number(),
  z
    .string()
    .max(10)
    .regex(/^\s*\d+\s*$/)
    .transform(Number),
]);

/** The same where it may be missing; what is no code at all counts as missing. */
export const optionalCode = looseCode
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

export const looseText = (max: number) =>
  z
    .union([z.string().max(max), z.number().transform(String)])
    .nullish()
    .transform((value) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null));

const wholeFen = z
  .union([z.number(), z.string().trim().max(20)])
  .nullish()
  .transform((value, context) => {
    if (value === null || value === undefined || value === '') return null;
    const fen = Number(value);
    if (Number.isSafeInteger(fen) && fen >= 0) return fen;
    context.addIssue({ code: 'custom', message: 'is no amount in whole fen' });
    return z.NEVER;
  });

/** Fen, or nothing; at most what can be owed or paid at one gate. */
export const looseFen = wholeFen.refine((fen) => fen === null || fen <= MAX_FEN, 'is far too much');

/** The same for what somebody may spend: no fee is ever more than the highest amount, so a higher limit says the same as that. */
export const looseLimit = wholeFen.transform((fen) => (fen === null ? null : Math.min(fen, MAX_FEN)));

/** A moment in the wall clock of Shanghai; null where there is none that can be read. */
export const momentOf = (text: string | null): number | null =>
  text === null ? null : (parseShanghaiDateTime(text) ?? null);
