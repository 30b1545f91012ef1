import { request } from 'node:http';
import { performance } from 'node:perf_hooks';

export interface Posted {
  /** HTTP status, or `null` when there was no whole answer. */
  readonly status: number | null;
  readonly body: string;
  /** `timeout`, `ECONNREFUSED`, `aborted` …, `null` when an answer came. */
  readonly error: string | null;
  /** From the first byte out to the last byte in. */
  readonly ms: number;
}

export interface PostOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.message;

/** One POST on a connection of its own, as the camera does it. Never rejects: a failure is part of the result. */
export function post(url: string, contentType: string, body: string | Buffer, options: PostOptions): Promise<Posted> {
  const started = performance.now();
  return new Promise((resolve) => {
    let settled = false;
    const finish = (status: number | null, text: string, error: string | null): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
      resolve({ status, body: text, error, ms: performance.now() - started });
      outgoing.destroy();
    };
    const onAbort = (): void => finish(null, '', 'aborted');
    const outgoing = request(url, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': contentType, 'content-length': Buffer.byteLength(body), connection: 'close' },
    });
    const timer = setTimeout(() => finish(null, '', 'timeout'), options.timeoutMs);
    outgoing.on('error', (error) => finish(null, '', codeOf(error)));
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', (error) => finish(null, '', codeOf(error)));
      response.on('end', () => finish(response.statusCode ?? null, Buffer.concat(chunks).toString('utf8'), null));
    });
    if (options.signal?.aborted) onAbort();
    options.signal?.addEventListener('abort', onAbort, { once: true });
    if (!settled) outgoing.end(body);
  });
}
