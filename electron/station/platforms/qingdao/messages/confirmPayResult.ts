import { answering } from '../answering.ts';

/** The answer to {@link payResult}. */
export const confirmPayResult = answering({
  name: 'confirmPayResult',
  title: '账单支付扣费结果确认',
  section: '四(四)5',
  params: {
    plateNo: '鲁B01001',
    billID: 'bill_1',
    billTime: '2026-03-02 11:05:00',
    shouldPay: 1000,
    payStatus: 1,
    actualPay: 500,
    discountAmount: 500,
    dealTime: '2026-03-02 11:05:06',
    orderCode: '20260302110506001',
    paidType: 4,
    payType: 102,
  },
});
