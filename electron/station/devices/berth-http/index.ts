import type { DriverDefinition } from '../device.ts';
import { BerthDevice, type BerthKind, DRIVER } from './device.ts';
import { BerthEndpoint } from './endpoint.ts';
import { settingsSchema } from './settings.ts';

const definition = (kind: BerthKind): DriverDefinition<typeof settingsSchema> => ({
  driver: DRIVER,
  kind,
  settings: settingsSchema,
  create: (id, settings, deps) => new BerthDevice(id, kind, settings, deps),
});

/** 地磁 that push over HTTP. Its door is that of the cameras beside it, too. */
export const berthSensor: DriverDefinition<typeof settingsSchema> = {
  ...definition('berth-sensor'),
  endpoint: (devices, deps) =>
    new BerthEndpoint(
      devices.filter((device) => device instanceof BerthDevice),
      deps,
    ),
};

/** 视频桩、高位视频 that push over HTTP. */
export const berthCamera: DriverDefinition<typeof settingsSchema> = definition('berth-camera');
