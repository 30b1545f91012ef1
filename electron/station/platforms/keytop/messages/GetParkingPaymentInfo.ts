import { type KeytopReply, notDone } from '../context.ts';
import { down, parameters } from '../define.ts';
import { maybePlate, maybeText } from '../down-fields.ts';
import { findCar } from '../find-car.ts';
import { quote } from '../quote.ts';
import { noneFound } from '../readings.ts';

/** 停车费查询接口: the order over what a car has to pay now; the same while it holds and costs the same. */
export const GetParkingPaymentInfo = down({
  name: 'GetParkingPaymentInfo',
  title: '停车费查询',
  section: '下行3.1',
  schema: parameters({ plateNo: maybePlate(), cardNo: maybeText(64), deviceCode: maybeText(64) }),
  sample: { parkCode: '123', plateNo: '闽D02000', cardNo: '', deviceCode: '' },
  handle: async (keys, _call, context): Promise<KeytopReply> => {
    const found = findCar(keys, context);
    if ('stay' in found) return quote(found.stay, context);
    return found.absent ? noneFound(found.refused, context) : notDone(found.refused);
  },
});
