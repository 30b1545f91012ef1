import { request } from 'node:http';
import { depart, exchange, type Heard } from '../http/exchange.ts';
import type { Fault } from './faults.ts';

/** What the car park answered, as it came. */
export type Reply = Heard;

export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const ANSWER_LIMIT = 20_000_000;
/** A server that never says 100 gets the body all the same. */
const CONTINUE_MS = 1_000;

/** Sends one request over a connection of its own and resolves with the answer; rejects when none comes. */
export async function post(outgoing: Outgoing, fault: Fault | undefined): Promise<Reply> {
  const { url, method, headers, body, timeoutMs, signal } = outgoing;
  depart(fault);
  const length = body.length > 0 || method !== 'GET' ? { 'content-length': String(body.length) } : {};
  const sending = request(url, { method, agent: false, signal, headers: { ...headers, ...length } });
  const limits = { timeoutMs, answerBytes: ANSWER_LIMIT };
  if (headers['expect'] === undefined) return exchange(sending, body, fault, limits);
  sending.flushHeaders();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, CONTINUE_MS);
    sending.once('continue', resolve);
    sending.once('error', reject);
    sending.once('close', () => clearTimeout(timer));
  });
  return exchange(sending, body, fault, limits);
}
