import { z } from 'zod';
import { parseShanghaiDateTime } from '../../../shared/domain/time.ts';

/** The kinds of field that the tables of specifications are made of, for strict writers. */

/** A mandatory text of at most `max` characters. */
export const text = (max: number) => z.string().min(1).max(max);

/** A text that may be missing; stored as null. */
export const optionalText = (max: number) => z.string().min(1).max(max).nullable();

/** A count of at most `digits` decimal digits. */
export const count = (digits: number) =>
  z
    .int()
    .min(0)
    .max(10 ** digits - 1);

/** Money in whole fen, up to the limit that the table gives. */
export const fenUpTo = (max: number) => z.int().min(0).max(max);

/** One of the codes of a dictionary. */
export const code = (codes: readonly number[]) => z.literal([...codes]);

/** `yyyy-MM-dd HH:mm:ss`, a real moment on the wall clock of Asia/Shanghai. */
export const wireTime = z
  .string()
  .max(19)
  .refine((value) => parseShanghaiDateTime(value) !== undefined, 'must be a real time yyyy-MM-dd HH:mm:ss');

/** `yyyy-MM-dd`, a real day. */
export const wireDay = z
  .string()
  .max(10)
  .refine((value) => parseShanghaiDateTime(`${value} 00:00:00`) !== undefined, 'must be a real day yyyy-MM-dd');

/** At most `max` characters of `value`; for optional notes and names, where less is better than a refused record. */
export const clip = (value: string, max: number): string => value.slice(0, max);
