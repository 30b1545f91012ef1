import type { Lane } from '../../../shared/domain/site.ts';
import type { CommandOutcome, GateAction, UnderArm } from '../devices/device.ts';
import type { Alarms } from '../runtime/alarms.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';

/** A loop that loses a trailer for a moment is not clear. */
const CLEAR_MS = 500;
/** So long a car may stand under the arm before whoever wants it shut is told that it will not be. */
const WAIT_MS = 60_000;
/** Somebody was let through while the end of a hold waited: so long for that car to come onto the loop. */
const COMING_MS = 15_000;

type Falling = Extract<GateAction, 'close' | 'release-hold'>;

/** How a waiting ended. `now`: to be carried out · `unseen`: nobody can say what stands there, and why, a sentence in Chinese. */
export type Ended = CommandOutcome | 'now' | { readonly unseen: string };

interface Waiting {
  readonly lane: Lane;
  readonly action: Falling;
  /** Ends the waiting: the command is to be carried out now, or has ended as this. */
  readonly end: (outcome: Ended) => void;
  /** Somebody was let through meanwhile, until when it is expected on the loop, and whether it has been; null: nobody was. */
  coming: { readonly until: number; seen: boolean } | null;
  /** What was read of the loop for it last: nothing that holds it back, a car; or it is being read now. */
  read: 'never' | 'reading' | 'occupied';
  cancel: Cancel;
}

interface Deps {
  readonly clock: Clock;
  readonly alarms: Alarms;
  readonly log: Log;
  /** Reads the safety loop of a lane, where that can be asked for; what was told of it last is not enough then. */
  readonly look: (lane: Lane) => (() => Promise<UnderArm>) | null;
}

/**
 * Nothing falls while a car is under the arm, whoever ordered it: to close, and to end a hold, waits until the safety loops of the
 * lane are clear, as far as their devices tell; a board that can be asked is asked right before. In memory alone: what waits when the
 * program ends is shown as unknown, like every command.
 */
export class DeferredClose {
  readonly #clock: Clock;
  readonly #alarms: Alarms;
  readonly #log: Log;
  readonly #reader: Deps['look'];
  /** Devices whose safety loop is occupied, by lane. */
  readonly #occupied = new Map<string, Set<string>>();
  readonly #waiting = new Set<Waiting>();
  readonly #looks = new Map<string, Cancel>();

  constructor(deps: Deps) {
    this.#reader = deps.look;
    this.#clock = deps.clock;
    this.#alarms = deps.alarms;
    this.#log = deps.log;
  }

  /** A device told of a safety loop of the lane. */
  safetyLoop(lane: Lane, deviceId: string, on: boolean): void {
    const devices = this.#occupied.get(lane.id) ?? new Set();
    if (on) devices.add(deviceId);
    else devices.delete(deviceId);
    this.#occupied.set(lane.id, devices);
    this.#lookIn(lane, null);
    if (on) {
      for (const each of this.#of(lane)) if (each.coming) each.coming.seen = true;
      return;
    }
    if (devices.size > 0) return;
    this.#lookIn(lane, CLEAR_MS);
    this.#tell(lane, () => this.#alarms.clear('safety-loop-stuck', lane.id));
  }

  /** What this command does to those that wait; for one that must wait itself, how its waiting ended. `now`: carry it out. */
  turnOf(lane: Lane, action: GateAction): Promise<Ended> | 'now' {
    if (action === 'open' || action === 'hold') {
      this.#superseded(lane, action);
      return 'now';
    }
    const busy = this.#isOccupied(lane) || this.#of(lane).length > 0;
    if (!busy && !this.#reader(lane)) return 'now';
    const turn = this.#wait(lane, action);
    if (!this.#looks.has(lane.id)) this.#look(lane);
    return turn;
  }

  /** Something that would fall waits until nobody is under the arm. */
  waits(lane: Lane): boolean {
    return this.#of(lane).some(({ read }) => read !== 'reading');
  }

  /** Nobody is waited for any more, and nobody is told. */
  stop(): void {
    for (const cancel of this.#looks.values()) cancel();
    this.#looks.clear();
    for (const { cancel } of this.#waiting) cancel();
    this.#waiting.clear();
  }

  #of(lane: Lane): readonly Waiting[] {
    return [...this.#waiting].filter((each) => each.lane.id === lane.id);
  }

  #wait(lane: Lane, action: Falling): Promise<Ended> {
    return new Promise((resolve) => {
      const waiting: Waiting = {
        lane,
        action,
        coming: null,
        read: 'never',
        cancel: this.#clock.after(WAIT_MS, () => this.#tooLong(waiting)),
        end: (outcome) => {
          waiting.cancel();
          this.#waiting.delete(waiting);
          resolve(outcome);
        },
      };
      this.#waiting.add(waiting);
    });
  }

  /**
   * The arm is wanted up: nothing that closes it counts any more. The end of a hold does, or the arm would stay up for ever with nobody
   * knowing; it waits for the car that was let through as well.
   */
  #superseded(lane: Lane, action: 'open' | 'hold'): void {
    for (const each of this.#of(lane))
      if (each.action === 'close' || action === 'hold')
        each.end({ outcome: 'refused', detail: action === 'hold' ? '已改为常抬' : '已改为开闸' });
      else {
        each.coming = { until: this.#clock.monotonic() + COMING_MS, seen: false };
        this.#lookIn(lane, COMING_MS);
      }
  }

  #tooLong(waiting: Waiting): void {
    const { lane } = waiting;
    const stuck = this.#isOccupied(lane);
    const why = stuck || waiting.read === 'occupied' ? '防砸地感持续有车' : '一直有车通过';
    waiting.end({ outcome: 'refused', detail: `${why} ${WAIT_MS / 1000} 秒，未落杆` });
    if (!stuck) return;
    this.#tell(lane, () =>
      this.#alarms.raise({
        code: 'safety-loop-stuck',
        subject: lane.id,
        detail: `${lane.name}：防砸地感持续有车，闸杆没有落下，请查看现场`,
        figures: { lane: lane.name },
        severity: 'alarm',
      }),
    );
  }

  /** Nobody above a timer catches, and nothing that falls depends on an alarm that could not be stored. */
  #tell(lane: Lane, change: () => void): void {
    try {
      change();
    } catch (error) {
      this.#log.error('an alarm of the safety loop could not be stored', { lane: lane.id, error: errorText(error) });
    }
  }

  #lookIn(lane: Lane, ms: number | null): void {
    this.#looks.get(lane.id)?.();
    this.#looks.delete(lane.id);
    if (ms === null) return;
    this.#looks.set(
      lane.id,
      this.#clock.after(ms, () => {
        this.#looks.delete(lane.id);
        this.#look(lane);
      }),
    );
  }

  /** The loops have been clear for a while. */
  #look(lane: Lane): void {
    if (this.#isOccupied(lane)) return;
    const now = this.#clock.monotonic();
    for (const each of this.#of(lane)) {
      const left = each.coming && !each.coming.seen ? each.coming.until - now : 0;
      if (left > 0) this.#lookIn(lane, left);
      else this.#fall(each);
    }
  }

  /** Nothing stands there by what was told; where it can be read, it is read now. */
  #fall(waiting: Waiting): void {
    const read = this.#reader(waiting.lane);
    if (!read) waiting.end('now');
    else if (waiting.read !== 'reading') {
      waiting.read = 'reading';
      read()
        .catch((error: unknown): UnderArm => {
          this.#log.error('a safety loop could not be read', { lane: waiting.lane.id, error: errorText(error) });
          return { under: 'unknown', detail: '读不到防砸地感' };
        })
        .then((seen) => this.#wasRead(waiting, seen))
        .catch(() => undefined);
    }
  }

  #wasRead(waiting: Waiting, seen: UnderArm): void {
    const { lane } = waiting;
    waiting.read = seen.under === 'occupied' ? 'occupied' : 'never';
    // Its device told of a car meanwhile, or somebody was let through: another look follows.
    if (!this.#waiting.has(waiting) || this.#isOccupied(lane) || this.#looks.has(lane.id)) return;
    if (seen.under === 'unknown') waiting.end({ unseen: `${seen.detail}，未落杆` });
    else if (seen.under === 'occupied') this.#lookIn(lane, CLEAR_MS);
    else waiting.end('now');
  }

  #isOccupied(lane: Lane): boolean {
    return (this.#occupied.get(lane.id)?.size ?? 0) > 0;
  }
}
