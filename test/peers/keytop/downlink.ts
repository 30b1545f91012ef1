import { pause } from '../timers.ts';
import { type DownAnswer, readAnswer } from './answers.ts';
import { type CallStyle, type Composed, compose } from './compose.ts';
import type { DownInterface } from './down/define.ts';
import { downOf } from './down/index.ts';
import type { About, Fault, FaultBoard } from './faults.ts';
import { type Finding, finding } from './finding.ts';
import type { Hooks } from './hooks.ts';
import type { Access } from './intake.ts';
import { type JsonObject, textOf } from './json.ts';
import { post } from './post.ts';

export interface CallOptions extends CallStyle {
  readonly timeoutMs?: number;
  /** Another car park than the one whose address was given. */
  readonly address?: string;
}

/** A request of the third party to the car park, and what came back. */
export interface Call {
  readonly interface: string;
  readonly fields: JsonObject;
  readonly composed: Composed;
  /** Whether a car park may act on it; null where that is left open. */
  readonly legal: boolean | null;
  readonly at: number;
  readonly fault: Fault['kind'] | undefined;
  /** HTTP status; null if nothing came. */
  readonly http: number | null;
  readonly answer: DownAnswer | null;
  /** The first row of an answer with resCode 0. */
  readonly row: JsonObject | null;
  readonly rows: readonly JsonObject[];
  /** Whether it was answered resCode 0. */
  readonly ok: boolean;
  /** Why nothing came. */
  readonly error: string | null;
  /** How long the answer took, in real time. */
  readonly ms: number | null;
  /** The body of the answer, as text. */
  readonly text: string;
  /** Rules that the answer broke; the third party's own list has them too. */
  readonly violations: readonly Finding[];
  readonly doubts: readonly Finding[];
}

interface Port extends Access {
  readonly parkCode: string;
  readonly now: () => number;
  readonly faults: FaultBoard;
  readonly hooks: Hooks;
  readonly report: (name: string, direction: 'down', findings: readonly Finding[]) => void;
  readonly answered: (call: Call) => void;
  readonly look: () => void;
}

type Heard = Pick<Call, 'http' | 'answer' | 'error' | 'ms' | 'text' | 'violations' | 'doubts'>;

/** The third party as a client of the car park. */
export class Downlink {
  /** Where the car park listens, e.g. `http://127.0.0.1:8080`. */
  address = '';
  /** How long the third party waits for an answer. */
  timeoutMs = 10_000;
  /** How calls are made, unless they say otherwise. */
  style: CallStyle = {};
  /** Whether this site wants the rows of 下行3.5 and 3.7 in resMsg, too. */
  copiesRows = false;
  readonly calls: Call[] = [];
  readonly #port: Port;
  readonly #end = new AbortController();

  constructor(port: Port) {
    this.#port = port;
  }

  /** Calls once; resolves with whatever came of it. */
  call(name: string, params: JsonObject, options: CallOptions = {}): Promise<Call> {
    const definition = downOf(name);
    const how = { ...this.style, ...options };
    return this.#send(definition, compose(definition, params, how, this.#port, this.#port.now()), options);
  }

  /** The same bytes once more, as one who listened on the way would send them. */
  replay({ interface: name, composed }: Call, options: CallOptions = {}): Promise<Call> {
    return this.#send(downOf(name), composed, options);
  }

  /** A page or a picture of the car park, or the third party's own. */
  fetch(url: URL, headers: Readonly<Record<string, string>> = {}) {
    const { timeoutMs } = this;
    const body = Buffer.alloc(0);
    return post({ url, method: 'GET', headers, body, timeoutMs, signal: this.#end.signal }, undefined);
  }

  /** No call starts any more, and those under way are cut. */
  end(): void {
    this.#end.abort();
  }

  async #send(definition: DownInterface, composed: Composed, options: CallOptions): Promise<Call> {
    const { hooks, faults, look, report, now, answered } = this.#port;
    const { fields, legal } = composed;
    const { name } = definition;
    const about: About = {
      ...{ direction: 'down', interface: name },
      ...{ plate: textOf(fields, 'plateNo'), orderNo: textOf(fields, 'orderNo') },
    };
    const { delayMs, fault } = faults.take(about);
    if (delayMs > 0) await pause(delayMs);
    await hooks.at('pushing', about, fields);
    const sent = { interface: name, fields, composed, legal, at: now(), fault: fault?.kind };
    const heard = await this.#once(definition, composed, fault, options);
    const ok = heard.answer?.resCode === 0;
    const rows = ok ? (heard.answer?.rows ?? []) : [];
    const call: Call = { ...sent, ...heard, ok, rows, row: rows[0] ?? null };
    this.calls.push(call);
    report(name, 'down', [...call.violations, ...call.doubts]);
    answered(call);
    look();
    await hooks.at('pushed', about, fields);
    look();
    return call;
  }

  async #once(
    definition: DownInterface,
    composed: Composed,
    fault: Fault | undefined,
    { address = this.address, timeoutMs = this.timeoutMs }: CallOptions,
  ): Promise<Heard> {
    const { method, path, headers, body, legal } = composed;
    try {
      const url = new URL(`${address.replace(/\/+$/, '')}${path}`);
      const reply = await post({ url, method, headers, body, timeoutMs, signal: this.#end.signal }, fault);
      const secrets = [this.#port.pwd, this.#port.key];
      const { answer, findings } = readAnswer(definition, composed, reply, { secrets, copiesRows: this.copiesRows });
      const isWrong = legal === false && answer?.resCode === 0;
      const told = isWrong
        ? [finding('accepted', `${definition.name} is not to be acted on, and was answered 0`)]
        : findings;
      return {
        ...{ http: reply.status, answer, error: null, ms: reply.ms, text: reply.bytes.toString('utf8') },
        violations: told.filter(({ proven }) => proven),
        doubts: told.filter(({ proven }) => !proven),
      };
    } catch (error) {
      const why = error instanceof Error ? error.message || error.name : String(error);
      return { http: null, answer: null, error: why, ms: null, text: '', violations: [], doubts: [] };
    }
  }
}
