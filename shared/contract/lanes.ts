import { z } from 'zod';
import { fenSchema } from '../domain/money.ts';
import { plateColorSchema, plateSchema } from '../domain/plate.ts';
import { laneDirectionSchema } from '../domain/site.ts';
import { feeStepSchema } from '../domain/tariff.ts';
import { timestampSchema } from '../domain/time.ts';
import { procedure } from './base.ts';
import { stayViewSchema } from './stays.ts';

/**
 * idle 空闲 · attention 待人工 (a person must decide; `passage.attention` says why) · charging 待缴费 ·
 * cleared 已放行 (decided and stored; the arm was told to open).
 */
export const lanePhaseSchema = z.enum(['idle', 'attention', 'charging', 'cleared']);
export type LanePhase = z.infer<typeof lanePhaseSchema>;

/** Why a car waits for a person. */
export const attentionSchema = z.enum(['unread-plate', 'no-entry', 'blacklisted', 'no-tariff', 'clock-reversed']);
export type Attention = z.infer<typeof attentionSchema>;

export const billViewSchema = z.object({
  id: z.string(),
  tariffId: z.string(),
  minutes: z.int(),
  chargeFen: fenSchema,
  discountFen: fenSchema,
  paidFen: fenSchema,
  dueFen: fenSchema,
  createdAt: timestampSchema,
  steps: z.array(feeStepSchema),
});
export type BillView = z.infer<typeof billViewSchema>;

export const passageViewSchema = z.object({
  id: z.string(),
  startedAt: timestampSchema,
  plate: plateSchema,
  /** What the camera read, when a person corrected it. */
  readPlate: plateSchema.nullable(),
  confidence: z.number().nullable(),
  attention: attentionSchema.nullable(),
  photoId: z.string().nullable(),
  entryPhotoId: z.string().nullable(),
  stay: stayViewSchema.nullable(),
  bill: billViewSchema.nullable(),
});
export type PassageView = z.infer<typeof passageViewSchema>;

/** How a command to the arm ended. `unknown`: sent, never answered; it is not repeated by itself. */
export const commandOutcomeSchema = z.enum(['pending', 'done', 'refused', 'unknown']);

export const barrierViewSchema = z.object({
  /** `unknown`: the arm has no position sensor; `lastCommand` is all we know. */
  arm: z.enum(['closed', 'moving', 'open', 'unknown']),
  held: z.boolean(),
  lastCommand: z
    .object({
      action: z.enum(['open', 'close', 'hold', 'release-hold']),
      outcome: commandOutcomeSchema,
      at: timestampSchema,
      detail: z.string(),
    })
    .nullable(),
});
export type BarrierView = z.infer<typeof barrierViewSchema>;

export const deviceViewSchema = z.object({
  id: z.string(),
  kind: z.string(),
  driver: z.string(),
  state: z.enum(['online', 'offline', 'unknown']),
  lastSeenAt: timestampSchema.nullable(),
});
export type DeviceView = z.infer<typeof deviceViewSchema>;

export const laneViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  direction: laneDirectionSchema,
  number: z.int(),
  phase: lanePhaseSchema,
  /** Plate and bill of the present car, as in `passage`: what most readers want of a lane. */
  plate: plateSchema.nullable(),
  bill: billViewSchema.nullable(),
  passage: passageViewSchema.nullable(),
  /** Cars read while another one was being served. */
  waiting: z.array(plateSchema),
  barrier: barrierViewSchema,
  devices: z.array(deviceViewSchema),
});
export type LaneView = z.infer<typeof laneViewSchema>;

const tags = ['lanes'];
const laneId = { id: z.string().min(1).max(40) };
/** Names the car that the caller saw. When another car stands there by now, the call is refused with CONFLICT. */
const passageId = z.string().max(64).optional().describe('Refuse unless this passage is still the one at the lane');
const reason = z.string().trim().min(1).max(200);

export const lanes = {
  list: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/lanes',
    summary: 'Live state of every lane',
    tags,
  }).output(z.array(laneViewSchema)),
  get: procedure({ access: 'attendant', method: 'GET', path: '/lanes/{id}', summary: 'Live state of one lane', tags })
    .input(z.object(laneId))
    .output(laneViewSchema),
  /** 手动开闸: raises the arm once. Admits nobody and bills nobody; the reason and a photo go to the audit log. */
  open: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/open',
    summary: 'Open the barrier by hand',
    tags,
  })
    .input(z.object({ ...laneId, reason }))
    .output(laneViewSchema),
  close: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/close',
    summary: 'Close the barrier by hand',
    tags,
  })
    .input(z.object({ ...laneId, reason: reason.optional() }))
    .output(laneViewSchema),
  /** 常抬: keeps the arm up until it is released. */
  hold: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/hold',
    summary: 'Hold the barrier open, or release it',
    tags,
  })
    .input(z.object({ ...laneId, on: z.boolean(), reason }))
    .output(laneViewSchema),
  correctPlate: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/correct-plate',
    summary: 'The car at the lane was misread',
    tags,
  })
    .input(
      z.object({
        ...laneId,
        passageId,
        plate: z.string().min(1).max(16),
        plateColor: plateColorSchema.default('unknown'),
      }),
    )
    .output(laneViewSchema),
  /** Takes cash for the car at the exit. `amountFen` must equal what is due: change is counted before this call. */
  collect: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/collect',
    summary: 'Take cash and let the car out',
    tags,
  })
    .input(z.object({ ...laneId, passageId, method: z.literal('cash'), amountFen: fenSchema }))
    .output(laneViewSchema),
  /** 免费放行: lets the car pass without paying; what was due stays in the record. */
  release: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/release',
    summary: 'Let the car pass without paying, with a reason',
    tags,
  })
    .input(z.object({ ...laneId, passageId, reason }))
    .output(laneViewSchema),
  /** Ends the passage without opening: the car turned back, or there was none. */
  cancel: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/cancel',
    summary: 'End the passage without opening',
    tags,
  })
    .input(z.object({ ...laneId, passageId, reason }))
    .output(laneViewSchema),
};
