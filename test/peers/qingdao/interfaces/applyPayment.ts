import * as f from '../field.ts';
import { finding } from '../finding.ts';
import type { UplinkInterface } from '../interface.ts';
import { paymentFields } from '../payment-answer.ts';

/**
 * 停车场申请支付扣款: before the cashier charges (carStock 0), or after the car has left (carStock 1). Most rows are lost
 * and were rebuilt from the example and the sibling interfaces (D32). What is paid by the owner's account is told at once.
 */
export const applyPayment: UplinkInterface = {
  name: 'applyPayment',
  section: '四(四)1',
  fields: [
    f.text('parkingCode', 45, f.LOST),
    f.text('uid', 64, { ...f.LOST, format: 'uid' }),
    f.text('plateNo', 10, { ...f.LOST, format: 'plateNo' }),
    f.int('plateColor', 1, { ...f.LOST, codes: 'plateColor' }),
    f.moment('arriveTime', f.LOST),
    f.moment('endTime', f.LOST),
    f.text('outNum', 50, f.LOST),
    f.text('billID', 60, f.LOST),
    f.moment('billTime', f.LOST),
    f.int('shouldPay', 10),
    f.int('payStatus', 1, { codes: 'unpaid' }),
    f.int('carStock', 1, { codes: 'carStock' }),
  ],
  relations: [],
  needs: ['billID', 'plateNo', 'uid'],
  objections: ({ data }, { books, bills, accounts }) => {
    const uid = String(data.uid);
    const account = accounts.of(String(data.plateNo));
    const conflicts = bills.conflicts(data);
    if (!books.knows(uid)) conflicts.push(finding('order', `applyPayment came before the entry of ${uid}`, 'uid'));
    if (data.carStock !== 1) return conflicts;
    if (!books.hasLeft(uid))
      conflicts.push(finding('order', `applyPayment with carStock 1 came before the exit of ${uid}`, 'carStock'));
    if (!account.mayLeaveFirst(Number(data.shouldPay)))
      conflicts.push(
        finding('contract', `${account.plateNo} may not leave first over ${String(data.shouldPay)}`, 'carStock'),
      );
    return conflicts;
  },
  process: ({ data, at }, city) => {
    const bill = city.bills.note(data, 'applyPayment', at);
    bill.applied += 1;
    const { pays } = city.accounts.of(bill.plateNo).settings;
    if (pays === 'at-once') city.pay(bill, bill.carStock === 1 ? 101 : 103);
    const { plateNo, billID, shouldPay } = bill;
    return { extra: { plateNo, billID, shouldPay, ...paymentFields(bill, city.style, false) } };
  },
};
