import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';
import { billFields } from '../payment-answer.ts';

/** 账单支付扣费结果查询. The table of its answer has no resultCode (D42). */
export const getPayResult: UplinkInterface = {
  name: 'getPayResult',
  section: '四(五)6',
  fields: [f.text('billID', 60), f.PARKING_CODE, f.SHORT_PLATE_NO],
  relations: [],
  process: ({ data }, { bills, style }) => {
    const bill = bills.get(String(data.billID));
    if (!bill || bill.plateNo !== data.plateNo) return { code: 204, msg: '没有查询到数据' };
    bill.asked += 1;
    return { extra: billFields(bill, style), bare: !style.queriesHaveResultCode };
  },
};
