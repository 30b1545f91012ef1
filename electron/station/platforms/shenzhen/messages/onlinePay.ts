import { done } from '../context.ts';
import { down, table } from '../define.ts';
import { code, epoch, text } from '../down-fields.ts';
import { unknownRecord } from '../order-trouble.ts';
import { settle } from '../orders.ts';
import { NO_RECORD, stayOf } from '../record.ts';
import { withCaseIfUnread } from '../unread-order.ts';

/** 在线支付信息推送: the record is paid, with what it was last told to pay. payStatus 0 credits nothing. */
export const onlinePay = withCaseIfUnread(
  down({
    name: 'onlinePay',
    title: '在线支付信息推送',
    section: '6.3.12',
    schema: table({ timestamp: epoch(), orderNum: text(36), recordCode: text(36), payStatus: code(0, 1) }),
    sample: {
      timestamp: 1_506_496_739_000,
      orderNum: 'ORD20170927000001',
      recordCode: '1709271518590000001',
      payStatus: 1,
    },
    handle: async ({ timestamp, orderNum, recordCode, payStatus }, _call, context) => {
      const stay = stayOf(recordCode, context);
      if (payStatus === 0) return stay ? done({ recordCode }) : NO_RECORD;
      const order = { orderNum, recordCode, amountFen: null, method: 'platform', at: timestamp, note: '' } as const;
      const refused = stay ? await settle(order, stay, context) : unknownRecord(order, '', context);
      return refused ?? done({ recordCode });
    },
  }),
);
