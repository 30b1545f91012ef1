import type { PeerClock } from '../clock.ts';
import type { LoopName } from './ports.ts';

/** What a detector says whatever stands on its loop. */
export type LoopFault = 'stuck-on' | 'stuck-off';

/** Who hears of a change: devices hear what a detector `says`, the barrier's own controller what it `feels`. */
interface Ears {
  says(name: LoopName, on: boolean): void;
  feels(name: LoopName, on: boolean): void;
}

/** The two loops with their detectors: what stands on them, and what is said of it. */
export class Detectors {
  readonly #clock: PeerClock;
  readonly #ears: Ears;
  /** Plates of the cars on each loop. */
  readonly #cars: Readonly<Record<LoopName, Set<string>>> = { trigger: new Set(), safety: new Set() };
  readonly #faults = new Map<LoopName, LoopFault>();
  /** Loops whose contact bounces, and what it says at this moment. */
  readonly #bouncing = new Map<LoopName, boolean>();
  readonly #said: Record<LoopName, boolean> = { trigger: false, safety: false };
  readonly #felt: Record<LoopName, boolean> = { trigger: false, safety: false };

  constructor(clock: PeerClock, ears: Ears) {
    this.#clock = clock;
    this.#ears = ears;
  }

  /** The contact, as it reaches a device. */
  says(name: LoopName): boolean {
    return this.#bouncing.get(name) ?? this.feels(name);
  }

  /** The detector itself, as the barrier's controller has it, behind no bouncing contact. */
  feels(name: LoopName): boolean {
    const fault = this.#faults.get(name);
    return fault ? fault === 'stuck-on' : this.#cars[name].size > 0;
  }

  /** What really stands there. */
  cars(name: LoopName): ReadonlySet<string> {
    return this.#cars[name];
  }

  put(name: LoopName, plate: string): void {
    this.#cars[name].add(plate);
    this.#say(name);
  }

  take(name: LoopName, plate: string): void {
    this.#cars[name].delete(plate);
    this.#say(name);
  }

  break(name: LoopName, fault: LoopFault | null): void {
    if (fault) this.#faults.set(name, fault);
    else this.#faults.delete(name);
    this.#say(name);
  }

  /** The contact opens and closes `times` times, `everyMs` apart, and then says what the detector feels. */
  bounce(name: LoopName, times: number, everyMs: number): void {
    if (times === 0) this.#bouncing.delete(name);
    else this.#bouncing.set(name, !this.says(name));
    this.#say(name);
    if (times > 0) this.#clock.after(everyMs, () => this.bounce(name, times - 1, everyMs));
  }

  #say(name: LoopName): void {
    const [says, feels] = [this.says(name), this.feels(name)];
    const heard = { says: says !== this.#said[name], feels: feels !== this.#felt[name] };
    this.#said[name] = says;
    this.#felt[name] = feels;
    if (heard.says) this.#ears.says(name, says);
    if (heard.feels) this.#ears.feels(name, feels);
  }
}
