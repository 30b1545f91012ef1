import { fenSchema } from '../../../shared/domain/money.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { Alarms } from '../runtime/alarms.ts';
import { ConfigError, ConflictError, errorText } from '../runtime/errors.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import { type Account, settledFen } from './bills.ts';
import type { FeeAnswer, FeeQuestion, FeeSource } from './fee-source.ts';

/** So long a price counts that was heard for a car inside; one heard at a lane counts there until it is asked for anew. */
const FRESH_MS = 60_000;
/** Platforms end their questions sooner; whoever does not is not waited for. */
const PATIENCE_MS = 15_000;
/** After so many failures in a row somebody is told. */
const FAILURES = 3;
const ALARM = 'fee-source-silent';

interface ExternalPricesDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly alarms: Pick<Alarms, 'raise' | 'clear'>;
  /** What a stay comes to by what is known now; null: its price must be asked for. */
  readonly account: (stay: Stay) => Account | null;
}

interface Asked {
  readonly abort: AbortController;
  readonly done: Promise<FeeAnswer>;
}

/** 第三方计费: asks whoever prices stays in place of our tariffs. What nobody knows is never 0. */
export class ExternalPrices {
  readonly #deps: ExternalPricesDeps;
  readonly #under = new Map<string, Asked>();
  readonly #known = new Map<string, { readonly chargeFen: number; readonly until: number; readonly of: string }>();
  #source: FeeSource | undefined;
  #failures = 0;

  constructor(deps: ExternalPricesDeps) {
    this.#deps = deps;
  }

  /** Whom to ask; undefined: our own tariffs price every stay, and nothing here is ever looked at. */
  use(source: FeeSource | undefined): void {
    this.#source = source;
  }

  /** Who prices every stay; null: our own tariffs do. */
  get platform(): string | null {
    return this.#source?.platform ?? null;
  }

  /** The charge over the whole stay where a fresh price is known. */
  known(stay: Stay): number | null {
    const price = this.#known.get(stay.uid);
    if (!price || price.of !== printOf(stay) || price.until < this.#deps.clock.monotonic()) return null;
    return price.chargeFen;
  }

  /**
   * To be awaited before a bill is made or a price is told of a car inside: afterwards `account` knows what it comes to, or nobody does.
   * Asks nobody where our tariffs price, where nothing is owed by its terms or within the time to leave, or where a price is fresh.
   * Never rejects.
   */
  async fresh(stay: Stay): Promise<void> {
    if (!this.#source || stay.status !== 'inside' || this.#deps.account(stay) !== null) return;
    const question: FeeQuestion = { stay, at: this.#deps.clock.now(), laneId: null };
    const under = this.#under.get(stay.uid) ?? this.#begin(this.#source, question);
    await under.done;
    // A lane asks about the very car by now: its answer is the one that counts.
    await this.#under.get(stay.uid)?.done;
  }

  /** Asks for a car at an exit, in place of whatever was being asked about it. Never rejects. */
  async ask(question: FeeQuestion, signal: AbortSignal): Promise<FeeAnswer> {
    if (!this.#source) return { kind: 'failed', reason: '没有启用第三方计费' };
    this.#under.get(question.stay.uid)?.abort.abort();
    const { abort, done } = this.#begin(this.#source, question);
    const give = (): void => abort.abort();
    signal.addEventListener('abort', give, { once: true });
    if (signal.aborted) give();
    return done.finally(() => signal.removeEventListener('abort', give));
  }

  stop(): void {
    for (const { abort } of this.#under.values()) abort.abort();
    this.#under.clear();
  }

  #begin(source: FeeSource, question: FeeQuestion): Asked {
    const { uid } = question.stay;
    const abort = new AbortController();
    const asked: Asked = {
      abort,
      done: this.#question(source, question, abort).finally(() => {
        if (this.#under.get(uid) === asked) this.#under.delete(uid);
      }),
    };
    this.#under.set(uid, asked);
    return asked;
  }

  async #question(source: FeeSource, question: FeeQuestion, abort: AbortController): Promise<FeeAnswer> {
    const { stay } = question;
    const late = new AbortController();
    const cancel = this.#deps.clock.after(PATIENCE_MS, () => late.abort());
    const ended = AbortSignal.any([abort.signal, late.signal]);
    // One turn later: whoever began it knows of it before it can end.
    await Promise.resolve();
    const answer = await Promise.race([
      Promise.resolve()
        .then(() => source.ask(question, ended))
        .catch((error: unknown): FeeAnswer => ({ kind: 'failed', reason: errorText(error) })),
      aborted(ended),
    ]);
    cancel();
    // Nobody waits for it any more, or another question took its place: that says nothing about the other side.
    if (abort.signal.aborted) return { kind: 'failed', reason: '已不再询问' };
    const heard = plausible(answer);
    if (heard.kind === 'fee') this.#remember(stay, settledFen(stay) + heard.toPayFen);
    this.#count(source, heard);
    return heard;
  }

  #remember(stay: Stay, chargeFen: number): void {
    const now = this.#deps.clock.monotonic();
    for (const [uid, { until }] of this.#known) if (until < now) this.#known.delete(uid);
    this.#known.set(stay.uid, { chargeFen, until: now + FRESH_MS, of: printOf(stay) });
  }

  #count({ platform }: FeeSource, answer: FeeAnswer): void {
    const { alarms, log } = this.#deps;
    if (answer.kind === 'fee') {
      this.#failures = 0;
      alarms.clear(ALARM, platform);
      return;
    }
    this.#failures += 1;
    log.warn('a price could not be heard', { platform, reason: answer.reason, failures: this.#failures });
    if (this.#failures < FAILURES) return;
    const detail = `第三方计费连续 ${this.#failures} 次没有给出停车费：${answer.reason}`;
    alarms.raise({ code: ALARM, subject: platform, detail, figures: { failures: this.#failures }, severity: 'alarm' });
  }
}

/** Nothing but an amount of money is a price. */
function plausible(answer: FeeAnswer): FeeAnswer {
  if (answer.kind === 'failed' || fenSchema.safeParse(answer.toPayFen).success) return answer;
  return { kind: 'failed', reason: '返回的金额不合理' };
}

function aborted(signal: AbortSignal): Promise<FeeAnswer> {
  const gone: FeeAnswer = { kind: 'failed', reason: '没有在规定时间内答复' };
  if (signal.aborted) return Promise.resolve(gone);
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(gone), { once: true });
  });
}

/** What the price was asked for: a stay that was put right, or was given something off, is asked about anew. */
const printOf = ({ plate, identity, enteredAt, vehicleClass, discounts }: Stay): string =>
  JSON.stringify([plate.text, identity, enteredAt, vehicleClass, discounts.map(({ id }) => id)]);

/** The price must come from somebody else, and did not. */
export const feeUnknown = (): ConflictError =>
  new ConflictError('fee-unknown', '第三方没有给出停车费，请稍后重试，或在出口由工作人员处理');

/**
 * The one platform that prices every stay; undefined: our tariffs do.
 *
 * @throws ConfigError where two want to: which of them is right nobody here can say
 */
export function feeSourceOf(
  platforms: readonly { readonly id: string; readonly fees?: FeeSource }[],
): FeeSource | undefined {
  const found = platforms.flatMap(({ fees }) => fees ?? []);
  if (found.length <= 1) return found[0];
  throw new ConfigError([
    `platforms: only one may price stays, not ${found.map(({ platform }) => platform).join(', ')}`,
  ]);
}
