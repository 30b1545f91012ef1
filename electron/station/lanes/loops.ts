import type { Plate } from '../../../shared/domain/plate.ts';
import type { Lane, Site } from '../../../shared/domain/site.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import type { GateKeeper } from './gate-keeper.ts';
import { isReadable } from './rules.ts';
import type { LaneState } from './state.ts';

/** Nobody turns and makes room for the next in less: who is read sooner drives close behind. */
const TURNS_MS = 2_000;

interface Watched {
  /** Whether a car stands on the trigger loop. */
  on: boolean;
  /** The passage that left it last, and whether the safety loop was pressed since, and between that one and the passage before. */
  passageId: string | null;
  pressed: boolean;
  pressedBefore: boolean;
  /** When that one left it, monotonic. */
  leftAt: number;
  cancel: Cancel;
}

interface LoopsDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly state: (laneId: string) => LaneState;
  readonly site: Pick<Site, 'rules'>;
  readonly gates: Pick<GateKeeper, 'hasTriggerLoop'>;
  readonly turnedBack: (lane: Lane, passageId: string, sure: boolean) => void;
}

/**
 * What the trigger loop tells of lanes where nobody else has the word: whether a car that was let through went under the arm. Kept in
 * memory, so that on the way from the plate to the arm nothing is written for it; written down is only what follows.
 */
export class Loops {
  readonly #deps: LoopsDeps;
  readonly #lanes = new Map<string, Watched>();

  constructor(deps: LoopsDeps) {
    this.#deps = deps;
  }

  trigger(lane: Lane, on: boolean): void {
    const watched = this.#watched(lane);
    const stood = watched.on;
    watched.on = on;
    watched.cancel();
    const { turnBack, turnBackSeconds } = this.#deps.site.rules;
    if (on || !stood || turnBack === 'off' || !this.#deps.gates.hasTriggerLoop(lane)) return;
    const left = letThrough(lane, this.#deps.state(lane.id));
    if (left === null) return;
    follow(watched, left);
    watched.leftAt = this.#deps.clock.monotonic();
    watched.cancel = this.#deps.clock.after(turnBackSeconds * 1000, () => {
      // Nobody above a timer catches.
      try {
        if (letThrough(lane, this.#deps.state(lane.id)) === left) this.#turned(lane, watched, left);
      } catch (error) {
        this.#deps.log.error('a car that turned back could not be written down', {
          lane: lane.id,
          error: errorText(error),
        });
      }
    });
  }

  /**
   * Who was let through, left the trigger loop and did not go under the arm, should another car be read now. Undefined where the safety loop
   * is not known to work: the car just before did not press it.
   */
  turned(lane: Lane): string | undefined {
    const watched = this.#lanes.get(lane.id);
    if (!watched || watched.pressed || !watched.pressedBefore) return undefined;
    if (this.#deps.clock.monotonic() - watched.leftAt < TURNS_MS) return undefined;
    const left = letThrough(lane, this.#deps.state(lane.id));
    return left !== null && left === watched.passageId ? left : undefined;
  }

  /** A car is on the safety loop, so that one works. */
  safety(lane: Lane): void {
    const watched = this.#watched(lane);
    watched.pressed = true;
    watched.cancel();
  }

  /** Its camera saw it drive off backwards: believed where no loops tell. */
  seenTurning(lane: Lane, plate: Plate): void {
    const state = this.#deps.state(lane.id);
    const { passage } = state;
    if (!passage || !isReadable(plate) || passage.plate.text !== plate.text) return;
    const loopsTell = state.loopSeen && this.#deps.gates.hasTriggerLoop(lane);
    if (!loopsTell) this.#deps.turnedBack(lane, passage.id, true);
  }

  stop(): void {
    for (const { cancel } of this.#lanes.values()) cancel();
  }

  #turned(lane: Lane, watched: Watched, passageId: string): void {
    // A safety loop that is dead looks the same: it counts as alive while the car just before pressed it.
    this.#deps.turnedBack(lane, passageId, watched.pressedBefore);
  }

  #watched(lane: Lane): Watched {
    const known = this.#lanes.get(lane.id);
    if (known) return known;
    const watched: Watched = {
      ...{ on: false, passageId: null, pressed: false, pressedBefore: false, leftAt: 0 },
      cancel: () => undefined,
    };
    this.#lanes.set(lane.id, watched);
    return watched;
  }
}

function follow(watched: Watched, passageId: string): void {
  if (watched.passageId === passageId) return;
  watched.passageId = passageId;
  watched.pressedBefore = watched.pressed;
  watched.pressed = false;
}

/**
 * The car that was let through and has not been on the safety loop, which is known to work. None on lanes that cars use both ways: who
 * leaves the trigger loop there may have come from the other side.
 */
function letThrough({ direction }: Lane, state: LaneState): string | null {
  if (direction === 'both' || state.turned || !state.loopSeen) return null;
  const { phase, passage, underArm, held } = state;
  return phase === 'cleared' && passage && !underArm && !held ? passage.id : null;
}
