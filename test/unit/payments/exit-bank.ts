import type { ChargeRequest, Outcome, PaymentChannel } from '../../../electron/station/payments/channel.ts';
import type { Attempt } from '../../../shared/domain/money-flow.ts';

/**
 * What becomes of the next charge: taken · refused · taken, and the answer is lost · the question is lost, and may be paid later ·
 * it is never taken, and the answer is lost · answered with nonsense · a part is taken, heard of or not.
 */
export type Fate =
  | 'pays'
  | 'declines'
  | 'pays-unheard'
  | 'unheard'
  | 'declines-unheard'
  | 'fails'
  | 'pays-part'
  | 'pays-part-unheard';

/** What is taken where a part is. */
const PART_FEN = 400;

interface Order {
  readonly amountFen: number;
  /** What paying it takes. */
  takesFen: number;
  paid: boolean;
  /** Nobody can pay it any more. */
  closed: boolean;
  returned: boolean;
}

export interface BankOptions {
  readonly id: string;
  readonly kind?: PaymentChannel['kind'];
  readonly via?: string;
  readonly givesBack?: boolean;
  readonly guaranteed?: boolean;
  readonly answerMs?: number;
  readonly askAtMs?: readonly number[];
}

/** The other side of one channel: it outlives the station, and knows what really happened to the money. */
export class TruthBank implements PaymentChannel {
  readonly id: string;
  readonly title: string;
  readonly kind: PaymentChannel['kind'];
  readonly method = 'platform';
  readonly via: string;
  readonly givesBack: boolean;
  readonly answerMs?: number;
  readonly askAtMs?: readonly number[];
  readonly orders = new Map<string, Order>();
  readonly #guaranteed: boolean;
  fate: Fate = 'pays';
  /** No question about an order is answered. */
  silent = false;
  /** Nobody has money any more: what is open is closed, and so is what comes. */
  shut = false;
  /** Told as a call sets out, and again when the other side has acted: the place where a station may die. */
  crossing: () => void = () => undefined;
  /** Looked at as a charge arrives. */
  arrived: (attemptId: string) => void = () => undefined;
  readonly qr?: NonNullable<PaymentChannel['qr']>;

  constructor({ id, kind = 'agreement', via, givesBack = false, guaranteed = false, ...times }: BankOptions) {
    this.id = id;
    this.title = `渠道${id}`;
    this.kind = kind;
    this.via = via ?? id;
    this.givesBack = givesBack;
    this.#guaranteed = guaranteed;
    if (times.answerMs !== undefined) this.answerMs = times.answerMs;
    if (times.askAtMs !== undefined) this.askAtMs = times.askAtMs;
    if (kind === 'qr')
      this.qr = ({ attempt }) => {
        this.arrived(attempt.id);
        return this.#call(() => {
          this.#order(attempt);
          return { text: `pay:${attempt.id}` };
        });
      };
  }

  covers(_bill: unknown, _stay: unknown, agreement: unknown): boolean {
    return this.kind !== 'agreement' || agreement !== null;
  }

  charge({ attempt }: ChargeRequest): Promise<Outcome> {
    this.arrived(attempt.id);
    return this.#call(() => {
      const order = this.#order(attempt);
      if (this.fate === 'fails') throw new Error('502');
      if (this.fate.startsWith('pays') && !order.closed) {
        order.paid = true;
        if (this.fate.startsWith('pays-part')) order.takesFen = Math.min(PART_FEN, order.amountFen);
      }
      if (this.fate.startsWith('declines') && !order.paid) order.closed = true;
      return this.fate.endsWith('unheard') ? undefined : this.#outcome(attempt.id, 'declined');
    });
  }

  query(attempt: Attempt): Promise<Outcome> {
    return this.#call(() => (this.silent ? undefined : this.#outcome(attempt.id, 'unknown')));
  }

  reverse(attempt: Attempt): Promise<'reversed' | 'refused' | 'unknown'> {
    return this.#call(() => {
      if (this.silent) return 'unknown';
      const order = this.#order(attempt);
      if (this.kind === 'qr' && !order.paid) order.closed = true;
      if (!this.givesBack) return this.kind === 'qr' && !order.paid ? 'reversed' : 'refused';
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

  shutDown(): void {
    this.shut = true;
    for (const order of this.orders.values()) if (!order.paid) order.closed = true;
  }

  referenceOf(attemptId: string): string {
    return `${this.id}-${attemptId}`;
  }

  paidOrders(): string[] {
    return [...this.orders].filter(([, { paid, returned }]) => paid && !returned).map(([id]) => id);
  }

  keptFen(): number {
    return this.paidOrders().reduce((sum, id) => sum + (this.orders.get(id)?.takesFen ?? 0), 0);
  }

  /** What arrives, or is to be taken back before it arrived, is known from then on. */
  #order(attempt: Attempt): Order {
    const known = this.orders.get(attempt.id);
    if (known) return known;
    const { amountFen } = attempt;
    const order: Order = { amountFen, takesFen: amountFen, paid: false, closed: this.shut, returned: false };
    this.orders.set(attempt.id, order);
    return order;
  }

  #outcome(id: string, open: 'declined' | 'unknown'): Outcome {
    const order = this.orders.get(id);
    if (order?.paid) {
      const { amountFen, takesFen } = order;
      const part = takesFen < amountFen ? { paidFen: takesFen } : {};
      const paid: Outcome = { state: 'paid', reference: this.referenceOf(id), detail: '', ...part };
      return this.#guaranteed ? { ...paid, guaranteed: true } : paid;
    }
    // What nobody here has heard of may still be on its way: only a closed order is certain.
    const state = order === undefined || order.closed ? 'declined' : this.kind === 'agreement' ? open : 'pending';
    if (state === 'declined') this.#closed(id);
    return { state, reference: null, detail: '余额不足' };
  }

  #closed(id: string): void {
    const order = this.orders.get(id);
    if (order) order.closed = true;
  }

  async #call<T>(work: () => T | undefined): Promise<T> {
    this.crossing();
    const result = work();
    this.crossing();
    await Promise.resolve();
    return result === undefined ? new Promise<T>(() => undefined) : result;
  }
}
