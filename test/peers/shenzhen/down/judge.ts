import { type Finding, finding } from '../finding.ts';
import type { Keys } from '../intake.ts';
import type { JsonObject, Node } from '../json.ts';
import type { State } from '../state.ts';
import { type DownAnswer, readAnswer } from './answers.ts';
import type { Composed, ComposeOptions } from './compose.ts';
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
  readonly doubts: readonly Finding[];
}

/** What is agreed with a city about its frames. */
export interface DownAgreement {
  /** Names of methods on the wire, where they are others. */
  readonly methods: Map<string, string>;
  signHeader: boolean;
  signReplies: boolean;
}

/** What came back, if anything did. */
export type Reply = { readonly node: Node; readonly at: number } | 'none' | 'closed';

/** Codes of what was never looked at, so that nothing of it is kept. */
const UNREAD: readonly number[] = [400, 401, 408];

/** Where answers of the car park are judged. */
export class Judge {
  readonly #keys: Keys;
  readonly #state: State;
  readonly #agreement: DownAgreement;
  readonly #first = new Map<string, { readonly call: Call; readonly said: string }>();

  constructor(keys: Keys, state: State, agreement: DownAgreement) {
    this.#keys = keys;
    this.#state = state;
    this.#agreement = agreement;
  }

  /** A call that went out, with what came of it; `reads` is whether the cloud would have read an answer. */
  answered(
    name: DownName,
    composed: Composed,
    options: CallOptions,
    reply: Reply,
    sentAt: number,
    reads: boolean,
  ): Call {
    const { requestId, data, frame, legal, codes } = composed;
    const base = { interface: name, requestId, data, frame, legal };
    if (typeof reply === 'string') {
      const isCut = options.cutAfter !== undefined || options.cutAnswer === true;
      // What is well-formed is refused, not ignored.
      const isLate = reply === 'none' && (legal === true || codes.length > 0) && !isCut && reads;
      const violations = isLate ? [finding('late', `no answer to ${name} ${requestId}`)] : [];
      return { ...base, outcome: reply, ...NOTHING, violations };
    }
    const { windowMs, replyMs } = this.#state.pace;
    const { methods, signReplies } = this.#agreement;
    const ms = Math.max(0, reply.at - sentAt);
    const method = options.method ?? methods.get(name) ?? name;
    const due = { name, method, requestId, keys: this.#keys, now: this.#state.now(), windowMs, signReplies };
    const { answer, findings } = readAnswer(reply.node, due);
    const code = answer?.code ?? null;
    // What cannot be read needs no proper head in its answer.
    const found = legal === false && code !== 0 ? findings.filter(({ rule }) => rule === 'code') : [...findings];
    if (ms > replyMs) found.push(finding('late', `${name} is answered after ${Math.round(ms)} ms`));
    if (legal === false && code === 0) found.push(finding('accepted', `${name} ${requestId} is answered 0`));
    if (legal === false && code !== null && code !== 0 && codes.length > 0 && !codes.includes(code))
      found.push(finding('code', `code ${code} instead of ${codes.join(' or ')}`, 'code'));
    if (answer && legal) found.push(...senseFaults(name, data, answer, this.#state));
    const call = {
      ...base,
      outcome: 'answered',
      answer,
      code,
      ok: code === 0,
      ms,
      violations: [],
      doubts: [],
    } as const;
    if (legal) found.push(...this.#sameAnswer(call));
    const [violations, doubts] = [true, false].map((proven) => found.filter((one) => one.proven === proven));
    return { ...call, violations: violations ?? [], doubts: doubts ?? [] };
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

/** Of a call without an answer. */
export const NOTHING = { answer: null, code: null, ok: false, ms: null, doubts: [] } as const;
