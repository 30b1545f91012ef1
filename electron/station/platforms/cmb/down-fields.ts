import { z } from 'zod';
import { MAX_FEN } from '../../../../shared/domain/money.ts';
import { normalisePlateText } from '../../../../shared/domain/plates.ts';

/** Fields of the bank's own requests that are about cars and barriers. In a form everything is text, and what is empty is absent. */

/** An entry or exit, 0-255 (4.1). Ours have 1-255 (FAQ 6.8): 0 is nobody's. */
export const formGate = z
  .string()
  .regex(/^\d{1,3}$/, 'is no number of 0-255')
  .transform(Number)
  .refine((number) => number <= 255, 'is no number of 0-255');

/** A plate, or a virtual one, as it was sent. */
export const formVpl = z.string().trim().min(1, 'is missing').max(30);

/** When money was paid: 13 digits are milliseconds, and what is empty was just now. Its moment is no reason to refuse it. */
export const formPaidAt = z
  .union([z.literal(''), z.string().regex(/^[1-9]\d{9}(\d{3})?$/, 'is no time in seconds')])
  .optional()
  .transform((digits) => (!digits ? null : Number(digits) * (digits.length === 13 ? 1 : 1000)));

/** A field that may be missing or empty. */
export const maybe = <S extends z.ZodType>(field: S) =>
  z
    .literal('')
    .transform(() => undefined)
    .or(field)
    .optional();

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
