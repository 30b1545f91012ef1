import type { z } from 'zod';
import { errorText } from '../../runtime/errors.ts';
import { faults, type QueryMessage, Refused } from '../define-message.ts';
import type { HttpResult } from '../http-client.ts';
import type { QingdaoContext, QingdaoWire } from './context.ts';
import { codeOf, readAnswer } from './judge.ts';
import type { Reply } from './reply.ts';
import type { Uplink } from './uplink.ts';

/** Puts a question and reads the answer. A result code may be absent (D42); where there is one, only 200 is an answer. */
export async function ask<S extends z.ZodType, R extends z.ZodType>(
  uplink: Uplink,
  query: QueryMessage<QingdaoContext, QingdaoWire, S, R>,
  body: z.input<S>,
  context: QingdaoContext,
  signal: AbortSignal,
): Promise<Reply<z.output<R>>> {
  const wire = query.encode(body, context);
  if (wire instanceof Refused) return { kind: 'refused', reason: wire.reason };
  try {
    const { result } = await uplink.exchange(query.name, wire, signal);
    return readReply(query.answer, result);
  } catch (error) {
    context.log.error('a question could not be put', { message: query.name, error: errorText(error) });
    return { kind: 'failed', reason: '请求无法加密或签名，未发出', maybeArrived: false };
  }
}

export function readReply<R extends z.ZodType>(schema: R, result: HttpResult): Reply<z.output<R>> {
  if (result.kind === 'failed') return { kind: 'failed', reason: result.reason, maybeArrived: result.maybeArrived };
  const { status, text } = result;
  const body = readAnswer(text);
  const code = codeOf(body?.['resultCode']);
  const msg = typeof body?.['msg'] === 'string' ? body['msg'].slice(0, 200) : '';
  const said = `${code ?? `HTTP ${status}`}${msg === '' ? '' : ` ${msg}`}`;
  if (body === undefined || (code === undefined && (status < 200 || status >= 300)))
    return { kind: 'failed', reason: `HTTP ${status} without an answer`, maybeArrived: true };
  if (code === 204) return { kind: 'none', reason: said };
  if (code === 500) return { kind: 'failed', reason: said, maybeArrived: true };
  if (code !== undefined && code !== 200) return { kind: 'refused', reason: said };
  const parsed = schema.safeParse(body);
  return parsed.success
    ? { kind: 'answered', answer: parsed.data }
    : { kind: 'refused', reason: `answer: ${faults(parsed.error)}`, unreadable: true };
}
