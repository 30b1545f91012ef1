import type { DriverDefinition } from '../device.ts';
import { DRIVER, VzenithMqttCamera } from './camera.ts';
import { settingsSchema } from './settings.ts';

/** 臻识 Vzenith cameras that speak through an MQTT broker. */
export const vzenithMqtt: DriverDefinition<typeof settingsSchema> = {
  driver: DRIVER,
  kind: 'camera',
  settings: settingsSchema,
  create: (id, settings, deps) => new VzenithMqttCamera(id, settings, deps),
};
