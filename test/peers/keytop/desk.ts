import { FindingList, type ViolationOf } from '../http/finding.ts';
import { type About, type Fault, works } from './faults.ts';
import { type Finding, finding, type Rule } from './finding.ts';
import { type Access, type Examined, examine, peek, type UpRequest } from './intake.ts';
import type { Processed, UpInterface } from './interface.ts';
import { UP } from './interfaces/index.ts';
import { type JsonObject, textOf } from './json.ts';
import { objections } from './objections.ts';
import { keepSend, type Result, type Told } from './sends.ts';
import type { Request, State } from './state.ts';
import { plateOf } from './stays.ts';
import { type Answer, refusal } from './style.ts';
import { percentDecoded } from './validate.ts';

/** A rule that the car park broke. */
export type Violation = ViolationOf<Rule>;

/** One up request, in order of arrival. */
export interface Logged {
  readonly at: number;
  /** When its head arrived, by the monotonic clock. */
  readonly ms: number;
  readonly interface: string;
  readonly fields: JsonObject;
  readonly outcome: 'accepted' | 'refused' | Fault['kind'];
  /** The answer that there would be, or was, unless a fault was in the way. */
  readonly answer: Answer | null;
  readonly findings: readonly Finding[];
}

/** A request with what comes of it, before anything is written. */
export interface Judged {
  readonly outcome: Logged['outcome'];
  readonly findings: readonly Finding[];
  readonly answer: Answer;
  readonly delayMs: number;
  /** Says what became of the answer. */
  readonly settle: (result: Result) => void;
}

const no = (findings: readonly Finding[]): Answer =>
  refusal(`请求不合规范: ${findings.map(({ detail }) => detail).join('; ')}`.slice(0, 200));

const nothing = (): void => undefined;

/** Plate of any up interface. */
const plateIn = (fields: JsonObject): string =>
  plateOf(textOf(fields, 'plateNo')) || (percentDecoded(textOf(fields, 'plateNum') || textOf(fields, 'carNo')) ?? '');

/** Where up requests are judged, worked on and answered. */
export class Desk extends FindingList<Rule> {
  readonly log: Logged[] = [];
  /** Whether broken rules are refused, or only noted where the third party can go on. */
  strict = true;
  readonly #state: State;
  readonly #access: Access & { readonly parkCode: string };

  constructor(state: State, access: Access & { readonly parkCode: string }) {
    super(() => state.now());
    this.#state = state;
    this.#access = access;
  }

  /** What a request is about, before anything of it is believed. */
  about(name: string, body: Buffer): { readonly about: About; readonly fields: JsonObject } {
    const fields = peek(body, this.#access.key, this.#state.now());
    const about = { plate: plateIn(fields), orderNo: textOf(fields, 'orderNo') };
    return { about: { direction: 'up', interface: name, ...about }, fields };
  }

  receive(name: string, raw: UpRequest, fault: Fault | undefined): Judged {
    const at = this.#state.now();
    const definition = UP.get(name);
    const unknown: Examined = {
      ...{ fields: {}, usable: false },
      findings: [finding('unknown-interface', `no interface ${name}`)],
    };
    const examined = definition ? examine(definition, raw, this.#access, at) : unknown;
    const judged = this.#judge(definition, examined, { fields: examined.fields, at, ms: raw.ms }, fault);
    const { outcome, findings, answer } = judged;
    this.report(name, 'up', findings);
    const said = works(fault) ? answer : null;
    this.log.push({ ...{ at, ms: raw.ms, interface: name }, fields: examined.fields, outcome, answer: said, findings });
    return judged;
  }

  #judge(definition: UpInterface | undefined, examined: Examined, request: Request, fault: Fault | undefined): Judged {
    const { findings, usable } = examined;
    const plain = { delayMs: 0, settle: nothing };
    if (!definition || !usable) {
      const outcome = works(fault) || !fault ? 'refused' : fault.kind;
      return { outcome, findings, answer: no(findings), ...plain };
    }
    const all = [
      ...findings,
      ...definition.relations(request, this.#state),
      ...objections(definition, request, this.#state),
    ];
    const told = this.#told(definition, request);
    const send = keepSend(told, request.at, request.ms);
    told.newest = request.fields;
    let processed: Processed | undefined;
    const settle = (result: Result): void => {
      if (send.result !== 'pending') return;
      send.result = result;
      send.endedMs = this.#state.monotonic();
      processed?.settled?.(result);
      processed?.afterwards?.();
    };
    if (fault && !works(fault)) {
      const isRefused = fault.kind === 'refused';
      if (isRefused) send.answer = 1;
      const answer = isRefused ? refusal(fault.resMsg ?? '系统繁忙') : no(all);
      return { outcome: fault.kind, findings: all, answer, delayMs: 0, settle };
    }
    // Twice is done once, whether or not it is refused.
    if (this.strict && all.some(({ proven }) => proven)) {
      send.answer = 1;
      return { outcome: 'refused', findings: all, answer: no(all), delayMs: 0, settle };
    }
    processed = definition.process(request, this.#state, send);
    const { answer, delayMs = 0 } = processed;
    send.answer = answer.resCode;
    return { outcome: 'accepted', findings: all, answer, delayMs, settle };
  }

  #told(definition: UpInterface, request: Request): Told {
    const key = definition.key(request.fields, request);
    const id = `${definition.name} ${key}`;
    const known = this.#state.told.get(id);
    if (known) return known;
    const { fields } = request;
    const stay = definition.stay?.(fields, this.#state) ?? '';
    const told: Told = { interface: definition.name, key, fields, newest: fields, stay, sends: [] };
    this.#state.told.set(id, told);
    return told;
  }
}
