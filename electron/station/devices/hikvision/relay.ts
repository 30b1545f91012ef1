import type { Cancel, Clock, Log } from '../../runtime/ports.ts';
import type { CommandEnd } from '../command-end.ts';
import type { Isapi } from './isapi.ts';
import { outputBody, PATHS } from './messages.ts';

const OFF_WITHIN_MS = 2_000;
const AGAIN_MS = 500;
const LONGEST_AGAIN_MS = 10_000;

export interface RelayDeps {
  readonly isapi: Isapi;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * A relay output of the camera. Where this station ends its pulses, switching it off is tried until the camera took it: it is no command to the
 * arm but the end of one, and a contact that stays closed keeps the arm from closing.
 */
export class Relay {
  readonly #deps: RelayDeps;
  readonly #number: number;
  /** null: the camera ends it. */
  readonly #pulseMs: number | null;
  #isHeld = false;
  #used = false;
  /** Counts what was ordered, so that an older end of a pulse cannot undo it. */
  #order = 0;
  #cancel: Cancel = () => undefined;
  #isOwed = false;

  constructor(deps: RelayDeps, number: number, pulseMs: number | null) {
    this.#deps = deps;
    this.#number = number;
    this.#pulseMs = pulseMs;
  }

  /** Something was ordered of it since the start. */
  get isUsed(): boolean {
    return this.#used;
  }

  async pulse(withinMs: number): Promise<CommandEnd> {
    const order = this.#begin();
    const ended = await this.#set(true, withinMs);
    if (mayBeOn(ended) && this.#pulseMs !== null && !this.#isHeld && order === this.#order) {
      this.#isOwed = true;
      this.#cancel = this.#deps.clock.after(this.#pulseMs, () => void this.#off(order, AGAIN_MS));
    }
    return ended;
  }

  async hold(on: boolean, withinMs: number): Promise<CommandEnd> {
    this.#begin();
    this.#isHeld = on;
    const ended = await this.#set(on, withinMs);
    if (on && !mayBeOn(ended)) this.#isHeld = false;
    return ended;
  }

  /** Off, as it should be: after a start that may have been in the middle of a pulse. */
  async reset(): Promise<void> {
    if (!this.#used) await this.#off(this.#begin(), AGAIN_MS);
  }

  /** A pulse that is not over yet is ended at once. */
  async stop(): Promise<void> {
    if (this.#isOwed) {
      this.#cancel();
      await this.#set(false, OFF_WITHIN_MS);
    }
    this.#begin();
  }

  #begin(): number {
    this.#cancel();
    this.#used = true;
    this.#isOwed = false;
    this.#order += 1;
    return this.#order;
  }

  async #off(order: number, pauseMs: number): Promise<void> {
    const ended = await this.#set(false, OFF_WITHIN_MS);
    if (order !== this.#order) return;
    if (ended.verdict === 'done' || ended.verdict === 'unsupported') {
      this.#isOwed = false;
      return;
    }
    this.#deps.log.warn('a relay output could not be switched off, and is tried again', {
      ...{ output: this.#number, why: ended.detail },
    });
    const next = Math.min(pauseMs * 2, LONGEST_AGAIN_MS);
    this.#cancel = this.#deps.clock.after(pauseMs, () => void this.#off(order, next));
  }

  #set(on: boolean, withinMs: number): Promise<CommandEnd> {
    return this.#deps.isapi.put(PATHS.output(this.#number), outputBody(on), withinMs);
  }
}

const mayBeOn = ({ verdict }: CommandEnd): boolean => verdict === 'done' || verdict === 'lost' || verdict === 'unclear';
