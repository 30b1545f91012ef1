import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Cancel, Clock } from '../runtime/ports.ts';
import { maskWire } from './wire-mask.ts';

/** One message between us and a device, without its secrets. */
export interface Exchange {
  readonly seq: number;
  readonly at: EpochMs;
  readonly direction: 'in' | 'out';
  readonly head: string;
  /** How long the message was. */
  readonly size: number;
  /** The first of its bytes, masked. */
  readonly bytes: Uint8Array;
  readonly cut: boolean;
}

const KEPT = 200;
const SHOWN_BYTES = 4_096;
/** Of a longer message the rest is not even looked at: nothing that we speak with a device is so long. */
const LOOKED_AT_BYTES = 2 * 1024 * 1024;
/** Masking a picture takes milliseconds: the lane that it came for has opened by then. */
const LATER_MS = 250;
/** Messages that wait to be masked; more at once are kept by their length alone. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;

type Raw = Omit<Exchange, 'bytes' | 'cut'> & { readonly raw: Uint8Array | null };

/**
 * The last messages of a device. What is handed in is only taken note of; masking happens a moment later, one message a turn, or when
 * somebody looks, so that a lane never waits for it.
 */
export class Trace {
  readonly #clock: Clock;
  #kept: Exchange[] = [];
  #waiting: Raw[] = [];
  #waitingBytes = 0;
  #settling: Cancel | undefined;
  #seq = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  exchanged(direction: 'in' | 'out', head: string, message: Uint8Array | string): void {
    const raw = typeof message === 'string' ? Buffer.from(message, 'utf8') : message;
    const room = this.#waitingBytes + raw.byteLength <= MAX_WAITING_BYTES;
    this.#waiting.push({
      seq: ++this.#seq,
      at: this.#clock.now(),
      direction,
      head,
      size: raw.byteLength,
      raw: room ? raw : null,
    });
    if (room) this.#waitingBytes += raw.byteLength;
    // What would be pushed out again is not masked first.
    if (this.#waiting.length > KEPT) this.#waitingBytes -= this.#waiting.shift()?.raw?.byteLength ?? 0;
    this.#settling ??= this.#clock.after(LATER_MS, () => this.#settleNext());
  }

  /** What came after the message `seq`, oldest first. */
  after(seq: number): readonly Exchange[] {
    this.#settle();
    return this.#kept.filter((exchange) => exchange.seq > seq);
  }

  #settleNext(): void {
    this.#settling = undefined;
    const next = this.#waiting.shift();
    if (!next) return;
    this.#waitingBytes -= next.raw?.byteLength ?? 0;
    this.#keep([settle(next)]);
    if (this.#waiting.length > 0) this.#settling = this.#clock.after(0, () => this.#settleNext());
  }

  #settle(): void {
    this.#settling?.();
    this.#settling = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#keep(waiting.map(settle));
  }

  #keep(settled: readonly Exchange[]): void {
    if (settled.length > 0) this.#kept = [...this.#kept, ...settled].slice(-KEPT);
  }
}

function settle({ raw, head, ...rest }: Raw): Exchange {
  const masked = maskWire((raw ?? new Uint8Array()).subarray(0, LOOKED_AT_BYTES));
  return {
    ...rest,
    head: maskWire(Buffer.from(head.slice(0, 500), 'utf8')).toString('utf8'),
    // A copy: a view would keep the whole message alive.
    bytes: Uint8Array.from(masked.subarray(0, SHOWN_BYTES)),
    cut: masked.byteLength > SHOWN_BYTES || raw === null || raw.byteLength > LOOKED_AT_BYTES,
  };
}
