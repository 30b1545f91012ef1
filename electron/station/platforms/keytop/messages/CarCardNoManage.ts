import type { CardEdit } from '../../../../../shared/domain/card-edit.ts';
import { withCard } from '../card-fields.ts';
import { carriedOut } from '../carried-out.ts';
import { DONE, KEYTOP, type KeytopContext, notDone } from '../context.ts';
import { down, parameters } from '../define.ts';
import { code, maybeCode, maybeText, whole } from '../down-fields.ts';
import { itemNamed } from '../plate-details.ts';

interface Asked {
  readonly plateNo: string;
  readonly oldplateNo: string;
  readonly isCard?: 0 | 1 | undefined;
  readonly modifyType: 0 | 1 | 2;
}

/** What is to be done, or the name of what is missing for it. */
function editOf({ plateNo, oldplateNo, isCard, modifyType }: Asked, context: KeytopContext): CardEdit | string {
  if (modifyType !== 2 && plateNo === '') return 'plateNo';
  if (modifyType !== 0 && oldplateNo === '') return 'oldplateNo';
  if (modifyType === 0) return { op: 'add', item: itemNamed(plateNo, isCard, context) };
  const old = itemNamed(oldplateNo, isCard, context);
  return modifyType === 1
    ? { op: 'replace', old, item: itemNamed(plateNo, isCard, context) }
    : { op: 'remove', item: old };
}

/** Adds, changes or takes away one plate or IC card of a card; the last one stays. */
export const CarCardNoManage = down({
  name: 'CarCardNoManage',
  title: '固定车(同卡多车)车牌管理接口',
  section: '下行4.4',
  schema: parameters({
    cardId: whole(1),
    plateNo: maybeText(40),
    oldplateNo: maybeText(40),
    isCard: maybeCode(0, 1),
    modifyType: code(0, 1, 2),
  }),
  sample: { cardId: 1, plateNo: '闽D02000', oldplateNo: '闽D02001', modifyType: 1, isCard: 1 },
  handle: ({ cardId, ...asked }, _call, context) => {
    const edit = editOf(asked, context);
    if (typeof edit === 'string') return notDone(`参数有误：${edit}: 缺少参数`);
    return withCard(cardId, context, (id) =>
      carriedOut(() => {
        context.station().registry.cards.amend(id, {}, [edit], KEYTOP);
        return DONE;
      }),
    );
  },
});
