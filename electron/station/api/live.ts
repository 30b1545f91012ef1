import { ORPCError } from '@orpc/server';
import type { EventView, LiveFrame } from '../../../shared/contract/journal.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { sleep } from '../runtime/clock.ts';
import type { Principal } from './context.ts';
import type { ApiDeps } from './deps.ts';
import { eventView, linkView } from './views.ts';

/** A person sees no difference above this rate, and a slow reader's queue cannot grow faster. */
const AT_MOST_EVERY_MS = 80;
/** Numbers that move without an event (ages, clocks) are refreshed this often. */
const AT_LEAST_EVERY_MS = 5000;
const MAX_EVENTS = 100;

/** Who watches. */
interface Viewer {
  /** A stream lives for a shift: who is this now, if still signed in? */
  readonly present: () => Principal | null;
  /** The events as this person may see them. */
  readonly shown: (user: Principal, events: readonly EventView[]) => EventView[];
}

/**
 * The live picture, frame after frame, until the reader goes. Each frame shows how things are when it is made, so changes
 * between two frames fall together instead of queueing up.
 */
export async function* watchLive(
  deps: ApiDeps,
  afterSeq: number | undefined,
  signal: AbortSignal | undefined,
  viewer: Viewer,
): AsyncGenerator<LiveFrame> {
  const stop = new AbortController();
  const ended = signal
    ? AbortSignal.any([signal, stop.signal, deps.stopping])
    : AbortSignal.any([stop.signal, deps.stopping]);
  let wake: () => void = () => undefined;
  let dirty = true;
  const touch = (): void => {
    dirty = true;
    wake();
  };
  const cancels = [
    deps.store.onCommitted(touch),
    deps.lanes.onChanged(touch),
    deps.hub.onChanged(touch),
    deps.devices.onChanged(touch),
    deps.scans.onChanged(touch),
  ];
  ended.addEventListener('abort', touch, { once: true });
  let seq = afterSeq ?? Math.max(0, deps.store.read.journal.last().seq - MAX_EVENTS);
  try {
    while (!ended.aborted) {
      dirty = false;
      // A stream lives for a shift: who signed out, or whose time is up, sees no further frame.
      const user = viewer.present();
      if (!user) throw new ORPCError('UNAUTHORIZED', { status: 401, message: '登录已过期，请重新登录' });
      const frame = makeFrame(deps, seq, (events) => viewer.shown(user, events));
      seq = frame.seq;
      yield frame;
      await sleep(deps.clock, AT_MOST_EVERY_MS, ended).catch(() => undefined);
      if (dirty || ended.aborted) continue;
      await new Promise<void>((resolve) => {
        const cancel = deps.clock.after(AT_LEAST_EVERY_MS, resolve);
        wake = () => {
          cancel();
          resolve();
        };
      });
    }
  } finally {
    stop.abort();
    for (const cancel of cancels) cancel();
  }
}

function makeFrame(deps: ApiDeps, afterSeq: number, shown: (events: readonly EventView[]) => EventView[]): LiveFrame {
  const { store, clock } = deps;
  const now = clock.now();
  const last = store.read.journal.last().seq;
  const missed = last - afterSeq > MAX_EVENTS;
  const events = store.read.journal.after(missed ? last - MAX_EVENTS : afterSeq, MAX_EVENTS);
  return {
    at: toRfc3339(now),
    seq: events.at(-1)?.seq ?? last,
    siteName: deps.site.name,
    siteKind: deps.site.kind,
    berths: store.read.berths.count(),
    lanes: deps.laneViews(),
    spaces: deps.lanes.spaces(),
    links: deps.hub.links().map((link) => linkView(link, now)),
    alarms: deps.alarms.list().map((alarm) => ({ ...alarm, since: toRfc3339(alarm.since) })),
    scans: deps.scans
      .notices()
      .map((notice) => ({ ...notice, at: toRfc3339(notice.at), laneIds: [...notice.laneIds] })),
    events: shown(events.map(eventView)),
    missed,
  };
}
