import type { CardEdit, CardItem } from '../../../shared/domain/card-edit.ts';
import type { Card } from '../../../shared/domain/registry.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Repositories } from '../store/repositories.ts';
import { MAX_PLATES } from './card-plates.ts';
import { plateText, plateTexts } from './common.ts';

type Items = Pick<Card, 'plates' | 'icNumbers'>;

/**
 * What stands on the card after these steps, each on what the one before it left. Adding what is there and removing what is not changes
 * nothing, and so does a replacement that was made already: requests come again.
 */
export function edited(card: Items, edits: readonly CardEdit[]): Items {
  let items: readonly CardItem[] = [
    ...card.plates.map((plate) => ({ plate })),
    ...card.icNumbers.map((ic) => ({ ic })),
  ];
  for (const edit of edits) items = step(items, edit);
  return {
    plates: items.flatMap((item) => ('plate' in item ? [item.plate] : [])),
    icNumbers: items.flatMap((item) => ('ic' in item ? [item.ic] : [])),
  };
}

function step(items: readonly CardItem[], edit: CardEdit): readonly CardItem[] {
  const item = spelled(edit.item);
  const there = items.some((each) => isSame(each, item));
  if (!('old' in edit)) {
    if (edit.op === 'remove') return items.filter((each) => !isSame(each, item));
    return there ? items : [...items, item];
  }
  const old = spelled(edit.old);
  if (!items.some((each) => isSame(each, old))) {
    if (there) return items;
    throw new ConflictError('no-such-plate', `卡上没有${named(old)}`);
  }
  return items.flatMap((each) => (isSame(each, old) ? [item] : isSame(each, item) ? [] : [each]));
}

const spelled = (item: CardItem): CardItem =>
  'plate' in item ? { plate: plateText(item.plate) } : { ic: icNumber(item.ic) };

const isSame = (a: CardItem, b: CardItem): boolean =>
  'plate' in a ? 'plate' in b && a.plate === b.plate : 'ic' in b && a.ic === b.ic;

const named = (item: CardItem): string => ('plate' in item ? `车牌 ${item.plate}` : ` IC 卡 ${item.ic}`);

function icNumber(given: string): string {
  const number = given.trim();
  if (number === '') throw new ConflictError('ic-empty', 'IC 卡号不能为空');
  if (number.length > 40) throw new ConflictError('ic-too-long', 'IC 卡号不能超过 40 个字符');
  return number;
}

/** Each IC card once, in the order given. */
export function icNumbersOf(given: readonly string[]): string[] {
  const numbers = [...new Set(given.map(icNumber))];
  if (numbers.length > MAX_PLATES) throw new ConflictError('too-many-plates', `一张卡最多 ${MAX_PLATES} 个 IC 卡号`);
  return numbers;
}

/** An IC card is in one hand only; those that the card has already are not looked at again. */
export function refuseTakenIc(read: Pick<Repositories, 'cards'>, numbers: readonly string[], card: Card): void {
  for (const number of numbers) {
    if (card.icNumbers.includes(number)) continue;
    const other = read.cards.ofIc(number).find(({ id }) => id !== card.id);
    if (other) throw new ConflictError('ic-on-other-card', `IC 卡 ${number} 已在卡 ${other.number} 上`);
  }
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each) => b.includes(each));

/** What an order for a card may say; texts that are empty or missing leave it open. */
interface CardOrder extends Pick<Card, 'type' | 'validTo'> {
  readonly plates: readonly string[];
  readonly icNumbers?: readonly string[] | undefined;
  readonly externalType?: number | undefined;
  readonly validFrom?: number | undefined;
  readonly spaces?: number | undefined;
  readonly number?: string | undefined;
  readonly name?: string | null | undefined;
  readonly owner?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly room?: string | null | undefined;
}

/** Whether a card says all that an order for one says; what the order leaves open may be as it likes. */
export function sameOrder(card: Card, given: CardOrder): boolean {
  const said = (value: string | null | undefined, present: string): boolean =>
    value === null || value === undefined || value.trim() === '' || value.trim() === present;
  return (
    sameSet(card.plates, plateTexts(given.plates)) &&
    sameSet(card.icNumbers, icNumbersOf(given.icNumbers ?? [])) &&
    card.type === given.type &&
    card.externalType === (given.externalType ?? null) &&
    card.validFrom === (given.validFrom ?? card.validFrom) &&
    card.validTo === given.validTo &&
    card.spaces === (given.spaces ?? card.spaces) &&
    said(given.number, card.number) &&
    said(given.name, card.name) &&
    said(given.owner, card.owner) &&
    said(given.phone, card.phone) &&
    said(given.room, card.room)
  );
}
