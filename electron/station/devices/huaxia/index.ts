import type { DriverDefinition } from '../device.ts';
import { DRIVER, HuaxiaCamera } from './camera.ts';
import { HuaxiaEndpoint } from './endpoint.ts';
import { settingsSchema } from './settings.ts';

/** 华夏智信 cameras that push forms. Experimental: from public descriptions alone. */
export const huaxia: DriverDefinition<typeof settingsSchema> = {
  driver: DRIVER,
  kind: 'camera',
  settings: settingsSchema,
  gates: false,
  serial: false,
  create: (id, settings, deps) => new HuaxiaCamera(id, settings, deps),
  endpoint: (devices, deps) =>
    new HuaxiaEndpoint(
      devices.filter((device) => device instanceof HuaxiaCamera),
      deps,
    ),
};
