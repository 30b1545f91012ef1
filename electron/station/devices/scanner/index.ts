import { z } from 'zod';
import type { DriverDefinition } from '../device.ts';
import { serialAddress, serialSettings } from '../line-settings.ts';
import { SerialScanner } from './scanner.ts';

const settingsSchema = z.strictObject(serialSettings(9600));

/** 扫码枪 on a serial port, also a virtual one over USB. One that types like a keyboard needs no device: the window reads it. */
export const serialScanner: DriverDefinition<typeof settingsSchema> = {
  driver: 'serial',
  kind: 'scanner',
  settings: settingsSchema,
  create: (id, settings, deps) => new SerialScanner(id, serialAddress(settings), deps),
};
