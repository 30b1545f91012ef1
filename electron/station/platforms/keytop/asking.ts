import type { z } from 'zod';
import { type QueryMessage, Refused } from '../define-message.ts';
import { type Reply, replyOf } from './answer.ts';
import type { KeytopContext, KeytopWire } from './context.ts';
import type { Uplink } from './uplink.ts';

/** A question while a car waits. Asked once; never rejects. */
export async function ask<S extends z.ZodType, R extends z.ZodType>(
  uplink: Uplink,
  query: QueryMessage<KeytopContext, KeytopWire, S, R>,
  body: z.input<S>,
  context: KeytopContext,
  signal: AbortSignal,
): Promise<Reply<z.output<R>>> {
  const wire = query.encode(body, context);
  if (wire instanceof Refused) {
    context.log.error('a question could not be made', { message: query.name, reason: wire.reason });
    return { kind: 'failed', reason: wire.reason, maybeArrived: false };
  }
  const { answer } = await uplink.post(query.name, wire, signal, 'passage');
  return replyOf(answer, query.answer);
}
