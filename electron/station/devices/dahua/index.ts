import type { DriverDefinition } from '../device.ts';
import { DahuaCamera, DRIVER } from './camera.ts';
import { DahuaEndpoint } from './endpoint.ts';
import { settingsSchema } from './settings.ts';

/** 大华 ITC cameras: listened to at snapManager or pushing by ITSAPI, the arm by CGI or RPC2. */
export const dahua: DriverDefinition<typeof settingsSchema> = {
  driver: DRIVER,
  kind: 'camera',
  settings: settingsSchema,
  serial: false,
  // As its document has it: where no path can be typed in, it comes here.
  paths: ['/NotificationInfo'],
  // Whoever was found was pushing; its password is typed by a person.
  suggest: ({ serialNo, address }) => ({ serialNo, host: address, receive: 'push' }),
  create: (id, settings, deps) => new DahuaCamera(id, settings, deps),
  endpoint: (devices, deps) =>
    new DahuaEndpoint(
      devices.filter((device) => device instanceof DahuaCamera),
      deps,
    ),
};
