import { STATION } from '../../../shared/domain/events.ts';
import type { DailyCheck, Platform } from '../platforms/platform.ts';
import { sleep } from '../runtime/clock.ts';
import type { Clock } from '../runtime/ports.ts';
import type { OutboxRun } from '../store/outbox-run-store.ts';
import type { Store } from '../store/store.ts';
import { startOfDay } from './day-marks.ts';
import { countOf, verdictOf } from './day-verdict.ts';
import { DAY_MS } from './platform-books.ts';
import type { Reconciliations } from './reconciliations.ts';
import { STATES } from './states.ts';

/** What was sent again is looked at this often until it has arrived. */
const POLL_MS = 2_000;
/** Times that a day is mended and compared again. */
const ROUNDS = 3;
const AT_ONCE = 25;

/** Compares a day, sends again what is lacking, waits for it and compares once more, as often as that helps. */
export class DayRounds {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #reconciliations: Reconciliations;
  readonly #stopping: AbortSignal;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: {
    readonly store: Store;
    readonly clock: Clock;
    readonly reconciliations: Reconciliations;
    readonly stopping: AbortSignal;
  }) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#reconciliations = deps.reconciliations;
    this.#stopping = deps.stopping;
  }

  /** One run at a time over all platforms, behind any that a person began. */
  compare(platform: Platform, day: string): Promise<OutboxRun> {
    const from = startOfDay(day);
    const carryOut = async (): Promise<OutboxRun> => {
      while (this.#reconciliations.isRunning(platform.id)) await sleep(this.#clock, POLL_MS, this.#stopping);
      const plan = { platform: platform.id, purpose: 'check', from, to: from + DAY_MS } as const;
      return await this.#reconciliations.carryOut(plan, STATION);
    };
    const run = this.#turn.then(carryOut);
    this.#turn = run.catch(() => undefined);
    return run;
  }

  /** @param sinceSeq nothing is sent of what the journal wrote down before. @returns the last look */
  async settle(platform: Platform, daily: DailyCheck, day: string, sinceSeq: number): Promise<OutboxRun> {
    let run = await this.compare(platform, day);
    for (let round = 0; round < ROUNDS && (await this.#mend(platform, daily, run, sinceSeq)); round += 1)
      run = await this.compare(platform, day);
    return run;
  }

  /** Whether some of what a run found has still to leave; what a refused message holds back has not. */
  async isUnderWay(platform: Platform, run: OutboxRun): Promise<boolean> {
    return (await this.#firstUnderWay(platform, run, 0)) !== null;
  }

  /** @returns whether another look may find less */
  async #mend(platform: Platform, daily: DailyCheck, run: OutboxRun, sinceSeq: number): Promise<boolean> {
    const { kind } = verdictOf(run);
    if (kind === 'agrees' || kind === 'unasked') return false;
    let sent = 0;
    if (daily.repair && countOf(run, 'lost') + countOf(run, 'missing') > 0)
      for (let after: number | null = 0; after !== null; ) {
        const wish = { found: ['missing', 'lost'], after, sinceSeq } as const;
        const done = await this.#reconciliations.repair(run.id, wish, STATION, this.#stopping);
        sent += done.inserted + done.retried;
        after = done.next;
      }
    return await this.#arrived(platform, run, daily.retryMs, sent > 0);
  }

  async #arrived(platform: Platform, run: OutboxRun, patienceMs: number, sent: boolean): Promise<boolean> {
    const until = this.#clock.monotonic() + patienceMs;
    let first = await this.#firstUnderWay(platform, run, 0);
    const waited = first !== null;
    while (first !== null && this.#clock.monotonic() < until) {
      await sleep(this.#clock, POLL_MS, this.#stopping);
      first = await this.#firstUnderWay(platform, run, first - 1);
    }
    return sent || waited;
  }

  async #firstUnderWay(platform: Platform, run: OutboxRun, after: number): Promise<number | null> {
    const { outbox, outboxDifferences } = this.#store.read;
    for (let behind = after; ; await sleep(this.#clock, 0, this.#stopping)) {
      const page = outboxDifferences.after(run.id, behind, AT_ONCE);
      for (const { draft_id, number } of page) {
        const row = draft_id === '' ? undefined : outbox.ofDraft(platform.id, draft_id);
        if (row?.state === STATES.waiting && row.held === 0) return number;
      }
      const last = page.at(-1);
      if (!last) return null;
      behind = last.number;
    }
  }
}
