import { pause } from '../timers.ts';
import { type DownAnswer, readAnswer } from './answers.ts';
import type { DownName } from './down-tables.ts';
import type { About, Fault, FaultBoard } from './faults.ts';
import { doubt, type Finding, finding } from './finding.ts';
import type { Hooks } from './hooks.ts';
import { type JsonObject, textOf } from './json.ts';
import { post, type Reply, type Trust } from './post.ts';
import { type Composed, compose, type Keys, type Spelling } from './spelling.ts';

export interface CallOptions extends Spelling {
  readonly timeoutMs?: number;
  /** Another car park than the one whose address was given. */
  readonly address?: string;
  readonly trust?: Trust;
}

/** A request of the cloud to the car park, and what came back. */
export interface Call {
  readonly interface: DownName;
  readonly fields: JsonObject;
  readonly body: Buffer;
  /** Whether a car park that goes by the document may act on it; null where the document leaves that open. */
  readonly legal: boolean | null;
  readonly at: number;
  readonly fault: Fault['kind'] | undefined;
  /** HTTP status; null if nothing came. */
  readonly http: number | null;
  readonly answer: DownAnswer | null;
  /** Why nothing came. */
  readonly error: string | null;
  /** How long the answer took, in real time. */
  readonly ms: number | null;
  /** The body of the answer, as text. */
  readonly text: string;
  /** Rules that the answer broke; the cloud's own list has them too. */
  readonly violations: readonly Finding[];
  readonly doubts: readonly Finding[];
}

interface Port extends Keys {
  readonly now: () => number;
  readonly faults: FaultBoard;
  readonly hooks: Hooks;
  readonly report: (name: string, direction: 'down', findings: readonly Finding[]) => void;
  readonly look: () => void;
}

/** The cloud as a client of the car park. */
export class Downlink {
  /** The address that the car park gave, e.g. `https://127.0.0.1:8443/any/prefix`. */
  address = '';
  trust: Trust = {};
  /** How long the cloud waits for an answer. */
  timeoutMs = 5_000;
  /** How far the time of a call may be off before the car park has to refuse it; 0 is any. */
  windowMs = 300_000;
  /** Spelling of every call, unless it says otherwise. */
  spelling: Spelling = {};
  readonly calls: Call[] = [];
  readonly #port: Port;
  readonly #end = new AbortController();

  constructor(port: Port) {
    this.#port = port;
  }

  /** Calls once; resolves with whatever came of it. */
  call(name: DownName, params: JsonObject, options: CallOptions = {}): Promise<Call> {
    const clock = { now: this.#port.now(), windowMs: this.windowMs };
    return this.#send(name, compose(name, params, { ...this.spelling, ...options }, this.#port, clock), options);
  }

  /** The same bytes once more, as one who listened on the way would send them. */
  replay(call: Call, options: CallOptions = {}): Promise<Call> {
    const { interface: name, fields, body, legal } = call;
    const clock = { now: this.#port.now(), windowMs: this.windowMs };
    return this.#send(name, { ...compose(name, {}, {}, this.#port, clock), fields, body, legal }, options);
  }

  /** A GET from the car park, for pictures. */
  fetch(url: URL, options: CallOptions = {}): Promise<Reply> {
    const { timeoutMs = this.timeoutMs, trust = this.trust } = options;
    return post({ url, method: 'GET', content: null, trust, timeoutMs, signal: this.#end.signal }, undefined);
  }

  /** No call starts any more, and those under way are cut. */
  end(): void {
    this.#end.abort();
  }

  async #send(name: DownName, composed: Composed, options: CallOptions): Promise<Call> {
    const { hooks, faults, look, report, now } = this.#port;
    const { fields, body, legal } = composed;
    const plate = textOf(fields, 'plateNumber');
    const about: About = { direction: 'down', interface: name, plate, uuid: '' };
    const { delayMs, fault } = faults.take(about);
    if (delayMs > 0) await pause(delayMs);
    await hooks.at('pushing', about, fields);
    const sent = { interface: name, fields, body, legal, at: now(), fault: fault?.kind };
    const call: Call = { ...sent, ...(await this.#once(name, composed, fault, options)) };
    this.calls.push(call);
    report(name, 'down', [...call.violations, ...call.doubts]);
    look();
    await hooks.at('pushed', about, fields);
    look();
    return call;
  }

  async #once(
    name: DownName,
    composed: Composed,
    fault: Fault | undefined,
    options: CallOptions,
  ): Promise<Pick<Call, 'http' | 'answer' | 'error' | 'ms' | 'text' | 'violations' | 'doubts'>> {
    const { address = this.address, timeoutMs = this.timeoutMs, trust = this.trust } = options;
    const { method, path, contentType, body, fields } = composed;
    try {
      const url = new URL(`${address.replace(/\/+$/, '')}/${path}`);
      const content = { type: contentType, body };
      const reply = await post({ url, method, content, trust, timeoutMs, signal: this.#end.signal }, fault);
      const { answer, findings } = readAnswer(name, fields, reply);
      const told = composed.legal ? findings : refusalFindings(name, composed, reply, answer);
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

/** What is told of an answer to a call that is not to be acted on. */
function refusalFindings(
  name: DownName,
  { legal, civil }: Composed,
  reply: Reply,
  answer: DownAnswer | null,
): Finding[] {
  if (legal === null) return [];
  if (answer?.respCode === '0')
    return [finding('accepted', `${name} is not to be acted on, and was answered "0": ${reply.status}`)];
  return civil && !answer ? [doubt('answer', `a refusal of ${name} is no answer: HTTP ${reply.status}`)] : [];
}
