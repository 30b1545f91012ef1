import { carriedOut } from '../carried-out.ts';
import { done, notDone, SHENZHEN } from '../context.ts';
import { down, table } from '../define.ts';
import { code, maybeCode, maybeText, maybeTime, plateColor, plateToKeep } from '../down-fields.ts';
import { entriesToEnd, listColorOf, listOf, strategyOf } from '../lists.ts';
import { remarkOf } from '../remarks.ts';

/**
 * Puts a plate on the white or the black list, changes the entry, or ends it. The same again changes nothing, and what is ended already
 * is ended. A plate of a colour has one entry by the city: put on the other list it leaves the first.
 */
export const blackWhiteDown = down({
  name: 'blackWhiteDown',
  title: '车场黑白名单信息下发',
  section: '6.3.18',
  schema: table({
    plateNumber: plateToKeep(),
    color: plateColor(),
    blacklistType: code(1, 2),
    operatorName: maybeText(60),
    endDate: maybeTime('end'),
    remarks: maybeText(1000),
    operateType: code(1, 2, 3),
    startDate: maybeTime(),
    operatorTime: maybeTime(),
    carOwnerName: maybeText(60),
    dialogFlag: maybeCode(0, 1),
    outInType: maybeCode(0, 1),
  }),
  sample: {
    plateNumber: '粤B12345',
    color: '0',
    blacklistType: 2,
    operatorName: '张三',
    endDate: '2027-09-27 00:00:00',
    remarks: '欠费',
    operateType: 1,
    startDate: '2026-09-27 00:00:00',
    operatorTime: '2026-09-27 15:18:59',
    carOwnerName: '',
    dialogFlag: 1,
    outInType: 0,
  },
  handle: (
    { plateNumber: plate, color, blacklistType, operateType, outInType, ...given },
    _call,
    { station, settings },
  ) => {
    const list = listOf(blacklistType);
    const { read, registry } = station();
    const { lists } = registry;
    const plateColor = listColorOf(color, settings);
    if (operateType === 3)
      return carriedOut(() => {
        for (const { id } of entriesToEnd(read.lists.ofPlate(list, plate), { plate, plateColor }, settings))
          lists.remove({ id }, SHENZHEN, given.remarks.slice(0, 200));
        return done({ plateNumber: plate });
      });
    if (list === 'black' && outInType === undefined) return notDone(400, 'outInType: 黑名单必填');
    const remark = remarkOf(given.remarks, {
      车主: given.carOwnerName,
      操作员: given.operatorName,
      出入弹窗: given.dialogFlag === 1 ? '是' : '',
    });
    return carriedOut(() => {
      const strategy = outInType === undefined ? undefined : strategyOf(outInType, settings);
      const { startDate: validFrom, endDate: validTo } = given;
      const entry = { list, plate, plateColor, strategy, remark, validFrom, validTo };
      lists.putAlone(entry, operateType === 1, SHENZHEN);
      return done({ plateNumber: plate });
    });
  },
});
