import { z } from 'zod';

/** What the backup thread is asked to do. */
export const backupTaskSchema = z.discriminatedUnion('kind', [
  /** A copy of the database `file` as it is at one moment, in `target`. */
  z.object({ kind: z.literal('database'), file: z.string(), target: z.string() }),
  /** The photos that the database `file` names and that `target` lacks, out of `from`. */
  z.object({ kind: z.literal('photos'), file: z.string(), from: z.string(), target: z.string() }),
]);
export type BackupTask = z.infer<typeof backupTaskSchema>;

/** What is known of a copy of the database. */
export const copiedSchema = z.object({
  bytes: z.int(),
  sha256: z.string(),
  seq: z.int(),
  hash: z.string(),
  schema: z.int(),
});
export type Copied = z.infer<typeof copiedSchema>;
