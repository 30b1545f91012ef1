import type { ChargeRequest, Outcome, PaymentChannel } from '../../electron/station/payments/channel.ts';
import type { Attempt, Bill, PaymentMethod } from '../../shared/domain/money-flow.ts';
import type { Agreement } from '../../shared/domain/registry.ts';
import type { Chance } from './chance.ts';
import type { Life } from './life.ts';
import { later } from './ports.ts';
import type { Timeline } from './timeline.ts';

/** What the other side knows of one order. */
export interface Order {
  readonly attemptId: string;
  readonly amountFen: number;
  /** By the monotonic clock. */
  readonly since: number;
  state: 'waiting' | 'paid' | 'closed' | 'given-back';
  reference: string;
  paidAt: number;
}

export interface Notice {
  readonly order: Order;
  readonly via: string;
  readonly method: PaymentMethod;
}

interface BankDeps {
  readonly timeline: Timeline;
  readonly chance: Chance;
  /** The run of the program that listens now. */
  readonly life: () => Life;
  readonly calm: () => boolean;
  /** The other side tells by itself that an order was paid. */
  readonly notify: (notice: Notice) => void;
}

/**
 * A way to be paid, seen from the other side: its ledger is the truth about the money, whatever answers get lost. It outlives
 * every crash of the station.
 */
export class Bank implements PaymentChannel {
  readonly id: string;
  readonly title: string;
  readonly kind: PaymentChannel['kind'];
  readonly method: PaymentMethod;
  readonly via: string;
  readonly ledger = new Map<string, Order>();
  readonly qr?: NonNullable<PaymentChannel['qr']>;
  readonly #deps: BankDeps;
  #references = 0;

  constructor(kind: PaymentChannel['kind'], id: string, deps: BankDeps) {
    this.kind = kind;
    this.id = id;
    this.title = id;
    this.via = id;
    this.method = kind === 'agreement' ? 'platform' : kind === 'qr' ? 'wechat' : 'alipay';
    this.#deps = deps;
    if (kind === 'qr') this.qr = (request) => this.#show(request);
  }

  /** What the drivers have paid here and not got back. */
  heldFen(): number {
    let sum = 0;
    for (const order of this.ledger.values()) if (order.state === 'paid') sum += order.amountFen;
    return sum;
  }

  covers(_bill: Bill, _stay: unknown, agreement: Agreement | null): boolean {
    return this.kind !== 'agreement' || agreement !== null;
  }

  charge(request: ChargeRequest): Promise<Outcome> {
    const { chance } = this.#deps;
    const order = this.#order(request);
    if (this.#lost()) return this.#silence();
    const fate = this.#deps.calm()
      ? 'paid'
      : chance.among({ paid: 70, declined: 12, pending: 10, 'paid in silence': 8 });
    if (fate === 'declined') order.state = 'closed';
    if (fate === 'paid' || fate === 'paid in silence') this.#pay(order);
    if (fate === 'pending') this.#paysLater(order);
    if (fate === 'paid in silence') return this.#silence();
    return this.#answer(() => this.#outcome(order));
  }

  query(attempt: Attempt): Promise<Outcome> {
    if (this.#lost()) return this.#silence();
    const order = this.ledger.get(attempt.id);
    if (order?.state === 'waiting' && this.#deps.timeline.mono - order.since > EXPIRES_MS) order.state = 'closed';
    // An order that never arrived cannot be paid any more once it was asked about.
    if (!order)
      this.ledger.set(attempt.id, { ...EMPTY, attemptId: attempt.id, amountFen: attempt.amountFen, state: 'closed' });
    return this.#answer(() => this.#outcome(this.ledger.get(attempt.id)));
  }

  reverse(attempt: Attempt): Promise<'reversed' | 'refused' | 'unknown'> {
    if (this.#lost()) return this.#silence();
    const { chance } = this.#deps;
    const order = this.ledger.get(attempt.id);
    if (!this.#deps.calm() && chance.is(0.08)) return this.#answer(() => 'refused');
    if (!order)
      this.ledger.set(attempt.id, { ...EMPTY, attemptId: attempt.id, amountFen: attempt.amountFen, state: 'closed' });
    else if (order.state === 'paid') order.state = 'given-back';
    else if (order.state === 'waiting') order.state = 'closed';
    return !this.#deps.calm() && chance.is(0.1) ? this.#silence() : this.#answer(() => 'reversed');
  }

  #show(request: ChargeRequest): Promise<{ readonly text: string }> {
    const known = this.ledger.has(request.attempt.id);
    const order = this.#order(request);
    if (!known) this.#paysLater(order);
    if (this.#lost()) return this.#silence();
    return this.#answer(() => ({ text: `https://pay.example/${request.attempt.id}` }));
  }

  #order({ attempt }: ChargeRequest): Order {
    const known = this.ledger.get(attempt.id);
    if (known) return known;
    const order: Order = {
      ...EMPTY,
      attemptId: attempt.id,
      amountFen: attempt.amountFen,
      since: this.#deps.timeline.mono,
    };
    this.ledger.set(attempt.id, order);
    return order;
  }

  #pay(order: Order): void {
    if (order.state !== 'waiting' || this.#deps.timeline.mono - order.since > EXPIRES_MS) return;
    this.#references += 1;
    order.state = 'paid';
    order.reference = `${this.id}-${this.#references}`;
    order.paidAt = this.#deps.timeline.wall;
    const { chance, timeline } = this.#deps;
    const notice = { order, via: this.via, method: this.method };
    for (let times = chance.int(0, 2); times > 0; times -= 1)
      timeline.after(chance.int(100, 120_000), () => this.#deps.notify(notice));
  }

  /** The driver types a password, or finds the phone; or does neither. */
  #paysLater(order: Order): void {
    const { chance, timeline } = this.#deps;
    if (chance.is(0.85)) timeline.after(chance.int(2_000, 90_000), () => this.#pay(order));
  }

  #outcome(order: Order | undefined): Outcome {
    const state = !order || order.state === 'closed' || order.state === 'given-back' ? 'declined' : order.state;
    if (state === 'waiting') return { state: 'pending', reference: null, detail: '等待支付' };
    if (state === 'declined' || !order) return { state: 'declined', reference: null, detail: '未支付' };
    return { state: 'paid', reference: order.reference, detail: '', paidAt: order.paidAt };
  }

  #lost(): boolean {
    const life = this.#deps.life();
    if (!this.#deps.calm() && this.#deps.chance.is(0.3)) life.pass('at-port');
    return !this.#deps.calm() && this.#deps.chance.is(0.05);
  }

  #silence(): Promise<never> {
    return this.#deps.chance.is(0.5) ? new Promise(() => undefined) : Promise.reject(new Error('connection reset'));
  }

  #answer<T>(make: () => T): Promise<T> {
    const { timeline, chance } = this.#deps;
    return later({ timeline, life: this.#deps.life() }, chance.int(50, 4_000), make);
  }
}

/** Orders that nobody pays are closed. */
const EXPIRES_MS = 2 * 3_600_000;

const EMPTY: Order = { attemptId: '', amountFen: 0, since: 0, state: 'waiting', reference: '', paidAt: 0 };
