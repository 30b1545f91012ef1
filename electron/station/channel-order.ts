import type { PaymentChannel } from './payments/channel.ts';
import type { Platform } from './platforms/platform.ts';
import type { Alarms } from './runtime/alarms.ts';

/** The channels that the manager named, in that order. One that nobody offers is said out loud: an exit will not ask it. */
export function inOrder(platforms: readonly Platform[], order: readonly string[], alarms: Alarms): PaymentChannel[] {
  const offered = platforms.flatMap((platform) => platform.channels ?? []);
  return order.flatMap((id) => {
    // The counter is always there, and comes last whether or not it is named.
    if (id === 'cash') return [];
    const channel = offered.find((each) => each.id === id);
    if (!channel)
      alarms.raise({
        code: 'channel-not-available',
        subject: id,
        detail: `收费渠道 ${id} 未接入，出口不会使用`,
        severity: 'warning',
      });
    return channel ?? [];
  });
}
