import type { DeviceContact } from '../device.ts';
import type { InputSettings } from './settings.ts';

/** A contact changed, or a pulse came: then `on` and not `on` at once. */
export interface InputChange {
  readonly role: string;
  readonly on: boolean;
}

interface Lamp {
  readonly wired: InputSettings;
  /** As it was read last. */
  closed: boolean | null;
  /** As it counts; null: not read yet. */
  on: boolean | null;
  /** When that began, monotonic. */
  since: number;
  /** Read differently since then; null: read as it counts. */
  otherSince: number | null;
}

const SAFETY = 'safety-loop';
/** Nothing is let fall by itself before the safety loop has been clear for so long. */
const CLEAR_MS = 500;

/** The inputs of a board, debounced and by their roles. What was not read stays as it was last known. */
export class Inputs {
  readonly #lamps: readonly Lamp[];
  readonly #debounceMs: number;
  /** Since when the safety loop was read clear each time, monotonic; null: it was not, or nobody knows. */
  #clearSince: number | null = null;

  constructor(wired: readonly InputSettings[], debounceMs: number) {
    this.#debounceMs = debounceMs;
    this.#lamps = wired.map((each) => ({ wired: each, closed: null, on: null, since: 0, otherSince: null }));
  }

  /** How many inputs must be read; 0: none is wired. */
  get count(): number {
    return Math.max(0, ...this.#lamps.map(({ wired }) => wired.input + 1));
  }

  /** Some contact was read differently, and that does not count yet. */
  get isSettling(): boolean {
    return this.#lamps.some(({ otherSince }) => otherSince !== null);
  }

  /** Roles that say for how long somebody, or something, is there. */
  get roles(): readonly string[] {
    return this.#lamps.filter(({ wired }) => wired.mode === 'presence').map(({ wired }) => wired.role);
  }

  /** Each contact as it was read last, before anything was made of it. */
  get contacts(): readonly DeviceContact[] {
    return this.#lamps.map(({ wired: { role, input }, closed, on }) => ({ role, terminal: input, closed, on }));
  }

  isOn(role: string): boolean | null {
    return this.#lamps.find(({ wired }) => wired.role === role)?.on ?? null;
  }

  get hasSafetyLoop(): boolean {
    return this.#safety !== undefined;
  }

  /** A car is under the arm, by what counts, or by bits that were just read and do not count yet. */
  isUnderArm(bits: readonly boolean[] = []): boolean {
    const lamp = this.#safety;
    if (!lamp) return false;
    const { input, inverted } = lamp.wired;
    return lamp.on === true || (bits.length > 0 && (bits[input] ?? false) !== inverted);
  }

  /** The safety loop was read clear for a while; where none is wired, always. */
  isClear(now: number): boolean {
    return !this.#safety || (this.#clearSince !== null && now - this.#clearSince >= CLEAR_MS);
  }

  get #safety(): Lamp | undefined {
    return this.#lamps.find(({ wired }) => wired.role === SAFETY);
  }

  /** The bits of the board as they were just read. `now` is monotonic. @returns what counts from now on, in the order of the settings */
  read(bits: readonly boolean[], now: number): readonly InputChange[] {
    const changes = this.#lamps.flatMap((lamp) => {
      lamp.closed = bits[lamp.wired.input] ?? false;
      return this.#lampRead(lamp, lamp.closed !== lamp.wired.inverted, now);
    });
    this.#clearSince = this.isUnderArm(bits) ? null : (this.#clearSince ?? now);
    return changes;
  }

  /** Nobody knows any more for how long a contact has been as it was read last. */
  unsettle(): void {
    this.#clearSince = null;
    for (const lamp of this.#lamps) lamp.otherSince = null;
  }

  /** Loops that have been occupied for longer than `ms`. */
  stuck(now: number, ms: number): readonly string[] {
    return this.#lamps
      .filter(({ wired, on, since }) => wired.role.endsWith('-loop') && on === true && now - since > ms)
      .map(({ wired }) => wired.role);
  }

  #lampRead(lamp: Lamp, on: boolean, now: number): readonly InputChange[] {
    if (on === lamp.on) {
      lamp.otherSince = null;
      return [];
    }
    // What a contact was before the first look at it is no change: only that something is there is told.
    const isFirst = lamp.on === null;
    lamp.otherSince ??= now;
    if (now - lamp.otherSince < this.#debounceMs && !(isFirst && !on)) return [];
    lamp.on = on;
    lamp.since = now;
    lamp.otherSince = null;
    const { role, mode } = lamp.wired;
    if (isFirst && !on) return [];
    if (mode === 'presence') return [{ role, on }];
    if (!on) return [];
    return [
      { role, on: true },
      { role, on: false },
    ];
  }
}
