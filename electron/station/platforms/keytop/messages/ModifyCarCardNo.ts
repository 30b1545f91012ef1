import { CARD_ALIASES, withCard } from '../card-fields.ts';
import { carriedOut } from '../carried-out.ts';
import { DONE, KEYTOP } from '../context.ts';
import { down, parameters } from '../define.ts';
import { maybeText, maybeTime, maybeWhole, whole } from '../down-fields.ts';
import { plateChanges } from '../plate-details.ts';

/** Changes a card, its plates and its IC cards at once, all of it or nothing; what is empty stays as it is. */
export const ModifyCarCardNo = down({
  name: 'ModifyCarCardNo',
  title: '固定车(同卡多车)修改接口',
  section: '下行4.2',
  schema: parameters(
    {
      cardId: whole(1),
      cardName: maybeText(60),
      useName: maybeText(60),
      tel: maybeText(40),
      roomId: maybeText(40),
      plateDetails: plateChanges(),
      validFrom: maybeTime(),
      validTo: maybeTime(),
      spaceNum: maybeWhole(1, 1000),
    },
    CARD_ALIASES,
  ),
  sample: { cardId: 135, cardName: '', plateDetails: '[{"plateNo":"闽A12345","etcNo":"","type":1}]', spaceNum: '10' },
  handle: ({ cardId, plateDetails = [], ...given }, _call, context) =>
    withCard(cardId, context, (id) =>
      carriedOut(() => {
        const change = {
          name: given.cardName,
          owner: given.useName,
          phone: given.tel,
          room: given.roomId,
          spaces: given.spaceNum,
          validFrom: given.validFrom,
          validTo: given.validTo,
        };
        context.station().registry.cards.amend(id, change, plateDetails, KEYTOP);
        return DONE;
      }),
    ),
});
