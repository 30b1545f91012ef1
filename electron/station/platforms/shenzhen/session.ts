import type { Socket } from 'node:net';
import type { Cancel, Clock } from '../../runtime/ports.ts';
import type { Downlink } from './envelope.ts';
import { FrameFault, FrameReader, frameOf } from './frames.ts';

/** What was written and not taken yet; beyond it nobody reads there. */
const MOST_WAITING = 1_048_576;

interface SessionDeps {
  readonly socket: Socket;
  readonly own: Downlink;
  readonly clock: Clock;
  /** Until others are allowed. */
  readonly maxFrame: number;
  /** Must not reject. The next frame is not looked at before it is over. */
  readonly frame: (bytes: Buffer) => Promise<void>;
  /** Once, whoever ended it. `hostile`: what the other side did is no way to speak. */
  readonly closed: (why: string, hostile: boolean) => void;
}

/**
 * One connection as bytes: frames in, frames out. While one is dealt with nothing more is read, so that whoever sends faster than he is
 * answered fills his own buffers and not ours; a frame that does not end, an answer that is not taken and silence end it.
 */
export class Session {
  readonly #deps: SessionDeps;
  readonly #reader: FrameReader;
  #closed = false;
  #busy = false;
  #heardAt: number;
  #cancelFrame: Cancel | undefined;
  #cancelStall: Cancel | undefined;
  #cancelDead: Cancel = () => undefined;

  constructor(deps: SessionDeps) {
    const { socket, own, clock, maxFrame } = deps;
    this.#deps = deps;
    this.#reader = new FrameReader(own.framing, maxFrame);
    this.#heardAt = clock.monotonic();
    socket.setNoDelay(true);
    socket.setKeepAlive(true);
    socket.on('data', (chunk: Buffer) => this.#data(chunk));
    socket.on('drain', () => this.#drained());
    socket.on('error', (error: Error) => this.cut(error.message));
    socket.once('close', () => this.cut('对方断开'));
    this.#watchSilence(own.deadAfterMs);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Longer frames from now on. */
  allow(maxFrame: number): void {
    this.#reader.allow(maxFrame);
  }

  send(text: string): void {
    if (this.#closed) return;
    const { socket, own, clock } = this.#deps;
    if (socket.write(frameOf(text, own.framing))) return;
    if (socket.writableLength > MOST_WAITING) this.cut('对方不读取应答', true);
    else this.#cancelStall ??= clock.after(own.frameMs, () => this.cut('对方不读取应答', true));
  }

  cut(why: string, hostile = false): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelFrame?.();
    this.#cancelStall?.();
    this.#cancelDead();
    this.#deps.socket.destroy();
    this.#deps.closed(why, hostile);
  }

  #data(chunk: Buffer): void {
    if (this.#closed) return;
    this.#reader.push(chunk);
    if (this.#busy) return;
    this.#busy = true;
    this.#deps.socket.pause();
    void this.#work().finally(() => {
      this.#busy = false;
      if (!this.#closed) this.#deps.socket.resume();
    });
  }

  async #work(): Promise<void> {
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) {
      this.#heardAt = this.#deps.clock.monotonic();
      this.#cancelFrame?.();
      this.#cancelFrame = undefined;
      await this.#deps.frame(frame);
      // A camera's push that came meanwhile has its turn.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#closed) return;
      if (this.#cancelStall) await this.#taken();
    }
    const { clock, own } = this.#deps;
    if (this.#reader.pending > 0 && !this.#closed)
      this.#cancelFrame ??= clock.after(own.frameMs, () => this.cut('一帧没有收完', true));
  }

  #next(): Buffer | undefined {
    if (this.#closed) return undefined;
    try {
      return this.#reader.next();
    } catch (error) {
      if (!(error instanceof FrameFault)) throw error;
      this.cut(error.message, true);
      return undefined;
    }
  }

  /** Until what we wrote was taken, or the connection is gone. */
  #taken(): Promise<void> {
    const { socket } = this.#deps;
    return new Promise((resolve) => {
      const go = (): void => {
        socket.off('drain', go);
        socket.off('close', go);
        resolve();
      };
      socket.once('drain', go);
      socket.once('close', go);
    });
  }

  #drained(): void {
    this.#cancelStall?.();
    this.#cancelStall = undefined;
  }

  #watchSilence(inMs: number): void {
    const { clock, own } = this.#deps;
    this.#cancelDead = clock.after(inMs, () => {
      const silent = clock.monotonic() - this.#heardAt;
      if (silent >= own.deadAfterMs) this.cut(`${Math.round(own.deadAfterMs / 1000)} 秒没有收到任何帧`);
      else this.#watchSilence(own.deadAfterMs - silent);
    });
  }
}
