import type { Found, RunView } from '../../../shared/contract/reconciliations.ts';

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

/** Who began it; the station itself is nobody's name. */
export const runBy = (run: Pick<RunView, 'automatic' | 'by'>, t: Translate): string =>
  run.automatic ? t('outbox.run.automatic') : run.by;

export const countOf = (run: Pick<RunView, 'figures'>, found: Found): number =>
  run.figures.reduce((sum, figure) => sum + figure.found[found], 0);

export const expectedOf = (run: RunView): number => run.figures.reduce((sum, { expected }) => sum + expected, 0);

/** How the platform's own figures compare; null where it was not asked. */
export function verdictOf({ theirs }: Pick<RunView, 'theirs'>): 'agrees' | 'differs' | 'unasked' | null {
  if (theirs.kind === 'failed') return 'unasked';
  if (theirs.kind !== 'told') return null;
  return theirs.figures.every(({ agrees }) => agrees) ? 'agrees' : 'differs';
}
