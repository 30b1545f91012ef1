import type { EventBody } from '../../../shared/domain/events.ts';
import type { PrintBlock, PrintDocument } from '../../../shared/domain/print.ts';
import type { PrintingRules } from '../../../shared/domain/printing-rules.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { METHODS, minute, span, word, yuan } from './words.ts';

/** All that a receipt says. The money is that of the journal; nothing of it is worked out anew. */
export interface ReceiptFacts {
  readonly siteName: string;
  readonly payment: EventBody<'bill-paid'>;
  /** Debts of earlier stays that were paid with it. */
  readonly debts: readonly EventBody<'bill-paid'>[];
  /** Minutes that the bill counted; null: not known. */
  readonly minutes: number | null;
  /** When the car left; null: it has not, or that was not seen. */
  readonly exitedAt: EpochMs | null;
  readonly booth: string;
  /** Who took the money, as people know it. */
  readonly collector: string;
  /** 1 for the first; the next ones are 补打. */
  readonly copy: number;
  readonly rules: Pick<PrintingRules, 'footer' | 'code'>;
  readonly now: EpochMs;
}

export const text = (content: string, more: Partial<Extract<PrintBlock, { kind: 'text' }>> = {}): PrintBlock => ({
  ...{ kind: 'text', text: content, align: 'left', large: false },
  ...more,
});
export const pair = (name: string, value: string, large = false): PrintBlock => ({ kind: 'pair', name, value, large });
export const RULE: PrintBlock = { kind: 'rule' };
/** What every piece of paper but the first says of itself. */
export const copyMark = (copy: number): PrintBlock[] =>
  copy > 1 ? [text(`【补打 第 ${copy - 1} 次】`, { align: 'center' })] : [];

/** 停车缴费凭条. Pure. */
export function receiptDocument(facts: ReceiptFacts): PrintDocument {
  const { payment, copy, rules } = facts;
  return [
    text(facts.siteName, { align: 'center' }),
    text('停车缴费凭条', { align: 'center', large: true }),
    ...copyMark(copy),
    RULE,
    ...carLines(facts),
    RULE,
    ...moneyLines(facts),
    RULE,
    pair('缴费时间', minute(payment.paidAt)),
    pair('收款', facts.booth === '' ? facts.collector : `${facts.collector} · ${facts.booth}`),
    // What stands before the number is the same on every receipt.
    pair('凭条号', payment.billId.replace(/^bill_/, '')),
    ...(copy > 1 ? [pair('打印时间', minute(facts.now))] : []),
    ...(rules.footer === '' ? [] : [RULE, text(rules.footer, { align: 'center' })]),
    ...(rules.code === '' ? [] : [{ kind: 'qr', text: rules.code } as const]),
  ];
}

function carLines({ payment, minutes, exitedAt }: ReceiptFacts): PrintBlock[] {
  const { stay, lane } = payment;
  const plate = stay.plate.text === '' ? '无牌车' : stay.plate.text;
  return [
    pair('车牌', plate, true),
    pair('入场', minute(stay.enteredAt)),
    ...(exitedAt === null ? [] : [pair('出场', minute(exitedAt))]),
    ...(minutes === null || payment.debtId !== null ? [] : [pair('停放', span(minutes))]),
    ...(stay.berth ? [pair('泊位', stay.berth.code)] : lane ? [pair('车道', lane.name)] : []),
  ];
}

function moneyLines({ payment, debts }: ReceiptFacts): PrintBlock[] {
  const isDebt = payment.debtId !== null;
  const paidFen = debts.reduce((sum, debt) => sum + debt.paidFen, payment.paidFen);
  const { method, receivedFen, changeFen } = payment;
  // Change that a platform gives is not in the hand of the driver.
  const byPlatformFen = receivedFen === null ? 0 : receivedFen - changeFen - paidFen;
  return [
    pair(isDebt ? '补缴欠费' : '停车费', yuan(payment.chargeFen)),
    ...payment.discounts.map((each) => pair(`优惠 ${each.discount.origin}`, yuan(-each.amountFen))),
    ...debts.map((debt) => pair(`补缴 ${minute(debt.stay.enteredAt).slice(0, 10)} 欠费`, yuan(debt.paidFen))),
    pair('实付', yuan(paidFen), true),
    pair('支付方式', word(METHODS, method)),
    ...(receivedFen === null || receivedFen === paidFen ? [] : [pair('收到', yuan(receivedFen))]),
    ...(changeFen === 0 ? [] : [pair('找零', yuan(changeFen))]),
    ...(byPlatformFen > 0 ? [pair('平台找零', yuan(byPlatformFen))] : []),
  ];
}
