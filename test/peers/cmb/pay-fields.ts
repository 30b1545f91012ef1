import { CMB_PAYMENT } from './codes.ts';
import type { Payment } from './orders.ts';
import type { Fields } from './sign.ts';

/** How pay_list is written; the source prints `order` as a bare number and types it string. */
export interface PayListStyle {
  readonly orderAs?: 'string' | 'number';
  readonly numbersAs?: 'number' | 'string';
  /** Blanks and line ends between the tokens: signed as they travel. */
  readonly spaced?: boolean;
  /** More names in each element. */
  readonly itemExtra?: Readonly<Record<string, string | number>>;
}

/** The digits of an order without quotes, however many they are; an order with letters in it needs them. */
export const bareNumber = (order: string): string => /^[1-9]\d*$/.exec(order)?.[0] ?? JSON.stringify(order);

/** 4.2: the fields of a `pay` push. Payments in one message belong to one record. */
export function payFields(payments: readonly Payment[], style: PayListStyle): Fields {
  const [first] = payments;
  if (!first) throw new Error('a push of no payment');
  const number = (value: number): string => (style.numbersAs === 'string' ? `"${value}"` : String(value));
  const [gap, colon] = style.spaced ? [',\n ', ': '] : [',', ':'];
  const items = payments.map(({ amount, order }) => {
    const extra = Object.entries(style.itemExtra ?? {}).map(([name, value]) => [name, JSON.stringify(value)]);
    const pairs = [
      ['pay_type', number(CMB_PAYMENT)],
      ['amount', number(amount)],
      ['order', style.orderAs === 'number' ? bareNumber(order) : JSON.stringify(order)],
      ...extra,
    ];
    return `{${pairs.map(([name, value]) => `"${name}"${colon}${value}`).join(gap)}}`;
  });
  const { plate, recordId, billId, paidAt } = first;
  return {
    ...{ vpl_number: plate, record_id: recordId, bill_id: billId },
    ...{ pay_time: String(Math.floor(paidAt / 1_000)), pay_list: `[${items.join(gap)}]` },
  };
}
