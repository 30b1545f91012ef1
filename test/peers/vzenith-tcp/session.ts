import type { Socket } from 'node:net';
import { pause } from '../timers.ts';
import type { Wishes } from './commands.ts';
import { type Frame, FrameReader, frameBytes } from './frame.ts';

/** What the line does to what the camera sends. */
export interface Line {
  /** Leaves in pieces of so many bytes. */
  fragment?: number;
  /** Waits, to leave as one with what is sent later, until this is off and `flush` was called. */
  hold?: boolean;
}

const LIMIT = 1 << 20;
const PIECE_PAUSE_MS = 1;

/** One PC on the line. */
export class Session {
  readonly wishes: Wishes = { results: null, ports: new Set(), offlineAfter: 0 };
  /** When a word of the PC came last, in the machine's own time. */
  heardAt = performance.now();
  readonly #socket: Socket;
  readonly #line: Line;
  readonly #reader = new FrameReader(LIMIT);
  #held: Buffer[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(
    socket: Socket,
    line: Line,
    on: { readonly frame: (frame: Frame) => void; readonly fault: (what: string) => void },
  ) {
    this.#socket = socket;
    this.#line = line;
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      this.heardAt = performance.now();
      const { frames, fault } = this.#reader.take(Buffer.from(bytes));
      for (const frame of frames) on.frame(frame);
      if (fault === null) return;
      on.fault(fault);
      this.cut();
    });
  }

  send(frame: Frame): void {
    this.sendBytes(frameBytes(frame));
  }

  /** Anything, also what is no message. */
  sendBytes(bytes: Buffer): void {
    this.#held.push(bytes);
    if (this.#line.hold !== true) this.flush();
  }

  flush(): void {
    const bytes = Buffer.concat(this.#held.splice(0));
    if (bytes.length > 0) this.#writing = this.#writing.then(() => this.#write(bytes));
  }

  cut(): void {
    this.#socket.resetAndDestroy();
  }

  async #write(bytes: Buffer): Promise<void> {
    const { fragment = bytes.length } = this.#line;
    for (let at = 0; at < bytes.length && this.#socket.writable; at += fragment) {
      const piece = bytes.subarray(at, at + fragment);
      await new Promise<void>((resolve) => this.#socket.write(piece, () => resolve()));
      if (at + fragment < bytes.length) await pause(PIECE_PAUSE_MS);
    }
  }
}
