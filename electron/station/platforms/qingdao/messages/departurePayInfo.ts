import { z } from 'zod';
import { Refused } from '../../define-message.ts';
import { listedPlate } from '../codes.ts';
import { noteContract } from '../contracts.ts';
import { down } from '../define.ts';
import { looseCode, looseLimit, looseText } from '../loose.ts';
import { addressed, newestOnly } from '../notice-rules.ts';

/** After an entry: whether the car's owner has a contract, and whether it may leave before it is charged (先离场后付费). */
export const departurePayInfo = down({
  name: 'departurePayInfo',
  title: '车辆签约信息下发',
  section: '四(五)1',
  // Most of its table is lost; these are the fields of its confirmation (D38).
  schema: z.looseObject({
    parkingCode: looseText(64),
    plateNo: looseText(50),
    noSense: looseCode,
    departurePay: looseCode,
    moneyLimit: looseLimit,
  }),
  sample: { parkingCode: '1001', plateNo: '鲁B01001', plateColor: 1, noSense: 1, moneyLimit: 10_000, departurePay: 1 },
  handle: (body, notice, context) => {
    const elsewhere = addressed(body.parkingCode, notice, context);
    if (elsewhere !== undefined) return elsewhere;
    const plate = listedPlate(body.plateNo ?? '');
    if (plate === undefined) return new Refused('plateNo: no plate that a car can have');
    if (notice.timestamp === null) return new Refused('timestamp: cannot be read');
    const { settings, station } = context;
    const sent = { requestId: notice.requestId, at: notice.timestamp };
    return newestOnly(context, ['departurePayInfo', settings.parkingCode, plate], sent, () => {
      const stay = station().read.stays.inside(plate);
      if (stay === undefined) return new Refused('plateNo: this car is not inside');
      noteContract(context, stay, { ...body, moneyLimitFen: body.moneyLimit });
      return undefined;
    });
  },
});
