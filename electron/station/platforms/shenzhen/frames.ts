/** How frames are told apart in what comes over the line. */

export type Framing = 'len4be' | 'len4le' | 'line';

/** No frame can follow: the connection is of no use any more. */
export class FrameFault extends Error {
  override readonly name = 'FrameFault';
}

const HEAD = 4;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const FIRST_ROOM = 4096;
/** Room that was made for a large frame is given back after it. */
const KEPT_ROOM = 65_536;

/** A frame as it is sent. */
export function frameOf(payload: string, framing: Framing): Buffer {
  // JSON has no line feed of its own.
  if (framing === 'line') return Buffer.from(`${payload}\n`, 'utf8');
  const bytes = Buffer.from(payload, 'utf8');
  const head = Buffer.allocUnsafe(HEAD);
  if (framing === 'len4be') head.writeUInt32BE(bytes.length);
  else head.writeUInt32LE(bytes.length);
  return Buffer.concat([head, bytes]);
}

/**
 * Frames out of bytes that come in any pieces. What is kept is what was not read yet: at most one frame that is not complete, and the piece
 * that came last. A length that is none is refused before anything is kept for it, and room grows with what came, not with what was announced.
 */
export class FrameReader {
  readonly #framing: Framing;
  #maxFrame: number;
  #room: Buffer = Buffer.alloc(0);
  #from = 0;
  #to = 0;
  /** Up to where no line feed is. */
  #searched = 0;

  constructor(framing: Framing, maxFrame: number) {
    this.#framing = framing;
    this.#maxFrame = maxFrame;
  }

  /** From now on frames may be so long. */
  allow(maxFrame: number): void {
    this.#maxFrame = maxFrame;
  }

  /** Bytes that are not read yet. */
  get pending(): number {
    return this.#to - this.#from;
  }

  /** Bytes that are reserved for what comes. */
  get room(): number {
    return this.#room.length;
  }

  push(chunk: Uint8Array): void {
    this.#make(chunk.length);
    this.#room.set(chunk, this.#to);
    this.#to += chunk.length;
  }

  /** The next frame, a copy; undefined: it is not complete. @throws FrameFault */
  next(): Buffer | undefined {
    const found = this.#framing === 'line' ? this.#line() : this.#counted();
    if (found === undefined) return undefined;
    const [from, to, next] = found;
    const frame = Buffer.from(this.#room.subarray(from, to));
    this.#from = next;
    this.#searched = next;
    if (this.#from === this.#to) {
      this.#from = this.#to = this.#searched = 0;
      if (this.#room.length > KEPT_ROOM) this.#room = Buffer.alloc(0);
    }
    return frame;
  }

  #counted(): readonly [from: number, to: number, next: number] | undefined {
    if (this.pending < HEAD) return undefined;
    const length =
      this.#framing === 'len4be' ? this.#room.readUInt32BE(this.#from) : this.#room.readUInt32LE(this.#from);
    if (length === 0) throw new FrameFault('帧长度为 0');
    if (length > this.#maxFrame) throw new FrameFault(`帧长度 ${length} 超过 ${this.#maxFrame}`);
    const from = this.#from + HEAD;
    return this.#to - from < length ? undefined : [from, from + length, from + length];
  }

  #line(): readonly [from: number, to: number, next: number] | undefined {
    const end = this.#room.subarray(0, this.#to).indexOf(LINE_FEED, this.#searched);
    this.#searched = end < 0 ? this.#to : end;
    if ((end < 0 ? this.#to : end) - this.#from > this.#maxFrame) throw new FrameFault(`一行超过 ${this.#maxFrame}`);
    if (end < 0) return undefined;
    const to = end > this.#from && this.#room[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    if (to === this.#from) throw new FrameFault('空行');
    return [this.#from, to, end + 1];
  }

  /** Room for so many bytes more, twice as much each time, so that single bytes are not copied again and again. */
  #make(more: number): void {
    if (this.#to + more <= this.#room.length) return;
    const needed = this.pending + more;
    const isWide = needed * 2 <= this.#room.length;
    const room = isWide ? this.#room : Buffer.allocUnsafe(Math.max(FIRST_ROOM, needed, this.#room.length * 2));
    this.#room.copy(room, 0, this.#from, this.#to);
    this.#searched -= this.#from;
    this.#to -= this.#from;
    this.#from = 0;
    this.#room = room;
  }
}
