import { z } from 'zod';
import { departureBillId } from '../../../../../shared/domain/registry.ts';
import { code, text } from '../../wire-fields.ts';
import { billFields, billOf } from '../bill-fields.ts';
import { DEPARTED, IN_PARK, PAID, UNPAID } from '../codes.ts';
import { asked, query, up } from '../define.ts';
import { paymentAnswerSchema, samplePaymentAnswer } from '../payment-answer.ts';
import { settleFromPlatform, VIA } from '../settle.ts';

/** The head of its table is lost; the fields are those of its example with the lengths of its neighbours (D32). */
const schema = z.strictObject({
  ...billFields,
  payStatus: code([UNPAID]),
  outNum: text(50),
  carStock: code([IN_PARK, DEPARTED]),
});

const what = { name: 'applyPayment', title: '停车场申请支付扣款', section: '四(四)1', schema };
const sample: z.input<typeof schema> = {
  parkingCode: '1001',
  uid: '1001120260302080509123',
  plateNo: '鲁B01001',
  plateColor: 1,
  arriveTime: '2026-03-02 08:05:09',
  endTime: '2026-03-02 11:05:00',
  outNum: '2',
  billID: 'bill_1',
  billTime: '2026-03-02 11:05:00',
  shouldPay: 1000,
  payStatus: UNPAID,
  carStock: DEPARTED,
};

/** 先离场后付费: the car has left, and the platform is to collect. Its answer may already say that it has. */
export const applyPayment = up({
  ...what,
  sample,
  from: {
    'vehicle-exited': ({ body, at }, { settings }) => {
      const { stay, bill } = body;
      const collects = bill?.arrears.some(({ debtId }) => departureBillId(VIA, debtId) !== undefined);
      if (bill === undefined || collects !== true) return undefined;
      return {
        recordId: bill.id,
        key: stay.uid,
        body: {
          ...billOf(bill, stay, stay.exitedAt ?? at, settings),
          outNum: String((stay.exitLane ?? body.lane).number),
          payStatus: UNPAID,
          carStock: DEPARTED,
        },
      };
    },
  },
  wire: asked,
  answered: ({ body }, { billID }, context) => {
    const told = paymentAnswerSchema.safeParse({ billID, ...body });
    if (told.success && told.data.payStatus === PAID) settleFromPlatform(context, told.data);
  },
});

/** The car stands at the exit: is it paid through the platform? Asked again for the same bill it is the same order. */
export const askForPayment = query({
  ...what,
  sample: { ...sample, carStock: IN_PARK },
  answer: paymentAnswerSchema,
  sampleAnswer: samplePaymentAnswer,
  wire: asked,
});
