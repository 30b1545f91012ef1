import { processes } from '../http/faults.ts';
import { FindingList, type ViolationOf } from '../http/finding.ts';
import type { About, Fault } from './faults.ts';
import { type Finding, finding, type Rule } from './finding.ts';
import { type Examined, examine, type TimedRequest } from './intake.ts';
import type { UpInterface } from './interface.ts';
import { UP } from './interfaces/index.ts';
import { type JsonObject, readObject, textOf } from './json.ts';
import { keepSend, type Result, type Send, type Told } from './sends.ts';
import type { Keys } from './spelling.ts';
import type { Request, State } from './state.ts';
import type { Answer } from './style.ts';
import type { Verdict } from './wills.ts';

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
  /** What the cloud would say, or said, unless a fault was in the way. */
  readonly answer: '0' | '1' | null;
  readonly findings: readonly Finding[];
}

/** A request with what comes of it, before anything is written. */
export interface Judged {
  readonly outcome: Logged['outcome'];
  readonly findings: readonly Finding[];
  readonly answer: Answer;
  readonly delayMs: number;
  /** Nothing is answered at all. */
  readonly silent: boolean;
  /** Says what became of the answer. */
  readonly settle: (result: Result) => void;
}

const no = (findings: readonly Finding[]): Answer => ({
  respCode: '1',
  respDesc: `请求不合规范: ${findings.map(({ detail }) => detail).join('; ')}`.slice(0, 200),
});

/** Where up requests are judged, worked on and answered. */
export class Desk extends FindingList<Rule> {
  readonly log: Logged[] = [];
  /** Whether broken rules are refused, or only noted where the cloud can go on. */
  strict = true;
  readonly #state: State;
  readonly #keys: Keys;

  constructor(state: State, keys: Keys) {
    super(() => state.now());
    this.#state = state;
    this.#keys = keys;
  }

  /** What a request is about, before anything of it is believed. */
  about(name: string, body: Buffer): { readonly about: About; readonly fields: JsonObject } {
    const read = readObject(body);
    const fields = 'fields' in read ? read.fields : {};
    const about = { plate: textOf(fields, 'plateNumber'), uuid: textOf(fields, 'uuid') };
    return { about: { direction: 'up', interface: name, ...about }, fields };
  }

  receive(name: string, raw: TimedRequest, fault: Fault | undefined): Judged {
    const at = this.#state.now();
    const definition = UP.get(name);
    const unknown: Examined = {
      ...{ fields: {}, usable: false },
      findings: [finding('unknown-interface', `no interface ${name}`)],
    };
    const { skewMs } = this.#state.pace;
    const examined = definition ? examine(definition, raw, this.#keys, at, skewMs) : unknown;
    const judged = this.#judge(definition, examined, { fields: examined.fields, at, ms: raw.ms }, fault);
    const { outcome, findings, answer } = judged;
    this.report(name, 'up', findings);
    const said = processes(fault) && !judged.silent ? answer.respCode : null;
    this.log.push({ ...{ at, ms: raw.ms, interface: name }, fields: examined.fields, outcome, answer: said, findings });
    return judged;
  }

  #judge(definition: UpInterface | undefined, examined: Examined, request: Request, fault: Fault | undefined): Judged {
    const { findings, usable } = examined;
    const works = processes(fault);
    const plain = { delayMs: 0, silent: false };
    if (!definition || !usable) {
      const outcome = works || !fault ? 'refused' : fault.kind;
      return { outcome, findings, answer: no(findings), ...plain, settle: () => undefined };
    }
    const all = [
      ...findings,
      ...definition.relations(request, this.#state),
      ...definition.objections(request, this.#state),
    ];
    const told = definition.told(request, this.#state);
    const send = keepSend(told, textOf(request.fields, 'time'), request.at, request.ms);
    const settle = (result: Result): void => this.#settle(definition, told, send, result);
    if (fault && !works) return { outcome: fault.kind, findings: all, answer: no(all), ...plain, settle };
    if (this.strict && all.some(({ proven }) => proven)) {
      send.answer = '1';
      return { outcome: 'refused', findings: all, answer: no(all), ...plain, settle };
    }
    const verdict: Verdict = definition.process(request, this.#state);
    send.answer = verdict.silent ? null : verdict.code;
    const { code, silent, delayMs } = verdict;
    const answer: Answer = { respCode: code, respDesc: code === '1' ? '该车辆未授权，不允许开闸' : '' };
    return { outcome: 'accepted', findings: all, answer, delayMs, silent, settle };
  }

  #settle(definition: UpInterface, told: Told, send: Send, result: Result): void {
    if (send.result !== 'pending') return;
    send.result = result;
    send.endedMs = this.#state.monotonic();
    send.endedAt = this.#state.now();
    if (result === 'heard') definition.answered?.(told, this.#state);
  }
}
