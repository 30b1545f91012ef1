import type { DayState } from '../../../shared/contract/reconciliations.ts';
import type { Actor } from '../../../shared/domain/events.ts';
import type { PlatformId } from '../../../shared/domain/site.ts';
import type { DailyCheck, Platform } from '../platforms/platform.ts';
import type { Alarms } from '../runtime/alarms.ts';
import { sleep } from '../runtime/clock.ts';
import { errorText, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import type { OutboxRun } from '../store/outbox-run-store.ts';
import type { Store } from '../store/store.ts';
import { DayMarkStore, type DayMarks, dayAfter, dueDay, type OpenDay, startOfDay } from './day-marks.ts';
import { DayRounds } from './day-rounds.ts';
import { verdictOf } from './day-verdict.ts';
import { DAY_MS, dayOf } from './platform-books.ts';
import type { Reconciliations } from './reconciliations.ts';

const LOOK_EVERY_MS = 5_000;
const STILL_WAITING = 'messages of the day are still waiting';
/** Failures after which people are told. */
const LATE_AFTER = 3;
/** A day that differs is compared again every day for so long; one that the platform does not tell of is asked about again, too. */
const LOOKED_AT_AGAIN_MS = 8 * DAY_MS;
/** One of those that it does not tell of, this often. */
const ASKED_AGAIN_MS = 3_600_000;

export interface DailyCheckDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly alarms: Alarms;
  readonly platforms: readonly Platform[];
  readonly reconciliations: Reconciliations;
  /** Aborts when the station stops. */
  readonly stopping: AbortSignal;
}

interface Watched {
  readonly platform: Platform;
  readonly daily: DailyCheck;
  readonly kept: DayMarkStore;
  failure: { readonly day: string; readonly reason: string; readonly times: number } | null;
  /** The day set aside that was asked about last, and when the next is, on the monotonic clock. */
  asked: { readonly day: string; readonly next: number };
}

/**
 * Compares each finished day with the books of the platforms that want it, sends again what they lack, and tells people what only a
 * person can settle. One run at a time, and never in the way of one that somebody began by hand.
 */
export class DailyChecks {
  readonly #deps: DailyCheckDeps;
  readonly #watched = new Map<PlatformId, Watched>();
  readonly #rounds: DayRounds;

  constructor(deps: DailyCheckDeps) {
    this.#deps = deps;
    this.#rounds = new DayRounds(deps);
    for (const platform of deps.platforms) {
      const { daily } = platform;
      if (!daily || !platform.checkDay) continue;
      const kept = new DayMarkStore(deps.store, platform.id, deps.clock.now());
      this.#watched.set(platform.id, { platform, daily, kept, failure: null, asked: { day: '', next: 0 } });
    }
    deps.reconciliations.keep(() =>
      [...this.#watched.values()].flatMap(({ kept }) => kept.marks.open.map(({ runId }) => runId)),
    );
    deps.reconciliations.onEnded((run) => this.#learn(run));
  }

  start(): void {
    for (const watched of this.#watched.values()) {
      // Alarms live in memory: what differed before the start differs still.
      for (const day of watched.kept.marks.open) this.#raise(watched, day);
      void this.#watch(watched);
    }
  }

  states(): DayState[] {
    return [...this.#watched.values()].map(({ platform, daily, kept, failure }) => {
      const { newest, last, open } = kept.marks;
      const due = dueDay(kept.marks, daily, this.#deps.clock.now());
      const base = {
        platform: platform.id,
        open: open.map(({ day, runId, differences }) => ({ day, runId, differences })),
      };
      const none = { differences: 0, runId: null };
      if (failure) return { ...base, ...none, day: failure.day, state: 'unfinished', reason: failure.reason };
      if (newest && due === null) return { ...base, ...newest, reason: '' };
      return { ...base, ...none, day: due ?? dayAfter(last), state: 'due', reason: '' };
    });
  }

  /** A person looked at it: the day's alarm ends. */
  acknowledge(id: PlatformId, day: string, reason: string, actor: Actor): void {
    const watched = this.#watched.get(id);
    if (!watched?.kept.marks.open.some((each) => each.day === day)) throw new NotFoundError('这一天没有待确认的差异');
    this.#close(watched, day);
    this.#deps.store.write((tx) =>
      tx.record({
        ...{ kind: 'day-check-acknowledged', key: null, laneId: null, passageId: null, actor },
        body: { platform: id, day, reason },
      }),
    );
  }

  async #watch(watched: Watched): Promise<void> {
    const { clock, stopping, log } = this.#deps;
    for (let pause = LOOK_EVERY_MS; !stopping.aborted; )
      try {
        await sleep(clock, pause, stopping);
        pause = LOOK_EVERY_MS;
        const day = dueDay(watched.kept.marks, watched.daily, clock.now());
        if (day === null) {
          await this.#askAgain(watched);
          continue;
        }
        if (!(await this.#settle(watched, day))) pause = watched.daily.retryMs;
        else if (dueDay(watched.kept.marks, watched.daily, clock.now()) === null) await this.#lookAgain(watched, day);
      } catch (error) {
        if (stopping.aborted) return;
        log.error('the daily comparison stumbled', { platform: watched.platform.id, error: errorText(error) });
        pause = watched.daily.retryMs;
      }
  }

  /** @returns whether the day is done with */
  async #settle(watched: Watched, day: string): Promise<boolean> {
    const { platform, daily, kept } = watched;
    const run = await this.#rounds.settle(platform, daily, day, kept.marks.sinceSeq);
    const verdict = verdictOf(run);
    if (verdict.kind === 'unasked') {
      this.#failed(watched, day, verdict.reason);
      return verdict.answered && this.#setAside(watched, day, run.id);
    }
    const late = (watched.failure?.times ?? 0) >= LATE_AFTER;
    if (verdict.kind === 'differs' && !late && (await this.#rounds.isUnderWay(platform, run)))
      return this.#failed(watched, day, STILL_WAITING);
    watched.failure = null;
    this.#deps.alarms.clear('daily-check-late', platform.id);
    const differences = verdict.kind === 'agrees' ? 0 : verdict.differences;
    const mark = { day, runId: run.id, differences };
    kept.change({ last: day, newest: { ...mark, state: verdict.kind } });
    if (verdict.kind !== 'agrees') this.#open(watched, { ...mark, state: verdict.kind });
    return true;
  }

  #failed(watched: Watched, day: string, reason: string): false {
    const times = (watched.failure?.times ?? 0) + 1;
    watched.failure = { day, reason, times };
    const { id, title } = watched.platform;
    if (times >= LATE_AFTER)
      this.#deps.alarms.raise({
        ...{ code: 'daily-check-late', subject: id, severity: 'warning', figures: { day } },
        detail: `${title}：${day} 的对账还没完成：${reason}`,
      });
    return false;
  }

  /** A day of which the platform will not tell must not keep it from being asked about the next. @returns whether it was set aside */
  #setAside(watched: Watched, day: string, runId: string): boolean {
    const { platform, daily, kept, failure } = watched;
    const { alarms, clock } = this.#deps;
    const next = dueDay({ last: day }, daily, clock.now());
    if (next === null || next === day || (failure?.times ?? 0) < LATE_AFTER) return false;
    watched.failure = null;
    alarms.clear('daily-check-late', platform.id);
    kept.change({ last: day });
    this.#open(watched, { day, runId, differences: 0, state: 'refused' });
    return true;
  }

  /** Those set aside take turns: each is a day of the journal to be read. */
  async #askAgain(watched: Watched): Promise<void> {
    const { platform, daily, kept, asked } = watched;
    const { clock } = this.#deps;
    if (clock.monotonic() < asked.next) return;
    const oldest = clock.now() - LOOKED_AT_AGAIN_MS;
    const aside = kept.marks.open.filter(({ day, state }) => state === 'refused' && startOfDay(day) >= oldest);
    const next = aside.find(({ day }) => day > asked.day) ?? aside[0];
    if (!next) return;
    watched.asked = { day: next.day, next: clock.monotonic() + ASKED_AGAIN_MS };
    await this.#rounds.settle(platform, daily, next.day, kept.marks.sinceSeq);
  }

  /** A person may have settled what differed on the days before. */
  async #lookAgain(watched: Watched, but: string): Promise<void> {
    const oldest = this.#deps.clock.now() - LOOKED_AT_AGAIN_MS;
    for (const { day, state } of watched.kept.marks.open)
      if (day !== but && state !== 'refused' && startOfDay(day) >= oldest)
        await this.#rounds.compare(watched.platform, day);
  }

  /** Whoever began it, a run of a whole day tells how that day stands by now. */
  #learn(run: OutboxRun): void {
    const watched = this.#watched.get(run.platform);
    const day = dayOf(run);
    if (!watched || day === null || run.purpose !== 'check') return;
    const verdict = verdictOf(run);
    const { newest, open } = watched.kept.marks;
    const before = open.find((each) => each.day === day);
    if (verdict.kind === 'unasked') {
      // The run before it is not kept.
      if (before?.state === 'refused') this.#open(watched, { ...before, runId: run.id });
      return;
    }
    if (!before && newest?.day !== day) return;
    const differences = verdict.kind === 'agrees' ? 0 : verdict.differences;
    const mark = { day, runId: run.id, differences };
    if (newest?.day === day) watched.kept.change({ newest: { ...mark, state: verdict.kind } });
    if (!before) return;
    if (verdict.kind === 'agrees') this.#close(watched, day);
    else this.#open(watched, { ...mark, state: verdict.kind });
  }

  #open(watched: Watched, day: OpenDay): void {
    const { open } = watched.kept.marks;
    const before = open.find((each) => each.day === day.day);
    if (before && before.state !== day.state) this.#close(watched, day.day);
    const others = watched.kept.marks.open.filter((each) => each.day !== day.day);
    watched.kept.change({ open: inOrder([...others, day]) });
    this.#raise(watched, day);
  }

  #close(watched: Watched, day: string): void {
    watched.kept.change({ open: watched.kept.marks.open.filter((each) => each.day !== day) });
    for (const code of ['daily-check-differs', 'daily-check-extra', 'daily-check-late'])
      this.#deps.alarms.clear(code, `${watched.platform.id} ${day}`);
  }

  #raise({ platform }: Watched, { day, state, differences }: OpenDay): void {
    const base = { subject: `${platform.id} ${day}`, figures: { platform: platform.id, day, n: differences } };
    if (state === 'refused') {
      const detail = `${platform.title}：平台没有给出 ${day} 的对账，会继续重试`;
      this.#deps.alarms.raise({ ...base, code: 'daily-check-late', severity: 'warning', detail });
      return;
    }
    this.#deps.alarms.raise(
      state === 'extra'
        ? {
            ...{ ...base, code: 'daily-check-extra', severity: 'warning' },
            detail: `${platform.title}：${day} 平台多出 ${differences} 条记录，请人工核对`,
          }
        : {
            ...{ ...base, code: 'daily-check-differs', severity: 'info' },
            detail: `${platform.title}：${day} 对账有 ${differences} 处差异，请到“上报状态”处理`,
          },
    );
  }
}

const inOrder = (open: DayMarks['open']): DayMarks['open'] => open.sort((a, b) => a.day.localeCompare(b.day));
