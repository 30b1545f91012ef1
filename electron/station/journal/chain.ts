import { createHash } from 'node:crypto';

/** The hash before the first row. */
export const GENESIS = '0'.repeat(64);

/** A journal row as stored, hash aside. */
export interface ChainedRow {
  readonly seq: number;
  readonly at_ms: number;
  readonly kind: string;
  readonly key: string | null;
  readonly lane_id: string | null;
  readonly passage_id: string | null;
  readonly actor_kind: string;
  readonly actor_name: string;
  readonly body: string;
}

/**
 * SHA-256 over the hash before and every column of the row. A row that is edited, removed or put in later breaks the chain
 * from there on, so the history is evidence. JSON of an array keeps the columns apart whatever they contain.
 */
export function chainHash(previous: string, row: ChainedRow): string {
  return createHash('sha256')
    .update(previous)
    .update(
      JSON.stringify([
        row.seq,
        row.at_ms,
        row.kind,
        row.key,
        row.lane_id,
        row.passage_id,
        row.actor_kind,
        row.actor_name,
        row.body,
      ]),
    )
    .digest('hex');
}

/** The first row of `rows` whose number or hash does not follow from the row before; `undefined` when all do. */
export function firstBreak(
  rows: Iterable<ChainedRow & { readonly hash: string }>,
  from: { seq: number; hash: string },
): number | undefined {
  let previous = from;
  for (const row of rows) {
    if (row.seq !== previous.seq + 1 || row.hash !== chainHash(previous.hash, row)) return row.seq;
    previous = row;
  }
  return undefined;
}
