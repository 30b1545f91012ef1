import { pause } from '../../timers.ts';
import type { About } from '../faults.ts';
import { type Finding, finding } from '../finding.ts';
import type { Hooks } from '../hooks.ts';
import type { Keys } from '../intake.ts';
import { isObject, type JsonObject, type Node } from '../json.ts';
import type { State } from '../state.ts';
import type { Line } from '../tcp/line.ts';
import { type Composed, type ComposeOptions, compose } from './compose.ts';
import { type Call, type CallOptions, type Delivery, type DownAgreement, Judge, NOTHING, type Reply } from './judge.ts';
import type { DownName } from './tables.ts';

export interface Ask {
  readonly name: DownName;
  readonly fields: JsonObject;
  readonly options?: CallOptions;
}

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
}

const GARBAGE_MS = 1_500;
const GRACE_MS = 1_000;
/** An answer that is waited for, from `arm` on not for ever. */
interface Wait {
  readonly reply: Promise<Reply>;
  readonly arm: () => void;
}

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
  readonly #judge: Judge;
  readonly #overdue = new Set<string>();
  #writing: Promise<unknown> = Promise.resolve();
  #made = 0;

  constructor(parts: Parts, line: () => Line, agreement: DownAgreement) {
    this.#parts = parts;
    this.#line = line;
    this.agreement = agreement;
    this.#judge = new Judge(parts.keys, parts.state, agreement);
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
    for (const { arm } of waits) arm();
    const replies = await Promise.all(waits.map(({ reply }) => reply));
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

  #wait({ requestId, legal }: Composed, options: CallOptions): Wait {
    const isGarbage = options.payload !== undefined || options.length !== undefined;
    const timeoutMs = options.timeoutMs ?? (isGarbage ? GARBAGE_MS : this.#parts.state.pace.replyMs + GRACE_MS);
    let timer: NodeJS.Timeout | undefined;
    const { promise: reply, resolve } = Promise.withResolvers<Reply>();
    const pending: Pending = {
      ...{ requestId, legal },
      settle: (said) => {
        clearTimeout(timer);
        resolve(said);
      },
    };
    this.#pending.push(pending);
    const giveUp = (): void => {
      const index = this.#pending.indexOf(pending);
      if (index < 0) return;
      this.#pending.splice(index, 1);
      this.#overdue.add(requestId);
      resolve('none');
    };
    // What is on its way slowly is not late yet.
    const arm = (): void => {
      if (this.#pending.includes(pending)) timer = setTimeout(giveUp, timeoutMs);
    };
    return { reply, arm };
  }

  async #deliver(bytes: Buffer, { fragment, pauseMs = 0, cutAfter }: Delivery): Promise<void> {
    const line = this.#line();
    const whole = cutAfter === undefined ? bytes : bytes.subarray(0, cutAfter);
    const size = fragment ?? Math.max(1, whole.length);
    for (let from = 0; from < whole.length; from += size) {
      if (!(await within(line.write(whole.subarray(from, from + size)), STALL_MS))) break;
      if (fragment !== undefined) await pause(pauseMs);
    }
    if (cutAfter === undefined) return;
    // RST would take with it what still lies in the buffers.
    await pause(CUT_PAUSE_MS);
    line.drop();
  }

  #ended(name: DownName, composed: Composed, options: CallOptions, reply: Reply | null, sentAt: number): Call {
    const { requestId, data, frame, legal } = composed;
    const base = { interface: name, requestId, data, frame, legal };
    const call: Call = reply
      ? this.#judge.answered(name, composed, options, reply, sentAt, this.#line().will.reads)
      : { ...base, outcome: 'not-sent', ...NOTHING, violations: [] };
    this.#parts.report(name, [...call.violations, ...call.doubts]);
    this.calls.push(call);
    return call;
  }
}

const CUT_PAUSE_MS = 20;
/** Somebody who does not read must not hold up a test. */
const STALL_MS = 2_000;

async function within(flushed: Promise<boolean>, ms: number): Promise<boolean> {
  const { promise: stalled, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(true), ms);
  try {
    return await Promise.race([flushed, stalled]);
  } finally {
    clearTimeout(timer);
  }
}
