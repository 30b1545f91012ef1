import type { PeerClock } from '../clock.ts';
import { crc16 } from '../crc16.ts';

/** A request without its envelope. */
export interface Request {
  readonly unit: number;
  /** Function and data. */
  readonly body: Buffer;
  /** Modbus TCP only. */
  readonly transaction?: number;
}

/** What a line hears: requests, and bytes that are none. */
export interface Heard {
  request(request: Request, frame: Buffer): void;
  /** What is not understood is not answered. */
  lost(frame: Buffer, why: string): void;
}

/** How long an RTU request is by its function; `null` when that is not known (yet). */
function rtuLength(bytes: Buffer): number | null {
  const fn = bytes[1] ?? 0;
  if (fn >= 1 && fn <= 6) return 8;
  const count = bytes[6];
  return (fn === 15 || fn === 16) && count !== undefined ? 9 + count : null;
}

/**
 * Listens to an RTU line as a board does: a frame that is whole and right is taken at once; after anything else it is deaf until the line was
 * silent for `silenceMs`. So noise before a frame costs the frame, and so do two frames without a pause.
 */
export class RtuEar {
  readonly #clock: PeerClock;
  readonly #silenceMs: number;
  readonly #heard: Heard;
  #bytes: Buffer = Buffer.alloc(0);
  #cancel: () => void = () => undefined;

  constructor(clock: PeerClock, silenceMs: number, heard: Heard) {
    this.#clock = clock;
    this.#silenceMs = silenceMs;
    this.#heard = heard;
  }

  take(bytes: Buffer): void {
    this.#cancel();
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    if (this.#bytes.length === rtuLength(this.#bytes) && this.#right()) this.#end();
    else this.#cancel = this.#clock.after(this.#silenceMs, () => this.#end());
  }

  stop(): void {
    this.#cancel();
  }

  #right(): boolean {
    const { length } = this.#bytes;
    return length >= 4 && crc16(this.#bytes.subarray(0, length - 2)).equals(this.#bytes.subarray(length - 2));
  }

  #end(): void {
    const frame = this.#bytes;
    const right = this.#right();
    this.#bytes = Buffer.alloc(0);
    const length = rtuLength(frame);
    if (!right) this.#heard.lost(frame, 'bad CRC');
    else if (length !== null && length !== frame.length) this.#heard.lost(frame, 'wrong length');
    else this.#heard.request({ unit: frame[0] ?? 0, body: frame.subarray(1, -2) }, frame);
  }
}

export function rtuFrame(unit: number, body: Buffer): Buffer {
  const bytes = Buffer.concat([Buffer.of(unit), body]);
  return Buffer.concat([bytes, crc16(bytes)]);
}

const HEADER = 7;

/** Listens to a connection of Modbus TCP. `broken` is called once for bytes that cannot be one; nothing is heard after it. */
export class TcpEar {
  readonly #heard: Heard;
  readonly #broken: () => void;
  #bytes: Buffer = Buffer.alloc(0);
  #deaf = false;

  constructor(heard: Heard, broken: () => void) {
    this.#heard = heard;
    this.#broken = broken;
  }

  take(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    while (!this.#deaf && this.#bytes.length >= HEADER) {
      const length = this.#bytes.readUInt16BE(4);
      if (this.#bytes.readUInt16BE(2) !== 0 || length < 2 || length > 254) {
        this.#deaf = true;
        this.#heard.lost(this.#bytes, 'no Modbus TCP');
        this.#broken();
        return;
      }
      if (this.#bytes.length < 6 + length) return;
      const frame = this.#bytes.subarray(0, 6 + length);
      this.#bytes = this.#bytes.subarray(6 + length);
      const request = { transaction: frame.readUInt16BE(0), unit: frame[6] ?? 0, body: frame.subarray(HEADER) };
      this.#heard.request(request, frame);
    }
  }
}

export function tcpFrame(transaction: number, unit: number, body: Buffer): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeUInt16BE(transaction, 0);
  header.writeUInt16BE(body.length + 1, 4);
  header[6] = unit;
  return Buffer.concat([header, body]);
}
