import { type Actor, STATION } from '../../../shared/domain/events.ts';
import { type Bill, isOverDebt } from '../../../shared/domain/money-flow.ts';
import type { PassageRules } from '../../../shared/domain/passage-rules.ts';
import type { Debt } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { ConflictError, errorText, NotFoundError } from '../runtime/errors.ts';
import type { Cancel, Clock, Ids, Log } from '../runtime/ports.ts';
import type { Store, Tx } from '../store/store.ts';
import { bookDebt } from './books.ts';
import type { ShiftOf } from './cash-shift.ts';
import type { ChangeDesk } from './change-order.ts';
import type { Charged, PaymentDesk } from './desk.ts';
import type { LanesSeen } from './lanes-seen.ts';
import { type MoneyAtDesk, moneyAtDesk, voidBill } from './prepay.ts';
import { isUnderWay } from './settlement.ts';

export interface ArrearsDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly rules: () => Pick<PassageRules, 'orderMinutes'>;
  readonly desk: Pick<PaymentDesk, 'laneOf' | 'over' | 'charge'>;
  readonly lanes: LanesSeen;
  readonly shiftOf: ShiftOf;
  readonly change: ChangeDesk;
  /** The lane is to look anew at what stands there. */
  readonly refresh: (laneId: string, actor: Actor) => void;
}

export interface DebtPaid {
  readonly debt: Debt;
  /** Under which the payment is in the books. */
  readonly billId: string;
  readonly amountFen: number;
  readonly changeFen: number;
  /** The order over change that a platform gives. */
  readonly changeOrderNo: string | null;
}

/**
 * 欠费补缴: a debt is paid by itself, by somebody who left long ago or who is stopped at the entry because of it. At an exit debts
 * are collected with the bill. However a debt ends, the lane at which its car waits for that decides anew.
 */
export class Arrears {
  readonly #deps: ArrearsDeps;
  readonly #stopListening: Cancel;
  readonly #timers = new Set<Cancel>();

  constructor(deps: ArrearsDeps) {
    this.#deps = deps;
    this.#stopListening = deps.store.onCommitted((events) => {
      // What a lane records about a debt it has acted upon itself.
      for (const event of events)
        if (event.kind === 'debt-changed' && event.laneId === null && event.body.debt.state !== 'open')
          this.#lookAnew(event.body.debt);
    });
  }

  stop(): void {
    this.#stopListening();
    for (const cancel of this.#timers) cancel();
  }

  /**
   * Money over the counter for the whole of a debt.
   *
   * @throws ConflictError `debt-over`, `amount-short`, `amount-differs`, `payment-under-way`, `no-stay`; for cash why the drawer
   * takes none
   */
  pay(debtId: string, money: Omit<MoneyAtDesk, 'partFen'>, actor: Actor): DebtPaid {
    const { store, clock, ids, shiftOf, desk } = this.#deps;
    const done = store.write((tx) => {
      const debt = mustBeOpen(tx, debtId);
      const amountFen = debt.amountFen - debt.paidFen;
      const laneId = this.#waiting(debt)?.laneId ?? null;
      const shiftId = shiftOf(laneId, money.method, actor);
      const payment = moneyAtDesk(amountFen, money, { shiftId, now: clock.now(), change: this.#deps.change });
      const voided = this.#withoutBills(tx, debt, actor);
      const billId = ids.next('bill');
      const about = { billId, debt, amountFen, current: stayOf(tx, debt), payment, actor };
      bookDebt(tx, { ...about, alone: true, opensChange: true });
      const paid = tx.debts.get(debtId) ?? debt;
      const changeOrderNo = payment.owedChange?.orderNo ?? null;
      return { voided, paid: { debt: paid, billId, amountFen, changeFen: payment.changeFen, changeOrderNo } };
    });
    for (const bill of done.voided) desk.over(bill.id, 'void');
    return done.paid;
  }

  /**
   * Shows a code for a debt, or charges the one that was scanned; see {@link PaymentDesk.charge}.
   *
   * @throws ConflictError `debt-over`, `bill-at-lane`, `no-stay` and what charging a bill throws
   */
  async charge(debtId: string, what: Parameters<PaymentDesk['charge']>[1], actor: Actor): Promise<Charged> {
    const { store, desk } = this.#deps;
    const done = store.write((tx) => {
      const debt = mustBeOpen(tx, debtId);
      const stay = stayOf(tx, debt);
      const known = tx.bills.open(stay.uid);
      if (known && this.#isFor(known, debt)) return { bill: known, voided: [] };
      if (this.#billsWith(tx, debt).some((bill) => desk.laneOf(bill.id) !== null))
        throw new ConflictError('bill-at-lane', '该欠费已计入车道上的账单，请在车道一并收取');
      if (known && known.scene !== 'arrears' && !known.arrears.some((each) => each.debtId === debt.id))
        throw new ConflictError('bill-open', '该停车记录有未缴账单，请先处理该账单');
      const voided = this.#withoutBills(tx, debt, actor);
      if (known?.scene === 'arrears' && !voided.some((bill) => bill.id === known.id)) {
        voidBill(tx, known, 'expired', actor);
        voided.push(known);
      }
      const bill = this.#bill(debt, stay);
      tx.record({ key: stay.uid, laneId: null, passageId: null, actor, kind: 'bill-issued', body: { bill } });
      return { bill, voided };
    });
    for (const bill of done.voided) desk.over(bill.id, 'void');
    return desk.charge(done.bill.id, what, actor);
  }

  /**
   * The bill by which a platform collects a debt of a car that has left (先离场后付): the open one over it, else a new one that does not run
   * out. What was open over the stay itself is void: the debt stands for it.
   *
   * @throws ConflictError `debt-over`, `no-stay`, `payment-under-way`
   */
  bill(debtId: string, actor: Actor): Bill {
    const { store, desk } = this.#deps;
    const done = store.write((tx) => {
      const debt = mustBeOpen(tx, debtId);
      const stay = stayOf(tx, debt);
      const known = tx.bills.open(stay.uid);
      if (known?.scene === 'after-departure' && this.#isFor(known, debt)) return { bill: known, voided: [] };
      const voided = this.#withoutBills(tx, debt, actor);
      if (known && !voided.some(({ id }) => id === known.id)) {
        voidBill(tx, known, 'debt', actor);
        voided.push(known);
      }
      const bill: Bill = { ...this.#bill(debt, stay), scene: 'after-departure', validUntil: null };
      tx.record({ key: stay.uid, laneId: null, passageId: null, actor, kind: 'bill-issued', body: { bill } });
      return { bill, voided };
    });
    for (const bill of done.voided) desk.over(bill.id, 'void');
    return done.bill;
  }

  #isFor(bill: Bill, debt: Debt): boolean {
    const [only, ...others] = bill.arrears;
    return (
      isOverDebt(bill) &&
      others.length === 0 &&
      only?.debtId === debt.id &&
      only.amountFen === debt.amountFen - debt.paidFen &&
      (bill.validUntil === null || this.#deps.clock.now() <= bill.validUntil)
    );
  }

  #bill(debt: Debt, stay: Stay): Bill {
    const now: EpochMs = this.#deps.clock.now();
    return {
      id: this.#deps.ids.next('bill'),
      uid: stay.uid,
      state: 'open',
      scene: 'arrears',
      tariffId: 'arrears',
      minutes: 0,
      chargeFen: stay.chargeFen,
      discountFen: stay.discountFen,
      paidFen: stay.paidFen,
      dueFen: 0,
      steps: [],
      discounts: [],
      arrears: [{ debtId: debt.id, uid: debt.uid, amountFen: debt.amountFen - debt.paidFen }],
      createdAt: now,
      validUntil: now + this.#deps.rules().orderMinutes * 60_000,
    };
  }

  /** Open bills that were to collect this debt: its own, and that of the car's present stay. */
  #billsWith(tx: Tx, debt: Debt): Bill[] {
    const uids = new Set([debt.uid, tx.stays.inside(debt.plate)?.uid, tx.stays.lastOf(debt.plate)?.uid]);
    return [...uids].flatMap((uid) => {
      const bill = uid ? tx.bills.open(uid) : undefined;
      return bill?.arrears.some((each) => each.debtId === debt.id) ? [bill] : [];
    });
  }

  /** Nobody may be asked for the debt twice. A bill at a lane is made anew by the lane, after the commit. */
  #withoutBills(tx: Tx, debt: Debt, actor: Actor): Bill[] {
    return this.#billsWith(tx, debt).filter((bill) => {
      if (tx.attempts.ofBill(bill.id).some(isUnderWay))
        throw new ConflictError('payment-under-way', '该欠费正在支付，请稍后再试');
      if (this.#deps.desk.laneOf(bill.id) !== null) return false;
      voidBill(tx, bill, bill.scene === 'after-departure' ? 'debt-settled' : 'debt-paid', actor);
      return true;
    });
  }

  #waiting(debt: Debt) {
    return this.#deps.lanes
      .standing()
      .find(
        (car) =>
          car.plate === debt.plate &&
          (car.attention === 'arrears' || (car.bill?.arrears.some((each) => each.debtId === debt.id) ?? false)),
      );
  }

  /** Later, when whoever recorded it has come to an end. */
  #lookAnew(debt: Debt): void {
    const { clock, log, refresh } = this.#deps;
    const cancel = clock.after(0, () => {
      this.#timers.delete(cancel);
      const laneId = this.#waiting(debt)?.laneId;
      try {
        if (laneId !== undefined) refresh(laneId, STATION);
      } catch (error) {
        // The debt is settled all the same; the lane hears of it when the car is next looked at.
        log.warn('a lane did not look anew after a debt was settled', { lane: laneId, error: errorText(error) });
      }
    });
    this.#timers.add(cancel);
  }
}

function mustBeOpen(tx: Tx, id: string): Debt {
  const debt = tx.debts.get(id);
  if (!debt) throw new NotFoundError('没有这笔欠费');
  if (debt.state !== 'open' || debt.paidFen >= debt.amountFen)
    throw new ConflictError('debt-over', '欠费已缴清或已核销');
  return debt;
}

/** The stay on which a debt's payment is booked: the one that owed it; for a debt from elsewhere the car's present or last one. */
function stayOf(tx: Tx, debt: Debt): Stay {
  const stay =
    (debt.uid === null ? undefined : tx.stays.get(debt.uid)) ??
    tx.stays.inside(debt.plate) ??
    tx.stays.lastOf(debt.plate);
  if (!stay) throw new ConflictError('no-stay', '该车在本场没有停车记录，欠费随下次停车的账单收取');
  return stay;
}
