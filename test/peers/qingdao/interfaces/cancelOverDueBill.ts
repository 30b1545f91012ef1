import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';

/** 核销欠费账单. All its tables are lost: billID is demanded because 该订单 is written off, the rest stands in an example (D43). */
export const cancelOverDueBill: UplinkInterface = {
  name: 'cancelOverDueBill',
  section: '四(六)1',
  fields: [
    f.text('billID', 60, f.LOST),
    f.text('parkingCode', 45, f.LOST),
    f.text('plateNo', 10, { ...f.LOST, format: 'plateNo' }),
    f.int('plateColor', 1, { ...f.LOST, codes: 'plateColor' }),
  ],
  relations: [],
  needs: ['plateNo'],
  process: ({ data }, { accounts, style }) => {
    const account = accounts.of(String(data.plateNo));
    const billID = String(data.billID);
    if (account.writtenOff.some((one) => one.billID === billID)) return undefined;
    const one = account.arrears.get(billID);
    const written = one ? [one] : style.cancelUnknown === 'all' ? [...account.arrears.values()] : [];
    if (written.length === 0) return { code: 204, msg: '没有查询到数据' };
    for (const arrears of written) account.arrears.delete(arrears.billID);
    account.writtenOff.push(...written);
    return undefined;
  },
};
