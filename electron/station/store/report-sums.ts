/** Rows that are counted and carry an amount. */
export interface Counted {
  readonly count: number;
  readonly amountFen: number;
}

export const NOTHING: Counted = Object.freeze({ count: 0, amountFen: 0 });

export function total(rows: Iterable<Counted>): Counted {
  let [count, amountFen] = [0, 0];
  for (const row of rows) {
    count += row.count;
    amountFen += row.amountFen;
  }
  return { count, amountFen };
}

/** Adds up rows that agree in what `by` takes of them, in the order in which they first appear. */
export function sumsBy<T extends Counted, K extends object>(rows: Iterable<T>, by: (row: T) => K): (K & Counted)[] {
  const groups = new Map<string, K & Counted>();
  for (const row of rows) {
    const key = by(row);
    const name = JSON.stringify(key);
    const before = groups.get(name) ?? NOTHING;
    groups.set(name, { ...key, ...total([before, row]) });
  }
  return [...groups.values()];
}
