import { Refused } from '../define-message.ts';
import type { Delivery, Duty } from '../platform.ts';
import type { CmbContext } from './context.ts';
import { judge } from './judge.ts';
import { type CmbDuty, dutyMessages } from './messages.ts';
import { listenToSpaces } from './spaces.ts';
import type { Uplink } from './uplink.ts';

/** What is told on a timer and on change: the free spaces. A failed run is simply followed by the next: only the newest figures count. */
export const duties = (context: CmbContext, uplink: Uplink): readonly Duty[] =>
  dutyMessages.map((message) => ({
    name: message.name,
    everyMs: message.everyMs(context),
    onChange: {
      quietMs: context.settings.spaces.quietMs,
      listen: (changed) => listenToSpaces(context, changed),
    },
    run: (signal) => run(message, context, uplink, signal),
  }));

async function run(message: CmbDuty, context: CmbContext, uplink: Uplink, signal: AbortSignal): Promise<Delivery> {
  const wire = message.encode(context);
  if (wire instanceof Refused) {
    context.log.error('a periodic message could not be made', { message: message.name, reason: wire.reason });
    return { kind: 'refused', reason: wire.reason };
  }
  const { result, trace } = await uplink.post(message.name, wire, signal);
  return { ...judge(result, 1, 1), trace };
}
