import { createHash } from 'node:crypto';
import type { Clock } from '../../runtime/ports.ts';
import { HttpClient, type HttpResult } from '../http-client.ts';
import type { Trace } from '../platform.ts';
import { encodeForm, plainText, SIGN, signature, texts } from './codec.ts';
import type { CmbSettings } from './config.ts';
import type { CmbWire } from './context.ts';

export interface Exchange {
  readonly result: HttpResult;
  readonly trace: Trace;
}

/** So many requests in a row without an answer: then the bank is away, until something is answered or this has passed. */
const SILENT_AFTER = 3;
const SILENT_FOR_MS = 330_000;
/** What travels unsigned is told by its size. */
const BULKY = 'pic_con';

/** Requests to the bank: signed and posted. AutoPay has a patience of its own. */
export class Uplink {
  readonly #settings: CmbSettings;
  readonly #clock: Clock;
  readonly #http: HttpClient;
  readonly #patient: HttpClient;
  #inVain = 0;
  #lastInVain = 0;

  constructor(settings: CmbSettings, clock: Clock, ca: string | undefined) {
    this.#settings = settings;
    this.#clock = clock;
    const { baseUrl, timeouts, concurrency } = settings;
    const { autoPayMs } = timeouts;
    const common = { baseUrl, clock, ...(ca === undefined ? {} : { ca }) };
    this.#http = new HttpClient({ ...common, timeouts, connections: concurrency + 1 });
    this.#patient = new HttpClient({
      ...common,
      timeouts: { ...timeouts, headersMs: autoPayMs, bodyMs: autoPayMs, totalMs: autoPayMs },
      connections: 4,
    });
  }

  /** Whether nothing has been answered lately: no car waits for what is known not to come. */
  get silent(): boolean {
    return this.#inVain >= SILENT_AFTER && this.#clock.monotonic() - this.#lastInVain < SILENT_FOR_MS;
  }

  /** `patient`: so long as an AutoPay may take. Never rejects. */
  async post(name: string, wire: CmbWire, signal: AbortSignal, patient = false): Promise<Exchange> {
    const { appId, appSecret, parkCode, http } = this.#settings;
    const fields = texts({ appid: appId, park_code: parkCode, ...http.extraFields, ...wire });
    const plain = plainText(fields);
    fields.set(SIGN, signature(fields, appSecret));
    const client = patient ? this.#patient : this.#http;
    const path = `/api/${name}`;
    const result = await client.post(
      {
        path,
        headers: {
          'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
          accept: 'application/json, */*;q=0.8',
        },
        body: encodeForm(fields),
      },
      signal,
    );
    this.#lastInVain = this.#clock.monotonic();
    this.#inVain = result.kind === 'failed' ? this.#inVain + 1 : 0;
    const bulky = fields.get(BULKY);
    const trace: Trace = {
      request: `POST ${client.pathOf(path)}`,
      plain,
      ...(bulky === undefined ? {} : { attached: [attachment(bulky)] }),
      answer: result.kind === 'answered' ? { status: `HTTP ${result.status}`, text: result.text } : null,
    };
    return { result, trace };
  }

  async close(): Promise<void> {
    await Promise.all([this.#http.close(), this.#patient.close()]);
  }
}

function attachment(text: string): { readonly name: string; readonly bytes: number; readonly sha256: string } {
  return { name: BULKY, bytes: text.length, sha256: createHash('sha256').update(text).digest('hex') };
}
