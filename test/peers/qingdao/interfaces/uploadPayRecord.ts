import * as f from '../field.ts';

/** 上传停车账单记录 */
export const uploadPayRecord: f.UplinkInterface = {
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
};
