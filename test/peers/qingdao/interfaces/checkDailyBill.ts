import type { Extra } from '../answer.ts';
import type { Bill } from '../bills.ts';
import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';
import { billFields } from '../payment-answer.ts';
import type { AnswerStyle } from '../style.ts';

function detailOf(bill: Bill, style: AnswerStyle): Extra {
  const { discountAmount: _, ...fields } = billFields(bill, style);
  if (!style.detailNumbersAsText) return fields;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  );
}

/** 车场先离后缴账单按天对账: the departure-pay bills of one day, by the time of the bill. */
export const checkDailyBill: UplinkInterface = {
  name: 'checkDailyBill',
  section: '四(五)5',
  fields: [
    { ...f.SHORT_PLATE_NO, required: false },
    f.text('parkingCode', null),
    f.text('checkBillTime', null, { format: 'date' }),
  ],
  relations: [],
  process: ({ data }, { bills, style, parkingCode }) => {
    const plateNo = typeof data.plateNo === 'string' && data.plateNo !== '' ? data.plateNo : undefined;
    const ofDay = bills.departurePayOf(String(data.checkBillTime), plateNo);
    const sum = (amount: (bill: Bill) => number): number => ofDay.reduce((total, bill) => total + amount(bill), 0);
    const detail = ofDay.map((bill) => detailOf(bill, style));
    return {
      extra: {
        parkingCode: style.dailyParkingCodeAs === 'number' ? Number(parkingCode) : parkingCode,
        dailyCount: ofDay.length,
        dailyShouldPay: sum((bill) => bill.shouldPay),
        dailyActualPay: sum((bill) => bill.payment?.actualPay ?? 0),
        detail: style.detailAs === 'array' ? detail : JSON.stringify(detail),
      },
    };
  },
};
