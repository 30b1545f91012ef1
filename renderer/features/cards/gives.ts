import type { RechargePlanView } from '../../../shared/contract/cards.ts';
import type { RechargeUnit } from '../../../shared/domain/registry.ts';
import type { CardType } from '../../../shared/domain/terms.ts';
import { formatMoney } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n/index.ts';

/** So much of something that a card can be given. */
export function amountText(unit: RechargeUnit, amount: number, t: Translate): string {
  return t(`cards.gives.${unit}`, { n: amount, amount: formatMoney(amount) });
}

/** What is bought, with the gift on top of it. */
export function givesText(
  { unit, amount, gift }: Pick<RechargePlanView, 'unit' | 'amount' | 'gift'>,
  t: Translate,
): string {
  const bought = amountText(unit, amount, t);
  return gift === 0 ? bought : t('cards.gives.plus', { bought, gift: amountText(unit, gift, t) });
}

/** What a card of a type can be given: time for each, and what it holds. */
export function unitsOf(type: CardType): readonly RechargeUnit[] {
  const held: Partial<Record<CardType, RechargeUnit>> = { 'stored-value': 'money', hours: 'hours', counted: 'times' };
  const own = held[type];
  return own === undefined ? ['months', 'days'] : [own, 'months', 'days'];
}
