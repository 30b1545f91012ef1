import type { Plate } from './plate.ts';
import { classifyPlate, normalisePlateText, PROVINCES } from './plates.ts';

/**
 * Which known plates a reading may have meant. For finding the stay of a car at its exit and for an attendant who looks for
 * one; never for opening to a white list or a card, where only the exact plate counts.
 */

/** Characters that cameras take for one another. No character stands in two groups, so half a step away is transitive. */
const CONFUSABLE = ['0ODQC', '1ILT7', '2Z', '5S', '6G', '8B', 'UVY', 'MNWH', 'KX', 'EF', 'PR', '4A'] as const;

const groupOf = new Uint8Array(128);
CONFUSABLE.forEach((group, index) => {
  for (const char of group) groupOf[char.charCodeAt(0)] = index + 1;
});

/** Distances are counted in halves inside, so that they stay whole numbers. */
const WITHIN_GROUP = 1;
const OTHERWISE = 2;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

function replacing(a: number, b: number, newEnergyLetter: boolean): number {
  if (a === b) return 0;
  if (newEnergyLetter && isDigit(a) !== isDigit(b)) return Number.POSITIVE_INFINITY;
  const group = groupOf[a] ?? 0;
  return group !== 0 && group === groupOf[b] ? WITHIN_GROUP : OTHERWISE;
}

/** Where the letter stands that makes a plate one of a new-energy vehicle: third or last. -1 in all other plates. */
function newEnergyLetter(text: string): number {
  if (text.length !== 8) return -1;
  const kind = classifyPlate(text);
  return kind === 'new-energy-small' ? 2 : kind === 'new-energy-large' ? 7 : -1;
}

/** Weighted edit distance in halves; infinite as soon as it must exceed `max`. */
function halves(a: string, b: string, max: number, letterA: number, letterB: number): number {
  if (Math.abs(a.length - b.length) * OTHERWISE > max) return Number.POSITIVE_INFINITY;
  let above = Array.from({ length: b.length + 1 }, (_, j) => j * OTHERWISE);
  for (let i = 1; i <= a.length; i++) {
    const row = [i * OTHERWISE];
    let left = i * OTHERWISE;
    let least = left;
    for (let j = 1; j <= b.length; j++) {
      const letter = i - 1 === letterA || j - 1 === letterB;
      const replaced = (above[j - 1] ?? 0) + replacing(a.charCodeAt(i - 1), b.charCodeAt(j - 1), letter);
      left = Math.min(replaced, (above[j] ?? 0) + OTHERWISE, left + OTHERWISE);
      row.push(left);
      if (left < least) least = left;
    }
    if (least > max) return Number.POSITIVE_INFINITY;
    above = row;
  }
  return above[b.length] ?? 0;
}

/** As {@link halves}, with the rule of the new-energy letter; plates are classified only where that can matter. */
function distanceWithin(a: string, b: string, max: number): number {
  const atLeast = halves(a, b, max, -1, -1);
  if (atLeast === 0 || atLeast > max || (a.length !== 8 && b.length !== 8)) return atLeast;
  const letterA = newEnergyLetter(a);
  const letterB = newEnergyLetter(b);
  return letterA < 0 && letterB < 0 ? atLeast : halves(a, b, max, letterA, letterB);
}

/**
 * How far apart two normalised plate texts are: 0.5 for a character taken for one of its group, 1 for any other, 1 for each
 * missing or extra one. The letter of a new-energy plate is never taken for a digit. Symmetric, and 0 only between equals.
 */
export function plateDistance(read: string, candidate: string): number {
  return distanceWithin(read, candidate, Number.POSITIVE_INFINITY) / 2;
}

/** `exact` · `without-province`: equal but for the province, which was misread or is missing · `near`: within the cost. */
export type NearKind = 'exact' | 'without-province' | 'near';

export interface NearMatch<T> {
  readonly item: T;
  /** {@link plateDistance} of the reading from this candidate. */
  readonly cost: number;
  readonly kind: NearKind;
}

export interface NearOptions {
  /** At most this many; at least 2, for with one alone nobody could see that there is a second. Default 10. */
  readonly limit?: number;
  /** The furthest that is listed; at least 1, for the same reason. Default 1. */
  readonly maxCost?: number;
}

const RANK: Record<NearKind, number> = { exact: 0, 'without-province': 1, near: 2 };
const serial = (text: string): string => (PROVINCES.includes(text.charAt(0)) ? text.slice(1) : text);

/**
 * The candidates that a reading may have meant: by cost, at the same cost those that differ by the province alone first, then as
 * given (give the most recent first). A reading without text has none. Throws RangeError for a limit below 2 or a cost below 1.
 */
export function nearMatches<T>(
  read: Plate,
  candidates: Iterable<T>,
  plateOf: (item: T) => Plate,
  { limit = 10, maxCost = 1 }: NearOptions = {},
): readonly NearMatch<T>[] {
  if (limit < 2 || maxCost < 1)
    throw new RangeError('near matches need a limit of at least 2 and a cost of at least 1');
  const text = read.text;
  if (text === '') return [];
  const rest = serial(text);
  const found: NearMatch<T>[] = [];
  for (const item of candidates) {
    const other = plateOf(item).text;
    if (other === '') continue;
    const cost = distanceWithin(text, other, maxCost * 2) / 2;
    if (cost > maxCost) continue;
    const kind = cost === 0 ? 'exact' : serial(other) === rest ? 'without-province' : 'near';
    found.push({ item, cost, kind });
  }
  return found.sort((a, b) => a.cost - b.cost || RANK[a.kind] - RANK[b.kind]).slice(0, limit);
}

/**
 * The one match that may be taken without asking a person: the only exact one, or one within 0.5 while no other candidate lies
 * within 1. Null when a person must choose. `matches` as {@link nearMatches} gave them, not filtered.
 */
export function unambiguous<T>(matches: readonly NearMatch<T>[]): NearMatch<T> | null {
  const [first, second] = matches;
  if (!first || first.cost > 0.5) return null;
  if (!second || second.cost > 1) return first;
  return first.cost === 0 && second.cost > 0 ? first : null;
}

/** Characters that must be known before a part of a plate is looked for: fewer would list half the car park. */
const FEWEST_KNOWN = 3;

/** Serials carry neither I nor O, so whoever types one means the digit. */
const fold = (text: string): string => normalisePlateText(text).replaceAll('O', '0').replaceAll('I', '1');

/** Where `part` first occurs in `text`, -1 for nowhere; `?` stands for one character, `*` for any number of them. */
function occursAt(text: string, part: string): number {
  if (!/[?*]/.test(part)) return text.indexOf(part);
  const pieces = part.split('*').filter((piece) => piece !== '');
  let from = 0;
  let start = -1;
  for (const piece of pieces) {
    const at = pieceAt(text, piece, from);
    if (at < 0) return -1;
    if (start < 0) start = at;
    from = at + piece.length;
  }
  return start;
}

function pieceAt(text: string, piece: string, from: number): number {
  for (let at = from; at + piece.length <= text.length; at++)
    if ([...piece].every((char, i) => char === '?' || char === text[at + i])) return at;
  return -1;
}

/**
 * The candidates whose plate contains what was typed: at least three characters, anywhere in the plate, `?` for one that could
 * not be read and `*` for any number. A whole plate first, then as given. Too short an input finds nothing.
 */
export function partialMatches<T>(
  typed: string,
  candidates: Iterable<T>,
  plateOf: (item: T) => Plate,
  { limit = 10 }: { readonly limit?: number } = {},
): readonly T[] {
  const part = fold(typed);
  if (part.replace(/[?*]/g, '').length < FEWEST_KNOWN) return [];
  const whole: T[] = [];
  const within: T[] = [];
  for (const item of candidates) {
    const text = fold(plateOf(item).text);
    if (text === part) whole.push(item);
    else if (within.length < limit && occursAt(text, part) >= 0) within.push(item);
  }
  return [...whole, ...within].slice(0, limit);
}
