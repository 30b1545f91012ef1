import { cardIdOf, quotaOf, typeOfCard } from '../cards.ts';
import { carriedOut } from '../carried-out.ts';
import { done, notDone, SHENZHEN } from '../context.ts';
import { down, table } from '../define.ts';
import { code, maybeText, maybeTime, plateColor, plateToKeep, text, time, yuan } from '../down-fields.ts';
import { remarkOf } from '../remarks.ts';

const OVER = '云平台已删除';

/**
 * A card of the city's: sold, renewed, changed (1), disabled (0), deleted (2). Whatever came before, it is afterwards as the city says;
 * what was paid for a period is the city's money and is booked once. A deleted one does not come back.
 */
export const monthCard = down({
  name: 'monthCard',
  title: '月卡办理信息下发',
  section: '6.3.20',
  schema: table({
    msRecordId: text(36),
    plateNumber: plateToKeep(),
    carColor: plateColor(),
    amount: yuan(),
    beginTime: time(),
    endTime: time('end'),
    operatorName: maybeText(60),
    operatorTime: maybeTime(),
    carOwnerName: maybeText(60),
    ownerPhone: maybeText(40),
    carGroupId: maybeText(200),
    parkspacesNo: maybeText(200),
    company: maybeText(200),
    description: maybeText(1000),
    carTypeName: maybeText(200),
    status: code(0, 1, 2),
  }),
  sample: {
    msRecordId: 'MC0001',
    plateNumber: '粤B12345',
    carColor: '0',
    amount: '300.00',
    beginTime: '2026-10-01 00:00:00',
    endTime: '2026-10-31 23:59:59',
    operatorName: '张三',
    operatorTime: '2026-09-27 15:18:59',
    carOwnerName: '李四',
    ownerPhone: '',
    carGroupId: '',
    parkspacesNo: 'A-012',
    company: '',
    description: '',
    carTypeName: '',
    status: 1,
  },
  handle: ({ msRecordId, status, ...given }, _call, { station, settings }) => {
    const id = cardIdOf(msRecordId);
    const { cards, keptCards } = station().registry;
    const existing = station().read.cards.get(id);
    if (status === 0 && !existing) return notDone(404, `没有月卡 ${msRecordId}`);
    if (given.endTime < given.beginTime) return notDone(400, 'endTime: 早于 beginTime');
    return carriedOut(() => {
      if (status === 0) cards.suspend(id, true, '云平台已禁用', SHENZHEN);
      else if (status === 2 && existing) cards.cancel(id, OVER, SHENZHEN);
      else if (status === 1) {
        const quotaId = quotaOf(given.carGroupId, settings);
        const { type, retype } = typeOfCard(given.carTypeName, settings);
        const room = given.company.length > 40 ? '' : given.company;
        keptCards.keep(
          {
            ...{ id, type, retype, room, quotaId, number: msRecordId, plates: [given.plateNumber] },
            ...{ owner: given.carOwnerName, phone: given.ownerPhone, paidFen: given.amount },
            period: { validFrom: given.beginTime, validTo: given.endTime },
            join: settings.cards.renewal === 'join',
            remark: remarkOf(given.description, {
              车位: given.parkspacesNo,
              地址: room === '' ? given.company : '',
              车辆组: quotaId === undefined ? given.carGroupId : '',
              车辆类型: retype ? '' : given.carTypeName,
              办理人: given.operatorName,
            }),
          },
          SHENZHEN,
        );
      }
      return done({ msRecordId });
    });
  },
});
