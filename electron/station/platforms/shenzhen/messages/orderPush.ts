import type { PaymentMethod } from '../../../../../shared/domain/money-flow.ts';
import { done } from '../context.ts';
import { down, table } from '../define.ts';
import { code, epoch, maybePlate, maybePlateColor, maybeText, maybeTime, text, yuan } from '../down-fields.ts';
import { noteOf } from '../order-note.ts';
import { unknownRecord } from '../order-trouble.ts';
import { settle } from '../orders.ts';
import { stayOf } from '../record.ts';

/** payType (6.3.13). */
const METHODS: Readonly<Record<number, PaymentMethod>> = { 1: 'wechat', 2: 'alipay', 3: 'unionpay' };

/** 订单信息推送: the whole order. Its record counts; plate and times are what the city knew of it, and are not looked at. */
export const orderPush = down({
  name: 'orderPush',
  title: '订单信息推送',
  section: '6.3.13',
  schema: table({
    timestamp: epoch(),
    ...{ entryTime: maybeTime(), predictExitTime: maybeTime(), orderMoney: yuan(), plateNumber: maybePlate() },
    ...{ parkId: text(36), orderCode: text(36), carColor: maybePlateColor(), recordCode: text(36) },
    ...{ cashier: maybeText(36), terminalCode: maybeText(36), phoneNumber: maybeText(20), payType: code(1, 2, 3) },
    ...{ channelCode: maybeText(36), realPayMoney: yuan() },
  }),
  sample: {
    timestamp: 1_506_496_739_000,
    ...{ entryTime: '2017-09-27 15:18:59', predictExitTime: '2017-09-27 17:18:59', orderMoney: '8.00' },
    ...{ plateNumber: '粤B12345', parkId: '80010001', orderCode: 'ORD20170927000001', carColor: '0' },
    ...{ recordCode: '1709271518590000001', cashier: '', terminalCode: '', phoneNumber: '', payType: 1 },
    ...{ channelCode: '', realPayMoney: '8.00' },
  },
  handle: async (told, _call, context) => {
    const { timestamp: at, orderCode: orderNum, recordCode, plateNumber, payType } = told;
    const stay = stayOf(recordCode, context);
    const amountFen = told[context.settings.payments.amount];
    const order = { orderNum, recordCode, amountFen, at, method: METHODS[payType] ?? 'platform', note: noteOf(told) };
    const refused = stay ? await settle(order, stay, context) : unknownRecord(order, plateNumber, context);
    return refused ?? done({ orderCode: orderNum });
  },
});
