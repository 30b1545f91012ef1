import { STATION } from '../../shared/domain/events.ts';
import type { Gap } from '../../shared/domain/money-flow.ts';
import type { Alarms } from './runtime/alarms.ts';
import { every } from './runtime/clock.ts';
import { errorText } from './runtime/errors.ts';
import type { Cancel, Clock, Ids, Log } from './runtime/ports.ts';
import type { Store } from './store/store.ts';

const RUNNING = 'running';
const ALIVE = 'alive-at';
/** Often enough to tell a program that is started anew from a booth that was switched off for a while. */
const SIGN_OF_LIFE_MS = 5_000;
const CLOCK_CHECK_MS = 5_000;
/** A wall clock that moves further than this against the monotonic one was set by somebody. */
const CLOCK_JUMP_MS = 2_000;
/** A jump of less changes no fee by more than a started unit. */
const DOUBTFUL_JUMP_MS = 60_000;
/** So many of the newest journal rows are followed at the start; the whole chain takes too long with cars waiting. */
const CHAIN_TAIL = 2_000;

const marker = { key: null, laneId: null, passageId: null, actor: STATION } as const;

/**
 * The station's own life in its history: each start says how the run before ended and how long nobody was there, so that a
 * booth switched off for an hour shows as an hour.
 *
 * @returns whether the run before ended in a crash, and for how long nobody was there; null where nobody ever was.
 */
export function recordStart(
  store: Store,
  version: string,
  now: number,
): { readonly crashed: boolean; readonly downMs: number | null } {
  const running = store.read.meta.get(RUNNING);
  const aliveAt = store.read.meta.get(ALIVE);
  const previous = running === undefined ? 'first' : running === 'yes' ? 'crashed' : 'clean';
  const downMs = aliveAt === undefined ? null : Math.max(0, now - Number(aliveAt));
  store.write((tx) => {
    tx.meta.put(RUNNING, 'yes');
    tx.meta.put(ALIVE, String(now));
    tx.record({
      ...marker,
      kind: 'station-started',
      body: { version, previous, downMs },
    });
  });
  return { crashed: previous === 'crashed', downMs };
}

export function recordStop(store: Store, now: number): void {
  store.write((tx) => {
    tx.meta.put(RUNNING, 'no');
    tx.meta.put(ALIVE, String(now));
    tx.record({ ...marker, kind: 'station-stopped', body: {} });
  });
}

const jumped = (now: number, ids: Ids): Gap => ({
  id: ids.next('gap'),
  kind: 'clock',
  laneId: '',
  direction: 'out',
  from: now,
  to: now,
  openings: 0,
});

/** Signs of life, the watch over the clock, and one look at the journal's chain. */
export function watchLife(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly alarms: Alarms;
  readonly log: Log;
  readonly ids: Ids;
}): Cancel {
  const { store, clock, alarms, log, ids } = deps;
  const broken = store.read.journal.verifyTail(CHAIN_TAIL);
  if (broken !== undefined)
    alarms.raise({
      code: 'journal-broken',
      subject: 'journal',
      detail: `流水第 ${broken} 条与前文不符，可能被改动`,
      figures: { seq: broken },
      severity: 'alarm',
    });
  const failed = (error: unknown): void =>
    log.error('a sign of life could not be written', { error: errorText(error) });
  const life = every(
    clock,
    SIGN_OF_LIFE_MS,
    () => store.write((tx) => tx.meta.put(ALIVE, String(clock.now()))),
    failed,
  );
  let offset = clock.now() - clock.monotonic();
  const watch = every(
    clock,
    CLOCK_CHECK_MS,
    () => {
      const byMs = Math.round(clock.now() - clock.monotonic() - offset);
      if (Math.abs(byMs) < CLOCK_JUMP_MS) return;
      offset += byMs;
      const now = clock.now();
      store.write((tx) => {
        tx.record({ ...marker, kind: 'clock-jumped', body: { byMs } });
        // What stands inside now is a stay whose length nobody knows for sure: its bill waits for a look.
        if (Math.abs(byMs) >= DOUBTFUL_JUMP_MS)
          tx.record({ ...marker, kind: 'gap-changed', body: { gap: jumped(now, ids) } });
      });
      alarms.raise({
        code: 'clock-moved',
        subject: 'clock',
        detail: `系统时间被调整 ${(byMs / 1000).toFixed(0)} 秒`,
        figures: { seconds: Math.round(byMs / 1000) },
        severity: 'warning',
      });
      log.warn('the wall clock was moved', { byMs });
    },
    failed,
  );
  return () => {
    life();
    watch();
  };
}
