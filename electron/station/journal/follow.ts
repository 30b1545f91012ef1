import { chainHash } from './chain.ts';
import type { Finding } from './findings.ts';
import type { StoredRow } from './rows.ts';

/** Where a chain is taken up: a row that is trusted, or the genesis. */
export interface ChainPoint {
  readonly seq: number;
  readonly hash: string;
}

/**
 * Follows numbers and hashes row by row. Each place where the chain does not hold is told once: after it the chain is taken
 * up again at the row as it stands, so that a second edit further on is found as well.
 */
export class ChainFollower {
  #last: ChainPoint;

  constructor(from: ChainPoint) {
    this.#last = from;
  }

  get last(): ChainPoint {
    return this.#last;
  }

  next(row: StoredRow): Finding | undefined {
    const before = this.#last;
    this.#last = { seq: row.seq, hash: row.hash };
    if (row.seq !== before.seq + 1) {
      const missing = row.seq - before.seq - 1;
      return {
        code: 'gap',
        seq: row.seq,
        text: `流水编号不连续：第 ${before.seq} 条之后直接是第 ${row.seq} 条，缺 ${missing} 条，有记录被删除`,
      };
    }
    if (row.hash === chainHash(before.hash, row)) return undefined;
    return {
      code: 'broken-link',
      seq: row.seq,
      text: `流水第 ${row.seq} 条的摘要与它的内容和前一条对不上：这一条或它前面的记录被改动、调换或删除过`,
    };
  }
}
