import { z } from 'zod';
import { code } from '../../wire-fields.ts';
import { billFields } from '../bill-fields.ts';
import { UNPAID } from '../codes.ts';
import { asked, up } from '../define.ts';

/**
 * A car left, was to be charged, and three hours later nothing has come. Told each hour until it is settled (D40); no event of ours
 * causes it, so {@link Departures} queues it.
 */
export const uploadAbnormalBill = up({
  name: 'uploadAbnormalBill',
  title: '异常账单上报',
  section: '四(五)4',
  schema: z.strictObject({ ...billFields, payStatus: code([UNPAID]) }),
  sample: {
    parkingCode: '1001',
    uid: '1001120260302080509123',
    plateNo: '鲁B01001',
    plateColor: 1,
    arriveTime: '2026-03-02 08:05:09',
    endTime: '2026-03-02 11:05:00',
    billID: 'bill_1',
    billTime: '2026-03-02 11:05:00',
    shouldPay: 1000,
    payStatus: UNPAID,
  },
  wire: asked,
});
