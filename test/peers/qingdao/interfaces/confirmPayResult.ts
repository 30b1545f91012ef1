import { answerTo, PARAMS } from '../confirm-fields.ts';
import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';

const whenPaid = { ...PARAMS, required: 'if-paid' } as const;

/** 账单支付扣费结果确认: `params` repeat payResult unchanged. */
export const confirmPayResult: UplinkInterface = {
  name: 'confirmPayResult',
  section: '四(四)5',
  fields: [
    ...answerTo({ requestId: true, success: true }),
    f.text('plateNo', 10, PARAMS),
    f.text('billID', 60, PARAMS),
    f.moment('billTime', PARAMS),
    f.int('shouldPay', 10, PARAMS),
    f.int('payStatus', 1, { ...PARAMS, codes: 'payStatus' }),
    f.int('actualPay', 10, whenPaid),
    f.int('discountAmount', 10, PARAMS),
    f.moment('dealTime', whenPaid),
    f.text('orderCode', 64, whenPaid),
    f.int('paidType', 2, { ...whenPaid, codes: 'paidType' }),
    f.int('payType', 3, { ...whenPaid, codes: 'payType' }),
  ],
  relations: [],
  needs: ['requestId', 'success'],
  answers: 'payResult',
  process: ({ data, params }, { bills }) => {
    const bill = bills.get(String(params.billID));
    if (bill?.payment && data.success === true) bill.told = true;
    return undefined;
  },
};
