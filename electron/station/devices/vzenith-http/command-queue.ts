import type { Cancel, Clock } from '../../runtime/ports.ts';
import type { CommandOutcome } from '../device.ts';
import type { CameraCommand } from './reply.ts';

/** Serial bytes that one reply carries; the rest leaves with the next. */
const MOST_SERIAL_BYTES = 4_096;
/** More wait only for a camera that does not come any more. */
const MOST_WAITING = 64;

interface Entry {
  readonly command: CameraCommand;
  readonly resolve: (outcome: CommandOutcome) => void;
  cancel: Cancel;
}

const CUT = '应答途中连接中断，结果未知';
const UNSEEN = '相机没有收到应答，又发来同一次识别，指令可能没有执行';

const handedOver = ({ kind }: CameraCommand, lost: Promise<string>): CommandOutcome => ({
  ...{ outcome: 'done', detail: '已交给相机' },
  ...(kind === 'gate' && { lost }),
});

const falls = (command: CameraCommand): boolean =>
  command.kind === 'gate' && (command.action === 'close' || command.action === 'release-hold');

/** Commands that leave in one reply. `settled` must be told whether the whole reply reached the socket. */
export interface Batch {
  readonly commands: readonly CameraCommand[];
  settled(written: boolean): void;
  /** The camera shows that it saw nothing of a reply that was written: nobody knows what became of an order to the arm in it. */
  lost(): void;
}

/**
 * Commands waiting for the camera to ask. Each one ends exactly once: `done` when its reply was written, `unknown` when the
 * reply was begun and nobody knows how far it came, `refused` when no request fetched it in time. None is ever sent twice. What was
 * `done` may turn out to be lost.
 */
export class CommandQueue {
  readonly #clock: Clock;
  readonly #ttlMs: number;
  #waiting: Entry[] = [];
  readonly #sent = new Set<Entry>();

  constructor(clock: Clock, ttlMs: number) {
    this.#clock = clock;
    this.#ttlMs = ttlMs;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  push(command: CameraCommand): Promise<CommandOutcome> {
    if (command.kind !== 'gate' && this.#waiting.length >= MOST_WAITING)
      return Promise.resolve({ outcome: 'refused', detail: '等待相机取走的指令太多' });
    // An arm that is to go up does not come down first.
    if (command.kind === 'gate' && (command.action === 'open' || command.action === 'hold'))
      this.dropFalls('已改为抬杆');
    return new Promise((resolve) => {
      const entry: Entry = { command, resolve, cancel: () => undefined };
      entry.cancel = this.#clock.after(this.#ttlMs, () => this.#expire(entry));
      this.#waiting.push(entry);
    });
  }

  /** Refuses what would lower the arm, or let go of it, and was not fetched yet. @param why beginning of a sentence in Chinese */
  dropFalls(why: string): void {
    const drops = this.#waiting.filter(({ command }) => falls(command));
    this.#waiting = this.#waiting.filter((entry) => !drops.includes(entry));
    for (const entry of drops) {
      const what = entry.command.kind === 'gate' && entry.command.action === 'close' ? '落杆' : '解除常抬';
      this.#finish(entry, { outcome: 'refused', detail: `${why}，没有${what}` });
    }
  }

  /**
   * What the next reply carries: everything that waits, but at most one gate command, because a reply has room for one and
   * two at once would have no order, and no more serial bytes than a reply should. `undefined` when nothing waits.
   */
  take(): Batch | undefined {
    const taken: Entry[] = [];
    let gates = 0;
    let serial = 0;
    this.#waiting = this.#waiting.filter((entry) => {
      const { command } = entry;
      if (command.kind === 'gate' && ++gates > 1) return true;
      // Once one does not fit, none behind it may go first.
      if (command.kind === 'serial') serial += command.bytes.byteLength;
      if (command.kind === 'serial' && serial > MOST_SERIAL_BYTES) return true;
      taken.push(entry);
      return false;
    });
    if (taken.length === 0) return undefined;
    for (const entry of taken) this.#sent.add(entry);
    let tell: (why: string) => void = () => undefined;
    const lost = new Promise<string>((resolve) => {
      tell = resolve;
    });
    return {
      commands: taken.map((entry) => entry.command),
      settled: (written) => {
        for (const entry of taken)
          this.#finish(entry, written ? handedOver(entry.command, lost) : { outcome: 'unknown', detail: CUT });
      },
      lost: () => tell(UNSEEN),
    };
  }

  /** Ends everything: what waits is refused, what is on its way is unknown. */
  close(): void {
    for (const entry of this.#waiting) this.#finish(entry, { outcome: 'refused', detail: '岗亭程序正在停止' });
    this.#waiting = [];
    for (const entry of [...this.#sent]) this.#finish(entry, { outcome: 'unknown', detail: '岗亭程序正在停止' });
  }

  #expire(entry: Entry): void {
    const waited = `${Math.round(this.#ttlMs / 1000)} 秒`;
    const wasWaiting = this.#waiting.includes(entry);
    this.#waiting = this.#waiting.filter((other) => other !== entry);
    this.#finish(
      entry,
      wasWaiting
        ? { outcome: 'refused', detail: `相机 ${waited}内未取走指令，已作废` }
        : { outcome: 'unknown', detail: `${waited}内不知应答是否送达，结果未知` },
    );
  }

  #finish(entry: Entry, outcome: CommandOutcome): void {
    this.#sent.delete(entry);
    entry.cancel();
    entry.resolve(outcome);
  }
}
