import type { CardView } from '../../../shared/contract/cards.ts';
import { formatMoney } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n/index.ts';

type Held = Pick<CardView, 'type' | 'balanceFen' | 'minutesLeft' | 'timesLeft'>;

/** What a card holds that can be used up; nothing for cards that only have a validity. */
export function heldText({ type, balanceFen, minutesLeft, timesLeft }: Held, t: Translate): string {
  if (type === 'stored-value') return formatMoney(balanceFen);
  if (type === 'hours') return t('cards.minutesHeld', { n: minutesLeft });
  return type === 'counted' ? t('cards.timesHeld', { n: timesLeft }) : '';
}
