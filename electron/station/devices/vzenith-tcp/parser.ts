import { decodeFrame, frameLength, type Received, TEXT_WITHIN, textOfFrame } from './frame.ts';

const NOTHING = Buffer.alloc(0);
/** Pieces that are kept as they came: a frame may come byte by byte. */
const MOST_PARTS = 256;

/**
 * Frames out of bytes that come split and merged, with noise between. Keeps one frame's worth at most: a length that a frame
 * cannot have is noise.
 */
export class FrameParser {
  #parts: Buffer[] = [];
  #size = 0;
  /** Before so much is there, looking is no use. */
  #wanted = 0;
  /** Counts what was passed over or taken, so that each frame that begins has a number of its own. */
  #count = 0;
  /** The text of the frame that has begun was given out. */
  #isTold = false;

  /** The frames that are whole now, and the text of one that has begun, once: cars do not wait for their pictures. */
  push(bytes: Uint8Array): readonly Received[] {
    this.#parts.push(Buffer.from(bytes));
    this.#size += bytes.byteLength;
    if (this.#size < this.#wanted) {
      if (this.#parts.length >= MOST_PARTS) this.#parts = [Buffer.concat(this.#parts)];
      return [];
    }
    const all = this.#parts.length === 1 ? (this.#parts[0] ?? NOTHING) : Buffer.concat(this.#parts);
    const frames: Received[] = [];
    let at = 0;
    this.#wanted = 0;
    while (at < all.byteLength) {
      const length = frameLength(all, at);
      if (length === undefined) break;
      if (length === null) {
        this.#count += 1;
        at += 1;
        continue;
      }
      if (at + length > all.byteLength) {
        this.#tell(textOfFrame(all, at), all.byteLength - at, length, frames);
        break;
      }
      frames.push(decodeFrame(all.subarray(at, at + length)));
      this.#isTold = false;
      this.#count += 1;
      at += length;
    }
    const rest = all.subarray(at);
    this.#parts = rest.byteLength > 0 ? [rest] : [];
    this.#size = rest.byteLength;
    return frames;
  }

  /** Which frame has begun, for all that can be told, and has not ended; null: none. Another number is another frame. */
  get begun(): number | null {
    return this.#size > 0 ? this.#count : null;
  }

  /** Nothing comes of the frame that has begun: its head was none, and it may have swallowed others. @returns those */
  skip(): readonly Received[] {
    const [rest, ...more] = this.#parts;
    if (!rest) return [];
    const all = Buffer.concat([rest, ...more]);
    this.reset();
    return this.push(all.subarray(1));
  }

  #tell(text: Uint8Array | null, have: number, length: number, frames: Received[]): void {
    if (text && !this.#isTold) {
      this.#isTold = true;
      frames.push({ type: 'text', payload: text });
    }
    // Once its text was told, or is none, only the end of the frame counts.
    if (this.#isTold || have > TEXT_WITHIN) this.#wanted = length;
  }

  /** A new connection: what did not come whole will not. */
  reset(): void {
    this.#count += 1;
    this.#parts = [];
    this.#size = 0;
    this.#wanted = 0;
    this.#isTold = false;
  }
}
