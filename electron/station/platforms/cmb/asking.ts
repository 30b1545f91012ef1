import type { z } from 'zod';
import { faults, type QueryMessage, Refused } from '../define-message.ts';
import type { CmbContext, CmbWire } from './context.ts';
import { readAnswer, said } from './judge.ts';
import type { Reply } from './reply.ts';
import type { Uplink } from './uplink.ts';

/** Interfaces that may take as long as an AutoPay. */
const CHARGES: ReadonlySet<string> = new Set(['AutoPay']);

/** Puts a question and reads the answer. */
export async function ask<S extends z.ZodType, R extends z.ZodType>(
  uplink: Uplink,
  query: QueryMessage<CmbContext, CmbWire, S, R>,
  body: z.input<S>,
  context: CmbContext,
  signal: AbortSignal,
  to?: string,
): Promise<Reply<z.output<R>>> {
  const wire = query.encode(body, context);
  if (wire instanceof Refused) return { kind: 'failed', reason: wire.reason, maybeArrived: false };
  const { result } = await uplink.post(query.name, wire, signal, {
    as: CHARGES.has(query.name) ? 'charge' : 'question',
    to,
  });
  // Something broke behind the address: whatever its body says, nobody knows how far it came.
  if (result.kind === 'answered' && result.status >= 500)
    return { kind: 'unreadable', reason: `HTTP ${result.status}` };
  const answer = readAnswer(result);
  if (answer.kind !== 'answered') return answer;
  const { http, status } = answer;
  if (status !== 0) return { kind: 'no', http, status, reason: said(answer) };
  const parsed = query.answer.safeParse(answer.data ?? undefined);
  return parsed.success
    ? { kind: 'answered', answer: parsed.data }
    : { kind: 'unreadable', reason: `answer: ${faults(parsed.error)}` };
}
