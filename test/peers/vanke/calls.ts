import { PlatformPeer, type WiringOf } from '../http/platform-peer.ts';
import type { Alignment, OpenMode, PlaceStatus } from './codes.ts';
import type { DownName } from './down-tables.ts';
import type { Call, CallOptions } from './downlink.ts';
import type { About, Fault } from './faults.ts';
import { type Finding, finding, type Rule } from './finding.ts';
import { type JsonObject, textOf } from './json.ts';
import { wireTime } from './wire-time.ts';

/** Epoch ms, or a text that is sent as it stands. */
export type When = number | string;

export interface Paging {
  readonly pageSize?: number;
  readonly currentPage?: number;
}

export interface Period extends Paging {
  readonly beginTime: When;
  /** Now, if it is not given. */
  readonly endTime?: When;
}

export interface Line {
  readonly text: string;
  /** One of the three, or whatever a test wants to see refused. */
  readonly alignment: Alignment | (string & {});
}

/** All pages of a query. */
export interface Walk {
  readonly rows: readonly JsonObject[];
  readonly pages: readonly Call[];
  readonly violations: readonly Finding[];
}

export type Wiring = WiringOf<Fault, About, JsonObject>;
type Send = (name: DownName, params: JsonObject, options?: CallOptions) => Promise<Call>;

const when = (at: When | undefined): string | undefined => (typeof at === 'number' ? wireTime(at) : at);
const MOST_PAGES = 10_000;

/** 供应商提供接口, one method each. Every one calls once and resolves with what came of it. */
export abstract class Calls extends PlatformPeer<Fault, About, JsonObject, Rule> {
  readonly #send: Send;

  constructor(send: Send, wiring: Wiring) {
    super(wiring);
    this.#send = send;
  }

  openGate(
    gate: { readonly deviceNo: string; readonly plateNumber?: string; readonly openMode?: OpenMode | (string & {}) },
    options?: CallOptions,
  ): Promise<Call> {
    return this.#send('receiveOpenGate', { ...gate }, options);
  }

  showMsg(
    show: { readonly deviceNo: string; readonly lines: readonly Line[]; readonly asText?: boolean },
    options: CallOptions = {},
  ): Promise<Call> {
    const { deviceNo, lines, asText } = show;
    const spelling: CallOptions = asText ? { msgAs: 'string', ...options } : options;
    return this.#send('receiveShowMsg', { deviceNo, msg: lines }, spelling);
  }

  placeStatus(
    filter: Paging & { readonly placeStatus?: PlaceStatus | (string & {}); readonly placeNo?: string } = {},
    options?: CallOptions,
  ): Promise<Call> {
    return this.#send('queryPlaceStatus', { ...filter }, options);
  }

  unPushCross(period: Period, options?: CallOptions): Promise<Call> {
    return this.#period('queryUnPushCrossInfo', period, options);
  }

  unPushRecognition(period: Period, options?: CallOptions): Promise<Call> {
    return this.#period('queryUnPushRecognitionInfo', period, options);
  }

  allUnPushCross(from: When, to?: When, options?: CallOptions & Paging): Promise<Walk> {
    return this.#walk('queryUnPushCrossInfo', 'crossTime', from, to, options);
  }

  allUnPushRecognition(from: When, to?: When, options?: CallOptions & Paging): Promise<Walk> {
    return this.#walk('queryUnPushRecognitionInfo', 'recognitionTime', from, to, options);
  }

  inOutRecord(period: Period & { readonly plateNumber: string }, options?: CallOptions): Promise<Call> {
    return this.#period('queryInOutRecord', period, options);
  }

  inOutPayRecord(period: Period & { readonly plateNumber?: string }, options?: CallOptions): Promise<Call> {
    return this.#period('queryInOutPayRecord', period, options);
  }

  prePayRecord(period: Period & { readonly plateNumber?: string }, options?: CallOptions): Promise<Call> {
    return this.#period('queryPrePayRecord', period, options);
  }

  checkConnect(options?: CallOptions): Promise<Call> {
    return this.#send('checkConnect', {}, options);
  }

  #period(name: DownName, { beginTime, endTime, ...rest }: Period, options?: CallOptions): Promise<Call> {
    return this.#send(name, { ...rest, beginTime: when(beginTime), endTime: when(endTime) }, options);
  }

  /** From the first page to the last that `total` promises, or to one that does not come. */
  async #walk(
    name: DownName,
    orderedBy: string,
    beginTime: When,
    endTime: When | undefined,
    { pageSize, ...options }: CallOptions & Paging = {},
  ): Promise<Walk> {
    const rows: JsonObject[] = [];
    const pages: Call[] = [];
    const violations: Finding[] = [];
    for (let currentPage = 1; currentPage <= MOST_PAGES; currentPage += 1) {
      const paging = { ...(pageSize === undefined ? {} : { pageSize }), currentPage };
      const call = await this.#period(
        name,
        { beginTime, ...(endTime === undefined ? {} : { endTime }), ...paging },
        options,
      );
      pages.push(call);
      violations.push(...call.violations);
      const { answer } = call;
      if (answer?.respCode !== '0' || answer.data.length === 0) break;
      const [last, first] = [rows.at(-1), answer.data[0]];
      if (last && first && textOf(first, orderedBy) < textOf(last, orderedBy))
        violations.push(finding('order', `page ${currentPage} begins before the page above it ended`, orderedBy));
      rows.push(...answer.data);
      if (rows.length >= (answer.total ?? 0)) break;
    }
    const ids = new Set(rows.map((row) => textOf(row, 'uuid')));
    if (ids.size !== rows.length) violations.push(finding('paging', `a row stands on two pages of ${name}`, 'data'));
    const totals = new Set(pages.map(({ answer }) => answer?.total ?? null));
    if (totals.size > 1) violations.push(finding('paging', `total changed: ${[...totals].join(', ')}`, 'total'));
    return { rows, pages, violations };
  }
}
