import type { DriverDefinition } from '../device.ts';
import { DRIVER, VzenithCamera } from './camera.ts';
import { VzenithEndpoint } from './endpoint.ts';
import { settingsSchema } from './settings.ts';

/** 臻识 Vzenith cameras (and OEM copies) that push over HTTP. */
export const vzenithHttp: DriverDefinition<typeof settingsSchema> = {
  driver: DRIVER,
  kind: 'camera',
  settings: settingsSchema,
  create: (id, settings, deps) => new VzenithCamera(id, settings, deps),
  endpoint: (devices, deps) =>
    new VzenithEndpoint(
      devices.filter((device) => device instanceof VzenithCamera),
      deps,
    ),
};
