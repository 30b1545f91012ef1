import type { Actor } from '../../../shared/domain/events.ts';
import type { PlatformId } from '../../../shared/domain/site.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Platform } from '../platforms/platform.ts';
import { sleep } from '../runtime/clock.ts';
import { ConflictError, errorText, NotFoundError } from '../runtime/errors.ts';
import type { Ids, Log } from '../runtime/ports.ts';
import type { OutboxRun } from '../store/outbox-run-store.ts';
import { Comparison } from './comparison.ts';
import type { OutboxHub } from './hub.ts';
import type { ComparisonDeps } from './platform-books.ts';
import { type Repaired, type RepairWish, repair } from './repair.ts';

/** Every day brings some by itself, so that those by hand must not be pushed out soon. */
const RUNS_KEPT = 100;
const ROWS_AT_ONCE = 200;

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

/** Comparisons of journal, outbox and platform (对账), and making good what they find (补报). One at a time for each platform. */
export class Reconciliations {
  readonly #deps: ReconciliationDeps;
  readonly #running = new Map<PlatformId, { readonly comparison: Comparison; readonly ended: Promise<void> }>();
  readonly #listeners = new Set<(run: OutboxRun) => void>();
  readonly #kept: (() => readonly string[])[] = [];

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

  /** Runs that `named` tells of are kept, however many newer ones there are. */
  keep(named: () => readonly string[]): void {
    this.#kept.push(named);
  }

  /** Calls `listener` with each run that has ended and is stored. It must not throw. */
  onEnded(listener: (run: OutboxRun) => void): void {
    this.#listeners.add(listener);
  }

  /** Begins a comparison and answers at once. */
  start(plan: RunPlan, actor: Actor): OutboxRun {
    const { clock, ids, store } = this.#deps;
    const platform = this.#platform(plan.platform);
    if (plan.from >= plan.to) throw new ConflictError('period-empty', '时间段为空：结束时间须晚于开始时间');
    if (this.isRunning(plan.platform)) throw new ConflictError('already-running', '该平台的对账正在进行');
    const run: OutboxRun = {
      ...plan,
      to: Math.min(plan.to, clock.now() + 1),
      id: ids.next('run'),
      state: 'running',
      detail: '',
      startedAt: clock.now(),
      endedAt: null,
      by: actor.name,
      automatic: actor.kind === 'station',
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
    this.#running.set(plan.platform, { comparison, ended: this.#run(comparison, plan) });
    return run;
  }

  isRunning(platform: PlatformId): boolean {
    return this.#running.has(platform);
  }

  /** The same to its end. */
  async carryOut(plan: RunPlan, actor: Actor): Promise<OutboxRun> {
    const { id } = this.start(plan, actor);
    await this.#running.get(plan.platform)?.ended;
    return this.get(id);
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
    const comparison = this.#running.get(run.platform)?.comparison;
    return comparison?.run.id === run.id ? comparison.run : run;
  }

  /** Never rejects. */
  async #run(comparison: Comparison, plan: RunPlan): Promise<void> {
    const { store, clock, stopping, log } = this.#deps;
    let end: Pick<OutboxRun, 'state' | 'detail'> = { state: 'done', detail: '' };
    try {
      await comparison.go(plan, stopping);
    } catch (error) {
      end = stopping.aborted
        ? { state: 'interrupted', detail: '' }
        : { state: 'failed', detail: errorText(error).slice(0, 300) };
    }
    try {
      // A station that stops has closed its store by now or will soon: the next start says that the run was interrupted.
      if (!stopping.aborted) {
        const run: OutboxRun = { ...comparison.run, ...end, endedAt: clock.now() };
        store.write((tx) => tx.outboxRuns.put(run));
        this.#running.delete(plan.platform);
        for (const listener of this.#listeners) listener(run);
        await this.#forgetOld(run);
      }
    } catch (error) {
      log.error('the outcome of a comparison could not be stored', { error: errorText(error) });
    } finally {
      if (this.#running.get(plan.platform)?.comparison === comparison) this.#running.delete(plan.platform);
    }
  }

  /** A night of tries that came to nothing is one line: the last of them. */
  async #forgetOld(ended: OutboxRun): Promise<void> {
    const { store, clock, stopping } = this.#deps;
    const named = new Set(this.#kept.flatMap((names) => names()));
    const all = store.read.outboxRuns.newest(RUNS_KEPT * 2).filter(({ id }) => id !== ended.id && !named.has(id));
    const inVain = cameToNothing(ended)
      ? all.filter((run) => cameToNothing(run) && run.platform === ended.platform && run.from === ended.from)
      : [];
    for (const run of new Set([...inVain, ...all.slice(RUNS_KEPT - 1)]))
      while (!store.write((tx) => tx.outboxRuns.drop(run.id, ROWS_AT_ONCE))) await sleep(clock, 1, stopping);
  }
}

/** The station asked by itself, and learnt nothing. */
const cameToNothing = ({ automatic, state, theirs }: OutboxRun): boolean =>
  automatic && state !== 'running' && (state === 'failed' || theirs.kind === 'failed');
