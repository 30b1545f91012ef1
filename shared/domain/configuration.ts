import { z } from 'zod';

/** The parts of a configuration that people edit and read about separately. */
export const configurationPartSchema = z.enum([
  'site',
  'quotas',
  'rules',
  'areas',
  'lanes',
  'devices',
  'tariffs',
  'lists',
  'cards',
  'berths',
  'channels',
  'platforms',
]);
export type ConfigurationPart = z.infer<typeof configurationPartSchema>;

/** One difference between two configurations, for people. Secrets are told to differ, never what they are. */
export const configurationChangeSchema = z.object({
  part: configurationPartSchema,
  what: z.enum(['added', 'removed', 'changed']),
  /** The id of the lane, device, platform…; `''` for the site itself. */
  id: z.string(),
  /** Its name, where it has one. */
  name: z.string(),
  /** The setting below it, e.g. `settings.serialNo`; `''` when the whole came or went. */
  field: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type ConfigurationChange = z.infer<typeof configurationChangeSchema>;

/** Where a configuration came from. */
export const configurationSourceSchema = z.enum([
  'provision-file',
  'demo',
  'screens',
  'import',
  'wizard',
  'history',
  'fallback',
]);
export type ConfigurationSource = z.infer<typeof configurationSourceSchema>;
