import { withCard } from '../card-fields.ts';
import { carriedOut } from '../carried-out.ts';
import { DONE, KEYTOP } from '../context.ts';
import { down, parameters } from '../define.ts';
import { whole } from '../down-fields.ts';

/** Cancels a card for good. Deleting it again is answered as the first time. */
export const DeleteCarCardNo = down({
  name: 'DeleteCarCardNo',
  title: '固定车(同卡多车)删除接口',
  section: '下行4.3',
  schema: parameters({ cardId: whole(1) }),
  sample: { cardId: 1 },
  handle: ({ cardId }, _call, context) =>
    withCard(cardId, context, (id) =>
      carriedOut(() => {
        context.station().registry.cards.cancel(id, '第三方删除', KEYTOP);
        return DONE;
      }),
    ),
});
