import type { Card } from '../../../../shared/domain/registry.ts';
import type { CardType } from '../../../../shared/domain/terms.ts';
import { BOOKED_CAR, cardTypeOfCode, codeOfCardType, TEMPORARY_CAR } from './codes.ts';
import type { KeytopContext, KeytopReply } from './context.ts';
import { KEYTOP, notDone } from './context.ts';

/** Other spellings of the fields of cards and bookings (G01); capitals make no difference anyway. */
export const PERIOD_ALIASES = { validForm: 'validFrom' } as const;
export const CARD_ALIASES = { ...PERIOD_ALIASES, userName: 'useName', totalSPNum: 'spaceNum' } as const;

/** The type of a card by its carType; undefined: no card is of this type. A code that is in no list is kept beside its type. */
export function typeOfCard(
  carType: number,
  { settings }: Pick<KeytopContext, 'settings'>,
): { readonly type: CardType; readonly externalType?: number } | undefined {
  if (carType === TEMPORARY_CAR || carType === BOOKED_CAR) return undefined;
  const type = cardTypeOfCode(carType);
  return type === undefined ? { type: settings.cards.unknownType, externalType: carType } : { type };
}

export const carTypeOfCard = ({ type, externalType }: Pick<Card, 'type' | 'externalType'>): number =>
  externalType ?? codeOfCardType(type);

/** Number by which the third party knows a card: given when it is first told. */
export const cardIdOf = (card: Card, { commands }: Pick<KeytopContext, 'commands'>): number =>
  commands.numberOf(KEYTOP.name, 'card', card.id);

/** Carries out what is asked of the card with a number. */
export function withCard(
  cardId: number,
  { commands }: Pick<KeytopContext, 'commands'>,
  task: (id: string) => KeytopReply,
): KeytopReply {
  const id = commands.numbered(KEYTOP.name, 'card', cardId);
  return id === undefined ? notDone(`没有编号为 ${cardId} 的卡片`) : task(id);
}
