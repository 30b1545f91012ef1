import { type Answer, answerOf } from './answer.ts';
import type { Repeat } from './books.ts';
import type { City } from './city.ts';
import type { Confirm } from './confirms.ts';
import type { Downlink } from './downlink.ts';
import { type Fault, processes } from './faults.ts';
import { type Finding, finding, type Opened } from './finding.ts';
import { type Examined, examine, type IntakeKeys, type RawRequest } from './intake.ts';
import type { Request, UplinkInterface } from './interface.ts';
import { INTERFACES } from './interfaces/index.ts';
import type { WireObject } from './lossless-json.ts';

/** A rule that a request broke. */
export interface Violation extends Finding {
  readonly at: number;
  readonly interface: string;
}

/** One request, in order of arrival. */
export interface Logged {
  readonly at: number;
  readonly interface: string;
  /** The content of `data`, when it could be read. */
  readonly body: WireObject | null;
  /** The decrypted text as it was. */
  readonly text: string | null;
  readonly outcome: 'accepted' | 'repeat' | 'refused' | Fault['kind'];
  readonly findings: readonly Finding[];
}

/** What becomes of a request. */
export interface Judged {
  readonly outcome: Logged['outcome'];
  readonly findings: readonly Finding[];
  readonly answer: Answer;
  readonly confirm?: Confirm;
  /** There when it was accepted. */
  readonly request?: Request;
}

/** Where requests are judged, entered in the books and answered. */
export class Desk {
  readonly log: Logged[] = [];
  readonly violations: Violation[] = [];
  readonly unproven: Violation[] = [];
  readonly repeats: Repeat[] = [];
  /** How a repeat is answered: as done, or with 204 and a sentence in Chinese. */
  repeatAnswer: 'success' | 'duplicate-204' = 'success';
  readonly #city: City;
  readonly #downlink: Downlink;
  readonly #keys: IntakeKeys;

  constructor(city: City, downlink: Downlink, keys: IntakeKeys) {
    this.#city = city;
    this.#downlink = downlink;
    this.#keys = keys;
  }

  /** A request that never got as far as being read. */
  unread(name: string, outcome: Fault['kind']): void {
    this.log.push({ at: this.#city.now(), interface: name, body: null, text: null, outcome, findings: [] });
  }

  receive(name: string, raw: RawRequest, fault: Fault | undefined, at: number): Judged {
    const definition = INTERFACES.get(name);
    const examined: Examined = definition
      ? examine(definition, raw, this.#keys)
      : { findings: [finding('unknown-interface', `no interface ${name}`)], text: null, opened: null, file: undefined };
    const judged = this.#judge(definition, examined, fault, at);
    for (const item of judged.findings)
      (item.proven ? this.violations : this.unproven).push({ ...item, at, interface: name });
    const { outcome, findings } = judged;
    this.log.push({ at, interface: name, body: examined.opened?.data ?? null, text: examined.text, outcome, findings });
    return judged;
  }

  #judge(
    definition: UplinkInterface | undefined,
    { findings, opened, file }: Examined,
    fault: Fault | undefined,
    at: number,
  ): Judged {
    if (fault && !processes(fault)) return { outcome: fault.kind, findings, answer: answerOf(findings) };
    if (!definition || !opened) return { outcome: 'refused', findings, answer: answerOf(findings) };
    // A rule that is only rebuilt refuses nothing, unless the platform could do nothing without the field.
    const stops = (item: Finding): boolean =>
      item.proven || (item.field !== null && definition.needs?.includes(item.field) === true);
    if (findings.some(stops)) return { outcome: 'refused', findings, answer: answerOf(findings.filter(stops)) };

    const request: Request = { data: opened.data, params: opened.params, at };
    const repeat = this.#repeatOf(definition, request);
    if (repeat) {
      this.repeats.push(repeat);
      const duplicate = this.repeatAnswer === 'duplicate-204';
      const answer = duplicate ? { code: 204, msg: '流水号重复，该记录已存在' } : this.#success();
      return { outcome: 'repeat', findings, answer };
    }
    const { objections, confirm, again } = this.#objections(definition, request, opened);
    const all = [...findings, ...objections];
    const said = confirm ? { confirm } : {};
    if (objections.some(stops))
      return { outcome: 'refused', findings: all, answer: answerOf(objections.filter(stops)), ...said };
    if (confirm && again) {
      const { requestId: id, interface: name } = confirm;
      this.repeats.push({ at, interface: name, uid: '', id, changed: [] });
      return { outcome: 'repeat', findings: all, answer: this.#success(), ...said };
    }
    this.#city.books.enter(definition, opened.data, at, file);
    const answer = { ...this.#success(), ...definition.process?.(request, this.#city) };
    return { outcome: 'accepted', findings: all, answer, request, ...said };
  }

  #objections(
    definition: UplinkInterface,
    request: Request,
    opened: Opened,
  ): { readonly objections: Finding[]; readonly confirm?: Confirm; readonly again: boolean } {
    const objections = [
      ...this.#city.books.objections(definition, request.data),
      ...(definition.objections?.(request, this.#city) ?? []),
    ];
    const { answers, name } = definition;
    if (answers === undefined) return { objections, again: false };
    const booked = this.#downlink.answers.book(name, answers, opened, request.at);
    return { objections: [...objections, ...booked.findings], confirm: booked.confirm, again: booked.again };
  }

  #repeatOf(definition: UplinkInterface, request: Request): Repeat | undefined {
    const { data, at } = request;
    const changed = definition.repeats?.(request, this.#city);
    if (!changed) return this.#city.books.repeatOf(definition, data, at);
    return { at, interface: definition.name, uid: String(data.uid), id: String(data.arriveID), changed };
  }

  #success(): Answer {
    return answerOf([], this.#city.style.msg);
  }
}
