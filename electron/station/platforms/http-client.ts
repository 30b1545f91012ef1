import { Pool } from 'undici';
import { errorText } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';
import type { Trust } from './certificate.ts';
import { certificateWords, codeOf } from './failure-words.ts';
import { connector, neverConnected } from './http-connect.ts';

export interface HttpTimeouts {
  readonly connectMs: number;
  /** From the request's last byte to the answer's headers. */
  readonly headersMs: number;
  /** Between two pieces of the answer's body. */
  readonly bodyMs: number;
  /** All of it together. */
  readonly totalMs: number;
}

/** With `http://` there is no certificate, and nothing of {@link Trust} counts. */
export interface HttpClientOptions extends Trust {
  /** `http(s)://host[:port][/prefix]`; the prefix stands before every path. */
  readonly baseUrl: string;
  readonly timeouts: HttpTimeouts;
  readonly clock: Clock;
  /** Most connections at once. */
  readonly connections: number;
  /** A longer answer is a failure; 1 MiB unless told. */
  readonly maxResponseBytes?: number;
}

export type HttpMethod = 'POST' | 'PUT' | 'GET' | 'DELETE';

export interface HttpPost {
  /** POST unless told. */
  readonly method?: HttpMethod;
  /** Starts with `/`; comes after the base URL's own path. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** None with GET and DELETE. */
  readonly body?: string | Uint8Array;
}

/**
 * `failed`: there is no answer to look at. `maybeArrived` is false only when it is certain that the other side never saw the
 * request: no address, no connection, no TLS, not its certificate.
 */
export type HttpResult =
  | { readonly kind: 'answered'; readonly status: number; readonly text: string; readonly date: string | null }
  | { readonly kind: 'failed'; readonly reason: string; readonly maybeArrived: boolean };

/** Some proxies compress although nobody asked. */
const PACKED: ReadonlyMap<string, 'gzip' | 'deflate'> = new Map([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
]);

/** A pool of connections to one base URL with every limit set. `post` never throws. */
export class HttpClient {
  readonly #pool: Pool;
  readonly #prefix: string;
  readonly #clock: Clock;
  readonly #totalMs: number;
  readonly #maxBytes: number;

  constructor(options: HttpClientOptions) {
    const url = new URL(options.baseUrl);
    this.#prefix = url.pathname.replace(/\/+$/, '');
    this.#clock = options.clock;
    this.#totalMs = options.timeouts.totalMs;
    this.#maxBytes = options.maxResponseBytes ?? 1024 * 1024;
    this.#pool = new Pool(url.origin, {
      connections: options.connections,
      pipelining: 1,
      allowH2: false,
      connect: connector(options, options.timeouts.connectMs),
      headersTimeout: options.timeouts.headersMs,
      bodyTimeout: options.timeouts.bodyMs,
      maxResponseSize: this.#maxBytes,
      // Below what servers commonly grant (5 s and more): one that closes as we write makes a delivery doubtful.
      keepAliveTimeout: 4_000,
    });
  }

  /** The path that a request to `path` really has. */
  pathOf(path: string): string {
    return this.#prefix + path;
  }

  async post(request: HttpPost, signal: AbortSignal): Promise<HttpResult> {
    const end = new AbortController();
    const cancel = this.#clock.after(this.#totalMs, () =>
      end.abort(new Error(`no complete answer within ${this.#totalMs} ms`)),
    );
    // By hand: a signal made of two costs as much as the rest of a small request.
    const stop = (): void => end.abort(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    try {
      const answer = await this.#pool.request({
        method: request.method ?? 'POST',
        path: this.pathOf(request.path),
        // Without this a server may compress as it likes.
        headers: { 'accept-encoding': 'identity', ...request.headers },
        ...(request.body === undefined ? {} : { body: request.body }),
        signal: end.signal,
      });
      const { date, 'content-encoding': encoding } = answer.headers;
      const packed = typeof encoding === 'string' ? PACKED.get(encoding.trim().toLowerCase()) : undefined;
      const text =
        packed === undefined
          ? await answer.body.text()
          : await unpack(await answer.body.arrayBuffer(), packed, this.#maxBytes);
      return { kind: 'answered', status: answer.statusCode, text, date: typeof date === 'string' ? date : null };
    } catch (error) {
      return { kind: 'failed', reason: describe(error), maybeArrived: !neverConnected(error) };
    } finally {
      cancel();
      signal.removeEventListener('abort', stop);
    }
  }

  /** Ends what is on its way and frees the sockets. Harmless when repeated. */
  async close(): Promise<void> {
    if (!this.#pool.destroyed) await this.#pool.destroy();
  }
}

/** A small answer may unpack into a huge one, so it is counted as it comes. */
async function unpack(bytes: ArrayBuffer, format: 'gzip' | 'deflate', maxBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const unpacked: AsyncIterable<Uint8Array> = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format));
  for await (const part of unpacked) {
    size += part.byteLength;
    if (size > maxBytes) throw new Error(`the answer is larger than ${maxBytes} bytes`);
    parts.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}

/** With several addresses of one name the failures come as an `AggregateError`. */
function describe(error: unknown): string {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const words = certificateWords(inner);
  if (words !== undefined) return words;
  const code = codeOf(inner);
  const text = errorText(inner) || 'failed';
  return code === '' || text.includes(code) ? text : `${code}: ${text}`;
}
