import type { Attempt, AttemptState } from '../../../shared/domain/money-flow.ts';
import { ConflictError, errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';
import type { ChargeRequest, Outcome, PaymentChannel } from './channel.ts';
import { type Looks, whileShown, whileUnknown } from './looks.ts';
import type { Patience } from './patience.ts';
import { isUnderWay, type SettlementInput } from './settlement.ts';

export interface PursuitDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly channel: (id: string) => PaymentChannel | undefined;
  /** A channel has so long to answer; then the outcome is unknown. */
  readonly answerMs: number;
  readonly patience: Patience;
  /** Tells the settlement. Stores what follows from it. */
  readonly tell: (billId: string, input: SettlementInput) => void;
  /** The truth about this attempt is not known after all that time. */
  readonly gaveUp: (attempt: Attempt) => void;
}

/** What is remembered of an attempt while it is under way; all of it may be lost. */
interface Trail {
  /** What the looks are for: they are counted anew when that changes. */
  state: AttemptState | null;
  looks: Looks | null;
  /** What is due is due at once: it was just written down, is to be taken back, or was refused to be. */
  atOnce: boolean;
  /** The channel refused to take it back: ask what became of it. */
  refused: boolean;
  timer: Cancel | null;
  /** Something is being done for it right now. */
  busy: boolean;
  call: AbortController | null;
  authCode: string | undefined;
  /** The code to show, once the channel gave one. */
  text: string | undefined;
  readonly waiting: (() => void)[];
}

/**
 * Carries attempts to their end: sends what was created, asks about what is open, takes back what is to be taken back, again
 * and again with growing pauses. What is due is read from the stored state each time, so that it makes no difference whether
 * a call failed, was overtaken by a notice, or the station was away. One call per attempt at a time.
 */
export class Pursuit {
  readonly #deps: PursuitDeps;
  readonly #trails = new Map<string, Trail>();
  #stopped = false;

  constructor(deps: PursuitDeps) {
    this.#deps = deps;
  }

  /** Calls are abandoned; how they ended is asked after the next start. */
  stop(): void {
    this.#stopped = true;
    for (const [id, trail] of this.#trails) this.#forget(id, trail);
  }

  /** The stored attempt changed, or is to be looked after from now on. */
  look(attemptId: string): void {
    if (this.#stopped) return;
    const attempt = this.#deps.store.read.attempts.get(attemptId);
    const known = this.#trails.get(attemptId);
    if (!attempt || !isUnderWay(attempt)) {
      if (known) this.#forget(attemptId, known);
      return;
    }
    const trail = known ?? this.#open(attemptId);
    if (attempt.state === 'reversing' && trail.state !== 'reversing') {
      this.#begin(attempt, trail);
      trail.timer?.();
      trail.timer = null;
      // An answer that is still awaited decides nothing any more; the call's end brings us back here.
      trail.call?.abort(new Error('to be taken back'));
    }
    if (!trail.busy && !trail.timer) this.#plan(attempt, trail);
  }

  /** Looks now, without waiting for the pause: a person asked. Resolves after the answer, or at once when a call is under way. */
  async hurry(attemptId: string): Promise<void> {
    const trail = this.#trails.get(attemptId);
    if (!trail || trail.busy) return;
    trail.timer?.();
    const answered = this.#answer(trail);
    this.#due(attemptId, trail);
    await answered;
  }

  /** Sends a created attempt and resolves when the channel answered, did not in time, or the attempt came to nothing before. */
  async send(attemptId: string, authCode: string | undefined): Promise<{ readonly text: string | undefined }> {
    const trail = this.#trails.get(attemptId) ?? this.#open(attemptId);
    trail.authCode = authCode;
    const answered = this.#answer(trail);
    this.look(attemptId);
    await answered;
    return { text: trail.text };
  }

  /** The code of an attempt that is out already. @throws ConflictError `channel-silent` */
  async show(channel: PaymentChannel, request: ChargeRequest): Promise<string> {
    const shown = await this.#limited(channel.id, new AbortController(), (signal) => channel.qr?.(request, signal));
    if (!shown) throw new ConflictError('channel-silent', '渠道未应答，请稍后再试');
    if ('refused' in shown) throw new ConflictError('channel-silent', shown.refused);
    return shown.text;
  }

  #open(attemptId: string): Trail {
    const trail: Trail = {
      state: null,
      looks: null,
      atOnce: false,
      refused: false,
      timer: null,
      busy: false,
      call: null,
      authCode: undefined,
      text: undefined,
      waiting: [],
    };
    this.#trails.set(attemptId, trail);
    return trail;
  }

  #answer(trail: Trail): Promise<void> {
    return new Promise((resolve) => {
      trail.waiting.push(resolve);
    });
  }

  #forget(attemptId: string, trail: Trail): void {
    this.#trails.delete(attemptId);
    trail.timer?.();
    trail.call?.abort(new Error('over'));
    for (const done of trail.waiting.splice(0)) done();
  }

  #plan(attempt: Attempt, trail: Trail): void {
    const { patience, clock } = this.#deps;
    if (clock.now() - attempt.createdAt >= patience.giveUpMs) this.#deps.gaveUp(attempt);
    if (attempt.state !== trail.state) this.#begin(attempt, trail);
    const { looks, atOnce } = trail;
    const pause = atOnce || !looks ? 0 : looks.pause(clock.monotonic());
    trail.timer = clock.after(pause, () => {
      if (!atOnce) looks?.begun();
      this.#due(attempt.id, trail);
    });
  }

  /** Its state is a new one: the looks after it begin anew. */
  #begin({ state, channel }: Attempt, trail: Trail): void {
    const { patience, clock } = this.#deps;
    const since = clock.monotonic();
    const askAtMs = this.#deps.channel(channel)?.askAtMs;
    trail.looks = state === 'sent' ? whileShown(since, patience) : whileUnknown(since, patience, askAtMs);
    // Where nobody can be asked, what the channel knows by itself is all there will be.
    const unasked = state === 'unknown' && askAtMs?.length === 0;
    Object.assign(trail, { state, refused: false, atOnce: state === 'created' || state === 'reversing' || unasked });
  }

  #due(attemptId: string, trail: Trail): void {
    trail.timer = null;
    trail.busy = true;
    trail.atOnce = false;
    const run = async (): Promise<void> => {
      try {
        await this.#carryOn(attemptId, trail);
        this.#setAside(attemptId, trail);
      } catch (error) {
        // The disk, most likely. The attempt is stored as it was and is looked after again.
        this.#deps.log.error('a payment attempt could not be carried on', { attemptId, error: errorText(error) });
      } finally {
        trail.call = null;
        trail.busy = false;
        for (const done of trail.waiting.splice(0)) done();
        if (this.#trails.get(attemptId) === trail) this.look(attemptId);
      }
    };
    void run();
  }

  async #carryOn(attemptId: string, trail: Trail): Promise<void> {
    const { store, tell } = this.#deps;
    let attempt = store.read.attempts.get(attemptId);
    if (!attempt || !isUnderWay(attempt)) return;
    const { billId } = attempt;
    if (attempt.state === 'reversing') {
      if (!trail.refused) {
        const result = await this.#call(attempt, trail, (channel, of, signal) => channel.reverse(of, signal));
        if (this.#stopped) return;
        trail.refused = result === 'refused';
        trail.atOnce = trail.refused;
        tell(billId, { type: 'taken-back', attemptId, result: result ?? 'unknown' });
        return;
      }
      trail.refused = false;
      await this.#ask(attempt, trail, true);
      return;
    }
    if (attempt.state !== 'created') {
      await this.#ask(attempt, trail, false);
      return;
    }
    tell(billId, { type: 'leave', attemptId });
    attempt = store.read.attempts.get(attemptId);
    if (attempt?.state === 'sent') await this.#charge(attempt, trail);
  }

  /** Asked as often as a waiting car is worth, and still nobody knows. */
  #setAside(attemptId: string, { state, looks }: Trail): void {
    const attempt = this.#stopped ? undefined : this.#deps.store.read.attempts.get(attemptId);
    if (!attempt || attempt.setAside || attempt.state !== state || !looks?.spent(this.#deps.clock.monotonic())) return;
    if (state === 'unknown' || state === 'reversing') this.#deps.tell(attempt.billId, { type: 'set-aside', attemptId });
  }

  async #charge(attempt: Attempt, trail: Trail): Promise<void> {
    const { store } = this.#deps;
    const bill = store.read.bills.get(attempt.billId);
    const stay = store.read.stays.get(attempt.uid);
    if (!bill || !stay) throw new Error('an attempt without its bill or stay');
    const request: ChargeRequest = { attempt, bill, stay, authCode: trail.authCode };
    trail.authCode = undefined;
    const charge = async (channel: PaymentChannel, _: Attempt, signal: AbortSignal): Promise<Outcome> => {
      if (!channel.qr) return channel.charge(request, signal);
      const code = await channel.qr(request, signal);
      if ('refused' in code) return { state: 'declined', reference: null, detail: code.refused };
      trail.text = code.text;
      return { state: 'pending', reference: null, detail: '等待扫码支付' };
    };
    const answerMs = this.#deps.channel(attempt.channel)?.answerMs;
    this.#answered(attempt, await this.#call(attempt, trail, charge, answerMs), false);
  }

  async #ask(attempt: Attempt, trail: Trail, afterRefusal: boolean): Promise<void> {
    const outcome = await this.#call(attempt, trail, (channel, of, signal) => channel.query(of, signal));
    this.#answered(attempt, outcome, afterRefusal);
  }

  #answered(attempt: Attempt, answer: Outcome | undefined, afterRefusal: boolean): void {
    // Over meanwhile, or the station is going: not unanswered.
    if (this.#stopped || !this.#trails.has(attempt.id)) return;
    const outcome = answer ?? { state: 'unknown', reference: null, detail: '渠道未应答，结果未知' };
    this.#deps.tell(attempt.billId, { type: 'answered', attemptId: attempt.id, outcome, afterRefusal });
  }

  /** @returns nothing when the channel failed, did not answer in time, or is not configured any more */
  async #call<T>(
    attempt: Attempt,
    trail: Trail,
    work: (channel: PaymentChannel, attempt: Attempt, signal: AbortSignal) => Promise<T>,
    answerMs?: number,
  ): Promise<T | undefined> {
    const channel = this.#deps.channel(attempt.channel);
    const controller = new AbortController();
    trail.call = controller;
    return channel && this.#limited(channel.id, controller, (signal) => work(channel, attempt, signal), answerMs);
  }

  async #limited<T>(
    channel: string,
    controller: AbortController,
    work: (signal: AbortSignal) => Promise<T> | undefined,
    answerMs = this.#deps.answerMs,
  ): Promise<T | undefined> {
    const { clock, log } = this.#deps;
    const { signal } = controller;
    const late = clock.after(answerMs, () => controller.abort(new Error('no answer in time')));
    try {
      // A channel that does not listen to the signal must not hold the attempt.
      const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
      return await Promise.race([work(signal), aborted]);
    } catch (error) {
      log.warn('a payment channel did not answer', { channel, error: errorText(error) });
      return undefined;
    } finally {
      late();
    }
  }
}
