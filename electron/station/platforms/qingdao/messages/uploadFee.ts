import { answering } from '../answering.ts';

/**
 * The answer to {@link fee}: what the car inside has to pay now. `endTime` is the time of the calculation; without a bill `params` is what
 * was asked (D35).
 */
export const uploadFee = answering({
  name: 'uploadFee',
  title: '车辆账单信息上报',
  section: '四(四)3',
  params: {
    parkingCode: '1001',
    plateNo: '鲁B01001',
    plateColor: 1,
    arriveTime: '2026-03-02 08:05:09',
    endTime: '2026-03-02 11:05:00',
    billID: 'bill_1',
    billTime: '2026-03-02 11:05:00',
    shouldPay: 1000,
    uid: '1001120260302080509123',
    payStatus: 0,
  },
});
