import type { Cancel, Clock } from '../../runtime/ports.ts';
import type { CommandOutcome } from '../device.ts';
import { coilQuestion, exceptionText, movedNothing, type Question } from './messages.ts';
import { type BoardProfile, type HoldBy, holdQuestion, offQuestion, pulseQuestion } from './profiles.ts';
import type { Asked } from './talk.ts';

/** An echo that comes later than that is no board's. */
const LATE_MS = 2_000;
/** Switching off is tried again and again after this pause, until the board confirms it. */
const OFF_AGAIN_MS = 500;
/** Coils that are kept on, or switched off, are written so often at once before the outcome counts as unknown. */
const TRIES = 3;

type Orders = (head: string, question: Question) => Promise<Asked>;

/** A coil that must be switched off: at once, or, where the arm may fall by it, when nothing is under the arm. */
interface Owed {
  readonly cancel: Cancel;
  readonly mayFall: boolean;
}

interface RelaysDeps {
  readonly clock: Clock;
  readonly profile: BoardProfile;
  readonly holdBy: HoldBy;
  readonly order: Orders;
  /** As `order`, but only while nothing stands under the arm. */
  readonly orderIfClear: Orders;
  /** Nothing was under the arm for a while. */
  readonly isClear: () => boolean;
  /** The board answers, for all that is known: what is owed can be written. */
  readonly isUp: () => boolean;
}

/** What came of an order, in the house's words. */
export function outcomeOf(asked: Asked): CommandOutcome {
  switch (asked.kind) {
    case 'answer':
      return { outcome: 'done', detail: '继电器板已确认' };
    case 'exception':
      return { outcome: movedNothing(asked.code) ? 'refused' : 'unknown', detail: exceptionText(asked.code) };
    case 'none':
      return { outcome: 'refused', detail: `${asked.detail}，指令没有发出` };
    case 'barred':
      return { outcome: 'refused', detail: asked.detail };
    case 'silent':
      return { outcome: 'unknown', detail: `指令已发出，${asked.detail}，继电器可能已经动作` };
  }
}

/** The relays of a board that move one arm. A pulse is never sent twice; keeping a coil on, and switching it off, may be. */
export class Relays {
  readonly #deps: RelaysDeps;
  /** Coils that must be switched off, with the next try. */
  readonly #owed = new Map<number, Owed>();
  /** Coils of a board without pulses that are on until their time is over. */
  readonly #pulsing = new Map<number, Cancel>();
  /** Pulses that nobody answered a moment ago: one like them would be answered by the late echo of theirs. */
  #unanswered: readonly { readonly coil: number; readonly longer: number; readonly at: number }[] = [];
  /** Coils that were ordered on since the start: whatever they were left at before is over. */
  readonly #ordered = new Set<number>();
  #stopped = false;

  constructor(deps: RelaysDeps) {
    this.#deps = deps;
  }

  /** Switches off what a program that ended may have left on, unless it was ordered on since. */
  leftOn(coil: number, mayFall: boolean): void {
    if (!this.#ordered.has(coil)) this.owe(coil, mayFall);
  }

  /** Closes the relay for `ms`. Sent once. */
  pulse(head: string, coil: number, ms: number): Promise<CommandOutcome> {
    return this.#pulse(head, coil, ms, this.#deps.order);
  }

  /** A pulse by which the arm falls. */
  fall(head: string, coil: number, ms: number): Promise<CommandOutcome> {
    return this.#pulse(head, coil, ms, this.#deps.orderIfClear);
  }

  async #pulse(head: string, coil: number, ms: number, order: Orders): Promise<CommandOutcome> {
    this.#ordered.add(coil);
    const longer = this.#longer(coil);
    const question = pulseQuestion(this.#deps.profile, coil, ms, longer);
    if (!question) return this.#pulseByHand(head, coil, ms, order);
    const asked = await order(head, question);
    if (asked.kind === 'silent')
      this.#unanswered = [...this.#unanswered, { coil, longer, at: this.#deps.clock.monotonic() }];
    // An exception does not say to what: it may be the late one of the pulse before.
    if (asked.kind === 'exception' && this.#unanswered.length > 0)
      return { outcome: 'unknown', detail: exceptionText(asked.code) };
    return outcomeOf(asked);
  }

  /** Keeps the relay on. Done again it changes nothing, so it is tried up to three times. */
  async keep(head: string, coil: number): Promise<CommandOutcome> {
    this.#ordered.add(coil);
    const wasOn = this.#takeOver(coil);
    const { profile, holdBy } = this.#deps;
    const ended = outcomeOf(await this.#tried(head, holdQuestion(profile, coil, holdBy), this.#deps.order));
    if (ended.outcome === 'refused' && wasOn) this.owe(coil, true);
    return ended;
  }

  /** Switches the relay off, by which the arm may fall, and goes on trying when that is not confirmed. Refused: it is as it was. */
  async release(head: string, coil: number): Promise<CommandOutcome> {
    const wasPulse = this.#pulsing.has(coil);
    this.#endPulse(coil);
    const asked = await this.#tried(head, this.#off(coil), this.#deps.orderIfClear);
    if (asked.kind === 'silent' || asked.kind === 'none' || (asked.kind === 'barred' && wasPulse)) this.owe(coil, true);
    return asked.kind === 'none' ? { outcome: 'unknown', detail: `${asked.detail}，恢复后补发断开` } : outcomeOf(asked);
  }

  /** It must be switched off as soon as that can be, until the board confirms it. */
  owe(coil: number, mayFall: boolean): void {
    if (this.#stopped || this.#owed.has(coil)) return;
    this.#owed.set(coil, { cancel: () => undefined, mayFall });
    this.#pay(coil);
  }

  /** The board answers again: what is owed is tried at once. */
  boardBack(): void {
    for (const [coil, { cancel }] of [...this.#owed]) {
      cancel();
      this.#pay(coil);
    }
  }

  /**
   * Nothing stays on that should not: what is owed, and pulses that were not over, are switched off now, once. An arm that would fall
   * onto a car is left up.
   */
  async stop(): Promise<void> {
    this.#stopped = true;
    const owed = [...this.#owed].filter(([, { mayFall }]) => !mayFall || this.#deps.isClear());
    const coils = new Map(owed.map(([coil, { mayFall }]) => [coil, mayFall]));
    for (const coil of this.#pulsing.keys()) coils.set(coil, false);
    for (const { cancel } of this.#owed.values()) cancel();
    for (const cancel of this.#pulsing.values()) cancel();
    this.#owed.clear();
    this.#pulsing.clear();
    if (!this.#deps.isUp()) return;
    for (const [coil, mayFall] of coils) await this.#tried('停用前断开', this.#off(coil), this.#orders(mayFall));
  }

  /** For boards that make no pulse: on, and off when the time is over. Unless nothing was switched on for sure, that is owed. */
  async #pulseByHand(head: string, coil: number, ms: number, order: Orders): Promise<CommandOutcome> {
    const wasOn = this.#takeOver(coil);
    const begun: Cancel = () => undefined;
    this.#pulsing.set(coil, begun);
    const ended = outcomeOf(await order(head, coilQuestion(coil, true)));
    // Another order for this relay has taken over.
    if (this.#pulsing.get(coil) !== begun) return ended;
    const end = (): void => {
      this.#pulsing.delete(coil);
      this.owe(coil, false);
    };
    if (ended.outcome !== 'refused') this.#pulsing.set(coil, this.#deps.clock.after(ms, end));
    else if (wasOn) end();
    else this.#pulsing.delete(coil);
    return ended;
  }

  /** The relay is to be on by another order now. @returns whether somebody still had to switch it off */
  #takeOver(coil: number): boolean {
    const wasOn = this.#pulsing.has(coil) || this.#owed.has(coil);
    this.#forgive(coil);
    this.#endPulse(coil);
    return wasOn;
  }

  #off(coil: number): Question {
    return offQuestion(this.#deps.profile, coil, this.#deps.holdBy);
  }

  #endPulse(coil: number): void {
    this.#pulsing.get(coil)?.();
    this.#pulsing.delete(coil);
  }

  /** It is to be on now: what was owed is no longer. */
  #forgive(coil: number): void {
    this.#owed.get(coil)?.cancel();
    this.#owed.delete(coil);
  }

  #pay(coil: number): void {
    const owed = this.#owed.get(coil);
    if (!owed) return;
    if (!this.#deps.isUp() || (owed.mayFall && !this.#deps.isClear())) {
      this.#payLater(coil);
      return;
    }
    this.#orders(owed.mayFall)('断开继电器', this.#off(coil))
      .then((asked) => {
        // A board that does not know the order has nothing to switch off by it.
        if (asked.kind === 'answer' || (asked.kind === 'exception' && asked.code <= 3)) this.#forgive(coil);
        else this.#payLater(coil);
      })
      .catch(() => this.#payLater(coil));
  }

  #payLater(coil: number): void {
    const owed = this.#owed.get(coil);
    if (!owed || this.#stopped) return;
    this.#owed.set(coil, { ...owed, cancel: this.#deps.clock.after(OFF_AGAIN_MS, () => this.#pay(coil)) });
  }

  #orders(mayFall: boolean): Orders {
    return mayFall ? this.#deps.orderIfClear : this.#deps.order;
  }

  async #tried(head: string, question: Question, order: Orders): Promise<Asked> {
    let asked = await order(head, question);
    for (let tries = 1; tries < TRIES && asked.kind === 'silent'; tries += 1) {
      const again = await order(`${head}（重发）`, question);
      // The first may have been carried out, whatever kept the second back.
      if (again.kind === 'barred' || again.kind === 'none') break;
      asked = again;
    }
    return asked;
  }

  /** So many units longer than asked for that no echo of an earlier pulse is like its own. */
  #longer(coil: number): number {
    const now = this.#deps.clock.monotonic();
    this.#unanswered = this.#unanswered.filter(({ at }) => now - at <= LATE_MS);
    const taken = this.#unanswered.filter((pulse) => pulse.coil === coil).map(({ longer }) => longer);
    let longer = 0;
    while (taken.includes(longer)) longer += 1;
    return longer;
  }
}
