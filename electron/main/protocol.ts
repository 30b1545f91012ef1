import { z } from 'zod';

/** What the shell and the station's process say to each other. Both sides parse what they receive. */

/** How the station is to run; the same as on the command line of the headless station. */
export const stationOptionsSchema = z.object({
  dataDirectory: z.string().min(1),
  host: z.string().min(1),
  port: z.int().min(0).max(65_535),
  /** A provision file to apply at start. */
  provisionFile: z.string().nullable(),
  /** With an empty data directory: start the made-up car park. */
  demo: z.boolean(),
  version: z.string().min(1),
});
export type StationOptions = z.infer<typeof stationOptionsSchema>;

/** Shell → station. `connect` carries one message port for one window, `practise` one to the practice station. */
export const toStationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), options: stationOptionsSchema }),
  z.object({ kind: z.literal('connect') }),
  z.object({ kind: z.literal('practise') }),
  z.object({ kind: z.literal('stop') }),
]);
export type ToStation = z.infer<typeof toStationSchema>;

/**
 * Station → shell. `refused`: it cannot run until a person acts (bad configuration, database, port); starting it again would
 * end the same way.
 */
export const fromStationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), url: z.string() }),
  z.object({ kind: z.literal('refused'), text: z.string() }),
]);
export type FromStation = z.infer<typeof fromStationSchema>;

/** With this code the station's process ends after `refused`, which may get lost on the way out of an ending process. */
export const REFUSED_EXIT_CODE = 2;

/** Channels between a window's preload script and the shell. */
export const channels = {
  connect: 'gatehouse:connect',
  port: 'gatehouse:port',
  practise: 'gatehouse:practise',
  practicePort: 'gatehouse:practice-port',
} as const;
