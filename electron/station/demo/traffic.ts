import { type Plate, UNREAD_PLATE } from '../../../shared/domain/plate.ts';
import type { VirtualCamera } from '../devices/virtual/camera.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Entropy, Log } from '../runtime/ports.ts';
import { madeUpPlate } from './plates.ts';
import { DEMO_LANES } from './provision.ts';

export interface DemoTrafficDeps {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly cameras: { readonly in: VirtualCamera; readonly out: VirtualCamera };
  /** Plates of the cars inside, oldest first. Cars without a readable plate never leave by themselves. */
  insidePlates(): readonly Plate[];
  /** A car stands at the lane and is not yet let through. */
  laneBusy(laneId: string): boolean;
  /** The driver at the lane pays what is due: called when nobody collected for a while. */
  collect(laneId: string): void;
}

/** Cars come no faster than this, and no slower than the second number. */
const ARRIVAL_MS = [5_000, 12_000] as const;
const EXIT_LOOK_MS = [4_000, 9_000] as const;
const STAY_MS = [25_000, 120_000] as const;
const PAYS_AFTER_MS = 25_000;
/** The driver of an unread car rolls back and forth until the camera can read the plate. */
const REREAD_AFTER_MS = 10_000;
const UNREAD_SHARE = 0.03;
/** The demo car park never fills up: the exit is slower than the entry when nobody is at the desk. */
const MAX_INSIDE = 40;

/** Made-up cars through the demo's two lanes, until cancelled. At most one car stands at each lane. */
export function startDemoTraffic(deps: DemoTrafficDeps): Cancel {
  const { clock, entropy, log, cameras } = deps;
  const between = ([least, most]: readonly [number, number]): number => least + entropy.random() * (most - least);
  let unread: { readonly plate: Plate; readonly since: number } | null = null;
  let exitSince: number | null = null;
  /** When each car inside wants to leave, by the monotonic clock. */
  const leaveAt = new Map<string, number>();
  /** Cars that were inside when the traffic began have been there for a while. */
  let stayMs: readonly [number, number] = [0, STAY_MS[1]];

  const arrive = (): void => {
    if (deps.laneBusy(DEMO_LANES.in)) {
      if (!unread || clock.monotonic() - unread.since < REREAD_AFTER_MS) return;
      const { plate } = unread;
      unread = null;
      cameras.in.shows(plate);
      return;
    }
    unread = null;
    const inside = deps.insidePlates();
    if (inside.length >= MAX_INSIDE) return;
    const plate = madeUpPlate(entropy);
    if (inside.some((other) => other.text === plate.text)) return;
    if (entropy.random() < UNREAD_SHARE) {
      unread = { plate, since: clock.monotonic() };
      cameras.in.shows(UNREAD_PLATE);
    } else cameras.in.shows(plate);
  };

  const leave = (): void => {
    const now = clock.monotonic();
    if (deps.laneBusy(DEMO_LANES.out)) {
      exitSince ??= now;
      if (now - exitSince < PAYS_AFTER_MS) return;
      exitSince = now;
      deps.collect(DEMO_LANES.out);
      return;
    }
    exitSince = null;
    const inside = deps.insidePlates().filter((plate) => plate.text !== '');
    const present = new Set(inside.map((plate) => plate.text));
    for (const text of leaveAt.keys()) if (!present.has(text)) leaveAt.delete(text);
    for (const { text } of inside) if (!leaveAt.has(text)) leaveAt.set(text, now + between(stayMs));
    stayMs = STAY_MS;
    const next = inside
      .filter(({ text }) => (leaveAt.get(text) ?? now) <= now)
      .sort((a, b) => (leaveAt.get(a.text) ?? 0) - (leaveAt.get(b.text) ?? 0))[0];
    if (!next) return;
    exitSince = now;
    // Should the lane not let it out, the others get their turn first.
    leaveAt.set(next.text, now + between(STAY_MS));
    cameras.out.shows(next);
  };

  const cancels = [repeat(arrive, ARRIVAL_MS), repeat(leave, EXIT_LOOK_MS)];
  return () => {
    for (const cancel of cancels) cancel();
  };

  function repeat(task: () => void, pause: readonly [number, number]): Cancel {
    let cancel: Cancel = () => undefined;
    const schedule = (): void => {
      cancel = clock.after(between(pause), () => {
        // Scheduled first, so that a failure of one car does not end the traffic.
        schedule();
        try {
          task();
        } catch (error) {
          log.warn('a demo car got lost', { error: errorText(error) });
        }
      });
    };
    schedule();
    return () => cancel();
  }
}
