import { pause } from '../../timers.ts';
import type { About } from '../faults.ts';
import { type Finding, finding } from '../finding.ts';
import type { Hooks } from '../hooks.ts';
import type { Keys } from '../intake.ts';
import { isObject, type JsonObject, type Node } from '../json.ts';
import type { State } from '../state.ts';
import type { Line } from '../tcp/line.ts';
import { type DownAnswer, readAnswer } from './answers.ts';
import { type Composed, type ComposeOptions, compose } from './compose.ts';
import { senseFaults } from './sense.ts';
import type { DownName } from './tables.ts';

/** How the bytes of a call travel. */
export interface Delivery {
  /** In pieces of so many bytes. */
  readonly fragment?: number;
  /** Between the pieces, in real time. */
  readonly pauseMs?: number;
  /** The connection is dropped after so many bytes of it. */
  readonly cutAfter?: number;
  /** The connection is dropped as soon as the first byte of the answer comes. */
  readonly cutAnswer?: boolean;
  /** How long the answer is waited for, in real time. */
  readonly timeoutMs?: number;
}

export interface CallOptions extends ComposeOptions, Delivery {}

/** One call of the cloud, with what came of it. */
export interface Call {
  readonly interface: DownName;
  readonly requestId: string;
  /** As it stood in the frame. */
  readonly data: JsonObject;
  readonly frame: Buffer;
  readonly outcome: 'answered' | 'none' | 'closed' | 'not-sent';
  readonly answer: DownAnswer | null;
  readonly code: number | null;
  readonly ok: boolean;
  /** From the last byte of the request to the answer, in real time. */
  readonly ms: number | null;
  /** Whether the car park should do it; null is left open. */
  readonly legal: boolean | null;
  readonly violations: readonly Finding[];
}

/** What is agreed with a city about its frames. */
export interface DownAgreement {
  /** Names of methods on the wire, where they are others. */
  readonly methods: Map<string, string>;
  signHeader: boolean;
  signReplies: boolean;
}

export interface Ask {
  readonly name: DownName;
  readonly fields: JsonObject;
  readonly options?: CallOptions;
}

type Reply = { readonly node: Node; readonly at: number } | 'none' | 'closed';

interface Pending {
  readonly requestId: string;
  readonly legal: boolean | null;
  readonly settle: (reply: Reply) => void;
}

interface Parts {
  readonly keys: Keys;
  readonly state: State;
  readonly hooks: Hooks;
  readonly look: () => void;
  readonly report: (name: string, findings: readonly Finding[]) => void;
  /** Told of every call that ended. */
  readonly ended: (call: Call) => void;
}

const GARBAGE_MS = 1_500;
const GRACE_MS = 1_000;
/** Codes of what was never looked at, so that nothing of it is kept. */
const UNREAD: readonly number[] = [400, 401, 408];

/** Where the cloud asks: requests and their answers on the one connection. */
export class Downlink {
  /** Of a car park that listens, `host:port`. */
  address = '';
  readonly calls: Call[] = [];
  /** Frames that answer nothing. */
  readonly strays: JsonObject[] = [];
  readonly agreement: DownAgreement;
  readonly #parts: Parts;
  readonly #line: () => Line;
  readonly #pending: Pending[] = [];
  readonly #first = new Map<string, { readonly call: Call; readonly said: string }>();
  readonly #overdue = new Set<string>();
  #writing: Promise<unknown> = Promise.resolve();
  #made = 0;

  constructor(parts: Parts, line: () => Line, agreement: DownAgreement) {
    this.#parts = parts;
    this.#line = line;
    this.agreement = agreement;
  }

  async call(name: DownName, fields: JsonObject, options: CallOptions = {}): Promise<Call> {
    const [call] = await this.together([{ name, fields, options }]);
    if (!call) throw new Error('no call came of it');
    return call;
  }

  /** Several calls in one write; how it travels is the first one's. */
  together(asks: readonly Ask[]): Promise<Call[]> {
    const made = asks.map(({ name, fields, options = {} }) => {
      const composed = compose(name, fields, options, options.requestId ?? this.#id(), this.#context());
      return { name, composed, options };
    });
    return this.#send(made);
  }

  /** The very bytes of an earlier call. */
  async replay(call: Call, options: Delivery & Pick<ComposeOptions, 'legal'> = {}): Promise<Call> {
    const { frame, requestId, data } = call;
    const composed: Composed = { frame, requestId, data, legal: options.legal ?? call.legal, codes: [] };
    const [again] = await this.#send([{ name: call.interface, composed, options }]);
    if (!again) throw new Error('no call came of it');
    return again;
  }

  /** An answer of the car park. */
  heard(node: Node): void {
    const root = isObject(node.value) ? node.value : {};
    const { requestId, method } = root;
    const id = typeof requestId === 'string' ? requestId : '';
    const index = this.#pending.findIndex((one) => one.requestId === id);
    // Who could not read the id cannot repeat it.
    const instead = index < 0 && id === '' ? this.#pending.findIndex(({ legal }) => legal === false) : index;
    const [pending] = instead < 0 ? [] : this.#pending.splice(instead, 1);
    if (pending) {
      pending.settle({ node, at: performance.now() });
      return;
    }
    this.strays.push(root);
    const isLate = this.#overdue.delete(id);
    const detail = `${isLate ? 'too late' : 'nobody asked'}: ${String(method)} ${id}`;
    this.#parts.report(String(method), [finding(isLate ? 'late' : 'answer', detail)]);
  }

  /** The connection is gone: nothing more comes. */
  lost(): void {
    for (const { settle } of this.#pending.splice(0)) settle('closed');
  }

  #id(): string {
    this.#made += 1;
    return `8f14e45f-ceea-467f-a8d0-${String(this.#made).padStart(12, '0')}`;
  }

  #context() {
    const { keys, state } = this.#parts;
    const { methods, signHeader } = this.agreement;
    const { windowMs } = state.pace;
    return { keys, framing: this.#line().framing, now: state.now(), windowMs, methods, signHeader };
  }

  async #send(
    made: readonly { readonly name: DownName; readonly composed: Composed; readonly options: CallOptions }[],
  ): Promise<Call[]> {
    const { hooks } = this.#parts;
    for (const { name, composed } of made) await hooks.at('pushing', this.#about(name, composed.data), composed.data);
    const delivery = made[0]?.options ?? {};
    const isOut = this.#line().online;
    const waits = isOut ? made.map(({ composed, options }) => this.#wait(composed, options)) : [];
    if (isOut) {
      if (delivery.cutAnswer) this.#line().dropAtNextByte();
      const bytes = Buffer.concat(made.map(({ composed }) => composed.frame));
      const written = this.#writing.then(() => this.#deliver(bytes, delivery));
      this.#writing = written.catch(() => undefined);
      await written;
    }
    const sentAt = performance.now();
    const replies = await Promise.all(waits);
    const calls = made.map(({ name, composed, options }, index) =>
      this.#ended(name, composed, options, isOut ? (replies[index] ?? 'none') : null, sentAt),
    );
    for (const call of calls) await hooks.at('pushed', this.#about(call.interface, call.data), call.data);
    this.#parts.look();
    return calls;
  }

  #about(name: DownName, data: JsonObject): About {
    const [plate = '', recordCode = '', subject = ''] = ['plateNumber', 'recordCode', 'barCode'].map((field) =>
      String(data[field] ?? ''),
    );
    return { direction: 'down', interface: name, plate, recordCode, subject };
  }

  #wait({ requestId, legal }: Composed, options: CallOptions): Promise<Reply> {
    const isGarbage = options.payload !== undefined || options.length !== undefined;
    const timeoutMs = options.timeoutMs ?? (isGarbage ? GARBAGE_MS : this.#parts.state.pace.replyMs + GRACE_MS);
    return new Promise((resolve) => {
      const pending: Pending = {
        ...{ requestId, legal },
        settle: (reply) => {
          clearTimeout(timer);
          resolve(reply);
        },
      };
      const timer = setTimeout(() => {
        const index = this.#pending.indexOf(pending);
        if (index >= 0) this.#pending.splice(index, 1);
        this.#overdue.add(requestId);
        resolve('none');
      }, timeoutMs);
      this.#pending.push(pending);
    });
  }

  async #deliver(bytes: Buffer, { fragment, pauseMs = 0, cutAfter }: Delivery): Promise<void> {
    const line = this.#line();
    const whole = cutAfter === undefined ? bytes : bytes.subarray(0, cutAfter);
    const size = fragment ?? Math.max(1, whole.length);
    for (let from = 0; from < whole.length; from += size) {
      if (!(await line.write(whole.subarray(from, from + size)))) break;
      if (fragment !== undefined) await pause(pauseMs);
    }
    if (cutAfter === undefined) return;
    // RST would take with it what still lies in the buffers.
    await pause(CUT_PAUSE_MS);
    line.drop();
  }

  #ended(name: DownName, composed: Composed, options: CallOptions, reply: Reply | null, sentAt: number): Call {
    const { state, report, ended } = this.#parts;
    const { requestId, data, frame, legal, codes } = composed;
    const base = { interface: name, requestId, data, frame, legal };
    const isCut = options.cutAfter !== undefined || options.cutAnswer === true;
    if (reply === null || typeof reply === 'string') {
      const violations: Finding[] = [];
      if (reply === 'none' && legal && !isCut && this.#line().will.reads)
        violations.push(finding('late', `no answer to ${name} ${requestId}`));
      const rest = { outcome: reply ?? 'not-sent', answer: null, code: null, ok: false, ms: null } as const;
      const call: Call = { ...base, ...rest, violations };
      report(name, violations);
      this.calls.push(call);
      ended(call);
      return call;
    }
    const ms = Math.max(0, reply.at - sentAt);
    const method = options.method ?? this.agreement.methods.get(name) ?? name;
    const { keys } = this.#parts;
    const { signReplies } = this.agreement;
    const due = { name, method, requestId, keys, now: state.now(), windowMs: state.pace.windowMs, signReplies };
    const { answer, findings } = readAnswer(reply.node, due);
    const code = answer?.code ?? null;
    // What cannot be read needs no proper head in its answer.
    const violations = legal === false && code !== 0 ? findings.filter(({ rule }) => rule === 'code') : [...findings];
    if (ms > state.pace.replyMs) violations.push(finding('late', `${name} is answered after ${Math.round(ms)} ms`));
    if (legal === false && code === 0) violations.push(finding('accepted', `${name} ${requestId} is answered 0`));
    if (legal === false && code !== null && code !== 0 && codes.length > 0 && !codes.includes(code))
      violations.push(finding('code', `code ${code} instead of ${codes.join(' or ')}`, 'code'));
    if (answer && legal) violations.push(...senseFaults(name, data, answer, state));
    const call: Call = { ...base, outcome: 'answered', answer, code, ok: code === 0, ms, violations };
    if (legal) violations.push(...this.#sameAnswer(call));
    report(name, violations);
    this.calls.push(call);
    ended(call);
    return call;
  }

  /** One requestId has one answer, whatever is asked under it. */
  #sameAnswer(call: Call): Finding[] {
    const { requestId, answer, code } = call;
    if (!answer || code === null) return [];
    const said = JSON.stringify([code, answer.msg, answer.data]);
    const first = this.#first.get(requestId);
    if (!first) {
      if (!UNREAD.includes(code)) this.#first.set(requestId, { call, said });
      return [];
    }
    if (first.said === said) return [];
    const isSame = first.call.frame.equals(call.frame);
    // Too old by now, or seen through as something else.
    if (code === 408 || (!isSame && code !== 0)) return [];
    return [finding('replay', `${requestId} was answered ${first.said.slice(0, 80)}, is ${said.slice(0, 80)}`)];
  }
}

const CUT_PAUSE_MS = 20;
