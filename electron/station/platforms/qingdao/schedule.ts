import { Refused } from '../define-message.ts';
import type { Duty } from '../platform.ts';
import type { QingdaoContext } from './context.ts';
import { dutyMessages, type QingdaoDuty } from './messages.ts';
import type { Uplink } from './uplink.ts';

/** The periodic duties: free spaces every minute, heartbeat every ten. Whoever owns the timers calls `run`. */
export function duties(context: QingdaoContext, uplink: Uplink): readonly Duty[] {
  const asDuty = (message: QingdaoDuty): Duty => ({
    name: message.name,
    everyMs: message.everyMs(context),
    run: async (signal) => {
      const wire = message.encode(context);
      if (wire instanceof Refused) return { kind: 'refused', reason: wire.reason };
      const { delivery, body, date, at } = await uplink.post(message.name, wire, false, signal);
      if (delivery.kind === 'delivered' && body !== undefined) message.answered({ body, date, at }, context);
      return delivery;
    },
  });
  return dutyMessages.map(asDuty);
}
