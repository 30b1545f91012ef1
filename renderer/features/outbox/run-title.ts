import type { RunView } from '../../../shared/contract/reconciliations.ts';

import { fromRfc3339, shanghaiDate } from '../../../shared/domain/time.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import { platformName } from '../../lib/platform-name.ts';

/** The days of a run; its end is excluded. */
export function runDays({ from, to }: Pick<RunView, 'from' | 'to'>): string {
  const first = shanghaiDate(fromRfc3339(from));
  const last = shanghaiDate(fromRfc3339(to) - 1);
  return first === last ? first : `${first} – ${last}`;
}

/** `青岛 对账 2026-03-02` */
export const runTitle = (run: RunView, t: Translate): string =>
  `${platformName(run.platform, t)} ${t(`outbox.run.purpose.${run.purpose}`)} ${runDays(run)}`;

export const countOf = (run: RunView, found: keyof RunView['figures'][number]['found']): number =>
  run.figures.reduce((sum, figure) => sum + figure.found[found], 0);

export const expectedOf = (run: RunView): number => run.figures.reduce((sum, { expected }) => sum + expected, 0);
