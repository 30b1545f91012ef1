import type { Clock } from '../../runtime/ports.ts';
import { HttpClient, type HttpResult } from '../http-client.ts';
import type { QingdaoCodec } from './codec.ts';
import type { QingdaoSettings } from './config.ts';
import type { QingdaoWire } from './context.ts';
import { judge, type Verdict } from './judge.ts';
import { traceOf } from './trace.ts';

export interface Attempt extends Verdict {
  readonly date: string | null;
  /** Our wall clock half way between request and answer. */
  readonly at: number;
}

export interface Exchange {
  readonly result: HttpResult;
  /** The text that was encrypted and signed. */
  readonly plain: string;
  readonly path: string;
  /** Our wall clock half way between request and answer. */
  readonly at: number;
}

/** The path that the specification fixes, where the address given is only a host. */
const withPath = (baseUrl: string): string =>
  new URL(baseUrl).pathname === '/' ? new URL('/api/v1/cp', baseUrl).href : baseUrl;

/** Requests to the platform: sealed, posted, judged. */
export class Uplink {
  readonly #settings: QingdaoSettings;
  readonly #codec: QingdaoCodec;
  readonly #clock: Clock;
  readonly #http: HttpClient;

  constructor(settings: QingdaoSettings, codec: QingdaoCodec, clock: Clock, ca: string | undefined) {
    this.#settings = settings;
    this.#codec = codec;
    this.#clock = clock;
    this.#http = new HttpClient({
      baseUrl: withPath(settings.baseUrl),
      timeouts: settings.timeouts,
      clock,
      connections: settings.concurrency + 1,
      ...(ca === undefined ? {} : { ca }),
    });
  }

  async post(name: string, wire: QingdaoWire, maybeDelivered: boolean, signal: AbortSignal): Promise<Attempt> {
    const { result, plain, path, at } = await this.exchange(name, wire, signal);
    const verdict = judge(result, maybeDelivered);
    const trace = traceOf(`POST ${path}`, plain, wire, result);
    const date = result.kind === 'answered' ? result.date : null;
    return { ...verdict, delivery: { ...verdict.delivery, trace }, date, at };
  }

  /** A request and whatever came back, not judged yet. Never rejects. */
  async exchange(name: string, wire: QingdaoWire, signal: AbortSignal): Promise<Exchange> {
    const path = `/${(this.#settings.http.paths[name] ?? name).replace(/^\/+/, '')}`;
    const plain = this.#codec.plain(wire);
    const body = this.#codec.form(wire, plain);
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
    const at = began + (this.#clock.monotonic() - began0) / 2;
    return { result, plain, path: this.#http.pathOf(path), at };
  }

  close(): Promise<void> {
    return this.#http.close();
  }
}
