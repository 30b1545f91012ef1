import { processes } from '../http/faults.ts';
import { FindingList, type ViolationOf } from '../http/finding.ts';
import type { RawRequest } from '../http/request.ts';
import type { Conversations } from './conversations.ts';
import type { About, Fault } from './faults.ts';
import { type Finding, finding, type Rule } from './finding.ts';
import { readForm } from './form.ts';
import { type Examined, examine } from './intake.ts';
import type { UpInterface } from './interface.ts';
import { UP } from './interfaces/index.ts';
import type { Processed } from './processed.ts';
import type { Fields } from './sign.ts';
import type { Keys } from './spelling.ts';
import type { State } from './state.ts';
import type { Answer } from './style.ts';

/** A rule that the car park broke. */
export type Violation = ViolationOf<Rule>;

/** The same thing told again. `changed` names what differs; a mere resend has nothing there. */
export interface Repeat {
  readonly at: number;
  readonly interface: string;
  readonly recordId: string;
  readonly changed: readonly string[];
}

/** One up request, in order of arrival. */
export interface Logged {
  readonly at: number;
  readonly interface: string;
  readonly fields: Fields;
  readonly outcome: 'accepted' | 'repeat' | 'refused' | Fault['kind'];
  /** What the bank would say, or said, unless a fault was in the way. */
  readonly status: number | null;
  readonly findings: readonly Finding[];
}

interface Judged extends Processed {
  readonly outcome: Logged['outcome'];
  readonly findings: readonly Finding[];
}

const refusal = (status: number, findings: readonly Finding[]): Answer => ({
  ...{ status, message: `参数错误: ${findings.map(({ detail }) => detail).join('; ')}`.slice(0, 200) },
});

/** Where up requests are judged, worked on and answered. */
export class Desk extends FindingList<Rule> {
  readonly log: Logged[] = [];
  readonly repeats: Repeat[] = [];
  /** Whether broken rules are refused, or only noted where the bank can go on. */
  strict = true;
  readonly #state: State;
  readonly #conversations: Conversations;
  readonly #keys: Keys;

  constructor(state: State, conversations: Conversations, keys: Keys) {
    super(() => state.now());
    this.#state = state;
    this.#conversations = conversations;
    this.#keys = keys;
  }

  /** What a request is about, before anything of it is believed. */
  about(name: string, body: Buffer): { readonly about: About; readonly fields: Fields } {
    const { fields } = readForm(body);
    const { record_id = '', request_order = '', vpl_number = '' } = fields;
    const recordId = record_id || this.#state.orders.auto.get(request_order)?.recordId || '';
    const plate = vpl_number || this.#state.records.of(recordId)?.plate || '';
    return { about: { direction: 'up', interface: name, plate, recordId }, fields };
  }

  /** A request that was never looked at. */
  unread({ interface: name }: About, outcome: Fault['kind']): void {
    const at = this.#state.now();
    this.log.push({ at, interface: name, fields: {}, outcome, status: null, findings: [] });
  }

  /** A fault said no, whatever is true: a car park that goes by it does nothing wrong. */
  denied({ request_order = '' }: Fields): void {
    const order = this.#state.orders.auto.get(request_order);
    if (order) order.known = 'failed';
  }

  receive(name: string, raw: RawRequest, fault: Fault | undefined): Processed {
    const at = this.#state.now();
    const definition = UP.get(name);
    const unknown: Examined = {
      ...{ fields: {}, refusal: 404, usable: false },
      findings: [finding('unknown-interface', `no interface ${name}`)],
    };
    const examined = definition ? examine(definition, raw, this.#keys, at) : unknown;
    const judged = this.#judge(definition, examined, fault, at);
    const { outcome, findings, answer } = judged;
    this.report(name, 'up', findings);
    this.log.push({ at, interface: name, fields: examined.fields, outcome, status: answer.status, findings });
    return judged;
  }

  #judge(definition: UpInterface | undefined, examined: Examined, fault: Fault | undefined, at: number): Judged {
    const { fields, findings } = examined;
    const broken = findings.some(({ proven }) => proven);
    const refused: Judged = { outcome: 'refused', findings, answer: refusal(examined.refusal, findings) };
    if (!definition || !fields || (!examined.usable && broken)) return refused;
    this.#state.records.tried(definition.name, fields['record_id']);
    if (fault && !processes(fault)) return { ...refused, outcome: fault.kind };
    if (broken && this.strict) return refused;
    const request = { fields, at };
    const changed = definition.repeats?.(request, this.#state);
    const objections = definition.objections?.(request, this.#state) ?? [];
    const all = [...findings, ...objections];
    if (this.strict && objections.some(({ proven }) => proven))
      return { outcome: 'refused', findings: all, answer: refusal(1, objections) };
    if (changed) this.repeats.push({ at, interface: definition.name, recordId: fields['record_id'] ?? '', changed });
    const processed = definition.process(request, this.#state, this.#conversations);
    return { ...processed, outcome: changed ? 'repeat' : 'accepted', findings: all };
  }
}
