import { type Attempt, type Bill, isOverDebt, toPayFen } from '../../../shared/domain/money-flow.ts';
import type { Discount } from '../../../shared/domain/registry.ts';
import { formatMoney } from '../../lib/format.ts';
import { attemptWord } from '../attempt-word.ts';
import { because, call, plateName, stop, type Tellers, type Words } from './teller.ts';

type Kind =
  | 'bill-issued'
  | 'bill-paid'
  | 'bill-voided'
  | 'attempt-changed'
  | 'payment-reversed'
  | 'refund-changed'
  | 'discount-granted'
  | 'case-changed'
  | 'gap-changed'
  | 'shift-changed'
  | 'paid-out'
  | 'change-order-changed';

function discountText({ kind, value }: Discount, { t }: Words): string {
  return t(`event.discount.${kind}`, { value: kind === 'amount' ? formatMoney(value) : value });
}

const method = (name: 'cash' | 'alipay' | 'wechat' | 'unionpay' | 'etc' | 'platform' | 'card' | 'pos', { t }: Words) =>
  t(`event.method.${name}`);

const paidWords = {
  gate: 'event.paid',
  prepaid: 'event.paid',
  'after-departure': 'event.paidAfterDeparture',
  arrears: 'event.arrearsPaid',
} as const;

/** What a bill asks for: its own sum, or the debt that it is over. */
const askedFen = (bill: Bill): number => (isOverDebt(bill) ? toPayFen(bill) : bill.dueFen);

/** How a try stands, as news of the moment. */
function attemptNews(attempt: Attempt) {
  if (attempt.kind === 'agreement' && attempt.state === 'declined') return 'event.notDeducted' as const;
  return attempt.setAside && attempt.state === 'unknown'
    ? ('event.attemptMark.asideNow' as const)
    : attemptWord(attempt);
}

/** Bills, payments, the drawer, and what has to be looked into. */
export const moneyTellers: Tellers<Kind> = {
  'bill-issued': (b, w) => w.t('event.billIssued', { amount: formatMoney(askedFen(b.bill)) }),
  'bill-voided': (b, w) => w.t('event.billVoided', { amount: formatMoney(askedFen(b.bill)) }),
  'bill-paid': (b, w) =>
    w.t(paidWords[b.scene], {
      plate: plateName(w, b.stay.plate),
      amount: formatMoney(b.paidFen),
      method: method(b.method, w),
    }),
  'attempt-changed': ({ attempt }, w) => {
    const agreement = attempt.kind === 'agreement';
    const told = w.t(agreement ? 'event.attemptOfPlatform' : 'event.attempt', {
      method: method(attempt.method, w),
      amount: formatMoney(attempt.amountFen),
      state: w.t(attemptNews(attempt)),
    });
    const text =
      attempt.state === 'declined' && attempt.detail !== ''
        ? w.t('event.attemptWhy', { told, why: attempt.detail })
        : told;
    // A platform that does not collect leaves the car to the cashier, as most cars are: that calls nobody.
    return attempt.state === 'unknown' || (attempt.state === 'declined' && !agreement) ? call(text) : text;
  },
  'payment-reversed': (b, w) =>
    call(
      w.t('event.paymentReversed', {
        plate: plateName(w, b.stay.plate),
        amount: formatMoney(b.amountFen),
        method: method(b.method, w),
        reason: because(w, b.reason),
      }),
    ),
  'refund-changed': ({ refund }, w) => {
    const text = w.t('event.refund', {
      amount: formatMoney(refund.amountFen),
      state: w.t(`event.refundState.${refund.state}`),
      reason: because(w, refund.reason),
    });
    return refund.state === 'failed' ? stop(text) : refund.state === 'requested' ? call(text) : text;
  },
  'discount-granted': (b, w) =>
    w.t('event.discountGranted', {
      plate: plateName(w, b.stay.plate),
      discount: discountText(b.discount, w),
      origin: b.discount.origin,
    }),
  'case-changed': (b, w) => {
    const told = { kind: w.t(`event.case.${b.case.kind}`), plate: b.case.plate };
    if (b.change === 'opened') return call(w.t('event.caseOpened', told));
    return b.change === 'closed'
      ? w.t('event.caseClosed', told)
      : w.t('event.caseTaken', { ...told, name: b.case.owner ?? w.actor.name });
  },
  'gap-changed': ({ gap }, w) => {
    const kind = w.t(`event.gap.${gap.kind}`);
    return gap.to === null
      ? call(w.t('event.gapBegan', { kind }))
      : call(w.t('event.gapEnded', { kind, n: gap.openings }));
  },
  'shift-changed': ({ change, shift }, w) => {
    const told = { name: shift.cashier, change: w.t(`event.shiftChange.${change}`) };
    // The count is blind: what it differs by is told only once the drawer was handed over.
    if (change === 'closed' && shift.differenceFen !== null && shift.differenceFen !== 0)
      return call(w.t('event.shiftDifference', { ...told, amount: formatMoney(shift.differenceFen) }));
    return w.t('event.shift', told);
  },
  'paid-out': ({ paidOut }, w) =>
    w.t('event.paidOut', { amount: formatMoney(paidOut.amountFen), remark: paidOut.remark }),
  'change-order-changed': ({ change, order }, w) => {
    const told = {
      plate: order.identity ?? plateName(w, order.plate),
      amount: formatMoney(order.amountFen),
      method: method(order.method ?? 'platform', w),
    };
    const how = change === 'settled' ? (order.settled?.why ?? 'cash') : change;
    return w.t(`event.changeOrder.${how}`, told);
  },
};
