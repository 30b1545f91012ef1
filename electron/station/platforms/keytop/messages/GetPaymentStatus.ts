import { rows } from '../context.ts';
import { down, parameters } from '../define.ts';
import { text } from '../down-fields.ts';
import { isPaid, orderOf } from '../orders.ts';
import { noneFound } from '../readings.ts';

/** 订单支付状态查询接口: of orders of 3.1 and of codes. */
export const GetPaymentStatus = down({
  name: 'GetPaymentStatus',
  title: '订单支付状态查询',
  section: '下行3.4',
  schema: parameters({ orderNo: text(100) }),
  sample: { parkCode: '123', orderNo: '000120181212173448477D02000' },
  handle: ({ orderNo }, _call, context) => {
    const order = orderOf(orderNo, context);
    return order ? rows([{ status: isPaid(orderNo, order, context) ? '1' : '0' }]) : noneFound('订单不存在', context);
  },
});
