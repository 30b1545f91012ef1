import type { Extra } from './answer.ts';
import type { Bill } from './bills.ts';
import type { AnswerStyle } from './style.ts';

/** payStatus and what depends on it, as it stands in answers and notices. applyPayment has no payType in its table. */
export function paymentFields(bill: Bill, style: Pick<AnswerStyle, 'emptyAs'>, withPayType: boolean): Extra {
  if (bill.payment) {
    const { payType, ...payment } = bill.payment;
    return { payStatus: 1, ...payment, ...(withPayType ? { payType } : {}) };
  }
  const names = ['actualPay', 'dealTime', 'orderCode', 'paidType', ...(withPayType ? ['payType'] : [])];
  const empty = style.emptyAs === 'null' ? null : '';
  const rest = style.emptyAs === 'omit' ? {} : Object.fromEntries(names.map((name) => [name, empty]));
  return { payStatus: 0, discountAmount: 0, ...rest };
}

/** A bill as getPayResult, payResult and checkDailyBill tell it. */
export function billFields(bill: Bill, style: Pick<AnswerStyle, 'emptyAs'>): Extra {
  const { plateNo, billID, billTime, shouldPay } = bill;
  return { plateNo, billID, billTime, shouldPay, ...paymentFields(bill, style, true) };
}
