import { isIP } from 'node:net';
import type { Announcer } from './announcing/announcer.ts';
import type { DevicePark } from './device-park.ts';
import type { Device } from './devices/device.ts';
import { isBarrier, isDisplay } from './devices/narrow.ts';
import type { GateKeeper } from './lanes/gate-keeper.ts';
import type { LaneRuntime } from './lanes/runtime.ts';
import type { DevicesForPlatforms } from './platforms/platform.ts';
import { errorText } from './runtime/errors.ts';

/** The devices as platforms may see and use them. */
export const devicesForPlatforms = ({
  park,
  gates,
  lanes,
  announcer,
}: {
  readonly park: DevicePark;
  readonly gates: GateKeeper;
  readonly lanes: Pick<LaneRuntime, 'lane' | 'directionOf'>;
  readonly announcer: Pick<Announcer, 'show'>;
}): DevicesForPlatforms => ({
  states: () =>
    park.list().map((device) => {
      const { id, kind } = device;
      const via = device.facts?.().via ?? null;
      // What hangs on another says nothing by itself.
      const state = park.watchOf(via ?? id)?.state ?? 'unknown';
      const arm = isBarrier(device) ? { arm: device.arm() } : {};
      return { id, kind, via, state, address: addressOf(device, park), ...arm };
    }),
  show: async (deviceId, lines) => {
    const device = park.find(deviceId);
    if (!device || !isDisplay(device)) return { outcome: 'refused', detail: '该设备不是显示屏' };
    return await announcer.show(device, lines, 'platform');
  },
  photograph: async (laneId, withinMs) => {
    try {
      const lane = lanes.lane(laneId);
      return await gates.photograph(lane, lanes.directionOf(lane), withinMs);
    } catch (error) {
      return { why: errorText(error) };
    }
  },
});

/** What hangs on another device is where that one is. An IPv4 address may come written as IPv6, with a zone or a port. */
function addressOf(device: Device, park: DevicePark): string | null {
  const { address, via } = device.facts?.() ?? {};
  const carrier = via === undefined ? undefined : park.find(via);
  const told = address ?? carrier?.facts?.().address ?? '';
  const bare = told
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .replace(/%.*$/, '');
  return isIP(bare) === 0 ? null : bare;
}
