import { z } from 'zod';
import { figuresSchema } from './events.ts';

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
  'login',
  'inputs',
  'voice',
  'paper',
  'scan',
  'driver',
] as const;

/** What a step may have found. */
export const selfTestFindings = [
  'never-heard',
  'heard',
  'no-heartbeat',
  'heartbeat',
  'no-times',
  'clock-near',
  'clock-ahead',
  'clock-behind',
  'heartbeat-only',
  'line-open',
  'line-shut',
  'relay-unseen',
  'relay-of-camera',
  'camera-missing',
  'camera-untested',
  'virtual',
  'virtual-gone',
  'arm',
  'connected',
  'not-connected',
  'answered',
  'unanswered',
  'garbled',
  'nothing-came',
  'answers-nothing',
  'login-ok',
  'login-refused',
  'login-locked',
  'relays-read',
  'inputs-read',
  'inputs-open',
  'paper-ok',
  'paper-low',
  'paper-out',
  'cover-open',
  'no-status',
  'scanned',
  'never-scanned',
  'sent',
  'not-offered',
  'experimental',
  'unconfirmed',
  'relay-board-needed',
] as const;

export type Finding = (typeof selfTestFindings)[number];

/** One step of the self-test of a device, with its plain result. Nothing that a driver would notice moves in a self-test. */
export const selfTestStepSchema = z.object({
  step: z.enum(selfTestStepNames),
  /** skipped: the protocol does not allow it, or there is nothing to look at yet. */
  result: z.enum(['ok', 'warning', 'failed', 'skipped']),
  /** A sentence for people, in Chinese. */
  detail: z.string(),
  /** The same for other languages, where the driver has a code for it. */
  said: z.object({ code: z.enum(selfTestFindings), figures: figuresSchema }).optional(),
  tookMs: z.number().nullable(),
});
export type SelfTestStep = z.infer<typeof selfTestStepSchema>;
