import type { PaymentMethod } from '../../../../../shared/domain/money-flow.ts';
import { done, notDone } from '../context.ts';
import { down, table } from '../define.ts';
import { epoch, looseText, maybeCode, maybePlate, maybePlateColor, maybeTime, text, yuan } from '../down-fields.ts';
import { noteOf } from '../order-note.ts';
import { unknownRecord } from '../order-trouble.ts';
import { settle } from '../orders.ts';
import { stayOf } from '../record.ts';
import { unreadOrder, withCaseIfUnread } from '../unread-order.ts';

/** payType (6.3.13). A city may have more. */
const METHODS: Readonly<Record<number, PaymentMethod>> = { 1: 'wechat', 2: 'alipay', 3: 'unionpay' };

/**
 * 订单信息推送: the whole order. Its record counts; plate and times are what the city knew of it, and are not looked at. Only what is booked
 * must be readable: money is not turned away for a phone number.
 */
export const orderPush = withCaseIfUnread(
  down({
    name: 'orderPush',
    title: '订单信息推送',
    section: '6.3.13',
    schema: table({
      timestamp: epoch(),
      entryTime: maybeTime().catch(undefined),
      predictExitTime: maybeTime().catch(undefined),
      /** One of the two is booked; the other one need not be there. */
      ...{ orderMoney: yuan().optional().catch(undefined), realPayMoney: yuan().optional().catch(undefined) },
      ...{ plateNumber: maybePlate().catch(''), parkId: text(36), orderCode: text(36), recordCode: text(36) },
      carColor: maybePlateColor().catch('unknown'),
      ...{
        cashier: looseText(36),
        terminalCode: looseText(36),
        channelCode: looseText(36),
        phoneNumber: looseText(20),
      },
      payType: maybeCode(1, 2, 3).catch(undefined),
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
      const { amount } = context.settings.payments;
      const amountFen = told[amount];
      if (amountFen === undefined) {
        unreadOrder({ orderNum, recordCode }, `${amount}: 应为金额`, context);
        return { ...notDone(400, `请求有误：${amount}: 应为金额`), again: true };
      }
      const method = METHODS[payType ?? 0] ?? 'platform';
      const order = { orderNum, recordCode, amountFen, at, method, note: noteOf(told) };
      const stay = stayOf(recordCode, context);
      const refused = stay ? await settle(order, stay, context) : unknownRecord(order, plateNumber, context);
      return refused ?? done({ orderCode: orderNum });
    },
  }),
);
