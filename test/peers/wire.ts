import type { Socket } from 'node:net';
import { resample } from './baud.ts';
import { type PeerClock, realClock } from './clock.ts';

/** A line of bytes, from the device's side: a serial line, a connection, or the serial port of a camera. */
export interface Wire {
  /** Towards the station. Bytes to a line that is cut are lost. */
  write(bytes: Uint8Array): void;
  /** Calls with what comes from the station, in pieces as they happen to come. @returns ends it */
  onBytes(listener: (bytes: Buffer) => void): () => void;
  /** The device reads no more, so that the station's writes wait in the end; `false`: it reads again. */
  hold?(held: boolean): void;
}

/** What each connection of a device goes through, such as a {@link MangledWire}. */
export type Through = (wire: Wire) => Wire;

/** The device's end of a TCP connection. */
export function socketWire(socket: Socket): Wire {
  return {
    write: (bytes) => {
      if (socket.writable) socket.write(bytes);
    },
    onBytes: (listener) => {
      socket.on('data', listener);
      return () => socket.off('data', listener);
    },
    hold: (held) => {
      if (held) socket.pause();
      else socket.resume();
    },
  };
}

/** `in`: to the device · `out`: to the station. */
export type WireDirection = 'in' | 'out';

/** What happens to each piece of bytes on its way. Everything absent is in order; bytes never overtake each other. */
export interface WireFault {
  /** What comes within so many ms of each other leaves as one piece. */
  readonly gatherMs?: number;
  readonly delayMs?: number;
  /** Bytes lost at the beginning of each piece. `all`: nothing gets through. */
  readonly drop?: number | 'all';
  /** This bit of each piece is inverted, counted from the lowest bit of its first byte; none in a piece that is shorter. */
  readonly flip?: number;
  /** Noise, sent with each piece. */
  readonly before?: Uint8Array;
  readonly after?: Uint8Array;
  /** The two ends run at different speeds: what was sent with the first is read with the second. */
  readonly baud?: readonly [sent: number, read: number];
  /** Torn into pieces of so many bytes, `gapMs` (default 2) apart. */
  readonly split?: number;
  readonly gapMs?: number;
}

/** A wire with faults to order, which can change at any moment. */
export class MangledWire implements Wire {
  readonly #wire: Wire;
  readonly #clock: PeerClock;
  readonly #faults: Record<WireDirection, WireFault> = { in: {}, out: {} };
  readonly #gathered: Record<WireDirection, Buffer[]> = { in: [], out: [] };
  /** When the last piece of that direction leaves. */
  readonly #free: Record<WireDirection, number> = { in: 0, out: 0 };
  readonly #listeners = new Set<(bytes: Buffer) => void>();

  constructor(wire: Wire, clock: PeerClock = realClock) {
    this.#wire = wire;
    this.#clock = clock;
    wire.onBytes((bytes) => this.#take('in', bytes));
  }

  /** Replaces the faults of one direction; `{}` heals it. */
  fault(direction: WireDirection, fault: WireFault): void {
    this.#faults[direction] = fault;
  }

  write(bytes: Uint8Array): void {
    this.#take('out', Buffer.from(bytes));
  }

  onBytes(listener: (bytes: Buffer) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  hold(held: boolean): void {
    this.#wire.hold?.(held);
  }

  #take(direction: WireDirection, bytes: Buffer): void {
    const { gatherMs } = this.#faults[direction];
    const gathered = this.#gathered[direction];
    gathered.push(bytes);
    if (gatherMs === undefined) this.#flush(direction);
    else if (gathered.length === 1) this.#clock.after(gatherMs, () => this.#flush(direction));
  }

  #flush(direction: WireDirection): void {
    const fault = this.#faults[direction];
    const bytes = damage(Buffer.concat(this.#gathered[direction].splice(0)), fault);
    if (bytes.length === 0) return;
    const { split = bytes.length, gapMs = 2, delayMs = 0 } = fault;
    let at = Math.max(this.#clock.monotonic() + delayMs, this.#free[direction]);
    for (let from = 0; from < bytes.length; from += split) {
      this.#later(direction, at, bytes.subarray(from, from + split));
      at += gapMs;
    }
  }

  #later(direction: WireDirection, at: number, piece: Buffer): void {
    const left = at - this.#clock.monotonic();
    this.#free[direction] = at;
    if (left <= 0) this.#pass(direction, piece);
    else this.#clock.after(left, () => this.#pass(direction, piece));
  }

  #pass(direction: WireDirection, piece: Buffer): void {
    if (direction === 'out') this.#wire.write(piece);
    else for (const listener of [...this.#listeners]) listener(piece);
  }
}

function damage(bytes: Buffer, fault: WireFault): Buffer {
  const { drop = 0, flip, before = Buffer.alloc(0), after = Buffer.alloc(0), baud } = fault;
  if (drop === 'all') return Buffer.alloc(0);
  const left = Buffer.from(bytes.subarray(drop));
  const byte = flip === undefined ? undefined : left[flip >> 3];
  if (flip !== undefined && byte !== undefined) left[flip >> 3] = byte ^ (1 << (flip & 7));
  const noisy = Buffer.concat([before, left, after]);
  return baud ? resample(noisy, ...baud) : noisy;
}
