import { STATION } from '../../../shared/domain/events.ts';
import type { Refund } from '../../../shared/domain/money-flow.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';
import type { PaymentChannel } from './channel.ts';
import { type Patience, pauseBefore } from './patience.ts';
import type { Refunds } from './refunds.ts';

export interface PaybackDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly channels: readonly PaymentChannel[];
  readonly refunds: Refunds;
  readonly answerMs: number;
  readonly patience: Patience;
}

/**
 * Carries approved refunds out at the channel that took the money. Channels only take back whole payments; a part is handed
 * over by a person. No answer is no refusal: it is asked again until it is known, since giving cash meanwhile could give twice.
 */
export class Payback {
  readonly #deps: PaybackDeps;
  readonly #timers = new Map<string, Cancel>();
  #stopped = false;

  constructor(deps: PaybackDeps) {
    this.#deps = deps;
  }

  /** Whether the channel gives this refund back, so that no person may. */
  takes(refund: Pick<Refund, 'attemptId' | 'amountFen'>): boolean {
    return this.#channelOf(refund) !== undefined;
  }

  /** An approved refund: begins, unless it is a person's to carry out or has begun. */
  begin(refund: Refund): void {
    if (this.#stopped || refund.state !== 'approved' || !this.takes(refund) || this.#timers.has(refund.id)) return;
    this.#plan(refund.id, 0);
  }

  recover(): void {
    for (const refund of this.#deps.store.read.refunds.approved()) this.begin(refund);
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #channelOf(refund: Pick<Refund, 'attemptId' | 'amountFen'>): PaymentChannel | undefined {
    const attempt = refund.attemptId === null ? undefined : this.#deps.store.read.attempts.get(refund.attemptId);
    return attempt?.amountFen === refund.amountFen
      ? this.#deps.channels.find((channel) => channel.id === attempt.channel)
      : undefined;
  }

  #plan(refundId: string, tries: number): void {
    const { clock, log, patience } = this.#deps;
    const pause = tries === 0 ? 0 : pauseBefore(tries - 1, patience);
    const run = async (): Promise<void> => {
      const known = await this.#ask(refundId).catch((error: unknown) => {
        log.warn('a refund was not answered', { refundId, error: errorText(error) });
        return false;
      });
      this.#timers.delete(refundId);
      if (!known && !this.#stopped) this.#plan(refundId, tries + 1);
    };
    this.#timers.set(
      refundId,
      clock.after(pause, () => void run()),
    );
  }

  /** @returns whether its end is known now */
  async #ask(refundId: string): Promise<boolean> {
    const { store, clock, refunds, answerMs } = this.#deps;
    const refund = store.read.refunds.get(refundId);
    const channel = refund && this.#channelOf(refund);
    const attempt = refund?.attemptId ? store.read.attempts.get(refund.attemptId) : undefined;
    if (refund?.state !== 'approved' || !channel || !attempt) return true;
    const controller = new AbortController();
    const late = clock.after(answerMs, () => controller.abort(new Error('no answer in time')));
    const aborted = new Promise<never>((_, reject) => {
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
    });
    try {
      const result = await Promise.race([channel.reverse(attempt, controller.signal), aborted]);
      if (this.#stopped || result === 'unknown') return false;
      refunds.carriedOut(refundId, result === 'reversed' ? 'done' : 'failed', STATION);
      return true;
    } finally {
      late();
    }
  }
}
