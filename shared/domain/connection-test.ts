import { z } from 'zod';

/** A step of a connection test, in the order in which they are taken; those after the first failure of a line are skipped. */
export const testStepSchema = z.object({
  /** The words for it are the screen's. */
  step: z.enum(['settings', 'address', 'tcp', 'tls', 'http', 'keys', 'credentials', 'connect', 'subscribe']),
  /** Which of the lines to the platform: ours to it, or its notices to us. */
  line: z.enum(['uplink', 'downlink']),
  outcome: z.enum(['ok', 'failed', 'skipped']),
  detail: z.string(),
  ms: z.int(),
});
export type TestStep = z.infer<typeof testStepSchema>;
