import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Pricing } from '../payments/pricing.ts';
import { errorText } from '../runtime/errors.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import type { Reader } from '../store/reader/reader.ts';
import { ReplayBook } from './replay-totals.ts';
import { sliced } from './slices.ts';

/** Read at once: some milliseconds to parse, after which the lanes come first again. */
const PAGE = 100;

export type ReplayState = 'running' | 'done' | 'cancelled' | 'failed';

export interface ReplayPlan {
  readonly id: string;
  readonly draftId: string;
  /** Name of the tariff in the draft as it was when the replay began; later changes of the draft do not matter. */
  readonly tariffName: string;
  readonly revision: number;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly startedAt: EpochMs;
  readonly startedBy: string;
}

/**
 * Real stays under the present tariffs and under a draft. Each is priced as though it was paid once, when its last payment was made
 * or, without one within the grace, at its exit: what it paid on the way depended on the old price. The time that its terms
 * covered at the entry costs nothing either way.
 */
export class ReplayJob {
  readonly plan: ReplayPlan;
  readonly book = new ReplayBook();
  state: ReplayState = 'running';
  detail = '';
  #reached: EpochMs;
  readonly #abort = new AbortController();
  readonly #deps: ReplayDeps;

  constructor(plan: ReplayPlan, deps: ReplayDeps) {
    this.plan = plan;
    this.#reached = plan.from;
    this.#deps = deps;
  }

  /** 0 to 1 of the period. */
  get progress(): number {
    const { from, to } = this.plan;
    return this.state === 'done' ? 1 : (this.#reached - from) / (to - from);
  }

  cancel(): void {
    this.#abort.abort(new Error('cancelled'));
  }

  /** Goes through the period; never rejects. */
  async run(): Promise<void> {
    try {
      await this.#run();
      this.state = 'done';
    } catch (error) {
      this.state = this.#abort.signal.aborted ? 'cancelled' : 'failed';
      this.detail = this.state === 'failed' ? errorText(error) : '';
      if (this.state === 'failed') this.#deps.log.warn('a replay of a draft failed', { error: errorText(error) });
    }
  }

  async #run(): Promise<void> {
    const { reader, clock } = this.#deps;
    const { from, to } = this.plan;
    const { signal } = this.#abort;
    const turn = sliced(clock, signal);
    let after: { readonly exitedAt: EpochMs; readonly uid: string } | undefined;
    for (;;) {
      const stays = await reader.ended({ from, to, limit: PAGE, after }, signal);
      for (const stay of stays) {
        await turn();
        this.#price(stay);
      }
      const last = stays.at(-1);
      if (!last || last.exitedAt === null || stays.length < PAGE) return;
      after = { exitedAt: last.exitedAt, uid: last.uid };
      this.#reached = last.exitedAt;
    }
  }

  #price(stay: Stay): void {
    if (stay.exitedAt === null || stay.doubts.some((doubt) => doubt.kind === 'no-entry')) {
      this.book.skip();
      return;
    }
    const { before, after, tariffOfLane, graceMinutes } = this.#deps;
    const { lastPaidAt, exitedAt, enteredAt } = stay;
    const inGrace = lastPaidAt !== null && lastPaidAt >= enteredAt && exitedAt <= lastPaidAt + graceMinutes * 60_000;
    const at = inGrace ? Math.min(lastPaidAt, exitedAt) : exitedAt;
    const tariffId = stay.exitLane ? tariffOfLane(stay.exitLane.id) : undefined;
    const beforeFen = before.unpaidFee(stay, at, tariffId)?.feeFen ?? null;
    const afterFen = after.unpaidFee(stay, at, tariffId)?.feeFen ?? null;
    this.book.add({
      uid: stay.uid,
      plate: stay.plate.text,
      vehicleClass: stay.vehicleClass,
      enteredAt,
      exitedAt,
      beforeFen,
      afterFen,
      changeFen: (afterFen ?? 0) - (beforeFen ?? 0),
    });
  }
}

export interface ReplayDeps {
  readonly reader: Pick<Reader, 'ended'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly before: Pick<Pricing, 'unpaidFee'>;
  readonly after: Pick<Pricing, 'unpaidFee'>;
  readonly tariffOfLane: (laneId: string) => string | undefined;
  readonly graceMinutes: number;
}
