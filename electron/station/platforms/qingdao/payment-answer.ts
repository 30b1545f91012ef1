import { z } from 'zod';
import { looseFen, looseText, momentOf, optionalCode } from './loose.ts';

/**
 * What the platform says of a bill: in its notice, in its answer to an application, when asked, and in the list of a day. The
 * discount is described as the amount in some of the tables; it is what the platform took off (D53).
 */
export const paymentAnswerSchema = z.looseObject({
  plateNo: looseText(50).catch(null),
  billID: looseText(64),
  shouldPay: looseFen.catch(null),
  payStatus: optionalCode,
  actualPay: looseFen,
  discountAmount: looseFen.transform((fen) => fen ?? 0),
  dealTime: looseText(40).transform(momentOf),
  orderCode: looseText(100),
  paidType: optionalCode,
  payType: optionalCode,
});

/** Fen and epoch ms; null is what it does not tell. */
export type PaymentAnswer = Pick<
  z.output<typeof paymentAnswerSchema>,
  'billID' | 'shouldPay' | 'payStatus' | 'actualPay' | 'discountAmount' | 'dealTime' | 'orderCode' | 'paidType'
>;

/** Made up; for messages that answer with it. */
export const samplePaymentAnswer = {
  plateNo: '鲁B01001',
  billID: 'bill_1',
  shouldPay: 1000,
  payStatus: 1,
  actualPay: 500,
  discountAmount: 500,
  dealTime: '2026-03-02 11:05:06',
  orderCode: '20260302110506001',
  paidType: 4,
};
