import type { Card } from '../../../../shared/domain/registry.ts';
import { sleep } from '../../runtime/clock.ts';
import { carTypeOfCard } from './card-fields.ts';
import { KEYTOP, type KeytopContext } from './context.ts';
import { toDashed } from './fields.ts';
import { toPlateDetails } from './plate-details.ts';

type Row = Readonly<Record<string, unknown>>;

/** Cards that are read before a car that came meanwhile has its turn. */
const AT_ONCE = 100;

/** Every card that was not cancelled, in the order of the numbers that the third party knows them by. */
export async function everyCard(context: KeytopContext): Promise<readonly Row[]> {
  const { clock, station } = context;
  const found: (readonly [number, Row])[] = [];
  for (let last = ''; ; ) {
    const cards = station().read.cards.after(last, AT_ONCE);
    const end = cards.at(-1);
    if (end === undefined) break;
    found.push(...numberedRows(cards, context));
    if (cards.length < AT_ONCE) break;
    last = end.id;
    await sleep(clock, 0);
  }
  return found.sort(([a], [b]) => a - b).map(([, row]) => row);
}

/** These, less the cancelled ones. */
export const cardRows = (cards: readonly Card[], context: KeytopContext): readonly Row[] =>
  numberedRows(cards, context).map(([, row]) => row);

function numberedRows(cards: readonly Card[], context: KeytopContext): (readonly [number, Row])[] {
  const living = cards.filter(({ state }) => state !== 'cancelled');
  const numbers = context.commands.numbersOf(
    KEYTOP.name,
    'card',
    living.map(({ id }) => id),
  );
  return living.map((card, at) => {
    const number = numbers[at] ?? 0;
    return [number, rowOf(card, number, context)];
  });
}

function rowOf(card: Card, cardId: number, { settings, areas }: Pick<KeytopContext, 'settings' | 'areas'>): Row {
  const validFrom = toDashed(card.validFrom);
  // It counts in all areas unless some are named.
  const counting = card.areas.length === 0 ? areas : areas.filter(({ id }) => card.areas.includes(id));
  return {
    cardId,
    carType: carTypeOfCard(card),
    // One that the office made may have no name of its own.
    cardName: card.name || card.owner,
    tel: card.phone,
    roomId: card.room,
    areaList: counting.map(({ name }) => name),
    plateDetails: toPlateDetails(card),
    validFrom,
    ...(settings.bothSpellings && { validForm: validFrom }),
    validTo: toDashed(card.validTo),
    validValue: held(card),
    spaceNum: String(card.spaces),
    lastUpdateTime: toDashed(card.updatedAt),
  };
}

/** 卡内余额: fen or passes; no other card holds anything that this can say. */
function held({ type, balanceFen, timesLeft }: Card): number {
  if (type === 'stored-value') return balanceFen;
  return type === 'counted' ? timesLeft : 0;
}
