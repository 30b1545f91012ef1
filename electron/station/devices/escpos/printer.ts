import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { PrintDocument } from '../../../../shared/domain/print.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { every } from '../../runtime/clock.ts';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type { CommandOutcome, DeviceDeps, DeviceFacts, DeviceFault, Printer } from '../device.ts';
import { encodeGbk } from '../gbk.ts';
import { addressText } from '../line-settings.ts';
import type { Line, LineAddress } from '../links.ts';
import { drawerKick, encodeDocument } from './encoder.ts';
import { selfTest } from './self-test.ts';
import type { Layout } from './settings.ts';
import {
  type Complaints,
  complaintsOf,
  hindrance,
  isAnswer,
  QUESTIONS,
  type Question,
  statusQuestion,
} from './status.ts';

/** A printer without paper stops reading, and its line stands still. */
const WRITE_MS = 5_000;
const QUESTION_MS = 1_000;
/** After a receipt: cheap printers answer only when all that came before is on paper. */
const AFTERWARDS_MS = 5_000;
const ASK_EVERY_MS = 30_000;
/** Network printers end a connection that was idle; it is back within a moment, and nobody needs to hear of that. */
const AWAY_MS = 3_000;
const WAIT_FOR_LINE_MS = 3_000;
const MOST_WAITING = 5;

export interface PrinterSettings extends Layout {
  readonly answers: boolean;
}

type What = '小票' | '钱箱';
const NOT_DONE = { 小票: '未打印', 钱箱: '未弹开' } as const;

/** A receipt printer that speaks ESC/POS, on whatever line. One job after the other, and none of them twice. */
export class EscposPrinter implements Printer {
  readonly id: string;
  readonly kind = 'printer';
  readonly driver: string;
  readonly columns: number;
  readonly hasDrawer: boolean;
  readonly #settings: PrinterSettings;
  readonly #address: LineAddress;
  readonly #deps: DeviceDeps;
  #line: Line | null = null;
  #jobs = 0;
  #seenAt: EpochMs | null = null;
  #told: 'online' | 'offline' | null = null;
  /** What was said of the line last. */
  #why = '未连接';
  #complaints: Complaints = new Map();
  #heard: (byte: number | null) => void = () => undefined;
  #connected: () => void = () => undefined;
  #cancelAway: Cancel = () => undefined;
  #cancelAsking: Cancel = () => undefined;

  constructor(id: string, driver: string, address: LineAddress, settings: PrinterSettings, deps: DeviceDeps) {
    this.id = id;
    this.driver = driver;
    this.columns = settings.columns;
    this.hasDrawer = settings.drawer !== 'none';
    this.#address = address;
    this.#settings = settings;
    this.#deps = deps;
  }

  async start(): Promise<void> {
    const { links, clock, log } = this.#deps;
    // Its table takes some milliseconds to make: now, and not between two cars.
    encodeGbk('票');
    this.#line = links.line(this.#address, {
      data: (bytes) => this.#data(bytes),
      state: (up, detail) => this.#lineIs(up, detail),
    });
    if (!this.#settings.answers) return;
    this.#cancelAsking = every(
      clock,
      ASK_EVERY_MS,
      () => this.#lookAfter(),
      (error) => log.error('a printer could not be asked', { error: errorText(error) }),
    );
  }

  async stop(): Promise<void> {
    this.#cancelAsking();
    this.#cancelAway();
    this.#line?.close();
    this.#line = null;
  }

  lastSeenAt(): EpochMs | null {
    return this.#seenAt;
  }

  facts(): DeviceFacts {
    return { address: addressText(this.#address) };
  }

  async selfTest(): Promise<readonly SelfTestStep[]> {
    const { clock } = this.#deps;
    const since = clock.monotonic();
    const isUp = this.#line?.isUp ?? false;
    const complaints = this.#settings.answers && isUp ? await this.#status(QUESTION_MS) : null;
    return selfTest({
      ...{ isUp, answers: this.#settings.answers, complaints, address: addressText(this.#address) },
      why: this.#why,
      tookMs: clock.monotonic() - since,
    });
  }

  print(document: PrintDocument): Promise<CommandOutcome> {
    return this.#job('小票', encodeDocument(document, this.#settings));
  }

  async openDrawer(): Promise<CommandOutcome> {
    const { drawer } = this.#settings;
    if (drawer === 'none') return { outcome: 'refused', detail: '该打印机没有接钱箱' };
    return this.#job('钱箱', drawerKick(drawer));
  }

  /** Bytes as they are, between two receipts; what the printer answers stands in the trace. */
  async raw(bytes: Uint8Array): Promise<CommandOutcome> {
    const line = this.#line;
    if (!line?.isUp) return { outcome: 'refused', detail: `打印机 ${addressText(this.#address)} 未连接` };
    return line.turn('usual', async () => {
      this.#deps.link.exchanged('out', '原始字节', bytes);
      const written = await line.write(bytes, WRITE_MS);
      if (written === 'none') return { outcome: 'refused', detail: '打印机连接已断开，未发出' };
      return written === 'some'
        ? { outcome: 'unknown', detail: '打印机中途停止接收' }
        : { outcome: 'done', detail: '已发出' };
    });
  }

  /** One after the other; a drawer, before which a person stands, goes before receipts that wait. */
  async #job(what: What, bytes: Uint8Array): Promise<CommandOutcome> {
    const line = this.#line;
    if (!line) return { outcome: 'refused', detail: '打印机未启用' };
    if (this.#jobs >= MOST_WAITING)
      return { outcome: 'refused', detail: `前面还有 ${this.#jobs} 个任务没有完成，${NOT_DONE[what]}` };
    const since = this.#deps.clock.monotonic();
    this.#jobs += 1;
    try {
      const ended = await line.turn(what === '钱箱' ? 'urgent' : 'usual', () => this.#carryOut(line, what, bytes));
      if (ended.outcome === 'done') this.#deps.link.took(this.#deps.clock.monotonic() - since);
      return ended;
    } finally {
      this.#jobs -= 1;
    }
  }

  async #carryOut(line: Line, what: What, bytes: Uint8Array): Promise<CommandOutcome> {
    if (!(await this.#isUp(line))) return { outcome: 'refused', detail: `打印机 ${addressText(this.#address)} 未连接` };
    const { answers } = this.#settings;
    const before: Complaints | null = answers ? await this.#ask(line, QUESTION_MS) : new Map();
    if (before === null) return { outcome: 'refused', detail: `打印机没有应答，${NOT_DONE[what]}` };
    // A drawer opens without paper.
    const stops = what === '小票' ? hindrance(before) : null;
    if (stops !== null) return { outcome: 'refused', detail: `${stops}，未打印` };
    this.#deps.link.exchanged('out', what, bytes);
    const written = await line.write(bytes, WRITE_MS);
    if (written === 'none') return { outcome: 'refused', detail: `打印机连接已断开，${NOT_DONE[what]}` };
    if (written === 'some') return { outcome: 'unknown', detail: `打印机中途停止接收，${what}是否完成未知` };
    return answers ? this.#afterwards(line, what) : { outcome: 'done', detail: '已送到打印机（不回状态）' };
  }

  async #afterwards(line: Line, what: What): Promise<CommandOutcome> {
    const after = await this.#ask(line, AFTERWARDS_MS);
    // A drawer that opens when nobody stands before it is worse than one that stays shut.
    if (after === null && what === '钱箱') line.reset('打印机没有应答');
    if (after === null) return { outcome: 'unknown', detail: `已发出，打印机没有再应答，${what}是否完成未知` };
    const stops = what === '小票' ? hindrance(after) : null;
    return stops === null
      ? { outcome: 'done', detail: '打印机已接收' }
      : { outcome: 'unknown', detail: `打印途中${stops}，小票可能不完整` };
  }

  async #isUp(line: Line): Promise<boolean> {
    if (line.isUp) return true;
    return new Promise((resolve) => {
      const over = (): void => {
        cancel();
        this.#connected = () => undefined;
        resolve(line.isUp);
      };
      const cancel = this.#deps.clock.after(WAIT_FOR_LINE_MS, over);
      this.#connected = over;
    });
  }

  /** Asks between two jobs. */
  async #status(withinMs: number): Promise<Complaints | null> {
    const line = this.#line;
    return line ? line.turn('usual', () => this.#ask(line, withinMs)) : null;
  }

  async #lookAfter(): Promise<void> {
    if (this.#jobs === 0 && this.#line?.isUp) await this.#status(QUESTION_MS);
  }

  /** How the printer is now; null: it does not answer. Its faults are told on the way. */
  async #ask(line: Line, withinMs: number): Promise<Complaints | null> {
    const answers = new Map<Question, number>();
    for (const question of QUESTIONS) {
      const answer = await this.#answer(line, question, answers.size === 0 ? withinMs : QUESTION_MS);
      if (answer !== null) answers.set(question, answer);
      // An answer that came late would be taken for that of the next question.
      else break;
    }
    if (answers.size === 0) {
      this.#state('offline', '打印机没有应答状态查询');
      return null;
    }
    this.#state('online', '打印机应答正常');
    const complaints = complaintsOf(answers);
    this.#tell(complaints);
    return complaints;
  }

  async #answer(line: Line, question: Question, withinMs: number): Promise<number | null> {
    const bytes = statusQuestion(question);
    const answer = new Promise<number | null>((resolve) => {
      const over = (byte: number | null): void => {
        cancel();
        this.#heard = () => undefined;
        resolve(byte);
      };
      const cancel = this.#deps.clock.after(withinMs, () => over(null));
      this.#heard = over;
    });
    this.#deps.link.exchanged('out', '状态查询', bytes);
    const written = await line.write(bytes, withinMs);
    if (written !== 'written') this.#heard(null);
    return answer;
  }

  #data(bytes: Uint8Array): void {
    this.#seenAt = this.#deps.clock.now();
    this.#deps.link.exchanged('in', '状态', bytes);
    for (const byte of bytes) if (isAnswer(byte)) this.#heard(byte);
  }

  #tell(complaints: Complaints): void {
    const { events } = this.#deps;
    const before = this.#complaints;
    this.#complaints = complaints;
    const codes = new Set<DeviceFault>([...before.keys(), ...complaints.keys()]);
    for (const code of codes) {
      const now = complaints.get(code) ?? null;
      if (now !== (before.get(code) ?? null)) events.fault(this.id, code, now);
    }
  }

  #lineIs(up: boolean, detail: string): void {
    this.#cancelAway();
    this.#why = detail;
    if (up) {
      this.#seenAt = this.#deps.clock.now();
      this.#connected();
      if (!this.#settings.answers) this.#state('online', detail);
      else
        this.#lookAfter().catch((error: unknown) =>
          this.#deps.log.error('a printer could not be asked', { error: errorText(error) }),
        );
      return;
    }
    this.#cancelAway = this.#deps.clock.after(AWAY_MS, () => this.#state('offline', detail));
  }

  #state(state: 'online' | 'offline', detail: string): void {
    if (this.#told === state) return;
    this.#told = state;
    this.#deps.events.state(this.id, state, detail);
  }
}
