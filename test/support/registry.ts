import { openRegistry, type Registry } from '../../electron/station/registry/registry.ts';
import { SystemClock } from '../../electron/station/runtime/clock.ts';
import { SystemIds } from '../../electron/station/runtime/ids.ts';
import type { Clock } from '../../electron/station/runtime/ports.ts';
import type { Store } from '../../electron/station/store/store.ts';
import type { Actor, EventBody, EventKind, JournalEvent } from '../../shared/domain/events.ts';
import type { Site } from '../../shared/domain/site.ts';
import { areaSchema, siteSchema } from '../../shared/domain/site.ts';
import { parseShanghaiDateTime } from '../../shared/domain/time.ts';
import { FakeClock } from './fake-clock.ts';
import { memoryLog } from './silent-log.ts';
import { type TempStore, tempStore } from './temp-store.ts';

export const CLERK: Actor = { kind: 'user', name: '老陈' };
export const CLOUD: Actor = { kind: 'platform', name: 'keytop' };

/** `2026-03-02 08:05:09` in Asia/Shanghai. */
export function at(text: string): number {
  const instant = parseShanghaiDateTime(text.length === 10 ? `${text} 00:00:00` : text);
  if (instant === undefined) throw new Error(`no date: ${text}`);
  return instant;
}

/** Wall time set by the test, real timers: for work that goes on by itself. */
export class LiveClock extends SystemClock {
  wall = at('2026-03-02 08:00:00');
  override now(): number {
    return this.wall;
  }
}

export const AREAS = [
  { id: 'outer', code: 1, name: '地面', spaces: 100 },
  { id: 'inner', code: 2, name: '地库', spaces: 40, parent: 'outer' },
].map((area) => areaSchema.parse(area));

/** What tells of berths. */
export const BERTH_DEVICES = [
  { id: 'geo-1', kind: 'berth-sensor' },
  { id: 'eye-1', kind: 'berth-camera' },
  { id: 'cam-1', kind: 'camera' },
] as const;

export const SITE: Site = siteSchema.parse({
  code: '1001',
  name: '测试停车场',
  totalSpaces: 150,
  openSpaces: 130,
  quotas: [{ id: 'q1', name: '租户甲', spaces: 20 }],
  rules: { classSpaces: { large: 2 } },
});

export interface World extends TempStore, Registry {
  readonly clock: Clock;
  /** Lane at which each stay stands. */
  readonly atLane: Map<string, string>;
  /** Bodies of the events of a kind, oldest first. */
  bodies<K extends EventKind>(kind: K): EventBody<K>[];
  events(kind?: EventKind): JournalEvent[];
}

/** The registry on a real database file. */
export function world<C extends Clock>(clock: C): World & { readonly clock: C } {
  const temp = tempStore(clock);
  const { registry, atLane } = registryOn(temp.store, clock);
  const events = (kind?: EventKind): JournalEvent[] =>
    temp.store.read.journal.after(0, 200_000).filter((event) => kind === undefined || event.kind === kind);
  return {
    ...temp,
    ...registry,
    clock,
    atLane,
    events,
    // The kind was asked for, so the body is of that kind.
    bodies: <K extends EventKind>(kind: K) => events(kind).map((event) => event.body as EventBody<K>),
  };
}

export function registryOn(store: Store, clock: Clock): { registry: Registry; atLane: Map<string, string> } {
  const atLane = new Map<string, string>();
  const registry = openRegistry({
    ...{ store, clock, ids: new SystemIds(clock), log: memoryLog() },
    ...{ areas: AREAS, devices: BERTH_DEVICES, quotas: SITE.quotas, laneOf: (uid) => atLane.get(uid) ?? null },
  });
  return { registry, atLane };
}

export const fakeClockAt = (text: string): FakeClock => new FakeClock(at(text));
