import { Refused } from '../define-message.ts';
import type { Delivery, Duty } from '../platform.ts';
import type { KeytopContext } from './context.ts';
import { judge } from './judge.ts';
import { dutyMessages, type KeytopDuty } from './messages.ts';
import { listenToSpaces } from './spaces.ts';
import type { Uplink } from './uplink.ts';

/** What is told at the start and on change: only the newest figures count, and those that did not arrive are told again. */
export const duties = (context: KeytopContext, uplink: Uplink): readonly Duty[] =>
  dutyMessages.map((message) => {
    let again = (): void => undefined;
    return {
      name: message.name,
      everyMs: message.everyMs(context),
      onChange: {
        quietMs: context.settings.spaces.quietMs,
        listen: (changed) => {
          let pending = (): void => undefined;
          // No change comes by itself to a car park that is empty at night.
          again = () => {
            pending();
            pending = context.clock.after(context.settings.outbox.probeMs, changed);
          };
          const stop = listenToSpaces(context, changed);
          return () => {
            stop();
            pending();
            again = () => undefined;
          };
        },
      },
      run: async (signal) => {
        const delivery = await run(message, context, uplink, signal);
        if (delivery.kind === 'retry') again();
        return delivery;
      },
    };
  });

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
