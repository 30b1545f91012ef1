import { COUNT_CAP } from './requests.ts';

/** Throws when nobody waits for the answer any more. Asked between the slices of a long read. */
export type Alive = () => void;

/** Rows of an index that one statement may read: a few milliseconds, after which a search can be called off. */
export const SLICE = 5_000;

/** Past this many rows a full page is handed over with what was counted so far. */
const COUNT_BUDGET = 100_000;

/** Some consecutive rows of a list, newest first, of which the filter lets some through. */
export interface Slice<Key> {
  /** Rows looked at, the filter aside. */
  readonly size: number;
  count(): number;
  keys(offset: number, limit: number): Key[];
}

/** How many rows match; a lower bound where it is not exact. */
export interface Total {
  readonly total: number;
  readonly exact: boolean;
}

/** One page out of slices, and how many rows there are at least, unless that is `known`. Reads no further than it must. */
export function pageOfSlices<Key>(
  slices: Iterable<Slice<Key>>,
  window: { readonly offset: number; readonly limit: number },
  alive: Alive,
  known?: Total,
): Total & { readonly keys: Key[] } {
  const keys: Key[] = [];
  let total = 0;
  let read = 0;
  for (const slice of slices) {
    alive();
    const full = keys.length >= window.limit;
    if (full && known) break;
    if (full && (total > COUNT_CAP || read >= COUNT_BUDGET))
      return { keys, total: Math.min(total, COUNT_CAP), exact: false };
    const found = slice.count();
    if (!full && total + found > window.offset)
      keys.push(...slice.keys(Math.max(0, window.offset - total), window.limit - keys.length));
    total += found;
    read += slice.size;
  }
  return { keys, ...(known ?? { total: Math.min(total, COUNT_CAP), exact: total <= COUNT_CAP }) };
}

/** One page of a list that is known as a whole. */
export function pageOfList<Key>(all: readonly Key[], window: { readonly offset: number; readonly limit: number }) {
  return {
    keys: all.slice(window.offset, window.offset + window.limit),
    total: Math.min(all.length, COUNT_CAP),
    exact: all.length <= COUNT_CAP,
  };
}
