import { MessagePort } from 'node:worker_threads';
import { z } from 'zod';

/** What the real station and the thread of the practice station say to each other. Both sides parse what they receive. */

export const seatSchema = z.object({
  /** Of the practice station; empty, and wiped when it ends. */
  directory: z.string().min(1),
  version: z.string(),
  trainee: z.string(),
});
export type Seat = z.infer<typeof seatSchema>;

/** `connect` brings the other end of one window's connection. */
export const toThreadSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('connect'), port: z.instanceof(MessagePort) }),
  z.object({ kind: z.literal('stop') }),
]);
export type ToThread = z.infer<typeof toThreadSchema>;

export const fromThreadSchema = z.discriminatedUnion('kind', [
  /** The token signs the trainee in at the practice station. */
  z.object({ kind: z.literal('ready'), token: z.string() }),
  z.object({ kind: z.literal('lessons'), count: z.int() }),
  z.object({
    kind: z.literal('log'),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    message: z.string(),
    fields: z.record(z.string(), z.unknown()),
  }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
]);
export type FromThread = z.infer<typeof fromThreadSchema>;
