import { carriedOut } from '../carried-out.ts';
import { KEYTOP, notDone, rows } from '../context.ts';
import { down, parameters } from '../define.ts';
import { code, maybePlateToKeep, maybeText, whole } from '../down-fields.ts';

/** Puts a plate on the black list, or changes or takes away an entry. Taking it away again is answered as the first time. */
export const BlackListControl = down({
  name: 'BlackListControl',
  title: '黑名单管理接口',
  section: '下行4.8',
  schema: parameters({
    blackId: whole(),
    plateNo: maybePlateToKeep(),
    remark: maybeText(200),
    controlType: code(0, 1, 2),
  }),
  sample: { blackId: 0, plateNo: '闽A12345', remark: '违章停车', controlType: 0 },
  handle: ({ blackId, plateNo, remark, controlType }, _call, context) => {
    const { commands, station } = context;
    if (controlType === 0) {
      if (blackId !== 0) return notDone('参数有误：blackId: 新增时应为 0');
      if (plateNo === '') return notDone('参数有误：plateNo: 缺少参数');
      return carriedOut(() => {
        const { id } = station().registry.lists.blacken({ plate: plateNo, remark }, KEYTOP);
        return rows([{ blackId: commands.numberOf(KEYTOP.name, 'list-entry', id) }]);
      });
    }
    const id = commands.numbered(KEYTOP.name, 'list-entry', blackId);
    if (id === undefined) return notDone(`没有编号为 ${blackId} 的黑名单`);
    return carriedOut(() => {
      const { lists } = station().registry;
      if (controlType === 1) lists.restate(id, { plate: plateNo, remark }, KEYTOP);
      else {
        // A plate beside the number is there to be sure of it.
        const entry = station().read.lists.get(id);
        if (entry && plateNo !== '' && entry.plate !== plateNo) return notDone('黑名单编号与车牌不符');
        lists.remove({ id }, KEYTOP, remark);
      }
      return rows([{ blackId }]);
    });
  },
});
