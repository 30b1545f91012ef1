import { Refused } from '../define-message.ts';
import type { Delivery, Duty } from '../platform.ts';
import type { KeytopContext } from './context.ts';
import { judge } from './judge.ts';
import { dutyMessages, type KeytopDuty } from './messages.ts';
import type { Uplink } from './uplink.ts';

/** What is told on a timer and on change. A failed run is simply followed by the next: only the newest figures count. */
export const duties = (context: KeytopContext, uplink: Uplink): readonly Duty[] =>
  dutyMessages.map((message) => ({
    name: message.name,
    everyMs: message.everyMs(context),
    run: (signal) => run(message, context, uplink, signal),
  }));

async function run(
  message: KeytopDuty,
  context: KeytopContext,
  uplink: Uplink,
  signal: AbortSignal,
): Promise<Delivery> {
  const wire = message.encode(context);
  if (wire instanceof Refused) {
    context.log.error('a periodic message could not be made', { message: message.name, reason: wire.reason });
    return { kind: 'refused', reason: wire.reason };
  }
  const { answer, trace } = await uplink.post(message.name, wire, signal);
  return { ...judge(answer, 1, 0), trace };
}
