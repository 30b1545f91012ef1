import type { Warning } from '../../../shared/contract/lanes.ts';
import type { Terms } from '../../../shared/domain/terms.ts';
import { type EpochMs, shanghaiDate } from '../../../shared/domain/time.ts';
import type { Translate } from '../../lib/i18n/index.ts';

const dayOf = (at: EpochMs): number => Date.parse(shanghaiDate(at)) / 86_400_000;

/** What to know of a car that nothing stops. With the terms at hand the days that a card still runs are counted. */
export function warningText(warning: Warning, terms: Terms | null, now: EpochMs, t: Translate): string {
  const endsAt = terms?.coveredTo;
  if (warning !== 'card-expires-soon' || endsAt == null || terms?.cardType == null) return t(`warning.${warning}`);
  const card = t(`card.${terms.cardType}`);
  const days = dayOf(endsAt) - dayOf(now);
  return days > 0 ? t('warning.expiresIn', { card, n: days }) : t('warning.expiresToday', { card });
}
