import type { Card } from '../../../shared/domain/registry.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Repositories } from '../store/repositories.ts';
import { plateText, plateTexts } from './common.ts';

/** What is asked of a card's plates. `share`: they may stand on other cards as well. */
export type PlatesChange =
  | { readonly how: 'add' | 'remove' | 'set'; readonly plates: readonly string[]; readonly share?: boolean | undefined }
  | { readonly how: 'replace'; readonly old: string; readonly plate: string; readonly share?: boolean | undefined };

export const MAX_PLATES = 50;

/**
 * The plates afterwards. A plate that is added twice, or removed without being there, changes nothing. That something is left on the
 * card is for {@link demandPlate} to see, which looks at its IC cards as well.
 */
export function platesAfter(card: Card, change: PlatesChange): string[] {
  const plates = changed(card.plates, change);
  if (plates.length > MAX_PLATES) throw new ConflictError('too-many-plates', `一张卡最多 ${MAX_PLATES} 个车牌`);
  return plates;
}

/** A card by which no car can be known is none. */
export function demandPlate({ plates, icNumbers }: Pick<Card, 'plates' | 'icNumbers'>): void {
  if (plates.length + icNumbers.length === 0)
    throw new ConflictError('last-plate', '卡上必须保留一个车牌或 IC 卡号；不再使用时请注销该卡');
}

function changed(present: readonly string[], change: PlatesChange): string[] {
  if (change.how === 'replace') {
    const old = plateText(change.old);
    if (!present.includes(old)) throw new ConflictError('no-such-plate', `卡上没有车牌 ${old}`);
    const plate = plateText(change.plate);
    return [...new Set(present.map((each) => (each === old ? plate : each)))];
  }
  const given = plateTexts(change.plates);
  if (change.how === 'set') return given;
  if (change.how === 'add') return [...new Set([...present, ...given])];
  return present.filter((plate) => !given.includes(plate));
}

/** Another card, not cancelled, on which one of these plates stands. */
export function takenPlate(
  read: Pick<Repositories, 'cards'>,
  plates: readonly string[],
  cardId: string | null,
): { readonly plate: string; readonly card: Card } | undefined {
  for (const plate of plates) {
    const card = read.cards.ofPlate(plate).find((other) => other.id !== cardId);
    if (card) return { plate, card };
  }
  return undefined;
}

export function refuseTaken(read: Pick<Repositories, 'cards'>, plates: readonly string[], cardId: string | null): void {
  const taken = takenPlate(read, plates, cardId);
  if (taken) throw new ConflictError('plate-on-other-card', `车牌 ${taken.plate} 已在卡 ${taken.card.number} 上`);
}
