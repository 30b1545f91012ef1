import { z } from 'zod';
import { text } from '../../wire-fields.ts';
import { billID } from '../bill-fields.ts';
import { PLATE_LENGTH } from '../codes.ts';
import { asked, query } from '../define.ts';
import { parkingCode } from '../fields.ts';
import { paymentAnswerSchema, samplePaymentAnswer } from '../payment-answer.ts';

/** What became of a bill. Its answer may come without a result code (D42). */
export const getPayResult = query({
  name: 'getPayResult',
  title: '账单支付扣费结果查询',
  section: '四(五)6',
  schema: z.strictObject({ billID, parkingCode, plateNo: text(PLATE_LENGTH) }),
  sample: { billID: 'bill_1', parkingCode: '1001', plateNo: '鲁B01001' },
  answer: paymentAnswerSchema,
  sampleAnswer: { ...samplePaymentAnswer, billTime: '2026-03-02 11:05:00', payType: 101 },
  wire: asked,
});
