import type { Database } from 'better-sqlite3';
import { accountOf } from '../../../electron/station/payments/bills.ts';
import { bookPayment } from '../../../electron/station/payments/books.ts';
import type { ChargeRequest, Outcome, PaymentChannel } from '../../../electron/station/payments/channel.ts';
import type { StandingCar } from '../../../electron/station/payments/lanes-seen.ts';
import { createPayments, type Payments } from '../../../electron/station/payments/payments.ts';
import type { Payment } from '../../../electron/station/payments/watcher.ts';
import { Debts } from '../../../electron/station/registry/debts.ts';
import { ConflictError } from '../../../electron/station/runtime/errors.ts';
import { Shifts } from '../../../electron/station/shifts/shifts.ts';
import { openDatabase } from '../../../electron/station/store/database.ts';
import { Store } from '../../../electron/station/store/store.ts';
import type { Actor, EventDraft } from '../../../shared/domain/events.ts';
import { type Attempt, type Bill, billSchema, type Case } from '../../../shared/domain/money-flow.ts';
import { DEFAULT_RULES, type PassageRules } from '../../../shared/domain/passage-rules.ts';
import type { Debt } from '../../../shared/domain/registry.ts';
import type { Doubt, Stay } from '../../../shared/domain/stay.ts';
import { entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { tempStore } from '../../support/temp-store.ts';

export const ANNA: Actor = { kind: 'user', name: 'anna' };
export const BOSS: Actor = { kind: 'user', name: 'boss' };

/**
 * What becomes of the next call: answered · the question is lost · it is done and the answer is lost · it fails · the station
 * dies while it is on its way, before or after it was done.
 */
export type Fault = 'none' | 'lost-question' | 'lost-answer' | 'error' | 'death-before' | 'death-after';

interface Order {
  readonly amountFen: number;
  paid: boolean;
  closed: boolean;
  returned: boolean;
}

/** The other side: keeps orders by the attempt's id, and knows what really happened to the money. */
export class Bank implements PaymentChannel {
  readonly id: string;
  readonly title: string;
  readonly kind: PaymentChannel['kind'];
  readonly method = 'platform';
  readonly via: string;
  readonly orders = new Map<string, Order>();
  readonly calls: string[] = [];
  fault: () => Fault = () => 'none';
  die: () => void = () => undefined;
  /** Whether the driver's account pays when charged; else the driver has yet to act, or it declines. */
  driver: 'pays' | 'declines' | 'waits' = 'pays';
  reverses = true;
  givesBack = true;
  /** Answers a reversal with: not known yet. */
  unsure = false;
  /** Nobody can pay any more: what is open is closed, and so is what comes. */
  shut = false;
  readonly qr?: NonNullable<PaymentChannel['qr']>;

  constructor(id: string, kind: PaymentChannel['kind'] = 'agreement') {
    this.id = id;
    this.title = `渠道${id}`;
    this.kind = kind;
    this.via = id;
    if (kind === 'qr')
      this.qr = ({ attempt }, signal) =>
        this.#call('qr', signal, () => {
          this.#order(attempt);
          return { text: `pay:${attempt.id}` };
        });
  }

  covers(): boolean {
    return true;
  }

  charge({ attempt }: ChargeRequest, signal: AbortSignal): Promise<Outcome> {
    return this.#call('charge', signal, () => {
      const order = this.#order(attempt);
      if (this.driver === 'pays' && !order.closed) order.paid = true;
      if (this.driver === 'declines' && !order.paid) order.closed = true;
      return this.#outcome(attempt.id);
    });
  }

  query(attempt: Attempt, signal: AbortSignal): Promise<Outcome> {
    return this.#call('query', signal, () => this.#outcome(attempt.id));
  }

  reverse(attempt: Attempt, signal: AbortSignal): Promise<'reversed' | 'refused' | 'unknown'> {
    return this.#call('reverse', signal, () => {
      if (this.unsure) return 'unknown';
      const order = this.#order(attempt);
      if (order.paid && !this.reverses) return 'refused';
      order.closed = true;
      order.returned = order.paid;
      return 'reversed';
    });
  }

  /** The driver pays what is open. */
  pay(attemptId: string): boolean {
    const order = this.orders.get(attemptId);
    if (!order || order.closed || order.paid) return false;
    order.paid = true;
    return true;
  }

  keptFen(): number {
    return [...this.orders.values()].reduce(
      (sum, order) => sum + (order.paid && !order.returned ? order.amountFen : 0),
      0,
    );
  }

  /** A question about what never arrived creates it as closed: then it can never be paid later. */
  #order(attempt: Attempt): Order {
    const known = this.orders.get(attempt.id);
    if (known) return known;
    const order = { amountFen: attempt.amountFen, paid: false, closed: this.shut, returned: false };
    this.orders.set(attempt.id, order);
    return order;
  }

  #outcome(id: string): Outcome {
    const order = this.orders.get(id);
    if (!order || (order.closed && !order.paid)) return { state: 'declined', reference: null, detail: '余额不足' };
    return order.paid
      ? { state: 'paid', reference: `${this.id}-${id}`, detail: '' }
      : { state: 'pending', reference: null, detail: '等待付款' };
  }

  async #call<T>(name: string, signal: AbortSignal, work: () => T): Promise<T> {
    this.calls.push(name);
    const fault = this.fault();
    if (fault === 'error') throw new Error('connection reset');
    if (fault === 'lost-question') return new Promise<T>(() => undefined);
    if (fault === 'death-before') this.die();
    const result = work();
    if (fault === 'death-after') this.die();
    await Promise.resolve();
    // Also one that does not listen to the signal: nothing may wait for it.
    return fault === 'lost-answer' && !signal.aborted ? new Promise<T>(() => undefined) : result;
  }
}

/** A desk on a real database, a lane at which one car stands, and channels whose truth the test knows. */
export class PayWorld {
  readonly clock = new FakeClock();
  readonly log = memoryLog();
  readonly banks: readonly Bank[];
  readonly #temp = tempStore(this.clock);
  readonly rules: PassageRules;
  store: Store = this.#temp.store;
  payments: Payments;
  cashFen = 0;
  feeFen = 500;
  /** The bill that stands at the lane. */
  standing: Bill | null = null;
  readonly refreshed: string[] = [];
  /** What the lanes would say. */
  doubts: Doubt[] = [];
  waiting: StandingCar[] = [];
  /** Whether the station dies after the lane has booked a payment, before anybody heard of it. */
  diesInPay: () => boolean = () => false;
  readonly #opened: Database[] = [];
  #next = 0;

  constructor(banks: readonly Bank[], rules: Partial<PassageRules> = {}) {
    this.banks = banks;
    this.rules = { ...DEFAULT_RULES, ...rules };
    this.payments = this.#open();
    for (const bank of banks) bank.die = () => this.restart();
    this.record(entered('u1', { enteredAt: this.clock.now() - 3_600_000 }));
  }

  dispose(): void {
    this.payments.stop();
    for (const db of this.#opened.splice(0)) db.close();
    this.#temp.dispose();
  }

  /** The station dies here and starts again on the same file. */
  restart(): void {
    this.payments.stop();
    const db = openDatabase(this.#temp.file);
    this.#opened.push(db);
    this.store = new Store(db, this.clock);
    this.payments = this.#open();
    if (this.standing) this.payments.desk.opened(this.standing, this.stay(), 'out');
    this.payments.recover();
  }

  record(draft: EventDraft): void {
    this.store.write((tx) => tx.record(draft));
  }

  stay(uid = 'u1'): Stay {
    const stay = this.store.read.stays.get(uid);
    if (!stay) throw new Error(`no stay ${uid}`);
    return stay;
  }

  attempts(): string[] {
    return this.store.read.attempts.ofStay('u1').map((each) => `${each.channel} ${each.state}`);
  }

  cases(): Case[] {
    return this.store.read.cases.search({ offset: 0, limit: 100 }).items;
  }

  /** The car drives up to the exit. */
  arrive(over: Partial<Bill> = {}): Bill {
    const bill = billSchema.parse({
      id: this.id('bill'),
      uid: 'u1',
      tariffId: 't',
      minutes: 60,
      chargeFen: this.feeFen,
      discountFen: 0,
      paidFen: 0,
      dueFen: this.feeFen,
      steps: [],
      createdAt: this.clock.now(),
      ...over,
    });
    this.record({ ...this.#about(), kind: 'bill-issued', body: { bill } });
    this.standing = bill;
    this.payments.desk.opened(bill, this.stay(), 'out');
    return bill;
  }

  /** What the lane does when a payment for its bill comes. */
  pay(billId: string, payment: Payment, actor: Actor): 'settled' | 'not-wanted' {
    if (this.standing?.id !== billId) return 'not-wanted';
    const bill = this.standing;
    const booking = { actor, now: this.clock.now(), newId: (prefix: string) => this.id(prefix) };
    this.store.write((tx) => bookPayment(tx, { bill, stay: this.stay(), payment, lane: null }, booking));
    this.standing = null;
    if (this.diesInPay()) {
      this.restart();
      throw new Error('killed');
    }
    this.payments.desk.over(billId, 'paid');
    return 'settled';
  }

  cash(): void {
    if (!this.standing) return;
    const amountFen = this.standing.dueFen;
    this.cashFen += amountFen;
    this.pay(
      this.standing.id,
      {
        attemptId: null,
        method: 'cash',
        via: null,
        reference: null,
        amountFen,
        receivedFen: amountFen,
        changeFen: 0,
        paidAt: this.clock.now(),
        shiftId: null,
      },
      ANNA,
    );
  }

  /** Lets the car go without paying: for nothing, or owing. */
  letGo(owing: boolean): void {
    const bill = this.standing;
    if (!bill) return;
    const stay: Stay = { ...this.stay(), status: 'left', exitedAt: this.clock.now(), owedFen: owing ? bill.dueFen : 0 };
    const debt: Debt = {
      id: this.id('debt'),
      uid: 'u1',
      plate: stay.plate.text,
      amountFen: bill.dueFen,
      paidFen: 0,
      since: this.clock.now(),
      reason: '',
      intercept: 'none',
      state: 'open',
      source: 'anna',
      updatedAt: this.clock.now(),
    };
    this.store.write((tx) => {
      tx.record({ ...this.#about(), kind: 'bill-voided', body: { bill, reason: 'let go' } });
      const spaces = { total: 10, open: 10, free: 10, inside: 0 };
      const how = owing ? 'debt' : 'released';
      tx.record({
        ...this.#about(),
        kind: 'vehicle-exited',
        body: { stay, lane: stay.entryLane, booth: null, spaces, how, reason: null, steps: [] },
      });
      if (owing) tx.record({ ...this.#about(), kind: 'debt-changed', body: { change: 'added', debt } });
    });
    this.standing = null;
    this.payments.desk.over(bill.id, 'void');
  }

  /** Leaves before it has paid, to be charged after. The debt is not asked for by anybody else for an hour. */
  goFirst(): { readonly bill: Bill; readonly debt: Debt } {
    const at = this.clock.now();
    const stay: Stay = { ...this.stay(), status: 'left', exitedAt: at, chargeFen: this.feeFen, owedFen: this.feeFen };
    const debt: Debt = {
      ...{ id: this.id('debt'), uid: 'u1', plate: stay.plate.text, amountFen: this.feeFen, paidFen: 0, since: at },
      ...{ reason: '先离场后付费', intercept: 'none', state: 'open', source: 'city', updatedAt: at },
      notBefore: at + 3_600_000,
    };
    const bill = billSchema.parse({
      ...{ id: this.id('bill'), uid: 'u1', scene: 'after-departure', tariffId: 't', minutes: 60, steps: [] },
      ...{ chargeFen: this.feeFen, discountFen: 0, paidFen: 0, dueFen: 0, createdAt: at },
      arrears: [{ debtId: debt.id, uid: 'u1', amountFen: this.feeFen }],
    });
    const spaces = { total: 10, open: 10, free: 10, inside: 0 };
    const exit = { stay, lane: stay.entryLane, booth: null, spaces, how: 'departure-pay', reason: null } as const;
    this.store.write((tx) => {
      tx.record({ ...this.#about(), kind: 'bill-issued', body: { bill } });
      tx.record({ ...this.#about(), kind: 'debt-changed', body: { change: 'added', debt } });
      tx.record({ ...this.#about(), kind: 'vehicle-exited', body: { ...exit, steps: [], bill } });
    });
    return { bill, debt };
  }

  /** How a query is answered. */
  plan(sql: string): string {
    const steps = this.#temp.db.prepare<[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all();
    return steps.map(({ detail }) => detail).join('; ');
  }

  /** The debts that people put down and cancel. */
  debts(): Debts {
    return new Debts({ store: this.store, clock: this.clock, ids: { next: (prefix) => this.id(prefix) } });
  }

  /** The drawers; that of the lane `out` is at the booth `booth-out`. */
  shifts(): Shifts {
    return new Shifts({ store: this.store, clock: this.clock, ids: { next: (prefix) => this.id(prefix) } });
  }

  id(prefix: string): string {
    this.#next += 1;
    return `${prefix}_${String(this.#next).padStart(6, '0')}`;
  }

  #about() {
    return { key: 'u1', laneId: 'out', passageId: null, actor: ANNA };
  }

  #open(): Payments {
    return createPayments({
      store: this.store,
      clock: this.clock,
      ids: { next: (prefix) => this.id(prefix) },
      log: this.log,
      channels: this.banks,
      rules: () => this.rules,
      lanes: {
        doubts: (stay) => this.doubts.filter((doubt) => doubt.at > (stay.reviewedAt ?? 0)),
        standing: () => this.waiting,
        shiftAt: (laneId, method, { name }) =>
          method === 'cash'
            ? this.shifts().till(`booth-${laneId}`, { cashier: name, shiftRequired: this.rules.shiftRequired })
            : (this.shifts().current(`booth-${laneId}`)?.id ?? null),
      },
      account: (stay, at) => {
        const grace = stay.lastPaidAt === null ? null : stay.lastPaidAt + this.rules.graceMinutes * 60_000;
        const open = grace !== null && at <= grace ? 0 : this.feeFen - stay.paidFen - stay.discountFen;
        const fee = { tariffId: 't', vehicleClass: 'small' as const, minutes: 60, feeFen: this.feeFen, steps: [] };
        return accountOf(stay, fee, Math.max(0, open), [], open === 0 ? grace : null);
      },
      pay: (_lane, billId, payment, actor) => this.pay(billId, payment, actor),
      refresh: (laneId) => this.refreshed.push(laneId),
      letGo: () => false,
    });
  }
}

/** Why a call was refused; what else was thrown, as text; nothing when it went through. */
export function reasonOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    return error instanceof ConflictError ? error.reason : String(error);
  }
  return undefined;
}
