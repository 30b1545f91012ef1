import { z } from 'zod';
import { text, wireDay } from '../../wire-fields.ts';
import { fieldOf, readCount } from '../answer-fields.ts';
import { PLATE_LENGTH } from '../codes.ts';
import { asked, query } from '../define.ts';
import { parkingCode } from '../fields.ts';
import { type PaymentAnswer, paymentAnswerSchema } from '../payment-answer.ts';

/** A bill of a car that left first, as the platform has it. */
export type DailyBill = PaymentAnswer & { readonly billID: string };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** What is no bill, such as the dots in the example, is passed over. */
function billOf(item: unknown): readonly DailyBill[] {
  const bill = paymentAnswerSchema.safeParse(item).data;
  return bill === undefined || bill.billID === null ? [] : [{ ...bill, billID: bill.billID }];
}

/** A list, or a list written as text (D41). */
function itemsOf(detail: unknown): readonly unknown[] | undefined {
  if (detail === null || detail === undefined || detail === '') return [];
  if (isList(detail)) return detail;
  if (isObject(detail)) return [detail];
  try {
    const parsed: unknown = typeof detail === 'string' ? JSON.parse(detail) : undefined;
    return isList(parsed) ? parsed : isObject(parsed) ? [parsed] : undefined;
  } catch {
    return undefined;
  }
}

const answer = z.looseObject({}).transform((body, context) => {
  const items = itemsOf(fieldOf(body, 'detail'));
  const count = readCount(fieldOf(body, 'dailyCount'));
  if (items === undefined || (count === undefined && items.length === 0)) {
    context.addIssue({ code: 'custom', path: ['detail'], message: 'is no list of bills' });
    return z.NEVER;
  }
  const bills = items.flatMap(billOf);
  const sum = (name: 'shouldPay' | 'actualPay'): number => bills.reduce((total, bill) => total + (bill[name] ?? 0), 0);
  return {
    count: count ?? bills.length,
    shouldPay: readCount(fieldOf(body, 'dailyShouldPay')) ?? sum('shouldPay'),
    actualPay: readCount(fieldOf(body, 'dailyActualPay')) ?? sum('actualPay'),
    bills,
  };
});

/** The bills of a finished day that the platform collects after the car has left, with its sums and each by itself. */
export const checkDailyBill = query({
  name: 'checkDailyBill',
  title: '车场先离后缴账单按天对账',
  section: '四(五)5',
  schema: z.strictObject({ plateNo: text(PLATE_LENGTH).nullable(), parkingCode, checkBillTime: wireDay }),
  sample: { plateNo: null, parkingCode: '1001', checkBillTime: '2026-03-02' },
  answer,
  sampleAnswer: {
    ...{ parkingCode: '1001', dailyCount: 1, dailyShouldPay: 1000, dailyActualPay: 1000 },
    detail: [
      {
        ...{ plateNo: '鲁B01C01', billID: 'bill_1', billTime: '2026-03-02 11:05:00', shouldPay: 1000, payStatus: 1 },
        ...{
          actualPay: 1000,
          dealTime: '2026-03-02 11:05:06',
          orderCode: '2026030211050612',
          paidType: 2,
          payType: 101,
        },
      },
    ],
  },
  wire: asked,
});
