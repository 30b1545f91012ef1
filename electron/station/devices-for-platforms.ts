import type { DevicePark } from './device-park.ts';
import { isDisplay } from './devices/narrow.ts';
import type { DevicesForPlatforms } from './platforms/platform.ts';
import { errorText } from './runtime/errors.ts';

/** The devices as platforms may see and use them. */
export const devicesForPlatforms = (park: DevicePark): DevicesForPlatforms => ({
  states: () =>
    park.list().map(({ id, kind }) => {
      const state = park.watchOf(id)?.state ?? 'unknown';
      return { id, kind, state, address: null };
    }),
  show: async (deviceId, lines) => {
    const device = park.find(deviceId);
    if (!device || !isDisplay(device)) return { outcome: 'refused', detail: '该设备不是显示屏' };
    try {
      return await device.show(lines);
    } catch (error) {
      return { outcome: 'unknown', detail: errorText(error) };
    }
  },
  photograph: async () => ({ why: '相机不可用' }),
});
