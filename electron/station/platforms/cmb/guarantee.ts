import type { Attempt } from '../../../../shared/domain/money-flow.ts';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type { CmbContext } from './context.ts';
import { openOverdue } from './guarantee-case.ts';
import { VIA } from './payment.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const OFTEN_MS = 60_000;
/** After a start: what came due while the station was off waits no longer. */
const SOON_MS = 1_000;
/** What is not known of an attempt after all that time does not keep the rest from being passed over. */
const LONGEST_MS = 30 * DAY_MS;
/** Attempts of one turn: a car that comes meanwhile waits for one. */
const AT_ONCE = 100;
/** Up to this attempt all have been looked at for the last time. */
const PASSED = 'guarantees-passed';

/**
 * 保付: the car went on the bank's word, and the bank completes the payment by itself. One that it has not told of in time becomes a
 * case, once. Attempts sort by their time, so a mark behind which nothing is open is all that is to be kept.
 */
export class GuaranteeWatch {
  readonly #context: CmbContext;
  readonly #stopping = new AbortController();
  #timer: Cancel = () => undefined;

  constructor(context: CmbContext) {
    this.#context = context;
  }

  start(): void {
    this.#plan(SOON_MS);
  }

  stop(): void {
    this.#stopping.abort(new Error('stopping'));
    this.#timer();
  }

  #plan(ms: number): void {
    const { clock, log } = this.#context;
    this.#timer = clock.after(ms, () => {
      void this.#look()
        .catch((error: unknown) => log.error('guaranteed payments could not be followed', { error: errorText(error) }))
        .finally(() => {
          if (!this.#stopping.signal.aborted) this.#plan(Math.min(HOUR_MS, Math.max(OFTEN_MS, this.#limitMs / 4)));
        });
    });
  }

  get #limitMs(): number {
    return this.#context.settings.autoPay.confirmHours * HOUR_MS;
  }

  async #look(): Promise<void> {
    const { clock, commands, station } = this.#context;
    const now = clock.now();
    const before = commands.recall(VIA, PASSED) ?? '';
    let passed = before;
    let open = false;
    for (let after = before; ; ) {
      const attempts = station().read.attempts.after(after, AT_ONCE);
      for (const attempt of attempts) {
        // Neither this one nor any after it can be due.
        if (now - attempt.createdAt < this.#limitMs) return this.#pass(before, passed);
        const done = this.#isDone(attempt, now);
        open ||= !done;
        if (!open) passed = attempt.id;
      }
      const last = attempts.at(-1);
      if (!last || attempts.length < AT_ONCE) return this.#pass(before, passed);
      after = last.id;
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#stopping.signal.aborted) return;
    }
  }

  #pass(before: string, passed: string): void {
    if (passed !== before) this.#context.commands.remember(VIA, PASSED, passed);
  }

  /** Whether nothing more is to be expected of it; tells people of what is overdue. */
  #isDone(attempt: Attempt, now: number): boolean {
    if (attempt.channel !== VIA || now - attempt.createdAt >= LONGEST_MS + this.#limitMs) return true;
    // It may still turn out to be paid, and be guaranteed from then on.
    if (['created', 'sent', 'unknown', 'reversing'].includes(attempt.state)) return false;
    if (attempt.state !== 'paid' || attempt.guarantee !== 'pending') return true;
    if (now - attempt.updatedAt < this.#limitMs) return false;
    openOverdue(attempt, this.#context);
    return true;
  }
}
