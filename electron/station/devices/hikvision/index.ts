import type { DriverDefinition } from '../device.ts';
import { DRIVER, HikvisionCamera } from './camera.ts';
import { HikvisionEndpoint } from './endpoint.ts';
import { settingsSchema } from './settings.ts';

/** 海康威视 cameras by ISAPI: listening at the camera or pushed to, the arm by its barrier command or its relay outputs. */
export const hikvision: DriverDefinition<typeof settingsSchema> = {
  driver: DRIVER,
  kind: 'camera',
  settings: settingsSchema,
  serial: false,
  // Whoever was found was pushing; its password is typed by a person.
  suggest: ({ serialNo, address }) => ({ serialNo, host: address, receive: 'push' }),
  create: (id, settings, deps) => new HikvisionCamera(id, settings, deps),
  endpoint: (devices, deps) =>
    new HikvisionEndpoint(
      devices.filter((device) => device instanceof HikvisionCamera),
      deps,
    ),
};
