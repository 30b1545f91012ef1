import { type CommandEnd, outcomeOf } from '../command-end.ts';
import type { CommandOutcome, GateAction } from '../device.ts';
import type { Isapi } from './isapi.ts';
import { type GateMode, gateBody, PATHS } from './messages.ts';
import { Relay, type RelayDeps } from './relay.ts';
import type { HikvisionSettings } from './settings.ts';

export interface ArmDeps extends RelayDeps {
  /** The model lacks what its settings ask of it; null: it has it. */
  readonly lacks: (what: string | null) => void;
}

const MODES = { open: 'open', close: 'close', hold: 'lock', 'release-hold': 'unlock' } as const satisfies Record<
  GateAction,
  GateMode
>;

/** The arm behind the camera: by the command for barriers, or by relay outputs. */
export class HikArm {
  readonly #settings: HikvisionSettings;
  readonly #deps: ArmDeps;
  readonly #isapi: Isapi;
  readonly #relays = new Map<number, Relay>();
  /** The model said that it knows no command for barriers. */
  #unsupported = false;

  constructor(settings: HikvisionSettings, deps: ArmDeps) {
    this.#settings = settings;
    this.#deps = deps;
    this.#isapi = deps.isapi;
  }

  /** Whether relays raise and lower the arm, as far as is known. */
  get isByRelay(): boolean {
    return this.#settings.gate === 'relay' || (this.#settings.gate === 'auto' && this.#unsupported);
  }

  async gate(action: GateAction): Promise<CommandOutcome> {
    const { hold, commandTtlMs } = this.#settings;
    const isHold = action === 'hold' || action === 'release-hold';
    if (isHold && hold === 'none')
      return { outcome: 'refused', detail: '没有设置常抬方式：请在设备参数里选择并现场确认' };
    if (isHold && hold === 'relay')
      return outcomeOf(await this.#relay(this.#settings.holdRelay).hold(action === 'hold', commandTtlMs));
    if (!isHold && this.isByRelay) return outcomeOf(await this.#pulse(action, commandTtlMs));
    return this.#command(action);
  }

  /** The model has no command for barriers, as another answer of it told. */
  foundUnsupported(): void {
    this.#unsupported = true;
  }

  /**
   * Relays that may be on since this station went away in the middle of a pulse. One that also holds the arm up is left alone: it may be on
   * because it shall be.
   */
  async reset(): Promise<void> {
    const { openRelay, closeRelay, hold, holdRelay, relayPulse } = this.#settings;
    if (!this.isByRelay || relayPulse === 'camera') return;
    for (const number of [openRelay, closeRelay])
      if (hold !== 'relay' || holdRelay !== number) await this.#relay(number).reset();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#relays.values()].map((relay) => relay.stop()));
  }

  async #command(action: GateAction): Promise<CommandOutcome> {
    const { clock, lacks } = this.#deps;
    const { gate, channel, commandTtlMs } = this.#settings;
    const since = clock.monotonic();
    const ended = await this.#isapi.put(PATHS.gate(channel), gateBody(MODES[action]), commandTtlMs);
    if (ended.verdict !== 'unsupported') {
      if (ended.verdict === 'done') lacks(null);
      return outcomeOf(ended);
    }
    if (gate !== 'auto' || action === 'hold' || action === 'release-hold') {
      lacks(`该型号不支持道闸指令（${MODES[action]}），请改用报警输出`);
      return outcomeOf(ended);
    }
    // Nothing was done: the same order goes to the relay, within its time.
    this.#unsupported = true;
    const left = commandTtlMs - (clock.monotonic() - since);
    return left > 0
      ? outcomeOf(await this.#pulse(action, left))
      : { outcome: 'refused', detail: '相机应答太慢，没有在有效期内改用报警输出' };
  }

  #pulse(action: GateAction, withinMs: number): Promise<CommandEnd> {
    const { openRelay, closeRelay } = this.#settings;
    return this.#relay(action === 'close' ? closeRelay : openRelay).pulse(withinMs);
  }

  #relay(number: number): Relay {
    const { relayPulse, pulseMs } = this.#settings;
    const known = this.#relays.get(number) ?? new Relay(this.#deps, number, relayPulse === 'camera' ? null : pulseMs);
    this.#relays.set(number, known);
    return known;
  }
}
