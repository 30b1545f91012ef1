import type { AttemptView } from '../../../shared/contract/outbox.ts';
import type { DifferenceView, RunView } from '../../../shared/contract/reconciliations.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { statusOf } from '../outbox/states.ts';
import type { KeptAttempt } from '../store/outbox-attempt-store.ts';
import type { OutboxRun } from '../store/outbox-run-store.ts';
import type { DifferencePage } from '../store/reader/outbox-figures.ts';

export const attemptView = ({ at, ...attempt }: KeptAttempt): AttemptView => ({ ...attempt, at: toRfc3339(at) });

/** `titleOf`: what the platform calls a message. */
export function runView(run: OutboxRun, titleOf: (message: string) => string): RunView {
  return {
    ...run,
    from: toRfc3339(run.from),
    to: toRfc3339(run.to),
    startedAt: toRfc3339(run.startedAt),
    endedAt: run.endedAt === null ? null : toRfc3339(run.endedAt),
    knownFrom: run.knownFrom === null ? null : toRfc3339(run.knownFrom),
    figures: run.figures.map((figure) => ({ ...figure, title: titleOf(figure.message) })),
    theirs:
      run.theirs.kind === 'told'
        ? {
            ...run.theirs,
            figures: run.theirs.figures.map((figure) => ({ ...figure, title: titleOf(figure.message) })),
          }
        : run.theirs,
  };
}

export function differenceView(row: DifferencePage['items'][number]): DifferenceView {
  return {
    number: row.number,
    found: row.found,
    status: row.state === null ? null : statusOf(row.state),
    messageId: row.id,
    message: row.message,
    key: row.key,
    plate: row.plate,
    journalSeq: row.journal_seq,
    at: row.at_ms === null ? null : toRfc3339(row.at_ms),
    reason: row.reason,
  };
}
