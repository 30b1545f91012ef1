import type { DriverDefinition } from '../device.ts';
import { DRIVER, QianyiCamera } from './camera.ts';
import { QianyiEndpoint } from './endpoint.ts';
import { settingsSchema } from './settings.ts';

/** 芊熠 cameras that speak through an MQTT broker. Experimental: from one public source alone. */
export const qianyi: DriverDefinition<typeof settingsSchema> = {
  driver: DRIVER,
  kind: 'camera',
  settings: settingsSchema,
  // It was heard of through a broker: what it calls its address is that.
  suggest: ({ serialNo, address }) => ({ serialNo, url: address }),
  create: (id, settings, deps) => new QianyiCamera(id, settings, deps),
  endpoint: (devices, deps) =>
    new QianyiEndpoint(
      devices.filter((device) => device instanceof QianyiCamera),
      deps,
    ),
};
