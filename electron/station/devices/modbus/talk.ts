import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type { DeviceDeps } from '../device.ts';
import type { Line, LineAddress } from '../links.ts';
import { LogGate } from '../log-gate.ts';
import { rtuFrame, tcpFrame } from './frame.ts';
import { exceptionText, isGateways, type Question } from './messages.ts';
import { type Answer, RtuEar, TcpEar } from './parser.ts';

/** An order that could not leave within this time does not leave at all. */
const VALID_MS = 2_000;
/** A board takes eight bytes at once, or its line is stuck. */
const WRITE_MS = 500;
/** RTU: frames are 3.5 characters of eleven bits apart, which at 9600 baud is 4 ms; a converter adds some. */
const GAP_MS = 5;
const GAP_BITS = 38.5;

/** An answer that comes later than that is looked at by nobody. */
const LATE_MS = 2_000;
const UNREADABLE = '收到无法识别的字节';
/** What is wrong time and again is put into the trace this often. */
const TRACED_AGAIN_MS = 10_000;
/** Of what came to one question so much is kept for the trace: the longest frame there is. */
const CAME_BYTES = 256;

/**
 * What became of a question: `none`, it did not leave · `barred`, nor did it, for what its guard had read · `silent`, it left or may have, and
 * no answer came.
 */
export type Asked =
  | Answer
  | { readonly kind: 'none' | 'barred'; readonly detail: string }
  /** `garbled`: bytes came, and they were no answer. */
  | { readonly kind: 'silent'; readonly detail: string; readonly garbled: boolean };

/** What is read right before an order, in its turn, and what of that speaks against it. */
export interface Guard {
  readonly head: string;
  readonly question: Question;
  readonly bars: (read: Asked) => Extract<Asked, { readonly kind: 'none' | 'barred' }> | null;
}

interface Order {
  readonly head: string;
  readonly question: Question;
  readonly until: number;
}

interface TalkDeps extends Pick<DeviceDeps, 'clock' | 'link' | 'links'> {
  /** The line came up or went. */
  readonly state: (up: boolean, detail: string) => void;
}

export interface Manner {
  readonly address: LineAddress;
  readonly unit: number;
  /** `mbap`: Modbus TCP. */
  readonly framing: 'rtu' | 'mbap';
  readonly replyMs: number;
}

/** The conversation with one board: one question at a time on a line that others may share, and its answer or none. */
export class Talk {
  readonly #deps: TalkDeps;
  readonly #manner: Manner;
  readonly #ear: RtuEar | TcpEar;
  #line: Line | null = null;
  #transaction = 0;
  /** Ends the question that is open. */
  #heard: ((answer: Answer | null) => void) | null = null;
  readonly #waiting = new Set<() => void>();
  #answeredAt: EpochMs | null = null;
  #bytesAt = 0;
  /** What became of the last poll that stands in the trace; null: none does. */
  #lastPolled: string | null = null;
  readonly #oddities: LogGate;
  /** What came since the question that is open left. */
  #came = Buffer.alloc(0);
  /** The last question was not answered: until then bytes that belong to no question may be the rest of it. */
  #strayUntil = 0;
  /** Until then what comes is put into the trace: the answer to an order, and what comes too late to be one. */
  #traceUntil = 0;

  constructor(manner: Manner, deps: TalkDeps) {
    this.#manner = manner;
    this.#deps = deps;
    this.#bytesAt = deps.clock.monotonic();
    this.#oddities = new LogGate(deps.clock, TRACED_AGAIN_MS);
    this.#ear = manner.framing === 'mbap' ? new TcpEar(() => this.reset('收到的不是 Modbus TCP')) : new RtuEar();
  }

  get isUp(): boolean {
    return this.#line?.isUp ?? false;
  }

  /** When the board answered last. */
  get answeredAt(): EpochMs | null {
    return this.#answeredAt;
  }

  /** For so long not a byte was heard on the line, of anybody. */
  get silentMs(): number {
    return this.#deps.clock.monotonic() - this.#bytesAt;
  }

  get hearsItself(): boolean {
    return this.#ear instanceof RtuEar && this.#ear.hearsItself;
  }

  /** @throws ConfigError when the port is open with other parameters */
  start(): void {
    this.#line = this.#deps.links.line(this.#manner.address, {
      data: (bytes) => this.#take(bytes),
      state: (up, detail) => this.#changed(up, detail),
    });
  }

  stop(): void {
    this.#heard?.(null);
    this.#line?.close();
    this.#line = null;
    this.#wake();
  }

  reset(why: string): void {
    this.#bytesAt = this.#deps.clock.monotonic();
    this.#line?.reset(why);
  }

  /**
   * An order: before all polls. It begins at once on a free line; it is dropped when its turn, or the line, comes too late. One with a guard
   * does not wait for a line that is down.
   */
  async order(head: string, question: Question, guard?: Guard): Promise<Asked> {
    const { clock } = this.#deps;
    const until = clock.monotonic() + VALID_MS;
    if (guard && !this.isUp) return { kind: 'none', detail: '线路没有连上' };
    while (this.#line && !this.#line.isUp) {
      const left = until - clock.monotonic();
      if (left <= 0) return { kind: 'none', detail: '线路没有连上' };
      await this.#lineWithin(left);
    }
    return this.#turn('urgent', until - clock.monotonic(), (line) =>
      guard ? this.#guarded(line, { head, question, until }, guard) : this.#exchange(line, head, question, true),
    );
  }

  /** A read that somebody waits for: before all polls, and not at all where the line is down or does not come free. */
  look(head: string, question: Question): Promise<Asked> {
    if (!this.isUp) return Promise.resolve({ kind: 'none', detail: '线路没有连上' });
    return this.#turn('urgent', VALID_MS, (line) => this.#exchange(line, head, question, false));
  }

  /** A read that may be repeated. In the trace it stands when its answer is another one than last time. */
  poll(head: string, question: Question): Promise<Asked> {
    return this.#turn('usual', null, (line) => this.#exchange(line, head, question, false));
  }

  #turn(
    urgency: 'urgent' | 'usual',
    withinMs: number | null,
    exchange: (line: Line) => Promise<Asked>,
  ): Promise<Asked> {
    const line = this.#line;
    if (!line) return Promise.resolve({ kind: 'none', detail: '设备已停用' });
    return new Promise((resolve) => {
      let over = false;
      const end = (asked: Asked): void => {
        cancel();
        over = true;
        resolve(asked);
      };
      const cancel: Cancel =
        withinMs === null
          ? () => undefined
          : this.#deps.clock.after(withinMs, () => end({ kind: 'none', detail: '线路一直被占用' }));
      const task = async (): Promise<void> => {
        if (over) return;
        cancel();
        end(await exchange(line));
        await this.#gap();
      };
      line.turn(urgency, task).catch(() => end({ kind: 'silent', detail: '线路异常', garbled: false }));
    });
  }

  async #guarded(line: Line, { head, question, until }: Order, guard: Guard): Promise<Asked> {
    const against = guard.bars(await this.#exchange(line, guard.head, guard.question, false));
    if (against) return against;
    await this.#gap();
    if (this.#deps.clock.monotonic() > until) return { kind: 'none', detail: '线路一直被占用' };
    return this.#exchange(line, head, question, true);
  }

  async #exchange(line: Line, head: string, question: Question, traced: boolean): Promise<Asked> {
    const { unit, framing, replyMs } = this.#manner;
    this.#transaction = (this.#transaction + 1) & 0xffff;
    const frame = framing === 'mbap' ? tcpFrame(this.#transaction, unit, question.pdu) : rtuFrame(unit, question.pdu);
    this.#ear.ask({ unit, question, transaction: this.#transaction });
    this.#came = Buffer.alloc(0);
    const answer = new Promise<Answer | null>((resolve) => {
      const cancel = this.#deps.clock.after(replyMs, () => heard(null));
      const heard = (told: Answer | null): void => {
        cancel();
        if (this.#heard === heard) this.#heard = null;
        resolve(told);
      };
      this.#heard = heard;
    });
    const write = line.write(frame, WRITE_MS);
    if (traced) this.#traceOrder(head, frame);
    const written = await Promise.race([write, answer.then(() => 'written' as const)]);
    if (written === 'none') this.#heard?.(null);
    const told = await answer;
    this.#ear.forget();
    if (written === 'none') return { kind: 'none', detail: '线路没有连上' };
    const garbled = told === null && this.#isGarbled(frame);
    if (!traced) this.#traceRead(head, frame, told, garbled);
    if (!told) {
      this.#strayUntil = this.#deps.clock.monotonic() + LATE_MS;
      return { kind: 'silent', detail: `${replyMs} 毫秒内没有应答${garbled ? `，${UNREADABLE}` : ''}`, garbled };
    }
    this.#strayUntil = 0;
    if (told.kind === 'answer' || !isGateways(told.code)) this.#answeredAt = this.#deps.clock.now();
    return told;
  }

  #traceOrder(head: string, frame: Uint8Array): void {
    this.#deps.link.exchanged('out', head, frame);
    this.#traceUntil = this.#deps.clock.monotonic() + LATE_MS;
  }

  /** Not all that came is what a two-wire adapter gives back of ours. */
  #isGarbled(frame: Uint8Array): boolean {
    return this.#came.length > 0 && !this.#came.equals(frame);
  }

  /** Bytes as they came; a poll only where it ended otherwise than the one before. */
  #traceRead(head: string, frame: Uint8Array, told: Answer | null, garbled: boolean): void {
    const failed = garbled ? UNREADABLE : '没有应答';
    const said =
      told === null
        ? failed
        : told.kind === 'answer'
          ? `${head} ${Buffer.from(told.pdu).toString('hex')}`
          : exceptionText(told.code);
    // A board that answers now and then must not push everything else out.
    if (said === this.#lastPolled || (told === null && !this.#oddities.opens(failed))) return;
    this.#lastPolled = said;
    this.#deps.link.exchanged('out', head, frame);
    this.#deps.link.exchanged('in', told?.kind === 'answer' ? `${head}应答` : said, this.#came);
  }

  #take(bytes: Uint8Array): void {
    this.#bytesAt = this.#deps.clock.monotonic();
    if (this.#heard) this.#came = Buffer.concat([this.#came, bytes]).subarray(0, CAME_BYTES);
    const isStray = !this.#heard && this.#bytesAt < this.#strayUntil;
    if (this.#bytesAt < this.#traceUntil || (isStray && this.#oddities.opens('late')))
      this.#deps.link.exchanged('in', this.#heard ? '收到' : '收到（迟到或无关）', bytes);
    const answer = this.#ear.take(bytes);
    if (!answer) return;
    this.#traceUntil = 0;
    this.#heard?.(answer);
  }

  #changed(up: boolean, detail: string): void {
    this.#ear.clear();
    this.#lastPolled = null;
    this.#strayUntil = 0;
    this.#bytesAt = this.#deps.clock.monotonic();
    if (!up) this.#heard?.(null);
    // Orders that wait go before whatever is asked now that it is up.
    this.#wake();
    this.#deps.state(up, detail);
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /** Until the line is up, or changes otherwise, or `ms` are over. */
  #lineWithin(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        this.#waiting.delete(wake);
        resolve();
      };
      const cancel = this.#deps.clock.after(ms, wake);
      this.#waiting.add(wake);
    });
  }

  /** Between two frames. */
  async #gap(): Promise<void> {
    const { framing, address } = this.#manner;
    if (framing !== 'rtu') return;
    const ms = address.kind === 'serial' ? Math.ceil((GAP_BITS * 1000) / address.baudRate) : 0;
    await new Promise<void>((resolve) => {
      this.#deps.clock.after(Math.max(GAP_MS, ms), resolve);
    });
  }
}
