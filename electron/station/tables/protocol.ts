import { z } from 'zod';
import type { RawRow } from './cell.ts';

/** What passes between the two threads while a file is read. */

/** `source`: the bytes, or the path of the file. */
export const workerRequestSchema = z.object({
  source: z.union([z.custom<Uint8Array>((value) => value instanceof Uint8Array), z.string()]),
  fileName: z.string(),
  sheetName: z.string().optional(),
});
export type WorkerRequest = z.infer<typeof workerRequestSchema>;

export const fromWorkerSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('rows'),
    // Made by our own reader a moment before; to walk every cell again would be the very work that left the lane's thread.
    rows: z.custom<readonly RawRow[]>(Array.isArray),
    fraction: z.number(),
  }),
  z.object({ type: z.literal('end') }),
  z.object({ type: z.literal('refused'), reason: z.string(), message: z.string() }),
]);
export type FromWorker = z.infer<typeof fromWorkerSchema>;
