import * as f from '../field.ts';
import { finding } from '../finding.ts';
import type { UplinkInterface } from '../interface.ts';

/** 上传停车账单记录. What it calls paid through the platform (billWay 1) the platform must have paid, and so much. */
export const uploadPayRecord: UplinkInterface = {
  name: 'uploadPayRecord',
  section: '四(一)6',
  fields: [
    f.text('billID', 60),
    f.UID,
    f.PLATE_NO,
    f.PARKING_CODE,
    f.fen('chargeFee'),
    f.fen('shouldPay'),
    f.fen('actualPay'),
    f.moment('billTime'),
    f.moment('dealTime'),
    f.int('paidType', 2, { codes: 'paidType' }),
    f.int('payType', 3, { codes: 'payType' }),
    f.UPLOAD_TIME,
    f.int('billWay', 1, { codes: 'billWay' }),
  ],
  relations: [f.DUE_WITHIN_FEE, f.PAID_WITHIN_DUE],
  book: { name: 'payments', id: 'billID' },
  objections: ({ data }, { bills }) => {
    if (data.billWay !== 1) return [];
    const payment = bills.get(String(data.billID))?.payment;
    if (!payment)
      return [finding('relation', `billWay 1, but the platform did not pay bill ${String(data.billID)}`, 'billWay')];
    return (['actualPay', 'payType', 'paidType', 'dealTime'] as const)
      .filter((name) => payment[name] !== data[name])
      .map((name) =>
        finding('relation', `${name} is ${String(data[name])}, the platform paid with ${payment[name]}`, name),
      );
  },
};
