import * as f from '../field.ts';
import { DONE, type UpInterface } from '../interface.ts';

/** 5.8 无感支付状态查询: 0 is paid, anything else is not; no field tells a missing order from an unpaid one. */
export const PayOrderStatus: UpInterface = {
  name: 'PayOrderStatus',
  section: '5.8',
  fields: [f.PARK_CODE, f.text('request_order', { format: 'token' })],
  process: ({ fields }, state) => {
    const order = state.orders.auto.get(fields['request_order'] ?? '');
    if (!order) return { answer: { status: 1, message: '失败，无此订单' } };
    const paid = order.state === 'paid' || (order.state === 'guaranteed' && state.guaranteedCountsAsPaid);
    const record = state.records.of(order.recordId);
    const { plate: vpl_number, amount, channelOrder: channel_order } = order;
    const parking_duration = record ? Math.max(0, Math.floor(order.at / 1_000) - record.inTime) : 0;
    return {
      answer: paid
        ? { ...DONE, data: { vpl_number, amount, parking_duration, channel_order } }
        : { status: 1, message: '失败，订单未支付' },
      after: (heard) => {
        if (heard) order.known = paid ? 'paid' : 'failed';
      },
    };
  },
};
