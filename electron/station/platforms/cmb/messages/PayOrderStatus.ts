import { z } from 'zod';
import { looseText, looseWhole } from '../answer-fields.ts';
import { query } from '../define.ts';
import { requestOrder } from '../fields.ts';

const answer = z.looseObject({ vpl_number: looseText(30), amount: looseWhole, channel_order: looseText(100) });

/** What became of an AutoPay. No field tells paid from unpaid: status 0 is paid, also without data, anything else is 失败, 无此订单. */
export const PayOrderStatus = query({
  name: 'PayOrderStatus',
  title: '无感支付状态查询',
  section: '5.8',
  schema: z.strictObject({ request_order: requestOrder }),
  sample: { request_order: 'a8d74e46495861' },
  answer: z.preprocess((data) => (z.record(z.string(), z.unknown()).safeParse(data).success ? data : {}), answer),
  sampleAnswer: {
    ...{ vpl_number: '苏ZZ9871', amount: 500, parking_duration: 7200, channel_order: 'CMB2018091800001' },
  },
  wire: (body) => body,
});
