import { pause, type Timers } from '../timers.ts';
import { type DownAnswer, readAnswer } from './answers.ts';
import type { DownName } from './down-tables.ts';
import type { About, FaultBoard } from './faults.ts';
import { type Finding, finding } from './finding.ts';
import type { Hooks } from './hooks.ts';
import { post } from './post.ts';
import type { Attempt, Draft, Push } from './push.ts';
import type { Fields } from './sign.ts';
import { type Composed, compose, type Keys, type Spelling } from './spelling.ts';

export interface Retries {
  /** Attempts in all. */
  readonly times: number;
  /** By the bank's clock. */
  readonly everyMs: number;
}

export interface PushOptions extends Spelling {
  /** Until status 0. By default pay, autoPayBind and autoPayUnbind are, as long as they are legal; the others never. */
  readonly retry?: Retries | false;
  readonly timeoutMs?: number;
  /** Another car park than the one whose address was given. */
  readonly address?: string;
}

interface Port extends Keys {
  readonly now: () => number;
  readonly faults: FaultBoard;
  readonly hooks: Hooks;
  readonly timers: Timers;
  readonly report: (name: string, direction: 'down', findings: readonly Finding[]) => void;
  /** What the bank's records have against an answer. */
  readonly against: (name: DownName, answer: DownAnswer) => readonly Finding[];
  /** Something happened that a test may wait for. */
  readonly look: () => void;
}

const ONCE: Retries = { times: 1, everyMs: 0 };
const REPEATED: ReadonlySet<DownName> = new Set(['pay', 'autoPayBind', 'autoPayUnbind']);

/** The bank as a client of the car park. */
export class Downlink {
  /** The address that the car park gave (6.10), e.g. `http://127.0.0.1:8080/hello/world/`. */
  address = '';
  /** How long the bank waits for an answer. */
  timeoutMs = 5_000;
  retries: Retries = { times: Number.POSITIVE_INFINITY, everyMs: 1_000 };
  /** Spelling of every push, unless it says otherwise. */
  spelling: Spelling = {};
  readonly pushes: Push[] = [];
  readonly #port: Port;
  readonly #end = new AbortController();

  constructor(port: Port) {
    this.#port = port;
  }

  /** Sends a push; resolves after the first attempt with whatever came of it. Further attempts follow by themselves. */
  async send(name: DownName, params: Fields, options: PushOptions = {}, then?: (push: Push) => void): Promise<Push> {
    const composed = compose(name, params, { ...this.spelling, ...options }, this.#port);
    const { fields, body, legal } = composed;
    const push: Draft = {
      ...{ interface: name, fields, body, legal, at: this.#port.now() },
      ...{ attempts: [], answer: null, done: false, ended: false },
    };
    this.pushes.push(push);
    const usual = REPEATED.has(name) && legal ? this.retries : ONCE;
    const retry = options.retry === undefined ? usual : options.retry || ONCE;
    await this.#attempt(push, composed, retry, options, then);
    return push;
  }

  /** The same bytes once more, as one who listened on the way would send them. */
  async replay({ interface: name, fields, body, legal }: Push): Promise<Push> {
    const composed = { ...compose(name, {}, {}, this.#port), fields, body, legal };
    const push: Draft = {
      ...{ interface: name, fields, body, legal, at: this.#port.now() },
      ...{ attempts: [], answer: null, done: false, ended: false },
    };
    this.pushes.push(push);
    await this.#attempt(push, composed, ONCE, {});
    return push;
  }

  /** No attempt starts any more, and those under way are cut. */
  end(): void {
    this.#end.abort();
  }

  async #attempt(
    push: Draft,
    composed: Composed,
    retry: Retries,
    options: PushOptions,
    then?: (push: Push) => void,
  ): Promise<void> {
    const { hooks, faults, timers, look } = this.#port;
    const about: About = {
      ...{ direction: 'down', interface: push.interface },
      ...{ plate: push.fields['vpl_number'] ?? '', recordId: push.fields['record_id'] ?? '' },
    };
    const { delayMs, fault } = faults.take(about);
    if (delayMs > 0) await pause(delayMs);
    await hooks.at('pushing', about, push.fields);
    if (this.#end.signal.aborted) return;
    // The network made two: of one of them nobody hears the answer.
    const copy = fault?.kind === 'duplicate' ? this.#once(push, composed, 'answer-lost', options) : undefined;
    if (fault?.kind === 'duplicate' && !fault.atOnce) await copy;
    const attempt = await this.#once(push, composed, fault, options);
    push.attempts.push(...(copy ? [await copy] : []), attempt);
    push.answer = attempt.answer ?? push.answer;
    const first = !push.done && attempt.answer?.status === 0;
    push.done ||= first;
    push.ended = push.done || push.attempts.length >= retry.times || this.#end.signal.aborted;
    if (first) then?.(push);
    look();
    await hooks.at('pushed', about, push.fields);
    look();
    if (!push.ended) timers.after(retry.everyMs, () => this.#attempt(push, composed, retry, options, then));
  }

  async #once(
    push: Push,
    composed: Composed,
    lost: ReturnType<FaultBoard['take']>['fault'] | 'answer-lost',
    options: PushOptions,
  ): Promise<Attempt> {
    const fault = lost === 'answer-lost' ? ({ kind: lost } as const) : lost;
    const { interface: name, legal, fields } = push;
    const { now, report, against } = this.#port;
    const at = now();
    const base = options.address ?? this.address;
    const url = `${base}${base.endsWith('/') ? '' : '/'}${composed.path}`;
    const shared = { at, fault: fault?.kind };
    try {
      const reply = await post({ ...composed, url }, fault, options.timeoutMs ?? this.timeoutMs, this.#end.signal);
      const { answer, findings } = readAnswer(name, fields, reply, now());
      if (!legal && answer?.status === 0)
        findings.push(finding('accepted', `${name} is not to be acted on, and was answered 0`));
      if (answer) findings.push(...against(name, answer));
      // What an illegal request is answered is told by no table.
      const told = legal ? findings : findings.filter(({ rule }) => rule === 'accepted');
      report(name, 'down', told);
      return { ...shared, reply, answer, error: null, findings: told };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { ...shared, reply: null, answer: null, error: why, findings: [] };
    }
  }
}
