import { z } from 'zod';
import { attentionSchema, lanePhaseSchema } from '../../../shared/contract/lanes.ts';
import { plateSchema } from '../../../shared/domain/plate.ts';
import { feeStepSchema } from '../../../shared/domain/tariff.ts';

/**
 * What a lane remembers. Everything about a car hangs on its passage, and nothing of it survives into the next. The whole is
 * stored with each decision, so that after a crash a car being served is still being served.
 */

export const billSchema = z.object({
  id: z.string(),
  tariffId: z.string(),
  minutes: z.int(),
  chargeFen: z.int(),
  discountFen: z.int(),
  paidFen: z.int(),
  dueFen: z.int(),
  createdAt: z.int(),
  steps: z.array(feeStepSchema),
});
export type Bill = z.infer<typeof billSchema>;

const photoRefSchema = z.object({
  id: z.string(),
  name: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  takenAt: z.int(),
});
export type PhotoRef = z.infer<typeof photoRefSchema>;

/** A car that a camera saw at the lane, before anything was decided about it. */
export const arrivalSchema = z.object({
  passageId: z.string(),
  at: z.int(),
  plate: plateSchema,
  confidence: z.number().nullable(),
  photo: photoRefSchema.nullable(),
});
export type Arrival = z.infer<typeof arrivalSchema>;

export const passageSchema = z.object({
  id: z.string(),
  startedAt: z.int(),
  /** When the camera last saw this car here. */
  seenAt: z.int(),
  plate: plateSchema,
  readPlate: plateSchema.nullable(),
  confidence: z.number().nullable(),
  photo: photoRefSchema.nullable(),
  attention: attentionSchema.nullable(),
  uid: z.string().nullable(),
  bill: billSchema.nullable(),
});
export type Passage = z.infer<typeof passageSchema>;

export const gateCommandSchema = z.object({
  id: z.string(),
  passageId: z.string().nullable(),
  action: z.enum(['open', 'close', 'hold', 'release-hold']),
  outcome: z.enum(['pending', 'done', 'refused', 'unknown']),
  at: z.int(),
  detail: z.string(),
});
export type GateCommand = z.infer<typeof gateCommandSchema>;

export const laneStateSchema = z.object({
  phase: lanePhaseSchema,
  passage: passageSchema.nullable(),
  /** Cars read while another one was being served, oldest first. */
  waiting: z.array(arrivalSchema),
  held: z.boolean(),
  lastCommand: gateCommandSchema.nullable(),
  /** The safety loop was occupied since the arm was told to open: the car is under it. */
  underArm: z.boolean(),
});
export type LaneState = z.infer<typeof laneStateSchema>;

export const EMPTY_LANE: LaneState = Object.freeze({
  phase: 'idle',
  passage: null,
  waiting: [],
  held: false,
  lastCommand: null,
  underArm: false,
});
