import { z } from 'zod';
import { parseShanghaiDateTime } from '../../../../../shared/domain/time.ts';
import { Refused } from '../../define-message.ts';
import { CLASS_BY_CODE, LIST_BY_CODE, listedPlate, OPERATION_BY_CODE } from '../codes.ts';
import { down } from '../define.ts';
import { looseCode, looseText, optionalCode } from '../loose.ts';
import { addressed, newestOnly } from '../notice-rules.ts';

const schema = z.looseObject({
  parkingCode: looseText(64),
  plateNo: looseText(50),
  carType: optionalCode,
  operateType: looseCode,
  operate: looseCode,
  remark: looseText(500),
  operateTime: looseText(40),
  startTime: looseText(40),
  endTime: looseText(40),
});

/** A time of validity; a bare date means the whole day. */
function moment(text: string | null, endOfDay: boolean): number | undefined {
  if (text === null) return undefined;
  const complete = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text} ${endOfDay ? '23:59:59' : '00:00:00'}` : text;
  return parseShanghaiDateTime(complete);
}

/**
 * The platform changes the black or white list. Only the newest notice for a plate acts (D14); adding what is there and
 * removing what is not both succeed, so that repeats do no harm.
 */
export const specialCar = down({
  name: 'specialCar',
  title: '黑白名单信息下发',
  section: '四(八)1',
  schema,
  sample: {
    parkingCode: '1001',
    plateNo: '鲁B01001',
    carType: 1,
    operateType: 1,
    operate: 0,
    remark: '应急救援车辆',
    operateTime: '2026-03-02 08:08:08',
    startTime: '2026-03-02 08:08:08',
    endTime: '2026-12-31 23:59:59',
  },
  handle: (body, notice, context) => {
    const elsewhere = addressed(body.parkingCode, notice, context);
    if (elsewhere !== undefined) return elsewhere;
    const plate = listedPlate(body.plateNo ?? '');
    if (plate === undefined) return new Refused('plateNo: no plate that a car can have');
    const list = LIST_BY_CODE.get(body.operateType);
    if (list === undefined) return new Refused('operateType: unknown code');
    const operation = OPERATION_BY_CODE.get(body.operate);
    if (operation === undefined) return new Refused('operate: unknown code');
    const validFrom = moment(body.startTime, false);
    const validTo = moment(body.endTime, true);
    if (operation === 'put' && (validFrom === undefined || validTo === undefined || validTo < validFrom))
      return new Refused('startTime, endTime: not a span of time');
    const at = notice.timestamp ?? moment(body.operateTime, false);
    if (at === undefined) return new Refused('timestamp: cannot be read');

    const { settings, commands } = context;
    return newestOnly(context, ['specialCar', settings.parkingCode, plate], { requestId: notice.requestId, at }, () => {
      commands.applyListChange({
        platform: 'qingdao',
        operation,
        list,
        plate,
        vehicleClass: CLASS_BY_CODE.get(body.carType ?? 0) ?? null,
        validFrom: validFrom ?? 0,
        validTo: validTo ?? 0,
        remark: (body.remark ?? '').slice(0, 50),
      });
      return undefined;
    });
  },
});
