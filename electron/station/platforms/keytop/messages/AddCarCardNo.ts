import { CARD_ALIASES, cardIdOf, typeOfCard } from '../card-fields.ts';
import { carriedOut } from '../carried-out.ts';
import { KEYTOP, notDone, rows } from '../context.ts';
import { down, parameters } from '../define.ts';
import { maybeText, text, time, whole } from '../down-fields.ts';
import { plateDetails } from '../plate-details.ts';
import { unlisted } from '../readings.ts';

/** A card for some cars and IC cards. The same request again is answered with the card that it made. */
export const AddCarCardNo = down({
  name: 'AddCarCardNo',
  title: '固定车(同卡多车)新增接口',
  section: '下行4.1',
  schema: parameters(
    {
      cardName: text(60),
      useName: text(60),
      tel: maybeText(40),
      roomId: maybeText(40),
      plateDetails: plateDetails(),
      carType: whole(0, 99_999),
      spaceNum: whole(1, 1000),
      validFrom: time(),
      validTo: time(),
    },
    CARD_ALIASES,
  ),
  sample: {
    cardName: '地库 A-12',
    useName: '张三',
    tel: '',
    roomId: '',
    plateDetails: '[{"plateNo":"闽A12345","etcNo":""}]',
    carType: 2,
    spaceNum: '2',
    validFrom: '2026-08-01 00:00:00',
    validTo: '2026-08-31 23:59:59',
  },
  handle: ({ carType, ...given }, _call, context) => {
    const odd = unlisted({ carType }, context);
    if (odd !== undefined) return notDone(odd);
    const typed = typeOfCard(carType, context);
    if (typed === undefined) return notDone('临时车和预约车不是固定车类型');
    return carriedOut(() => {
      const card = context.station().registry.cards.createOnce(
        {
          ...typed,
          name: given.cardName,
          owner: given.useName,
          phone: given.tel,
          room: given.roomId,
          plates: given.plateDetails.flatMap((item) => ('plate' in item ? [item.plate] : [])),
          icNumbers: given.plateDetails.flatMap((item) => ('ic' in item ? [item.ic] : [])),
          spaces: given.spaceNum,
          validFrom: given.validFrom,
          validTo: given.validTo,
        },
        KEYTOP,
      );
      return rows([{ cardId: cardIdOf(card, context) }]);
    });
  },
});
