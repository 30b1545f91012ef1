import { createHash } from 'node:crypto';
import type { Clock } from '../../runtime/ports.ts';
import { HttpClient, type HttpResult } from '../http-client.ts';
import type { Trace } from '../platform.ts';
import { encodeForm, plainText, SIGN, signature, texts } from './codec.ts';
import type { CmbSettings } from './config.ts';
import type { CmbWire } from './context.ts';

/** Each has connections of its own: no picture is in the way of what a car waits for. A charge may take longest. */
type Purpose = 'record' | 'question' | 'charge';

export interface Exchange {
  readonly result: HttpResult;
  readonly trace: Trace;
}

/** So many requests in a row without an answer: then the bank is away, until something is answered or this has passed. */
const SILENT_AFTER = 3;
const SILENT_FOR_MS = 330_000;
/** A bank has one address, or a few; whoever pushes a new one with every binding must not use up the sockets. */
const ELSEWHERE_AT_MOST = 4;
/** What travels unsigned is told by its size. */
const BULKY = 'pic_con';

/** Requests to the bank: signed and posted. */
export class Uplink {
  readonly #settings: CmbSettings;
  readonly #clock: Clock;
  readonly #clients: Readonly<Record<Purpose, HttpClient>>;
  readonly #ca: string | undefined;
  /** Clients of addresses that bindings named, by origin. */
  readonly #elsewhere = new Map<string, HttpClient>();
  #inVain = 0;
  #lastInVain = 0;

  constructor(settings: CmbSettings, clock: Clock, ca: string | undefined) {
    this.#settings = settings;
    this.#clock = clock;
    this.#ca = ca;
    const { baseUrl, timeouts, concurrency } = settings;
    const trusted = ca === undefined ? {} : { ca };
    const common = { baseUrl, clock, timeouts, ...trusted };
    this.#clients = {
      record: new HttpClient({ ...common, connections: concurrency + 1 }),
      question: new HttpClient({ ...common, connections: 4 }),
      charge: this.#patientClient(baseUrl),
    };
  }

  /** Whether nothing has been answered lately: no car waits for what is known not to come. */
  get silent(): boolean {
    return this.#inVain >= SILENT_AFTER && this.#clock.monotonic() - this.#lastInVain < SILENT_FOR_MS;
  }

  /** `to`: the whole address, where it is not the interface's own. Never rejects. */
  async post(
    name: string,
    wire: CmbWire,
    signal: AbortSignal,
    { as = 'record', to }: { readonly as?: Purpose; readonly to?: string | undefined } = {},
  ): Promise<Exchange> {
    const { appId, appSecret, parkCode, http } = this.#settings;
    const fields = texts({ appid: appId, park_code: parkCode, ...http.extraFields, ...wire });
    const plain = plainText(fields);
    fields.set(SIGN, signature(fields, appSecret));
    const client = to === undefined ? this.#clients[as] : this.#clientOf(to);
    const path = to === undefined ? `/api/${name}` : pathOf(to);
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
    await Promise.all([...Object.values(this.#clients), ...this.#elsewhere.values()].map((client) => client.close()));
  }

  #clientOf(to: string): HttpClient {
    const { origin } = new URL(to);
    const known = this.#elsewhere.get(origin);
    if (known) return known;
    const client = this.#patientClient(origin);
    this.#elsewhere.set(origin, client);
    if (this.#elsewhere.size > ELSEWHERE_AT_MOST) this.#forgetOldest();
    return client;
  }

  #forgetOldest(): void {
    const [oldest] = this.#elsewhere;
    if (!oldest) return;
    this.#elsewhere.delete(oldest[0]);
    // What is on its way there ends in good time by itself.
    this.#clock.after(this.#settings.timeouts.autoPayMs, () => void oldest[1].close());
  }

  #patientClient(baseUrl: string): HttpClient {
    const { timeouts } = this.#settings;
    const { autoPayMs } = timeouts;
    return new HttpClient({
      ...{ baseUrl, clock: this.#clock, connections: 4 },
      timeouts: { ...timeouts, headersMs: autoPayMs, bodyMs: autoPayMs, totalMs: autoPayMs },
      ...(this.#ca === undefined ? {} : { ca: this.#ca }),
    });
  }
}

function pathOf(to: string): string {
  const { pathname, search } = new URL(to);
  return pathname + search;
}

function attachment(text: string): { readonly name: string; readonly bytes: number; readonly sha256: string } {
  return { name: BULKY, bytes: text.length, sha256: createHash('sha256').update(text).digest('hex') };
}
