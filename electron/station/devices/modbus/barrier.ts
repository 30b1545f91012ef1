import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type { ArmPosition, Barrier, CommandOutcome, DeviceDeps, DeviceFacts, GateAction } from '../device.ts';
import { Board, CAR_UNDER_ARM } from './board.ts';
import { PROFILES } from './profiles.ts';
import { Relays } from './relays.ts';
import type { BoardSettings } from './settings.ts';
import type { Manner } from './talk.ts';

/** A hold is written again this often: boards forget it with their power. */
const HOLD_AGAIN_MS = 10_000;
/** After a start: so long for the station to say that the arm is held, before a relay that was left on is switched off. */
const LEFT_ON_MS = 2_000;

const refused = (detail: string): CommandOutcome => ({ outcome: 'refused', detail });
const UNDER_THE_ARM = refused(CAR_UNDER_ARM);

/** An arm on the relays of a Modbus board, with what hangs on the inputs of that board. */
export class ModbusBarrier implements Barrier {
  readonly id: string;
  readonly kind = 'barrier';
  readonly driver: string;
  readonly #settings: BoardSettings;
  readonly #deps: DeviceDeps;
  readonly #board: Board;
  readonly #relays: Relays;
  #holding = false;
  #cancelHold: Cancel = () => undefined;
  #cancelLeftOn: Cancel = () => undefined;

  constructor(id: string, driver: string, settings: BoardSettings, manner: Manner, deps: DeviceDeps) {
    this.id = id;
    this.driver = driver;
    this.#settings = settings;
    this.#deps = deps;
    const board = new Board(id, settings, manner, { ...deps, isBack: () => this.#relays.boardBack() });
    this.#board = board;
    const model = PROFILES[settings.profile];
    const profile = { pulse: model.pulse && { ...model.pulse, base: settings.pulseBase ?? model.pulse.base } };
    this.#relays = new Relays({
      clock: deps.clock,
      profile,
      holdBy: settings.hold === 'time-ff' ? 'time-ff' : 'coil',
      order: (head, question) => board.order(head, question, false),
      orderIfClear: (head, question) => board.order(head, question, true),
      isClear: () => board.isClear,
      isUp: () => board.takesOrders,
    });
  }

  /** @throws ConfigError when the port is open with other parameters */
  async start(): Promise<void> {
    this.#board.start();
    this.#holdAgain();
    this.#cancelLeftOn = this.#deps.clock.after(LEFT_ON_MS, () => this.#switchLeftOff());
  }

  async stop(): Promise<void> {
    this.#board.stop();
    this.#cancelHold();
    this.#cancelLeftOn();
    // A held arm stays up: whoever takes over holds it again.
    await this.#relays.stop();
    this.#board.close();
  }

  lastSeenAt(): EpochMs | null {
    return this.#board.answeredAt;
  }

  facts(): DeviceFacts {
    const { profile, hold } = this.#settings;
    return { ...this.#board.facts(), relays: { profile, hold } };
  }

  arm(): ArmPosition {
    return this.#board.arm;
  }

  get closesItself(): boolean {
    return this.#settings.closeCoil === undefined;
  }

  async gate(action: GateAction): Promise<CommandOutcome> {
    if (this.#board.isStopped) return refused('道闸未投入使用');
    const { clock, link } = this.#deps;
    const since = clock.monotonic();
    const ended = await this.#act(action);
    if (ended.outcome === 'done') link.took(clock.monotonic() - since);
    return ended;
  }

  selfTest(): Promise<readonly SelfTestStep[]> {
    return this.#board.selfTest(true);
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
    if (this.#board.isUnderArm) return UNDER_THE_ARM;
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
    if (this.#board.isUnderArm) return UNDER_THE_ARM;
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
      if (!this.#holding || !this.#board.isLineUp) return;
      this.#relays
        .keep('保持常抬', this.#settings.openCoil)
        .catch((error: unknown) => this.#deps.log.error('a hold could not be written again', { error: String(error) }));
    });
  }
}
