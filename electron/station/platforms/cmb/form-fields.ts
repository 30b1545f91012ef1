import { z } from 'zod';
import { MAX_FEN } from '../../../../shared/domain/money.ts';
import { normalisePlateText } from '../../../../shared/domain/plates.ts';

/** Fields of what the bank sends: texts of a form, made the values that they stand for. */

/** A plate as the house spells it. */
export const formPlate = z
  .string()
  .max(40)
  .transform(normalisePlateText)
  .refine((plate) => plate !== '', 'is missing');

/** What somebody may spend, in whole fen: no fee is ever more than the highest amount, so a higher limit says the same as that. */
export const formLimit = z
  .string()
  .trim()
  .regex(/^\d{1,18}$/, 'is no amount in whole fen')
  .transform((digits) => Math.min(Number(digits), MAX_FEN));
