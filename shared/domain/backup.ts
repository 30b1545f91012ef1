import { z } from 'zod';

/** How backups are made by themselves (自动备份). */
export const backupSettingsSchema = z.strictObject({
  directory: z
    .string()
    .trim()
    .max(400)
    .default('')
    .describe('Where backups lie, as an absolute path, best on another disk; empty: `backups` in the data directory'),
  dailyAt: z
    .union([z.literal(''), z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:mm')])
    .default('03:40')
    .describe('When the daily backup is made, Asia/Shanghai; empty: only by hand'),
  keepDays: z
    .int()
    .min(1)
    .max(3650)
    .default(14)
    .describe('Daily backups older than this are removed; the newest stays'),
  photos: z.boolean().default(false).describe('Photos are copied as well, each once for all backups'),
  warnBelowMb: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(2048)
    .describe('Less free disk space than this raises an alarm; 0: never'),
});
export type BackupSettings = z.infer<typeof backupSettingsSchema>;
