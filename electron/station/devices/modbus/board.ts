import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type { ArmPosition, DeviceDeps, DeviceFacts, UnderArm } from '../device.ts';
import { addressText } from '../line-settings.ts';
import { type InputChange, Inputs } from './inputs.ts';
import { bitsOf, coilsQuestion, exceptionText, inputsQuestion, isGateways, type Question } from './messages.ts';
import { selfTest } from './self-test.ts';
import type { InputBoardSettings } from './settings.ts';
import { type Asked, type Guard, type Manner, Talk } from './talk.ts';

/** Polls in a row without an answer after which the board counts as away. */
const MISSED = 3;
/** A board that is away, or has no inputs wired, is asked this often whether it is there. */
const SLOW_POLL_MS = 1_000;
/** A line on which nothing was heard for so long, of anybody, is made anew; then again after this many times as long. */
const DEAD_LINE_MS = 10_000;
const DEAD_AGAIN = 6;

export const CAR_UNDER_ARM = '防砸地感有车，未落杆';

/** Why the board itself did not answer; null: it did. A gateway answers in its place. */
function unansweredWhy(asked: Asked): string | null {
  if (asked.kind === 'exception') return isGateways(asked.code) ? exceptionText(asked.code) : null;
  return asked.kind === 'answer' ? null : asked.detail;
}

interface BoardDeps extends DeviceDeps {
  /** It answers, for the first time or again. */
  readonly isBack?: () => void;
}

/** One board as it is asked again and again: whether it is there, and what the contacts on its inputs tell. */
export class Board {
  readonly #id: string;
  readonly #settings: Omit<InputBoardSettings, 'unit' | 'replyMs'>;
  readonly #manner: Manner;
  readonly #deps: BoardDeps;
  readonly #talk: Talk;
  readonly #inputs: Inputs;
  #stopped = true;
  #state: 'online' | 'offline' | 'unknown' = 'unknown';
  /** Why the line is not open. */
  #lineFault = '未连接';
  #missed = 0;
  /** How many inputs are read at once; boards differ in how many they let one read. */
  #count: number;
  #stuck = '';
  #arm: ArmPosition = 'unknown';
  /** An order was not answered: the next poll tells whether it can still be on its way. */
  #doubtful = false;
  #deadAfterMs = DEAD_LINE_MS;
  #cancelPoll: Cancel = () => undefined;

  constructor(id: string, settings: Omit<InputBoardSettings, 'unit' | 'replyMs'>, manner: Manner, deps: BoardDeps) {
    this.#id = id;
    this.#settings = settings;
    this.#manner = manner;
    this.#deps = deps;
    this.#talk = new Talk(manner, { ...deps, state: (up, detail) => this.#lineChanged(up, detail) });
    this.#inputs = new Inputs(settings.inputs, settings.debounceMs);
    this.#count = Math.max(8, Math.ceil(this.#inputs.count / 8) * 8);
  }

  /** @throws ConfigError when the port is open with other parameters */
  start(): void {
    this.#talk.start();
    this.#stopped = false;
  }

  /** Nothing is read or told from here on; orders still leave. */
  stop(): void {
    this.#stopped = true;
    this.#cancelPoll();
  }

  /** The line is given up. */
  close(): void {
    this.#talk.stop();
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  get isLineUp(): boolean {
    return this.#talk.isUp;
  }

  /** An order is not lost on it, for all that is known. */
  get takesOrders(): boolean {
    return this.#talk.isUp && this.#state !== 'offline';
  }

  /** When the board answered last. */
  get answeredAt(): EpochMs | null {
    return this.#talk.answeredAt;
  }

  get hasSafetyLoop(): boolean {
    return this.#inputs.hasSafetyLoop;
  }

  /** A car stands on the safety loop, by what counts. */
  get isUnderArm(): boolean {
    return this.#inputs.isUnderArm();
  }

  /** The safety loop was read clear for a while; where none is wired, always. */
  get isClear(): boolean {
    return !this.#inputs.hasSafetyLoop || (this.#missed === 0 && this.#inputs.isClear(this.#deps.clock.monotonic()));
  }

  /** By its limit switches. */
  get arm(): ArmPosition {
    return this.#state === 'online' ? this.#arm : 'unknown';
  }

  facts(): DeviceFacts {
    return {
      address: `${addressText(this.#manner.address)}，${this.#manner.unit} 号`,
      inputs: this.#inputs.roles,
      contacts: this.#inputs.contacts,
    };
  }

  /** Reads what can be read. @param relays whether it moves an arm */
  selfTest(relays: boolean): Promise<readonly SelfTestStep[]> {
    return selfTest({
      place: addressText(this.#manner.address),
      isUp: this.#talk.isUp,
      why: this.#lineFault,
      hearsItself: () => this.#talk.hearsItself,
      readInputs: () => this.#talk.poll('读输入', inputsQuestion(this.#count)),
      readCoils: relays ? () => this.#talk.poll('读继电器', coilsQuestion(8)) : null,
      inputs: this.#settings.inputs,
      monotonic: () => this.#deps.clock.monotonic(),
    });
  }

  /** Gives an order; one by which the arm falls only `ifClear`: the safety loop is read in the same turn, right before. */
  async order(head: string, question: Question, ifClear: boolean): Promise<Asked> {
    const asked = await this.#talk.order(head, question, ifClear ? this.#guard() : undefined);
    if (asked.kind === 'silent') {
      this.#doubtful = true;
      this.#pollIn(0);
    } else if (asked.kind !== 'none' && unansweredWhy(asked) === null) this.#answered();
    return asked;
  }

  /** Reads the safety loop now, for an arm that another device moves. What was told of it last may be old, or does not count yet. */
  async lookUnder(): Promise<UnderArm> {
    const count = this.#count;
    if (this.#stopped) return { under: 'unknown', detail: '输入板未投入使用' };
    const against = this.#bars(await this.#talk.look('读防砸地感', inputsQuestion(count)), count);
    if (against === null) return { under: 'clear' };
    return against.kind === 'barred' ? { under: 'occupied' } : { under: 'unknown', detail: against.detail };
  }

  /** What was read last may be old, or does not count yet: the safety loop is read again before the arm is let fall. */
  #guard(): Guard | undefined {
    if (!this.#inputs.hasSafetyLoop) return undefined;
    const count = this.#count;
    return { head: '读输入', question: inputsQuestion(count), bars: (read) => this.#bars(read, count) };
  }

  #bars(read: Asked, count: number): ReturnType<Guard['bars']> {
    const why = read.kind === 'answer' ? null : read.kind === 'exception' ? exceptionText(read.code) : read.detail;
    // After a question without answer an answer may be the late one to that.
    if (read.kind !== 'answer' || this.#missed > 0) {
      this.#missed = Math.max(this.#missed, 1);
      return { kind: 'none', detail: `读不到防砸地感（${why ?? '上一次没有应答'}）` };
    }
    return this.#inputs.isUnderArm(bitsOf(read.pdu, count)) ? { kind: 'barred', detail: CAR_UNDER_ARM } : null;
  }

  #lineChanged(up: boolean, detail: string): void {
    this.#cancelPoll();
    if (this.#stopped) return;
    this.#missed = 0;
    this.#doubtful = false;
    this.#inputs.unsettle();
    if (!up) {
      this.#lineFault = detail;
      this.#tell('offline', detail);
      return;
    }
    // A turn of the loop later, so that orders that waited for the line go first.
    this.#pollIn(0);
  }

  #pollIn(ms: number): void {
    this.#cancelPoll();
    this.#cancelPoll = this.#deps.clock.after(ms, () => {
      this.#poll().catch((error: unknown) => {
        this.#deps.log.error('the inputs of a board could not be taken', { error: String(error) });
        this.#pollIn(SLOW_POLL_MS);
      });
    });
  }

  async #poll(): Promise<void> {
    if (this.#stopped || !this.#talk.isUp) return;
    const count = this.#count;
    const asked = await this.#talk.poll('读输入', inputsQuestion(count));
    if (this.#stopped || asked.kind === 'none') return;
    const why = unansweredWhy(asked);
    if (why !== null) {
      this.#unanswered(why);
      // As long again for an answer that is late, so that it is not taken for that of the next question.
      this.#pollIn(this.#state === 'offline' ? SLOW_POLL_MS : Math.max(this.#settings.pollMs, this.#manner.replyMs));
      return;
    }
    this.#answered();
    if (asked.kind === 'answer') this.#read(bitsOf(asked.pdu, count));
    else if (this.#inputs.count > 0 && this.#inputs.count < count) this.#count = this.#inputs.count;
    this.#pollIn(this.#pause());
  }

  #pause(): number {
    if (this.#inputs.count === 0) return SLOW_POLL_MS;
    const { pollMs, debounceMs } = this.#settings;
    return this.#inputs.isSettling ? Math.min(pollMs, debounceMs) : pollMs;
  }

  #answered(): void {
    this.#missed = 0;
    this.#doubtful = false;
    this.#deadAfterMs = DEAD_LINE_MS;
    if (this.#stopped || this.#state === 'online') return;
    this.#tell('online', '已应答');
    this.#deps.isBack?.();
  }

  #unanswered(detail: string): void {
    this.#missed += 1;
    if (this.#missed >= MISSED) {
      this.#inputs.unsettle();
      this.#tell('offline', `板卡没有应答：${detail}`);
    }
    // Neither the order nor the question after it was answered, and nobody else was heard: what waits in the line must not leave late.
    const wasOrder = this.#doubtful && this.#talk.silentMs >= this.#manner.replyMs;
    this.#doubtful = false;
    if (wasOrder) this.#talk.reset('指令没有应答，重新连接');
    else if (this.#talk.silentMs >= this.#deadAfterMs) {
      this.#deadAfterMs = DEAD_LINE_MS * DEAD_AGAIN;
      this.#talk.reset('长时间没有应答，重新连接');
    }
  }

  #tell(state: 'online' | 'offline', detail: string): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#deps.events.state(this.#id, state, detail);
  }

  #read(bits: readonly boolean[]): void {
    const now = this.#deps.clock.monotonic();
    for (const change of this.#inputs.read(bits, now)) this.#changed(change);
    this.#tellStuck(now);
  }

  #changed({ role, on }: InputChange): void {
    // Above a poll nobody catches, and the next change must be heard of all the same.
    try {
      this.#deps.events.input(this.#id, role, on);
    } catch (error) {
      this.#deps.log.error('a change of an input could not be taken', { role, on, error: String(error) });
    }
    if (role === 'arm-up' || role === 'arm-down') this.#tellArm();
  }

  #tellArm(): void {
    const [up, down] = [this.#inputs.isOn('arm-up'), this.#inputs.isOn('arm-down')];
    if (up && down) {
      this.#arm = 'unknown';
      return;
    }
    // With the lower switch alone everything that is not shut is open.
    const between = up === null ? 'open' : 'moving';
    const arm = up ? 'open' : down ? 'closed' : between;
    if (arm === this.#arm) return;
    this.#arm = arm;
    this.#deps.events.arm(this.#id, arm);
  }

  #tellStuck(now: number): void {
    const { stuckMinutes } = this.#settings;
    const stuck = stuckMinutes === 0 ? '' : this.#inputs.stuck(now, stuckMinutes * 60_000).join('、');
    if (stuck === this.#stuck) return;
    this.#stuck = stuck;
    const detail = stuck === '' ? null : `设备 ${this.#id} 的 ${stuck} 持续有车超过 ${stuckMinutes} 分钟，可能卡住`;
    this.#deps.events.fault(this.#id, 'input-stuck', detail);
  }
}
