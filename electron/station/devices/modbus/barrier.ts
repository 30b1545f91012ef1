import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type { Barrier, CommandOutcome, DeviceDeps, DeviceFacts, GateAction } from '../device.ts';
import { addressText } from '../line-settings.ts';
import { type InputChange, Inputs } from './inputs.ts';
import { bitsOf, coilsQuestion, exceptionText, inputsQuestion, isGateways } from './messages.ts';
import { PROFILES } from './profiles.ts';
import { Relays } from './relays.ts';
import { selfTest } from './self-test.ts';
import type { BoardSettings } from './settings.ts';
import { type Asked, type Guard, type Manner, Talk } from './talk.ts';

/** Polls in a row without an answer after which the board counts as away. */
const MISSED = 3;
/** A board that is away, or has no inputs wired, is asked this often whether it is there. */
const SLOW_POLL_MS = 1_000;
/** A hold is written again this often: boards forget it with their power. */
const HOLD_AGAIN_MS = 10_000;
/** After a start: so long for the station to say that the arm is held, before a relay that was left on is switched off. */
const LEFT_ON_MS = 2_000;
/** A line on which nothing was heard for so long, of anybody, is made anew; then again after this many times as long. */
const DEAD_LINE_MS = 10_000;
const DEAD_AGAIN = 6;

const refused = (detail: string): CommandOutcome => ({ outcome: 'refused', detail });
const CAR_UNDER_ARM = '防砸地感有车，未落杆';
const UNDER_THE_ARM = refused(CAR_UNDER_ARM);

/** Why the board itself did not answer; null: it did. A gateway answers in its place. */
function unansweredWhy(asked: Asked): string | null {
  if (asked.kind === 'exception') return isGateways(asked.code) ? exceptionText(asked.code) : null;
  return asked.kind === 'answer' ? null : asked.detail;
}

/** An arm on the relays of a Modbus board, with what hangs on the inputs of that board. */
export class ModbusBarrier implements Barrier {
  readonly id: string;
  readonly kind = 'barrier';
  readonly driver: string;
  readonly #settings: BoardSettings;
  readonly #manner: Manner;
  readonly #deps: DeviceDeps;
  readonly #talk: Talk;
  readonly #relays: Relays;
  readonly #inputs: Inputs;
  #stopped = true;
  #holding = false;
  #state: 'online' | 'offline' | 'unknown' = 'unknown';
  /** Why the line is not open. */
  #lineFault = '未连接';
  #missed = 0;
  /** How many inputs are read at once; boards differ in how many they let one read. */
  #count: number;
  #stuck = '';
  #arm: 'closed' | 'moving' | 'open' | 'unknown' = 'unknown';
  /** An order was not answered: the next poll tells whether it can still be on its way. */
  #doubtful = false;
  #deadAfterMs = DEAD_LINE_MS;
  #cancelPoll: Cancel = () => undefined;
  #cancelHold: Cancel = () => undefined;
  #cancelLeftOn: Cancel = () => undefined;

  constructor(id: string, driver: string, settings: BoardSettings, manner: Manner, deps: DeviceDeps) {
    this.id = id;
    this.driver = driver;
    this.#settings = settings;
    this.#manner = manner;
    this.#deps = deps;
    this.#talk = new Talk(manner, { ...deps, state: (up, detail) => this.#lineChanged(up, detail) });
    this.#inputs = new Inputs(settings.inputs, settings.debounceMs);
    this.#count = Math.max(8, Math.ceil(this.#inputs.count / 8) * 8);
    const model = PROFILES[settings.profile];
    const profile = { pulse: model.pulse && { ...model.pulse, base: settings.pulseBase ?? model.pulse.base } };
    this.#relays = new Relays({
      clock: deps.clock,
      profile,
      holdBy: settings.hold === 'time-ff' ? 'time-ff' : 'coil',
      order: (head, question) => this.#order(head, question),
      orderIfClear: (head, question) => this.#order(head, question, this.#guard()),
      isClear: () =>
        !this.#inputs.hasSafetyLoop || (this.#missed === 0 && this.#inputs.isClear(deps.clock.monotonic())),
      isUp: () => this.#talk.isUp && this.#state !== 'offline',
    });
  }

  /** @throws ConfigError when the port is open with other parameters */
  async start(): Promise<void> {
    this.#talk.start();
    this.#stopped = false;
    this.#holdAgain();
    this.#cancelLeftOn = this.#deps.clock.after(LEFT_ON_MS, () => this.#switchLeftOff());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelPoll();
    this.#cancelHold();
    this.#cancelLeftOn();
    // A held arm stays up: whoever takes over holds it again.
    await this.#relays.stop();
    this.#talk.stop();
  }

  lastSeenAt(): EpochMs | null {
    return this.#talk.answeredAt;
  }

  facts(): DeviceFacts {
    return {
      address: `${addressText(this.#manner.address)}，${this.#settings.unit} 号`,
      inputs: this.#inputs.roles,
      contacts: this.#inputs.contacts,
      relays: { profile: this.#settings.profile, hold: this.#settings.hold },
    };
  }

  arm(): 'closed' | 'moving' | 'open' | 'unknown' {
    return this.#state === 'online' ? this.#arm : 'unknown';
  }

  get closesItself(): boolean {
    return this.#settings.closeCoil === undefined;
  }

  async gate(action: GateAction): Promise<CommandOutcome> {
    if (this.#stopped) return refused('道闸未投入使用');
    const { clock, link } = this.#deps;
    const since = clock.monotonic();
    const ended = await this.#act(action);
    if (ended.outcome === 'done') link.took(clock.monotonic() - since);
    return ended;
  }

  selfTest(): Promise<readonly SelfTestStep[]> {
    return selfTest({
      place: addressText(this.#manner.address),
      isUp: this.#talk.isUp,
      why: this.#lineFault,
      hearsItself: () => this.#talk.hearsItself,
      readInputs: () => this.#talk.poll('读输入', inputsQuestion(this.#count)),
      readCoils: () => this.#talk.poll('读继电器', coilsQuestion(8)),
      inputs: this.#settings.inputs,
      monotonic: () => this.#deps.clock.monotonic(),
    });
  }

  #act(action: GateAction): Promise<CommandOutcome> {
    const { openCoil, openPulseMs } = this.#settings;
    switch (action) {
      case 'open':
        // A pulse would end the hold; writing the hold again opens as well.
        return this.#holding
          ? this.#relays.keep('抬杆（常抬中）', openCoil)
          : this.#relays.pulse('抬杆', openCoil, openPulseMs);
      case 'close':
        return this.#close();
      case 'hold':
        return this.#hold();
      case 'release-hold':
        return this.#releaseHold();
    }
  }

  async #close(): Promise<CommandOutcome> {
    const { closeCoil, closePulseMs } = this.#settings;
    if (this.#inputs.isUnderArm()) return UNDER_THE_ARM;
    if (this.#holding) return refused('常抬中，请先取消常抬');
    if (closeCoil === undefined) return refused('没有接落杆线，由道闸自己落杆');
    return this.#relays.fall('落杆', closeCoil, closePulseMs);
  }

  async #hold(): Promise<CommandOutcome> {
    if (this.#settings.hold === 'none') return refused('该道闸没有设置常抬方式');
    this.#holding = true;
    return this.#relays.keep('常抬', this.#settings.openCoil);
  }

  /** Lets go of the contact; where a close contact is wired, the arm is told to fall. */
  async #releaseHold(): Promise<CommandOutcome> {
    if (this.#inputs.isUnderArm()) return UNDER_THE_ARM;
    const wasHeld = this.#holding;
    this.#holding = false;
    const released = await this.#relays.release('取消常抬', this.#settings.openCoil);
    if (released.outcome === 'refused' && wasHeld) this.#holding = true;
    const { closeCoil, closePulseMs } = this.#settings;
    if (released.outcome !== 'done' || closeCoil === undefined || this.#holding) return released;
    const fallen = await this.#relays.fall('落杆', closeCoil, closePulseMs);
    // Refused would say that it is held yet.
    return fallen.outcome === 'done' ? fallen : { outcome: 'unknown', detail: `常抬已取消，${fallen.detail}` };
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

  async #order(head: string, question: Parameters<Talk['order']>[1], guard?: Guard): Promise<Asked> {
    const asked = await this.#talk.order(head, question, guard);
    if (asked.kind === 'silent') {
      this.#doubtful = true;
      this.#pollIn(0);
    } else if (asked.kind !== 'none' && unansweredWhy(asked) === null) this.#answered();
    return asked;
  }

  /** The relay that holds the arm, and with boards without pulses both, may be on since the program ended. */
  #switchLeftOff(): void {
    const { profile, hold, openCoil, closeCoil } = this.#settings;
    const byHand = profile === 'write';
    if (byHand || hold !== 'none') this.#relays.leftOn(openCoil, true);
    if (byHand && closeCoil !== undefined) this.#relays.leftOn(closeCoil, false);
  }

  #holdAgain(): void {
    this.#cancelHold = this.#deps.clock.after(HOLD_AGAIN_MS, () => {
      this.#holdAgain();
      if (!this.#holding || !this.#talk.isUp) return;
      this.#relays
        .keep('保持常抬', this.#settings.openCoil)
        .catch((error: unknown) => this.#deps.log.error('a hold could not be written again', { error: String(error) }));
    });
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
      this.#pollIn(this.#state === 'offline' ? SLOW_POLL_MS : Math.max(this.#settings.pollMs, this.#settings.replyMs));
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
    this.#relays.boardBack();
  }

  #unanswered(detail: string): void {
    this.#missed += 1;
    if (this.#missed >= MISSED) {
      this.#inputs.unsettle();
      this.#tell('offline', `继电器板没有应答：${detail}`);
    }
    // Neither the order nor the question after it was answered, and nobody else was heard: what waits in the line must not leave late.
    const wasOrder = this.#doubtful && this.#talk.silentMs >= this.#settings.replyMs;
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
    this.#deps.events.state(this.id, state, detail);
  }

  #read(bits: readonly boolean[]): void {
    const now = this.#deps.clock.monotonic();
    for (const change of this.#inputs.read(bits, now)) this.#changed(change);
    this.#tellStuck(now);
  }

  #changed({ role, on }: InputChange): void {
    // Above a poll nobody catches, and the next change must be heard of all the same.
    try {
      this.#deps.events.input(this.id, role, on);
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
    this.#deps.events.arm(this.id, arm);
  }

  #tellStuck(now: number): void {
    const { stuckMinutes } = this.#settings;
    const stuck = stuckMinutes === 0 ? '' : this.#inputs.stuck(now, stuckMinutes * 60_000).join('、');
    if (stuck === this.#stuck) return;
    this.#stuck = stuck;
    const detail = stuck === '' ? null : `设备 ${this.id} 的 ${stuck} 持续有车超过 ${stuckMinutes} 分钟，可能卡住`;
    this.#deps.events.fault(this.id, 'input-stuck', detail);
  }
}
