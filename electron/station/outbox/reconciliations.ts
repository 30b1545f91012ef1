import type { Actor } from '../../../shared/domain/events.ts';
import type { PlatformId } from '../../../shared/domain/site.ts';
import { type EpochMs, parseShanghaiDateTime, shanghaiDate } from '../../../shared/domain/time.ts';
import type { Platform } from '../platforms/platform.ts';
import { sleep } from '../runtime/clock.ts';
import { ConflictError, errorText, NotFoundError } from '../runtime/errors.ts';
import type { Ids, Log } from '../runtime/ports.ts';
import type { OutboxRun, Theirs } from '../store/outbox-run-store.ts';
import { Comparison, type ComparisonDeps } from './comparison.ts';
import type { OutboxHub } from './hub.ts';
import { type Repaired, type RepairWish, repair } from './repair.ts';

const DAY_MS = 24 * 3_600_000;
const RUNS_KEPT = 50;
const ROWS_AT_ONCE = 200;
/** A platform that does not tell its figures in this time tells them another day. */
const THEIRS_MS = 30_000;

export interface ReconciliationDeps extends ComparisonDeps {
  readonly hub: OutboxHub;
  readonly ids: Ids;
  readonly log: Log;
  /** Aborts when the station stops. */
  readonly stopping: AbortSignal;
}

export interface RunPlan {
  readonly platform: PlatformId;
  readonly purpose: OutboxRun['purpose'];
  readonly from: EpochMs;
  /** Excluded. */
  readonly to: EpochMs;
}

/** Comparisons of journal and outbox (对账), and making good what they find (补报). One at a time for each platform. */
export class Reconciliations {
  readonly #deps: ReconciliationDeps;
  readonly #running = new Map<PlatformId, Comparison>();

  constructor(deps: ReconciliationDeps) {
    this.#deps = deps;
    const left = deps.store.read.outboxRuns.newest(RUNS_KEPT).filter(({ state }) => state === 'running');
    if (left.length > 0)
      deps.store.write((tx) => {
        for (const run of left) tx.outboxRuns.put({ ...run, state: 'interrupted', endedAt: deps.clock.now() });
      });
  }

  newest(): OutboxRun[] {
    return this.#deps.store.read.outboxRuns.newest(RUNS_KEPT).map((run) => this.#live(run));
  }

  get(id: string): OutboxRun {
    const run = this.#deps.store.read.outboxRuns.get(id);
    if (!run) throw new NotFoundError('没有这次对账');
    return this.#live(run);
  }

  /** Begins a comparison and answers at once. */
  start(plan: RunPlan, actor: Actor): OutboxRun {
    const { clock, ids, store } = this.#deps;
    const platform = this.#platform(plan.platform);
    if (plan.from >= plan.to) throw new ConflictError('period-empty', '时间段为空：结束时间须晚于开始时间');
    if (this.#running.has(plan.platform)) throw new ConflictError('already-running', '该平台的对账正在进行');
    const run: OutboxRun = {
      ...plan,
      to: Math.min(plan.to, clock.now() + 1),
      id: ids.next('run'),
      state: 'running',
      detail: '',
      startedAt: clock.now(),
      endedAt: null,
      by: actor.name,
      events: 0,
      done: 0,
      ahead: 0,
      knownFrom: null,
      figures: [],
      differences: 0,
      theirs: { kind: 'none' },
    };
    store.write((tx) => tx.outboxRuns.put(run));
    const comparison = new Comparison(this.#deps, platform, run);
    this.#running.set(plan.platform, comparison);
    void this.#run(comparison, platform, plan);
    return run;
  }

  async repair(id: string, wish: RepairWish, actor: Actor, signal?: AbortSignal): Promise<Repaired> {
    const run = this.get(id);
    if (run.state === 'running') throw new ConflictError('still-running', '对账还没有结束');
    return await repair(this.#deps, this.#platform(run.platform), run, wish, actor, signal);
  }

  #platform(id: PlatformId): Platform {
    const platform = this.#deps.hub.platform(id);
    if (!platform) throw new ConflictError('platform-off', '该平台没有启用');
    return platform;
  }

  #live(run: OutboxRun): OutboxRun {
    const comparison = this.#running.get(run.platform);
    return comparison?.run.id === run.id ? comparison.run : run;
  }

  /** Never rejects. */
  async #run(comparison: Comparison, platform: Platform, plan: RunPlan): Promise<void> {
    const { store, clock, stopping, log } = this.#deps;
    let end: Pick<OutboxRun, 'state' | 'detail'> = { state: 'done', detail: '' };
    try {
      await comparison.go(stopping);
      comparison.run = { ...comparison.run, theirs: await this.#theirs(platform, plan) };
    } catch (error) {
      end = stopping.aborted
        ? { state: 'interrupted', detail: '' }
        : { state: 'failed', detail: errorText(error).slice(0, 300) };
    }
    try {
      // A station that stops has closed its store by now or will soon: the next start says that the run was interrupted.
      if (!stopping.aborted) {
        store.write((tx) => tx.outboxRuns.put({ ...comparison.run, ...end, endedAt: clock.now() }));
        this.#running.delete(platform.id);
        await this.#forgetOld();
      }
    } catch (error) {
      log.error('the outcome of a comparison could not be stored', { error: errorText(error) });
    } finally {
      this.#running.delete(platform.id);
    }
  }

  /** What the platform itself says about the day, where it says something. */
  async #theirs(platform: Platform, { from, to }: RunPlan): Promise<Theirs> {
    if (!platform.checkDay) return { kind: 'none' };
    const day = shanghaiDate(from);
    if (parseShanghaiDateTime(`${day} 00:00:00`) !== from || to - from !== DAY_MS) return { kind: 'not-a-day' };
    const patience = new AbortController();
    const cancel = this.#deps.clock.after(THEIRS_MS, () => patience.abort(new Error('no answer in time')));
    try {
      const asking = AbortSignal.any([this.#deps.stopping, patience.signal]);
      const { figures, note } = await platform.checkDay(day).ask(asking);
      const told = figures.flatMap(({ message, theirs }) => (theirs ? [{ message, ...theirs }] : []));
      return { kind: 'told', figures: told, note };
    } catch (error) {
      return { kind: 'failed', reason: errorText(error).slice(0, 300) };
    } finally {
      cancel();
    }
  }

  async #forgetOld(): Promise<void> {
    const { store, clock, stopping } = this.#deps;
    for (const run of store.read.outboxRuns.newest(RUNS_KEPT * 2).slice(RUNS_KEPT))
      while (!store.write((tx) => tx.outboxRuns.drop(run.id, ROWS_AT_ONCE))) await sleep(clock, 1, stopping);
  }
}
