import { z } from 'zod';

/** What a self-test looks at. A driver offers those that its protocol allows. */
export const selfTestStepNames = [
  'reachable',
  'heartbeat',
  'clock',
  'commands',
  'connection',
  'picture',
  'relay',
  'display',
] as const;

/** One step of the self-test of a device, with its plain result. Nothing that a driver would notice moves in a self-test. */
export const selfTestStepSchema = z.object({
  step: z.enum(selfTestStepNames),
  /** skipped: the protocol does not allow it, or there is nothing to look at yet. */
  result: z.enum(['ok', 'warning', 'failed', 'skipped']),
  /** A sentence for people. */
  detail: z.string(),
  tookMs: z.number().nullable(),
});
export type SelfTestStep = z.infer<typeof selfTestStepSchema>;
