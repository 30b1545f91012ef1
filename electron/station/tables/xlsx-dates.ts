import { type EpochMs, shanghaiDateTime } from '../../../shared/domain/time.ts';
import type { Cell } from './cell.ts';

/**
 * Dates in a workbook are days since an epoch, as wall time without a zone; here that wall clock is the one of Shanghai. ECMA-376
 * part 1, 18.17.4 (serial date-times) and 18.8.30 (number formats).
 */

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;
/** Days from 1899-12-30, which the 1900 system counts from, to 1970-01-01; and the start of the 1904 system in the former. */
const UNIX_EPOCH_DAY = 25_569;
const DAYS_TO_1904 = 1462;
/** 9999-12-31. */
const LAST_DAY = 2_958_465;

/** The serial of an instant in the 1900 system. */
export const toSerial = (at: EpochMs): number => (at + SHANGHAI_MS) / DAY_MS + UNIX_EPOCH_DAY;

/** What a number in a cell of a date format means; a number outside the calendar stays a number, a time without a date is text. */
export function fromSerial(serial: number, date1904: boolean): Cell {
  const counted = date1904 ? serial + DAYS_TO_1904 : serial;
  if (counted < 0 || counted >= LAST_DAY + 1) return serial;
  if (serial < 1) return shanghaiDateTime(Math.round(serial * 86_400) * 1000 - SHANGHAI_MS).slice(11);
  // The 1900 system knows a 29 February 1900 that never was: days before it are one behind.
  const day = counted < 60 ? counted + 1 : counted;
  return {
    kind: 'date',
    at: Math.round((day - UNIX_EPOCH_DAY) * DAY_MS) - SHANGHAI_MS,
    dateOnly: Number.isInteger(serial),
  };
}

/** Built-in formats that show a date or a time; 27 to 36 and 50 to 58 are those of Chinese, Japanese and Korean. */
const isBuiltIn = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id === 45 || id === 47 || (id >= 50 && id <= 58);

/** Excel's own limit; a longer one was made to be slow. */
const LONGEST_CODE = 255;

/** Does a number format show its number as a date? `code` is that of a custom format. Elapsed time, `[h]:mm`, is a number. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return isBuiltIn(id);
  if (code.length > LONGEST_CODE) return false;
  // Only the first section counts; texts, escaped characters, colours and locales are no part of the pattern.
  const pattern = code
    .replace(/"[^"]*"?|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';', 1)[0];
  return pattern !== undefined && !/\[[hms]+\]/i.test(pattern) && !/general/i.test(pattern) && /[ymdhs]/i.test(pattern);
}
