import { decodeFrame, type Frame, frameLength, MOST_DATA } from './frame.ts';

/** Longer than any frame: what waits for more bytes than that is noise. */
const MOST_WAITING = MOST_DATA + 16;

/** Frames out of bytes that come split and merged, with noise between. */
export class FrameParser {
  #bytes: Uint8Array = new Uint8Array();

  /** The frames that are whole now. Noise is left out. */
  push(bytes: Uint8Array): readonly Frame[] {
    this.#bytes = Uint8Array.from([...this.#bytes, ...bytes]).slice(-2 * MOST_WAITING);
    const frames: Frame[] = [];
    let at = 0;
    while (at < this.#bytes.byteLength) {
      const rest = this.#bytes.subarray(at);
      const length = frameLength(rest);
      if (length === undefined || (typeof length === 'number' && length > rest.byteLength)) {
        // A frame may begin here; one that is whole further on shows that this was noise.
        const later = this.#wholeAfter(at + 1);
        if (later === null) break;
        at = later;
        continue;
      }
      const frame = length === null ? null : decodeFrame(rest.subarray(0, length));
      if (frame) frames.push(frame);
      at += frame && length !== null ? length : 1;
    }
    this.#bytes = this.#bytes.slice(at);
    return frames;
  }

  /** Silence: what did not come whole will not. */
  reset(): void {
    this.#bytes = new Uint8Array();
  }

  #wholeAfter(from: number): number | null {
    for (let at = from; at < this.#bytes.byteLength; at++) {
      const rest = this.#bytes.subarray(at);
      const length = frameLength(rest);
      if (typeof length === 'number' && length <= rest.byteLength && decodeFrame(rest.subarray(0, length))) return at;
    }
    return null;
  }
}
