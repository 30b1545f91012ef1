import { request } from 'node:http';
import { depart, exchange, type Heard } from '../http/exchange.ts';
import type { Fault } from './faults.ts';

/** What the car park answered, as it came. */
export interface Reply extends Pick<Heard, 'status' | 'contentType' | 'ms'> {
  readonly text: string;
}

export interface Outgoing {
  readonly url: string;
  readonly method: string;
  readonly contentType: string;
  readonly body: Buffer;
}

const ANSWER_LIMIT = 1_000_000;

/** Sends one request with a connection of its own and resolves with the answer; rejects when none comes, or is not let in. */
export async function post(
  { url, method, contentType, body }: Outgoing,
  fault: Fault | undefined,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Reply> {
  depart(fault);
  const headers = { 'content-type': contentType, 'content-length': body.length };
  const sending = request(url, { method, headers, agent: false, signal });
  const {
    status,
    contentType: type,
    bytes,
    ms,
  } = await exchange(sending, body, fault, { timeoutMs, answerBytes: ANSWER_LIMIT });
  return { status, contentType: type, text: bytes.toString('utf8'), ms };
}
