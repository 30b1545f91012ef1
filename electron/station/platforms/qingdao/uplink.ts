import type { Clock } from '../../runtime/ports.ts';
import { HttpClient, type HttpResult } from '../http-client.ts';
import type { QingdaoCodec } from './codec.ts';
import type { QingdaoSettings } from './config.ts';
import type { QingdaoWire } from './context.ts';
import { judge, type Verdict } from './judge.ts';
import { type Sealer, sealHere } from './sealer.ts';
import type { Form } from './sealing.ts';
import { traceOf } from './trace.ts';

export interface Attempt extends Verdict {
  readonly date: string | null;
  /** Our wall clock half way between request and answer. */
  readonly at: number;
}

/** A request as it will leave. */
export interface Made extends Form {
  /** The text that was encrypted and signed. */
  readonly plain: string;
}

export interface Exchange {
  readonly result: HttpResult;
  /** The text that was encrypted and signed. */
  readonly plain: string;
  /** What went along that is no text. */
  readonly attached: Form['attached'];
  readonly path: string;
  /** Our wall clock half way between request and answer. */
  readonly at: number;
}

/** The specification gives a list of a day 200,000 characters; a busy day has more records than that holds. */
const LONGEST_ANSWER_BYTES = 16 * 1024 * 1024;

/** So many requests in a row without an answer: then the platform is away, until something is answered or this has passed. */
const SILENT_AFTER = 3;
const SILENT_FOR_MS = 150_000;

/** The path that the specification fixes, where the address given is only a host. */
const withPath = (baseUrl: string): string =>
  new URL(baseUrl).pathname === '/' ? new URL('/api/v1/cp', baseUrl).href : baseUrl;

/** Requests to the platform: sealed, posted, judged. */
export class Uplink {
  readonly #settings: QingdaoSettings;
  readonly #codec: QingdaoCodec;
  readonly #sealer: Sealer;
  readonly #clock: Clock;
  readonly #http: HttpClient;
  /** Requests in a row that were not answered, and when the last of them was given up, on the monotonic clock. */
  #inVain = 0;
  #lastInVain = 0;

  /** Without a `sealer` of its own it seals where it is called. */
  constructor(
    settings: QingdaoSettings,
    codec: QingdaoCodec,
    clock: Clock,
    ca: string | undefined,
    sealer: Sealer = sealHere(codec.sealing),
  ) {
    this.#settings = settings;
    this.#codec = codec;
    this.#sealer = sealer;
    this.#clock = clock;
    this.#http = new HttpClient({
      baseUrl: withPath(settings.baseUrl),
      timeouts: settings.timeouts,
      clock,
      connections: settings.concurrency + 1,
      maxResponseBytes: LONGEST_ANSWER_BYTES,
      ...(ca === undefined ? {} : { ca }),
    });
  }

  /** Whether nothing has been answered lately. The periodic duties find out when that is over. */
  get silent(): boolean {
    return this.#inVain >= SILENT_AFTER && this.#clock.monotonic() - this.#lastInVain < SILENT_FOR_MS;
  }

  /** Encrypted and signed. */
  async make(wire: QingdaoWire): Promise<Made> {
    const plain = this.#codec.plain(wire);
    return { plain, ...(await this.#sealer.form(plain, wire.file)) };
  }

  async post(name: string, wire: QingdaoWire | Made, maybeDelivered: boolean, signal: AbortSignal): Promise<Attempt> {
    const { result, plain, attached, path, at } = await this.exchange(name, wire, signal);
    const verdict = judge(result, maybeDelivered);
    const trace = traceOf(`POST ${path}`, plain, attached, result);
    const date = result.kind === 'answered' ? result.date : null;
    return { ...verdict, delivery: { ...verdict.delivery, trace }, date, at };
  }

  /** A request and whatever came back, not judged yet. Rejects only when it cannot be encrypted or signed. */
  async exchange(name: string, wire: QingdaoWire | Made, signal: AbortSignal): Promise<Exchange> {
    const path = `/${(this.#settings.http.paths[name] ?? name).replace(/^\/+/, '')}`;
    const { plain, body, attached } = 'plain' in wire ? wire : await this.make(wire);
    const began = this.#clock.now();
    const began0 = this.#clock.monotonic();
    const result = await this.#http.post(
      {
        path,
        // As the specification writes it: the body is ASCII, so a charset would add nothing but a way to be refused.
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json, */*;q=0.8' },
        body,
      },
      signal,
    );
    this.#lastInVain = this.#clock.monotonic();
    this.#inVain = result.kind === 'failed' ? this.#inVain + 1 : 0;
    const at = began + (this.#clock.monotonic() - began0) / 2;
    return { result, plain, attached, path: this.#http.pathOf(path), at };
  }

  async close(): Promise<void> {
    await this.#http.close();
    await this.#sealer.close();
  }
}
