import type { ShenzhenSettings } from './config.ts';

/** The id of a card of the city's here: it is found by it as long as there is a journal. */
export const cardIdOf = (msRecordId: string): string => `shenzhen-${msRecordId}`;

/** What a card of this sub-type is here; `retype` false: the city did not say, or says a word that the settings do not have. */
export function typeOfCard(carTypeName: string, { cards }: Pick<ShenzhenSettings, 'cards'>) {
  const type = Object.hasOwn(cards.types, carTypeName) ? cards.types[carTypeName] : undefined;
  return { type: type ?? cards.type, retype: type !== undefined };
}

/** The reserved spaces of a vehicle group; undefined: the settings name none. */
export const quotaOf = (carGroupId: string, { cards }: Pick<ShenzhenSettings, 'cards'>): string | undefined =>
  Object.hasOwn(cards.groups, carGroupId) ? cards.groups[carGroupId] : undefined;
