import { request } from 'node:http';
import type { Fault } from './faults.ts';

/** What the car park answered, as it came. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  /** From the last byte of the request to the last of the answer, in real time. */
  readonly ms: number;
}

export interface Outgoing {
  readonly url: string;
  readonly method: string;
  readonly contentType: string;
  readonly body: Buffer;
}

const PIECES = 10;
const ANSWER_LIMIT = 1_000_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends one request with a connection of its own and resolves with the answer; rejects when none comes, or is not let in. */
export function post(
  { url, method, contentType, body }: Outgoing,
  fault: Fault | undefined,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Reply> {
  if (fault?.kind === 'down' || fault?.kind === 'request-lost')
    return Promise.reject(new Error(`${fault.kind}: it never left`));
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': contentType, 'content-length': body.length };
    const sending = request(url, { method, headers, agent: false, signal });
    let sentAt = performance.now();
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(error);
    };
    const lost = (why: string): void => {
      sending.destroy();
      fail(new Error(why));
    };
    const timer = setTimeout(() => lost(`no answer within ${timeoutMs} ms`), timeoutMs);
    sending.on('error', fail);
    sending.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      if (fault?.kind === 'silence') {
        response.resume();
        return;
      }
      response.on('error', fail);
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > ANSWER_LIMIT) lost('the answer has no end');
      });
      response.on('end', () => {
        if (fault?.kind === 'answer-lost') {
          lost('answer-lost: nobody heard it');
          return;
        }
        clearTimeout(timer);
        const text = Buffer.concat(chunks).toString('utf8');
        const type = response.headers['content-type'] ?? '';
        resolve({ status: response.statusCode ?? 0, contentType: type, text, ms: performance.now() - sentAt });
      });
    });
    const half = body.subarray(0, Math.floor(body.length / 2));
    const drip = async (ms: number): Promise<void> => {
      const size = Math.max(1, Math.ceil(body.length / PIECES));
      for (let from = 0; from < body.length && !sending.destroyed; from += size) {
        sending.write(body.subarray(from, from + size));
        await pause(ms / PIECES);
      }
      sentAt = performance.now();
      sending.end();
    };
    if (fault?.kind === 'cut') sending.write(half, () => lost('cut: in the middle of the request'));
    else if (fault?.kind === 'silence' && fault.processed !== true) sending.write(half);
    else if (fault?.kind === 'slow-body') drip(fault.ms).catch(fail);
    else sending.end(body);
  });
}
