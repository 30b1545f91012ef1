import type { Cancel, Clock } from '../../runtime/ports.ts';
import type { Isapi } from './isapi.ts';
import { gateStateOf, inputStateOf, PATHS, verdictOf } from './messages.ts';
import type { HikvisionSettings } from './settings.ts';

const ARM_MS = 1_000;
const AFTER_FAILURE_MS = 2_000;
/** So many questions about the loops may fail before the camera is left in peace for longer: a lane that is blind sees nobody pass. */
const FAILURES_BORNE = 3;

export interface PollDeps {
  readonly isapi: Isapi;
  readonly clock: Clock;
  readonly input: (role: string, on: boolean) => void;
  readonly arm: (arm: 'closed' | 'open' | 'unknown') => void;
  /** The model does not tell this, and is not asked again. */
  readonly unsupported: (what: 'inputs' | 'arm') => void;
}

/** What the camera tells only when it is asked: its inputs, and the position of the arm. */
export class Polls {
  readonly #settings: HikvisionSettings;
  readonly #deps: PollDeps;
  readonly #inputs = new Map<number, boolean>();
  /** Changes that could not be told yet. */
  readonly #untold = new Set<number>();
  readonly #timers = new Map<string, Cancel>();
  #arm: 'closed' | 'open' | 'unknown' | null = null;
  #running = false;
  /** Questions about the inputs in a row that failed. */
  #failures = 0;

  constructor(settings: HikvisionSettings, deps: PollDeps) {
    this.#settings = settings;
    this.#deps = deps;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    if (this.#settings.inputs.length > 0) this.#every('inputs', 0, () => this.#readInputs());
    if (this.#settings.gate !== 'relay') this.#every('arm', 0, () => this.#readArm());
  }

  stop(): void {
    this.#running = false;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  /** Whether a car stands on a loop of this role, as it was told last. */
  isOn(role: string): boolean {
    return this.#settings.inputs.some(
      (input) => input.role === role && this.#inputs.get(input.number) === !input.inverted,
    );
  }

  /** What the inputs told last, for people. */
  get known(): string {
    return this.#settings.inputs
      .flatMap(({ number, role }) => {
        const on = this.#inputs.get(number);
        return on === undefined ? [] : [`${number}（${role}）${on ? '闭合' : '断开'}`];
      })
      .join('，');
  }

  /** `round` gives the pause until the next one, null: none. Rounds never overlap. */
  #every(name: string, ms: number, round: () => Promise<number | null>): void {
    const timer = this.#deps.clock.after(ms, () => {
      void round()
        // Whoever was told may have failed, e.g. on a full disk: what was not told is told in the next round.
        .catch(() => AFTER_FAILURE_MS)
        .then((pause) => {
          if (pause !== null && this.#timers.get(name) === timer) this.#every(name, pause, round);
        });
    });
    this.#timers.set(name, timer);
  }

  async #readInputs(): Promise<number | null> {
    for (const { number, role, inverted } of this.#settings.inputs) {
      const answer = await this.#deps.isapi.get(PATHS.input(number), true);
      if (!this.#running) return null;
      if ('failed' in answer) return this.#afterFailure();
      this.#failures = 0;
      const on = answer.status === 200 ? inputStateOf(answer.text) : null;
      if (on === null) {
        if (verdictOf(answer.status, answer.text).verdict !== 'unsupported') return AFTER_FAILURE_MS;
        this.#deps.unsupported('inputs');
        return null;
      }
      if (this.#inputs.get(number) === on && !this.#untold.has(number)) continue;
      this.#inputs.set(number, on);
      this.#untold.add(number);
      this.#deps.input(role, on !== inverted);
      this.#untold.delete(number);
    }
    return this.#settings.inputPollMs;
  }

  #afterFailure(): number {
    this.#failures += 1;
    return this.#failures <= FAILURES_BORNE ? this.#settings.inputPollMs : AFTER_FAILURE_MS;
  }

  async #readArm(): Promise<number | null> {
    const answer = await this.#deps.isapi.get(PATHS.gateStatus(this.#settings.channel), true);
    if (!this.#running) return null;
    if ('failed' in answer) return AFTER_FAILURE_MS;
    const arm = answer.status === 200 ? gateStateOf(answer.text) : null;
    if (arm === null) {
      if (verdictOf(answer.status, answer.text).verdict !== 'unsupported') return AFTER_FAILURE_MS;
      this.#deps.unsupported('arm');
      return null;
    }
    if (arm !== this.#arm) {
      this.#deps.arm(arm);
      this.#arm = arm;
    }
    return ARM_MS;
  }
}
