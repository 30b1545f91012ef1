import type { Card } from '../../../../../shared/domain/registry.ts';
import { cardRows, everyCard } from '../card-rows.ts';
import { KEYTOP, type KeytopContext, rows } from '../context.ts';
import { down, parameters } from '../define.ts';
import { maybePlate, maybeWhole } from '../down-fields.ts';

/** Cards by plate, by number, by both, or all of them in one answer; cancelled ones are gone. */
export const GetCarCardInfo = down({
  name: 'GetCarCardInfo',
  title: '固定车(同卡多车)查询接口',
  section: '下行4.5',
  schema: parameters({ plateNo: maybePlate(), cardId: maybeWhole() }),
  sample: { plateNo: '闽A12345' },
  handle: async (asked, _call, context) => {
    const { plateNo, cardId } = asked;
    if (plateNo === '' && cardId === undefined) return rows(await everyCard(context));
    return rows(cardRows(found(plateNo, cardId, context), context));
  },
});

function found(plateNo: string, cardId: number | undefined, { station, commands }: KeytopContext): readonly Card[] {
  const { cards } = station().read;
  if (cardId === undefined) return cards.ofPlate(plateNo);
  const id = commands.numbered(KEYTOP.name, 'card', cardId);
  const card = id === undefined ? undefined : cards.get(id);
  return card !== undefined && (plateNo === '' || card.plates.includes(plateNo)) ? [card] : [];
}
