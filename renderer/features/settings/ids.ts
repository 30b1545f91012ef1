/** `in` and `in1`, `in2` are taken → `in3`. */
export function freeId(stem: string, taken: readonly { readonly id: string }[]): string {
  const ids = new Set(taken.map(({ id }) => id));
  for (let n = 1; ; n += 1) if (!ids.has(`${stem}${n}`)) return `${stem}${n}`;
}

/** The smallest number that none of them has. */
export function freeNumber(taken: readonly number[]): number {
  for (let n = 1; ; n += 1) if (!taken.includes(n)) return n;
}
