import { type Bill, toPayFen } from '../../../../shared/domain/money-flow.ts';
import type { Debt, Discount } from '../../../../shared/domain/registry.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { atExit, isBeingPaid } from '../asked-stay.ts';
import { SHENZHEN, type ShenzhenContext } from './context.ts';
import type { CouponBase } from './coupons.ts';

/** What a record has to pay: the bill that stands at its exit, that of a car inside, or the debt with which it left. */
export type Due =
  | { readonly kind: 'bill'; readonly stay: Stay; readonly bill: Bill }
  | { readonly kind: 'debt'; readonly stay: Stay; readonly debt: Debt }
  | { readonly kind: 'nothing'; readonly stay: Stay }
  /** Nobody can tell now, in words for the driver. */
  | { readonly kind: 'unknown'; readonly why: string };

const PERSON: Due = { kind: 'unknown', why: '请等待工作人员处理' };
const BEING_PAID: Due = { kind: 'unknown', why: '该车正在支付，请稍后再试' };
const PRICING: Due = { kind: 'unknown', why: '正在计费，请稍后再试' };

/**
 * What a driver who asks may pay. A bill of a car inside holds as long as the quote; one that holds and still comes to the same is the same
 * one. Debts of other visits are collected where the car cannot leave without paying them.
 *
 * @throws ConflictError where no bill can be made
 */
export function dueOf(stay: Stay, context: ShenzhenContext): Due {
  const { station, clock } = context;
  if (stay.status !== 'inside') return owedBy(stay, context);
  const exit = atExit(stay, context);
  if (exit?.phase === 'cleared') return { kind: 'nothing', stay };
  if (isBeingPaid(stay, context)) return BEING_PAID;
  // The clock was set while it was inside: no fee that follows from that is right, not even none.
  if (stay.enteredAt > clock.now()) return PERSON;
  if (exit?.phase === 'charging' && exit.bill) return { kind: 'bill', stay, bill: exit.bill };
  if (exit?.phase === 'pricing') return PRICING;
  // The site only wants to look at a car that has nothing to pay.
  if (exit) return exit.attention === 'confirm' ? { kind: 'nothing', stay } : PERSON;
  const wanted = { debts: false, validMinutes: context.settings.payments.quoteMinutes, upToDate: true };
  const made = station().payments.prepayments.bill({ uid: stay.uid }, SHENZHEN, wanted);
  return made.kind === 'bill' ? made : { kind: 'nothing', stay: made.stay };
}

/** What a car inside has to pay for its stay now, whatever bills of it say; undefined: it has left, or nobody can tell. */
export function dueToday(stay: Stay, context: ShenzhenContext): number | undefined {
  if (stay.status !== 'inside') return undefined;
  const exit = atExit(stay, context);
  if (exit?.phase === 'charging' && exit.bill) return exit.bill.dueFen;
  return context.station().lanes.account(stay, context.clock.now())?.dueFen;
}

/** Of a car that has left: one debt at a time. */
export function owedBy(stay: Stay, { station }: Pick<ShenzhenContext, 'station'>): Due {
  const debt = station()
    .read.debts.ofStay(stay.uid)
    .find(({ state, amountFen, paidFen }) => state === 'open' && amountFen > paidFen);
  return debt ? { kind: 'debt', stay, debt } : { kind: 'nothing', stay };
}

/** All in fen; needPay = shouldPay − agioMoney − paidMoney. shouldPay is what the stay was charged, also where it was let go. Debts that an exit collects along with the fee are in shouldPay. */
export interface Figures {
  readonly shouldPay: number;
  readonly agioMoney: number;
  readonly paidMoney: number;
  readonly needPay: number;
}

export function figuresOf(due: Exclude<Due, { kind: 'unknown' }>, { station, clock }: ShenzhenContext): Figures {
  if (due.kind === 'bill') {
    const { chargeFen, discountFen, paidFen } = due.bill;
    const needPay = toPayFen(due.bill);
    return { shouldPay: chargeFen + needPay - due.bill.dueFen, agioMoney: discountFen, paidMoney: paidFen, needPay };
  }
  const { stay } = due;
  const account = stay.status === 'inside' ? station().lanes.account(stay, clock.now()) : null;
  const needPay = due.kind === 'debt' ? due.debt.amountFen - due.debt.paidFen : 0;
  const paidMoney = stay.paidFen;
  const shouldPay = Math.max(account?.chargeFen ?? stay.chargeFen, paidMoney + needPay);
  // Whatever of the charge is neither paid nor asked for was taken off, or let go.
  return { shouldPay, agioMoney: shouldPay - paidMoney - needPay, paidMoney, needPay };
}

/** What coupons may take off it: its own due, never debts of other visits. A fee that a person set knows no minutes. */
export function couponBase(due: Extract<Due, { kind: 'bill' | 'debt' }>, context: ShenzhenContext): CouponBase {
  const { stay } = due;
  const { lanes, prices } = context.station();
  const ofBill = due.kind === 'bill';
  const at: EpochMs = ofBill ? due.bill.createdAt : (stay.exitedAt ?? stay.enteredAt);
  const dueFen = ofBill ? due.bill.dueFen : due.debt.amountFen - due.debt.paidFen;
  const minutes = Math.max(0, Math.floor((at - stay.enteredAt) / 60_000));
  const upTo = (fen: number): number => Math.max(0, Math.min(dueFen, fen));
  // What a shorter stay would cost nobody here can work out: each minute is worth its share.
  const share = (of: number): number => (of >= minutes ? dueFen : Math.floor((dueFen * of) / minutes));
  const { fixed, outside } = {
    fixed: ofBill && due.bill.tariffId === 'fixed',
    outside: (prices?.platform ?? null) !== null,
  };
  let whole: number | undefined;
  return {
    ...{ dueFen, minutes, at: context.clock.now() },
    feeFen: ofBill ? due.bill.chargeFen : figuresOf(due, context).shouldPay,
    shorter: (off) => {
      if (fixed) return 0;
      if (outside) return share(off);
      whole ??= lanes.account(stay, at)?.dueFen;
      const after = lanes.account({ ...stay, discounts: [...stay.discounts, minutesOff(off, at)] }, at);
      return whole === undefined || !after ? 0 : upTo(whole - after.dueFen);
    },
    first: (of) => {
      if (fixed) return 0;
      if (outside) return share(of);
      return upTo(lanes.account(begunOnly(stay, of), stay.enteredAt + of * 60_000)?.chargeFen ?? 0);
    },
  };
}

const minutesOff = (value: number, grantedAt: EpochMs): Discount => ({
  ...{ id: 'disc-told', kind: 'minutes', value, maxFen: null, minimumFen: 0, origin: SHENZHEN.name },
  ...{ originKind: 'platform', couponId: null, grantedAt },
});

/** The stay as it was after its first minutes, with nothing paid or taken off. */
function begunOnly(stay: Stay, minutes: number): Stay {
  const end = stay.enteredAt + minutes * 60_000;
  const segments = stay.segments
    .filter(({ from }) => from < end)
    .map((segment) => ({ ...segment, to: segment.to === null || segment.to > end ? null : segment.to }));
  return { ...stay, segments, paidFen: 0, discountFen: 0, lastPaidAt: null, discounts: [], usedDiscounts: [] };
}
