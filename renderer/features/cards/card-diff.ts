import type { Card } from '../../../shared/domain/registry.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { formatMoney } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import { plateWithDot } from '../../lib/plates.ts';
import { shortMoment } from '../../office/days.ts';
import type { Layout } from './use-layout.ts';

/** What differs between a card before and after, field by field, in words. `before` is what the older row said. */
export function cardDiff(before: Card, after: Card, t: Translate, layout: Layout): readonly string[] {
  const moment = (at: number): string => shortMoment(toRfc3339(at));
  const fields: readonly (readonly [string, (card: Card) => string])[] = [
    [t('cards.number'), (card) => card.number],
    [t('cards.name'), (card) => card.name],
    [t('cards.type'), (card) => t(`card.${card.type}`)],
    [t('registry.state'), (card) => t(`cards.state.${card.state}`)],
    [t('cards.plates'), (card) => card.plates.map(plateWithDot).join('、')],
    [t('cards.icNumbers'), (card) => card.icNumbers.join('、')],
    [t('registry.validFrom'), (card) => moment(card.validFrom)],
    [t('registry.validTo'), (card) => moment(card.validTo)],
    [t('cards.balance'), (card) => formatMoney(card.balanceFen)],
    [t('cards.minutes'), (card) => String(card.minutesLeft)],
    [t('cards.times'), (card) => String(card.timesLeft)],
    [t('cards.spaces'), (card) => String(card.spaces)],
    [t('cards.areas'), (card) => layout.areaNames(card.areas)],
    [t('cards.quota'), (card) => layout.quotaName(card.quotaId)],
    [
      t('cards.vehicleClass'),
      (card) => (card.vehicleClass === null ? t('cards.anyClass') : t(`vehicle.${card.vehicleClass}`)),
    ],
    [t('registry.owner'), (card) => card.owner],
    [t('registry.phone'), (card) => card.phone],
    [t('cards.room'), (card) => card.room],
    [t('registry.remark'), (card) => card.remark],
  ];
  const said = (text: string): string => (text === '' ? t('cards.history.nothing') : text);
  return fields.flatMap(([field, read]) => {
    const [old, now] = [read(before), read(after)];
    return old === now ? [] : [t('cards.history.from', { field, before: said(old), after: said(now) })];
  });
}
