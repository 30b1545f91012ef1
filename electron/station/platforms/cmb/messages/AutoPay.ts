import { z } from 'zod';
import { looseMoment, looseText } from '../answer-fields.ts';
import { query } from '../define.ts';
import { fen, recordId, requestOrder, vplNumber } from '../fields.ts';

/** Money of a car whose owner agreed to it. `request_order` is on disk before this leaves, and belongs to this one request. */
export const AutoPay = query({
  name: 'AutoPay',
  title: '无感扣费',
  section: '5.1',
  schema: z.strictObject({
    vpl_number: vplNumber,
    record_id: recordId,
    amount: fen.min(1),
    request_order: requestOrder,
  }),
  sample: {
    vpl_number: '苏ZZ9871',
    record_id: '9abcd6006b6b22d56d8c380f475590b3',
    amount: 500,
    request_order: 'a8d74e464958612a4193a8edb9bf1556',
  },
  answer: z.looseObject({ vpl_number: looseText(30), pay_time: looseMoment, channel_order: looseText(100) }),
  sampleAnswer: { vpl_number: '苏ZZ9871', pay_time: 1_537_243_165, channel_order: 'CMB2018091800001' },
  wire: (body) => body,
});
