import { z } from 'zod';
import { billOfExit, billOfPayment, changeOf } from '../bills.ts';
import { carFields, carTypeFields, fen } from '../car.ts';
import { up } from '../define.ts';
import { instant, toSlashed } from '../fields.ts';

const code = z.int().min(0).max(999);

/** Every payment as it is made, wherever it is; and at the exit what was let go without one. Made by `bills.ts`. */
export const PostCarBillDetail = up({
  name: 'PostCarBillDetail',
  title: '终端支付明细接口',
  section: '上行2.7',
  schema: z.strictObject({
    ...carFields,
    ...carTypeFields,
    entryTime: instant,
    leaveTime: instant,
    totalMoney: fen,
    payMoney: fen,
    freeMoney: fen,
    ticketMoney: fen,
    ticketTime: z.int().min(0),
    ticketNum: z.int().min(0),
    terminalType: code,
    payType: code,
    payTime: instant,
    paidType: code,
    remark: z.string().max(200),
    /** Ours, not sent: whose change is given by a machine. Empty: no bill was paid. */
    billId: z.string().max(64),
  }),
  sample: {
    ...{
      plateNo: '闽D02000',
      cardNo: '',
      carType: 0,
      entryTime: 1_553_472_309_000,
      leaveTime: 1_553_480_100_000,
    },
    ...{ totalMoney: 500, payMoney: 500, freeMoney: 0 },
    ...{ ticketMoney: 0, ticketTime: 0, ticketNum: 0, terminalType: 2, payType: 100, payTime: 1_553_480_080_000 },
    ...{ paidType: 0, remark: 'bill_1', billId: 'bill_1' },
  },
  from: {
    'bill-paid': ({ body }, context) => ({
      recordId: body.billId,
      key: body.stay.uid,
      body: billOfPayment(body, context),
    }),
    'vehicle-exited': ({ body, at }, context) => {
      const bill = billOfExit(body, at, context);
      return bill && { recordId: `exit-${body.stay.exitRecordId ?? at}`, key: body.stay.uid, body: bill };
    },
  },
  wire: ({ entryTime, leaveTime, payTime, billId, ...row }, context) => {
    const { settings } = context;
    const { plateNo, cardNo, carType, totalMoney, payMoney, freeMoney, ...rest } = row;
    const { ticketMoney, ticketTime, ticketNum, terminalType, payType, paidType, remark } = rest;
    return {
      ...{ plateNo, cardNo, carType },
      entryTime: toSlashed(entryTime, settings),
      leaveTime: toSlashed(leaveTime, settings),
      ...{ totalMoney, payMoney, freeMoney, ...changeOf(billId, context) },
      ...{ ticketMoney, ticketTime, ticketNum, terminalType, payType },
      payTime: toSlashed(payTime, settings),
      ...{ paidType, remark },
    };
  },
});
