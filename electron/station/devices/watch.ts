import { believable } from '../../../shared/domain/captured.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Cancel, Clock } from '../runtime/ports.ts';
import type { DeviceFault, DeviceLink, PlateRead } from './device.ts';
import { Trace } from './trace.ts';

export interface Picture {
  readonly takenAt: EpochMs;
  readonly jpeg: Uint8Array;
  readonly plate: Plate | null;
}

const DELAYS_KEPT = 50;

/** What is known of a device by watching it: kept in memory, for its page; nothing is ever decided by it. */
export class DeviceWatch implements DeviceLink {
  readonly trace: Trace;
  /** What it complains of, in its words. */
  readonly faults = new Map<DeviceFault, string>();
  readonly inputs = new Map<string, { readonly on: boolean; readonly at: EpochMs }>();
  state: 'online' | 'offline' | 'unknown' = 'unknown';
  since: EpochMs | null = null;
  reconnects = 0;
  picture: Picture | null = null;
  readDelayMs: number | null = null;
  arm: 'closed' | 'moving' | 'open' | null = null;
  readonly #clock: Clock;
  #delays: number[] = [];
  #lastRead: string | null = null;
  #wanting: ((picture: Picture) => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.trace = new Trace(clock);
  }

  exchanged(direction: 'in' | 'out', head: string, bytes: Uint8Array | string): void {
    this.trace.exchanged(direction, head, bytes);
  }

  took(ms: number): void {
    this.#delays = [...this.#delays, ms].slice(-DELAYS_KEPT);
  }

  get delay(): { readonly lastMs: number; readonly p50Ms: number; readonly count: number } | null {
    const lastMs = this.#delays.at(-1);
    if (lastMs === undefined) return null;
    const sorted = [...this.#delays].sort((a, b) => a - b);
    return { lastMs, p50Ms: sorted[Math.floor((sorted.length - 1) / 2)] ?? lastMs, count: sorted.length };
  }

  changed(state: 'online' | 'offline'): void {
    if (state === this.state) return;
    if (state === 'online' && this.state === 'offline') this.reconnects += 1;
    this.state = state;
    this.since = this.#clock.now();
  }

  read(read: PlateRead): void {
    if (read.stored) return;
    // Told again, perhaps with its picture: how long that took says nothing of the way.
    const isAgain = read.plateId !== null && read.plateId === this.#lastRead;
    this.#lastRead = read.plateId;
    if (read.capturedAt !== null && !isAgain) {
      const capturedAt = believable(read.capturedAt, read.receivedAt);
      this.readDelayMs = capturedAt === null ? null : read.receivedAt - capturedAt;
    }
    if (read.photo) this.#pictured(read.photo, read.plate);
  }

  input(role: string, on: boolean): void {
    this.inputs.set(role, { on, at: this.#clock.now() });
  }

  fault(code: DeviceFault, detail: string | null): void {
    if (detail === null) this.faults.delete(code);
    else this.faults.set(code, detail);
  }

  pictured(jpeg: Uint8Array): void {
    this.#pictured(jpeg, null);
  }

  /** The next picture that arrives, or null when none does in time. */
  nextPicture(withinMs: number): Promise<Picture | null> {
    return new Promise((resolve) => {
      const arrived = (picture: Picture | null): void => {
        cancel();
        this.#wanting = this.#wanting.filter((other) => other !== arrived);
        resolve(picture);
      };
      const cancel: Cancel = this.#clock.after(withinMs, () => arrived(null));
      this.#wanting.push(arrived);
    });
  }

  #pictured(jpeg: Uint8Array, plate: Plate | null): void {
    const picture = { takenAt: this.#clock.now(), jpeg, plate };
    this.picture = picture;
    for (const want of [...this.#wanting]) want(picture);
  }
}
