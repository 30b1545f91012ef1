/** How a frame is told from the next: a length of 4 bytes before it, or a line feed behind it. */
export type Framing = 'len4be' | 'len4le' | 'line';

/** The largest frame that either side takes. */
export const MOST_FRAME = 10_485_760;
const HEAD = 4;
const LINE_FEED = 0x0a;

/** A frame; `length` is what its prefix says instead of the truth. */
export function frameOf(framing: Framing, payload: Buffer, length: number = payload.length): Buffer {
  if (framing === 'line') return Buffer.concat([payload, Buffer.from([LINE_FEED])]);
  const head = Buffer.alloc(HEAD);
  // A negative one is what a careless reader makes of the same bits.
  if (framing === 'len4be') head.writeUInt32BE(length >>> 0);
  else head.writeUInt32LE(length >>> 0);
  return Buffer.concat([head, payload]);
}

/** Frames out of a stream that comes in any pieces. */
export class FrameReader {
  readonly #framing: Framing;
  #rest: Buffer = Buffer.alloc(0);

  constructor(framing: Framing) {
    this.#framing = framing;
  }

  /** Bytes of a frame that is not complete yet. */
  get pending(): number {
    return this.#rest.length;
  }

  /** The frames that are complete now; throws where no frame can follow. */
  push(chunk: Buffer): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const frames: Buffer[] = [];
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame);
    if (this.#rest.length > MOST_FRAME + HEAD) throw new Error('a frame without an end');
    return frames;
  }

  #next(): Buffer | null {
    if (this.#framing === 'line') {
      const end = this.#rest.indexOf(LINE_FEED);
      return end < 0 ? null : this.#cut(0, end, end + 1);
    }
    if (this.#rest.length < HEAD) return null;
    const length = this.#framing === 'len4be' ? this.#rest.readUInt32BE(0) : this.#rest.readUInt32LE(0);
    if (length > MOST_FRAME || length === 0) throw new Error(`a frame of ${length} bytes`);
    return this.#rest.length < HEAD + length ? null : this.#cut(HEAD, HEAD + length, HEAD + length);
  }

  #cut(from: number, to: number, next: number): Buffer {
    const frame = this.#rest.subarray(from, to);
    this.#rest = this.#rest.subarray(next);
    return frame;
  }
}
