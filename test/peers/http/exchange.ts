import type { ClientRequest } from 'node:http';
import { pause } from '../timers.ts';
import type { AnyFault } from './faults.ts';

/** What came back over a line, as it came. */
export interface Heard {
  readonly status: number;
  readonly contentType: string;
  readonly location: string | null;
  readonly bytes: Buffer;
  /** From the last byte of the request to the last of the answer, in real time. */
  readonly ms: number;
}

interface Limits {
  readonly timeoutMs: number;
  readonly answerBytes: number;
}

const PIECES = 10;

/** Throws where nothing leaves at all: to be asked before anybody is dialled. */
export function depart(fault: AnyFault | undefined): void {
  if (fault?.kind === 'down' || fault?.kind === 'request-lost') throw new Error(`${fault.kind}: it never left`);
}

/** Writes the body of a request that is open, or what a fault makes of it; resolves with the answer, rejects when none comes. */
export function exchange(
  sending: ClientRequest,
  body: Buffer,
  fault: AnyFault | undefined,
  { timeoutMs, answerBytes }: Limits,
): Promise<Heard> {
  return new Promise((resolve, reject) => {
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
      response.on('aborted', () => fail(new Error('the answer was cut')));
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > answerBytes) lost('the answer has no end');
      });
      response.on('end', () => {
        if (fault?.kind === 'answer-lost') {
          lost('answer-lost: nobody heard it');
          return;
        }
        clearTimeout(timer);
        const { 'content-type': contentType = '', location = null } = response.headers;
        const status = response.statusCode ?? 0;
        resolve({ status, contentType, location, bytes: Buffer.concat(chunks), ms: performance.now() - sentAt });
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
    else if (fault?.kind === 'slow-body') drip(fault.ms ?? 0).catch(fail);
    else sending.end(body);
  });
}
