import { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { qingdaoSettingsSchema } from './config.ts';

/** What the sealing thread is given at its start, and what passes between it and the lanes' thread. */

const keySchema = z.custom<KeyObject>((value) => value instanceof KeyObject);
const engineChoiceSchema = z.enum(['node', 'forge']);

export const sealStartSchema = z.object({
  settings: z.object({ accessId: z.string(), crypto: qingdaoSettingsSchema.shape.crypto }),
  publicKey: keySchema,
  privateKey: keySchema,
  choice: z.object({
    encryptWithPublic: engineChoiceSchema,
    encryptWithPrivate: engineChoiceSchema,
    decryptWithPrivate: engineChoiceSchema,
    recoverWithPublic: engineChoiceSchema,
    sign: engineChoiceSchema,
    verify: engineChoiceSchema,
  }),
});
export type SealStart = z.output<typeof sealStartSchema>;

export const sealJobsSchema = z.array(z.object({ id: z.int(), plain: z.string(), file: z.string().optional() }));
export type SealJob = z.output<typeof sealJobsSchema>[number];

export const sealedSchema = z.array(
  z.union([
    z.object({
      id: z.int(),
      body: z.union([z.string(), z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array)]),
      attached: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string() })),
    }),
    z.object({ id: z.int(), fault: z.string() }),
  ]),
);
export type SealedJobs = z.output<typeof sealedSchema>;
