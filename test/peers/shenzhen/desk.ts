import { FindingList, type ViolationOf } from '../http/finding.ts';
import { type About, type Fault, works } from './faults.ts';
import { type Finding, finding, type Rule } from './finding.ts';
import { type Examined, examine, type Keys, type UpRequest } from './intake.ts';
import { contentOf, type UpInterface } from './interface.ts';
import { UP } from './interfaces/index.ts';
import { type BodyMode, type Fields, readBody } from './message.ts';
import { objections } from './objections.ts';
import type { Result, Send, Told } from './sends.ts';
import type { Request, State } from './state.ts';
import { type Answer, DONE } from './style.ts';
import type { Agreement } from './validate.ts';

/** A rule that the car park broke. */
export type Violation = ViolationOf<Rule>;

/** One message of the car park, in order of arrival; an envelope has several. */
export interface Logged {
  readonly at: number;
  /** When its head arrived, by the monotonic clock. */
  readonly ms: number;
  readonly interface: string;
  readonly fields: Fields;
  readonly outcome: 'accepted' | 'refused' | Fault['kind'];
  /** The answer that there would be, or was, unless a fault was in the way. */
  readonly answer: Answer | null;
  readonly findings: readonly Finding[];
  /** The body as it came. */
  readonly body: Buffer;
}

/** A request with what comes of it, before anything is written. */
export interface Judged {
  readonly answer: Answer;
  /** Says what became of the answer. */
  readonly settle: (result: Result) => void;
}

/** What a city may have agreed otherwise for what comes up. */
export interface UpAgreement extends Agreement {
  bodyMode: BodyMode;
  /** Where an interface is not called by POST. */
  readonly methods: Map<string, string>;
}

const CODE_BY_RULE: Partial<Record<Rule, number>> = {
  'access-key': 401,
  signature: 401,
  timestamp: 408,
  'unknown-interface': 405,
  'park-code': 404,
  'unknown-record': 404,
};
const BUSINESS: readonly Rule[] = [
  'order',
  'repeat',
  'changed',
  'stale',
  'second-exit',
  'pace',
  'newest',
  'sequence',
  'device',
  'record',
];

function refusal(findings: readonly Finding[]): Answer {
  const proven = findings.filter((one) => one.proven);
  const special = proven.map(({ rule }) => CODE_BY_RULE[rule]).find((code) => code !== undefined);
  const usual = proven.every(({ rule }) => BUSINESS.includes(rule)) ? 1 : 400;
  const msg = `请求不合规范: ${proven.map(({ detail }) => detail).join('; ')}`.slice(0, 200);
  return { code: special ?? usual, msg };
}

const nothing = (): void => undefined;

/** Where requests are judged, worked on and answered. */
export class Desk extends FindingList<Rule> {
  readonly log: Logged[] = [];
  /** Whether broken rules are refused, or only noted where the cloud can go on. */
  strict = true;
  readonly agreement: UpAgreement;
  readonly #state: State;
  readonly #keys: Keys;

  constructor(state: State, keys: Keys, agreement: UpAgreement) {
    super(() => state.now());
    this.#state = state;
    this.#keys = keys;
    this.agreement = agreement;
  }

  /** What a request is about, before anything of it is believed. */
  about(name: string, body: Buffer): { readonly about: About; readonly fields: Fields } {
    const fields = readBody(body, this.agreement.bodyMode).messages[0]?.fields ?? {};
    const { plateNumber: plate = '', recordCode = '' } = fields;
    const subject = UP.get(name)?.subject(fields) ?? '';
    return { about: { direction: 'up', interface: name, plate, recordCode, subject }, fields };
  }

  receive(name: string, raw: UpRequest, fault: Fault | undefined): Judged {
    const at = this.#state.now();
    const { windowMs } = this.#state.pace;
    const definition = UP.get(name);
    const unknown = [finding('unknown-interface', `no interface ${name}`)];
    const method = this.agreement.methods.get(name) ?? 'POST';
    const examined: readonly Examined[] = definition
      ? examine(definition, raw, this.#keys, { ...this.agreement, method, now: at, windowMs })
      : [{ fields: {}, findings: unknown, usable: false }];
    const judged = examined.map((one) => this.#one(name, definition, one, raw, at, fault));
    return {
      answer: judged.find(({ answer }) => answer.code !== 0)?.answer ?? judged[0]?.answer ?? DONE,
      settle: (result) => {
        for (const { settle } of judged) settle(result);
      },
    };
  }

  #one(
    name: string,
    definition: UpInterface | undefined,
    examined: Examined,
    { ms, body }: UpRequest,
    at: number,
    fault: Fault | undefined,
  ): Judged {
    const { fields } = examined;
    const { outcome, findings, answer, settle } = this.#judge(definition, examined, { fields, at, ms }, fault);
    this.report(name, 'up', findings);
    const said = works(fault) || fault?.kind === 'refused' ? answer : null;
    this.log.push({ ...{ at, ms, interface: name, fields, outcome, findings, body }, answer: said });
    return { answer, settle };
  }

  #judge(
    definition: UpInterface | undefined,
    examined: Examined,
    request: Request,
    fault: Fault | undefined,
  ): Judged & Pick<Logged, 'outcome' | 'findings'> {
    const { findings, usable } = examined;
    if (!definition || !usable)
      return {
        outcome: fault && !works(fault) ? fault.kind : 'refused',
        findings,
        answer: refusal(findings),
        settle: nothing,
      };
    const told = this.#told(definition, request.fields);
    const known = told.sends.length > 0 ? told : undefined;
    const all = [
      ...findings,
      ...definition.relations(request, this.#state, known),
      ...objections(definition, request, known, this.#state),
    ];
    const send = this.#keep(definition, told, request);
    const settle = (result: Result): void => {
      if (send.result !== 'pending') return;
      send.result = result;
      send.endedMs = this.#state.monotonic();
    };
    const say = (outcome: Logged['outcome'], answer: Answer, success: boolean) => {
      Object.assign(send, { code: answer.code, success });
      return { outcome, findings: all, answer, settle };
    };
    if (fault?.kind === 'refused')
      return say('refused', { code: fault.code ?? 1, msg: fault.msg ?? '系统繁忙' }, false);
    if (fault && !works(fault)) return { outcome: fault.kind, findings: all, answer: refusal(all), settle };
    const again = told.sends.find((other) => other !== send && other.processed && other.content === send.content);
    // Twice is done once, whether or not it is refused.
    if (this.strict && all.some(({ proven }) => proven)) return say('refused', refusal(all), false);
    definition.process(request, this.#state);
    send.processed = true;
    this.#state.asked.get(told.recordCode)?.left.delete(definition.name);
    if (fault?.kind === 'duplicate')
      return say('accepted', { code: fault.code ?? 1, msg: fault.msg ?? '记录已存在，请勿重复上传' }, true);
    const { duplicate } = this.#state.style;
    return say('accepted', again && duplicate ? duplicate : DONE, true);
  }

  #told(definition: UpInterface, fields: Fields): Told {
    const key = definition.key(fields);
    const id = `${definition.name} ${key}`;
    const known = this.#state.told.get(id);
    if (known) return known;
    const recordCode = definition.kind === 'record' ? (fields['recordCode'] ?? '') : '';
    const told: Told = { interface: definition.name, key, recordCode, sends: [] };
    this.#state.told.set(id, told);
    return told;
  }

  #keep(definition: UpInterface, told: Told, { fields, at, ms }: Request): Send {
    const send: Send = {
      ...{ fields, content: contentOf(definition, fields), at, ms, code: null, success: false, processed: false },
      ...{ result: 'pending', endedMs: null, forgotten: false },
    };
    told.sends.push(send);
    return send;
  }
}
