import { z } from 'zod';
import { Refused } from '../../define-message.ts';
import type { CmbReply } from '../context.ts';
import { down } from '../define.ts';
import { formPaidAt, formVpl, maybe } from '../down-fields.ts';
import { payList } from '../pay-list.ts';
import { type Settled, settle } from '../pay-settle.ts';

/**
 * 0 means: do not tell it again. It is in the books, or a person has it as a case, as is money that is not enough for its bill: the bank
 * has it, and telling it again would not make it more. Where the record is not ours, somebody at the bank ought to look as well: 410,
 * for 404 is a car park that nobody knows.
 */
const REPLIES: Readonly<Record<Settled, CmbReply>> = {
  booked: { status: 0, message: 'success' },
  unknown: { status: 410, message: '没有对应的停车记录，已登记待人工核对' },
  differs: { status: 409, message: '该支付序号已通知过，金额不一致，已登记待人工核对' },
};

/** Somebody paid at the bank: by a scan, by plate, or as the echo of an AutoPay. */
export const pay = down({
  name: 'pay',
  title: '支付下发',
  section: '4.2',
  schema: z.looseObject({
    // Empty where the fee was asked for without a car at the exit.
    vpl_number: maybe(formVpl),
    record_id: maybe(z.string().max(64)),
    bill_id: maybe(z.string().max(64)),
    pay_time: formPaidAt,
    pay_list: payList,
  }),
  sample: {
    ...{ vpl_number: '京A12345', record_id: '20180917113202192', bill_id: '', pay_time: '1537243165' },
    pay_list: '[{"pay_type":99,"amount":1000,"order":"12343535"}]',
  },
  handle: (body, { at }, context) => {
    const { vpl_number: vpl, record_id: recordId, bill_id: billId, pay_time: told, pay_list: orders } = body;
    if (vpl === undefined && recordId === undefined && billId === undefined)
      return new Refused('record_id, vpl_number: one of them is needed');
    return REPLIES[settle({ vpl, recordId, billId, paidAt: told ?? at, orders }, context)];
  },
});
