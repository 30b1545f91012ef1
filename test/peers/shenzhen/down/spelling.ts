import { COLOUR_WORDS, type ColourWords } from '../codes.ts';
import type { DownField } from './tables.ts';
import { Raw } from './write-json.ts';

/** Ways to write a call that are right all the same, or that a car park should take. */
export interface Spelling {
  /** The signature in lower case. */
  readonly lowerCase?: boolean;
  /** Instants with 10 digits. */
  readonly seconds?: boolean;
  /** Int and Long fields as texts. */
  readonly numbers?: 'string';
  /** Texts of up to 15 digits as numbers, decimals as they stand (8.00). */
  readonly strings?: 'number';
  /** true and false as words in quotes or as 1 and 0: the source has bool, so that this is left open. */
  readonly booleans?: 'text' | 'number';
  readonly colours?: ColourWords;
  /** Without the optional fields, even those that were given. */
  readonly bare?: boolean;
  /** Optional fields that were not given as null; they are not signed. */
  readonly nulls?: boolean;
  /** An empty list of coupons instead of none. */
  readonly emptyCoupons?: boolean;
  /** A field that no table has; it is signed. */
  readonly extra?: boolean;
  /** 粤B·12345, 粤B 12345. */
  readonly plate?: 'dotted' | 'spaced';
  /** Members of data from the last to the first. */
  readonly reversed?: boolean;
  readonly blanks?: boolean;
  readonly escapes?: boolean;
  /** A member of the head that nobody knows. */
  readonly headExtra?: boolean;
}

const DIGITS = /^(?:0|[1-9]\d{0,14})$/;
const DECIMAL = /^\d+(?:\.\d+)?$/;
const CHINESE_PLATE = /^(\p{Script=Han}[A-Z])(.+)$/u;

function plateAs(value: unknown, spelling: 'dotted' | 'spaced'): unknown {
  if (typeof value !== 'string') return value;
  return value.replace(CHINESE_PLATE, spelling === 'dotted' ? '$1·$2' : '$1 $2');
}

function booleanAs(value: unknown, as: 'text' | 'number'): unknown {
  if (typeof value !== 'boolean') return value;
  if (as === 'text') return String(value);
  return value ? 1 : 0;
}

/** One value in that spelling. */
export function spelt({ kind }: Pick<DownField, 'kind'>, value: unknown, spelling: Spelling): unknown {
  const { seconds, numbers, strings, booleans, colours, plate } = spelling;
  if (kind === 'Instant' && typeof value === 'number') {
    const instant = seconds ? Math.floor(value / 1_000) : value;
    return numbers ? String(instant) : instant;
  }
  if (kind === 'Int' && numbers && typeof value === 'number') return String(value);
  if (kind === 'Boolean' && booleans) return booleanAs(value, booleans);
  if (kind === 'Colour' && colours) return COLOUR_WORDS[colours][Number(value)] ?? value;
  if (kind === 'Plate' && plate) return plateAs(value, plate);
  if (strings && typeof value === 'string') {
    if (kind === 'Decimal' && DECIMAL.test(value)) return new Raw(value);
    if (kind !== 'Plate' && kind !== 'Date' && DIGITS.test(value)) return Number(value);
  }
  return value;
}
