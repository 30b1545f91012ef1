import { Refused } from '../define-message.ts';
import type { Delivery, Duty } from '../platform.ts';
import { isUpName } from './config-wire.ts';
import type { ShenzhenContext } from './context.ts';
import { dutyMessages, type ShenzhenDuty } from './messages.ts';
import type { Uplink } from './uplink.ts';

/** What is told by the clock and on change: only the newest figures count. */
export const duties = (context: ShenzhenContext, uplink: Uplink): readonly Duty[] =>
  dutyMessages.map((message) => ({
    name: message.name,
    everyMs: message.everyMs(context),
    run: (signal) => run(message, context, uplink, signal),
  }));

async function run(
  message: ShenzhenDuty,
  context: ShenzhenContext,
  uplink: Uplink,
  signal: AbortSignal,
): Promise<Delivery> {
  const wire = message.encode(context);
  if (wire instanceof Refused || !isUpName(message.name)) {
    const reason = wire instanceof Refused ? wire.reason : 'no such interface';
    context.log.error('a periodic message could not be made', { message: message.name, reason });
    return { kind: 'refused', reason };
  }
  const { answer, trace } = await uplink.send(message.name, wire, signal);
  if (answer.kind === 'failed')
    return { kind: 'retry', scope: 'link', reason: answer.reason, answered: !answer.maybeArrived, trace };
  if (answer.code === 0) return { kind: 'delivered', trace };
  return { kind: 'refused', reason: `${answer.code} ${answer.message}`.trim(), trace };
}
