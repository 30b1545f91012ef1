import type { EventBody } from '../../../shared/domain/events.ts';
import { type PaperState, paperAfter } from '../../../shared/domain/print.ts';
import { readRow } from '../journal/rows.ts';
import type { Repositories } from '../store/repositories.ts';

type What = EventBody<'receipt-printed'>['what'];

export interface Papers {
  /** Pieces of paper that may lie somewhere. */
  readonly count: number;
  readonly state: PaperState;
}

/** What was put on paper under a key of the journal: of a stay its receipts and change tickets, of a shift its slips. */
export function papersOf(read: Pick<Repositories, 'journal'>, key: string): (what: What, id: string) => Papers {
  const bodies = read.journal.storedOfKey(key).flatMap((row) => {
    if (row.kind !== 'receipt-printed') return [];
    const reading = readRow(row);
    return 'event' in reading && reading.event.kind === 'receipt-printed' ? [reading.event.body] : [];
  });
  return (what, id) => {
    const own = bodies.filter((body) => body.what === what && body.id === id);
    return {
      count: own.filter(({ outcome }) => outcome !== 'refused').length,
      state: own.reduce<PaperState>((state, { outcome }) => paperAfter(state, outcome), 'none'),
    };
  };
}
