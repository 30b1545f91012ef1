import * as f from '../field.ts';
import { finding } from '../finding.ts';
import type { UplinkInterface } from '../interface.ts';

const THREE_HOURS = 3 * 3_600_000;
/** The car park counts from its own sending, which is a little earlier. */
const SLACK = 60_000;

/** 异常账单上报: bills that were applied for more than three hours ago without a completion, each hour. */
export const uploadAbnormalBill: UplinkInterface = {
  name: 'uploadAbnormalBill',
  section: '四(五)4',
  fields: [
    f.text('billID', 60),
    f.PARKING_CODE,
    f.text('uid', 64, { format: 'uid' }),
    f.SHORT_PLATE_NO,
    f.int('plateColor', 10, { codes: 'plateColor' }),
    f.moment('arriveTime'),
    f.moment('endTime'),
    f.moment('billTime'),
    f.int('shouldPay', 10),
    f.int('payStatus', 1, { codes: 'unpaid' }),
  ],
  relations: [],
  objections: ({ data, at }, { bills }) => {
    const bill = bills.get(String(data.billID));
    if (!bill) return [finding('order', `bill ${String(data.billID)} was never applied for`, 'billID')];
    const found = bills.conflicts(data);
    if (at - bill.at < THREE_HOURS - SLACK)
      found.push(finding('timing', `bill ${bill.billID} was applied for less than three hours ago`, 'billID'));
    if (bill.told) found.push(finding('order', `the car park knows that bill ${bill.billID} is paid`, 'billID'));
    return found;
  },
  process: ({ data }, { bills }) => {
    const bill = bills.get(String(data.billID));
    if (bill) bill.abnormal += 1;
    return undefined;
  },
};
