import type { Actor } from '../../../shared/domain/events.ts';
import { type Attempt, type Bill, toPayFen } from '../../../shared/domain/money-flow.ts';
import type { PassageRules } from '../../../shared/domain/passage-rules.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { Store, Tx } from '../store/store.ts';
import { type Account, makeBill, splitBill } from './bills.ts';
import { bookPayment, factsOf } from './books.ts';
import type { ShiftOf } from './cash-shift.ts';
import { CHANGE_NOT_OFFERED, type ChangeBy, type ChangeDesk, splitChange } from './change-order.ts';
import { feeUnknown } from './external-prices.ts';
import type { LanesSeen } from './lanes-seen.ts';
import { reviewedLately } from './review.ts';
import { isUnderWay } from './settlement.ts';
import type { BillWatcher, PayAtLane, Payment } from './watcher.ts';

export interface PrepaymentsDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly rules: () => Pick<PassageRules, 'orderMinutes' | 'verifyAboveFen'>;
  /** What a stay comes to now; null when no tariff prices it. */
  readonly account: (stay: Stay, at: EpochMs) => Account | null;
  /** Somebody else prices every stay: no account means that nobody was asked just now, or that they did not answer. */
  readonly pricedOutside?: () => boolean;
  readonly desk: BillWatcher & { laneOf(billId: string): string | null };
  readonly pay: PayAtLane;
  readonly lanes: Pick<LanesSeen, 'doubts'>;
  readonly shiftOf: ShiftOf;
  readonly change: ChangeDesk;
}

/** How a car inside is named: by its stay, its plate, or what it scanned. */
export type WhichStay = { readonly uid: string } | { readonly plate: string } | { readonly identity: string };

export type Prepaid =
  | { readonly kind: 'bill'; readonly stay: Stay; readonly bill: Bill }
  /** Free of charge so far, or paid and still in time to leave (`graceUntil`). */
  | { readonly kind: 'nothing-due'; readonly stay: Stay; readonly graceUntil: EpochMs | null };

export interface BillWanted {
  /** False: of this stay alone, without what the car owes for others. */
  readonly debts?: boolean | undefined;
  /** How long a new one holds; the rules say so unless told. */
  readonly validMinutes?: number | undefined;
  /** True: one that holds is made anew all the same where the stay comes to another amount by now. Not where its car stands at a lane. */
  readonly upToDate?: boolean | undefined;
}

export interface MoneyAtDesk {
  readonly method: 'cash' | 'pos';
  /** What was handed over; for `pos` exactly the amount. */
  readonly receivedFen: number;
  /** How the change is given; in cash unless told. */
  readonly change?: ChangeBy | undefined;
  /** Pays only so much of the bill; the rest stays due on a bill of its own. */
  readonly partFen?: number | undefined;
}

export interface Paid {
  readonly billId: string;
  readonly amountFen: number;
  /** Out of the drawer. */
  readonly changeFen: number;
  /** The order over change that a platform gives. */
  readonly changeOrderNo: string | null;
  /** The bill over what is still due after a part payment. */
  readonly rest: Bill | null;
}

/** 场内缴费: bills for cars that do not stand at an exit, and money taken for them by a person. */
export class Prepayments {
  readonly #deps: PrepaymentsDeps;

  constructor(deps: PrepaymentsDeps) {
    this.#deps = deps;
  }

  /**
   * The bill of a car inside: the open one while it holds and is what is wanted, else a new one.
   *
   * @throws ConflictError `stay-doubtful`, `amount-unverified`: a person looks first · `no-tariff` · `fee-unknown` · `payment-under-way` ·
   * `bill-at-lane`: its car stands at a lane that asks for its debts with it
   */
  bill(which: WhichStay, actor: Actor, wanted: BillWanted = {}): Prepaid {
    const { store, clock } = this.#deps;
    const done = store.write((tx): { readonly made: Prepaid; readonly voided: Bill | null } => {
      const stay = find(tx, which);
      if (stay?.status !== 'inside') throw new NotFoundError('没有在场记录');
      const now = clock.now();
      const open = tx.bills.open(stay.uid);
      // Also where it was made before the doubt arose; what stands at a lane was looked at there.
      if ((!open || this.#deps.desk.laneOf(open.id) === null) && this.#deps.lanes.doubts(stay).length > 0)
        throw new ConflictError('stay-doubtful', '该停车记录有疑问，请先由工作人员核对');
      const holds = open !== undefined && this.#holds(open, now);
      const fits = wanted.debts !== false || open?.arrears.length === 0;
      const stale = holds && wanted.upToDate === true && this.#isStale(stay, open, now);
      if (holds && fits && !stale) return { made: { kind: 'bill', stay, bill: open }, voided: null };
      if (holds && this.#deps.desk.laneOf(open.id) !== null)
        throw new ConflictError('bill-at-lane', '车辆已在出口，欠费与停车费请在车道一并缴纳');
      if (open) voidBill(tx, open, holds ? 'made-anew' : 'expired', actor);
      return { made: this.#make(tx, stay, now, actor, wanted), voided: open ?? null };
    });
    if (done.voided) this.#deps.desk.over(done.voided.id, 'void');
    return done.made;
  }

  /** Somebody was told that this bill may be paid until then. Shortens nothing; one that is over, or stands at a lane, stays as it is. */
  extend(billId: string, until: EpochMs, actor: Actor): void {
    const { store, desk } = this.#deps;
    store.write((tx) => {
      const bill = tx.bills.get(billId);
      if (bill?.state !== 'open' || bill.validUntil === null || desk.laneOf(billId) !== null) return;
      if (bill.validUntil < until) record(tx, { ...bill, validUntil: until }, actor);
    });
  }

  /** Whether money for it can still be booked on it: it is open, or void while its car stands inside and what it was over is still to pay. */
  takesMoney(billId: string): boolean {
    const { read } = this.#deps.store;
    const bill = read.bills.get(billId);
    return bill !== undefined && (bill.state === 'open' || factsOf(read, bill).dueInside);
  }

  #holds(bill: Bill, now: EpochMs): boolean {
    return this.#deps.desk.laneOf(bill.id) !== null || bill.validUntil === null || now <= bill.validUntil;
  }

  /** Whether a bill that stands at no lane asks for another amount than the stay comes to by now. What nobody can price stays as it is. */
  #isStale(stay: Stay, bill: Bill, now: EpochMs): boolean {
    const account = this.#deps.desk.laneOf(bill.id) === null ? this.#deps.account(stay, now) : null;
    return account !== null && account.dueFen !== bill.dueFen;
  }

  #make(tx: Tx, stay: Stay, now: EpochMs, actor: Actor, wanted: BillWanted): Prepaid {
    const rules = this.#deps.rules();
    const account = this.#deps.account(stay, now);
    if (!account && this.#deps.pricedOutside?.()) throw feeUnknown();
    if (!account) throw new ConflictError('no-tariff', '没有适用的收费规则');
    const bill = makeBill({
      id: this.#deps.ids.next('bill'),
      stay,
      account,
      scene: 'prepaid',
      debts: wanted.debts === false ? [] : tx.debts.due(stay.plate.text, now),
      now,
      validUntil: now + (wanted.validMinutes ?? rules.orderMinutes) * 60_000,
    });
    if (toPayFen(bill) === 0) return { kind: 'nothing-due', stay, graceUntil: account.graceUntil };
    if (rules.verifyAboveFen > 0 && bill.dueFen > rules.verifyAboveFen && !reviewedLately(stay, now))
      throw new ConflictError('amount-unverified', '金额异常，请先由工作人员核对');
    record(tx, bill, actor);
    return { kind: 'bill', stay, bill };
  }

  /**
   * Money taken by a person. A bill whose car stands at a lane is settled there, and the car goes. Taking it is that person's
   * decision, whatever a channel may still answer: its open attempt is taken back.
   *
   * @throws ConflictError `bill-over`, `bill-expired`, `amount-short`, `amount-differs`, `other-car`, `debts-changed`; for cash
   * why the drawer takes none; `change-not-offered`
   */
  pay(billId: string, money: MoneyAtDesk, actor: Actor): Paid {
    const { store, clock, ids, desk } = this.#deps;
    const bill = store.read.bills.get(billId);
    if (!bill) throw new NotFoundError('没有这张账单');
    const now = clock.now();
    if (bill.state !== 'open') throw new ConflictError('bill-over', '账单已结清或已作废');
    if (!this.#holds(bill, now)) throw new ConflictError('bill-expired', '账单已过期，请重新计费');
    const split = money.partFen === undefined ? null : splitBill(bill, money.partFen, ids.next('bill'));
    if (money.partFen !== undefined && money.partFen !== toPayFen(bill) && !split)
      throw new ConflictError('amount-differs', '部分缴费金额应小于应付金额');
    const laneId = desk.laneOf(billId);
    const shiftId = this.#deps.shiftOf(laneId, money.method, actor);
    const payment = moneyAtDesk(toPayFen(split?.part ?? bill), money, { shiftId, now, change: this.#deps.change });
    if (laneId !== null) {
      if (this.#deps.pay(laneId, billId, payment, actor) === 'not-wanted')
        throw new ConflictError('other-car', '车道上的车辆或账单已变化，请核对后重试');
    } else {
      store.write((tx) => {
        const open = tx.bills.get(billId);
        const stay = tx.stays.get(bill.uid);
        if (open?.state !== 'open' || !stay) throw new ConflictError('bill-over', '账单已结清或已作废');
        if (open.arrears.some((each) => openFenOf(tx, each.debtId) < each.amountFen))
          throw new ConflictError('debts-changed', '该车的欠费已变化，请重新计费');
        if (split) record(tx, split.part, actor);
        const booking = { actor, now, newId: (prefix: string) => ids.next(prefix) };
        bookPayment(tx, { bill: split?.part ?? open, stay, payment, lane: null }, booking);
        if (split) record(tx, split.rest, actor);
      });
      desk.over(billId, 'paid');
    }
    const rest = store.read.bills.open(bill.uid) ?? null;
    const { amountFen, changeFen, owedChange } = payment;
    return { billId, amountFen, changeFen, changeOrderNo: owedChange?.orderNo ?? null, rest };
  }
}

/** @throws ConflictError `amount-short`, `amount-differs`, `change-not-offered` */
export function moneyAtDesk(
  amountFen: number,
  money: Pick<MoneyAtDesk, 'method' | 'receivedFen' | 'change'>,
  {
    shiftId,
    now,
    change: desk,
  }: { readonly shiftId: string | null; readonly now: EpochMs; readonly change: ChangeDesk },
): Payment {
  const overFen = money.receivedFen - amountFen;
  if (overFen < 0) throw new ConflictError('amount-short', '实收金额小于应付金额');
  if (overFen > 0 && money.method !== 'cash') throw new ConflictError('amount-differs', '刷卡金额应等于应付金额');
  const change = splitChange(overFen, money.change ?? 'cash', desk);
  if (change === 'change-not-offered') throw new ConflictError('change-not-offered', CHANGE_NOT_OFFERED);
  return {
    attemptId: null,
    method: money.method,
    via: null,
    reference: null,
    amountFen,
    receivedFen: money.method === 'cash' ? money.receivedFen : null,
    ...change,
    paidAt: now,
    shiftId,
  };
}

/** What is left of a debt; less than a bill was made over where a part was paid, or let go of, since. */
function openFenOf(tx: Tx, debtId: string): number {
  const debt = tx.debts.get(debtId);
  return debt?.state === 'open' ? debt.amountFen - debt.paidFen : 0;
}

function find(tx: Tx, which: WhichStay): Stay | undefined {
  if ('uid' in which) return tx.stays.get(which.uid);
  return 'plate' in which ? tx.stays.inside(which.plate) : tx.stays.insideIdentity(which.identity);
}

const about = (bill: Bill, actor: Actor) => ({ key: bill.uid, laneId: null, passageId: null, actor });

function record(tx: Tx, bill: Bill, actor: Actor): void {
  tx.record({ ...about(bill, actor), kind: 'bill-issued', body: { bill } });
}

/** @throws ConflictError `payment-under-way`: a bill is not changed while somebody may be paying it */
export function voidBill(
  tx: Tx,
  bill: Bill,
  reason: string,
  actor: Actor,
  hinders: (attempt: Attempt) => boolean = isUnderWay,
): void {
  if (tx.attempts.ofBill(bill.id).some(hinders))
    throw new ConflictError('payment-under-way', '该账单正在支付，请稍后再试');
  tx.record({ ...about(bill, actor), kind: 'bill-voided', body: { bill, reason } });
}
