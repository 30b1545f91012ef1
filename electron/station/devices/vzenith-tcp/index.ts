import type { DriverDefinition } from '../device.ts';
import { DRIVER, VzenithTcpCamera } from './camera.ts';
import { settingsSchema } from './settings.ts';

/** 臻识 Vzenith cameras that the station connects to, on port 8131. */
export const vzenithTcp: DriverDefinition<typeof settingsSchema> = {
  driver: DRIVER,
  kind: 'camera',
  settings: settingsSchema,
  create: (id, settings, deps) => new VzenithTcpCamera(id, settings, deps),
};
