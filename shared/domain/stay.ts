import { z } from 'zod';
import { berthRefSchema } from './berth.ts';
import { plateSchema } from './plate.ts';
import { appliedDiscountSchema, discountSchema } from './registry.ts';
import { TEMPORARY, termsSchema } from './terms.ts';
import { vehicleClassSchema } from './vehicle.ts';

export const laneRefSchema = z.object({ id: z.string(), name: z.string(), number: z.int() });
/** A lane as it was called when something happened there. */
export type LaneRef = z.infer<typeof laneRefSchema>;

/** How a stay is paid for: 临时 / 包月 / 共享 / 特殊 (white list). What cities are told; `Stay.terms` says it exactly. */
export const parkingTypeSchema = z.enum(['temporary', 'monthly', 'shared', 'special']);
export type ParkingType = z.infer<typeof parkingTypeSchema>;

/** `inside` 在场 · `left` 已离场 · `abnormal` closed without an exit (entered twice, withdrawn, closed as stale). */
export const stayStatusSchema = z.enum(['inside', 'left', 'abnormal']);
export type StayStatus = z.infer<typeof stayStatusSchema>;

/** Time inside one area (区域); a nested area inside a larger one makes segments that follow each other. `to` null: still there. */
export const segmentSchema = z.object({ areaId: z.string(), from: z.int(), to: z.int().nullable() });
export type Segment = z.infer<typeof segmentSchema>;

/**
 * Why a stay's bill may be wrong, so that a person looks before anybody pays:
 * held-open, camera-down: cars passed an exit unseen while it was inside · no-entry: nobody saw it come in ·
 * clock: the clock was set while it was inside · missed-outer-entry: it was first seen inside.
 */
export const doubtKindSchema = z.enum(['held-open', 'camera-down', 'no-entry', 'clock', 'missed-outer-entry']);
export type DoubtKind = z.infer<typeof doubtKindSchema>;
export const doubtSchema = z.object({ kind: doubtKindSchema, at: z.int(), detail: z.string() });
export type Doubt = z.infer<typeof doubtSchema>;

/** One car from entry to exit, as stored and as carried by events. Instants are epoch ms, money is fen. */
export const staySchema = z.object({
  /** parkingCode + entry number + yyyyMMddHHmmssSSS; made at entry, kept for ever (Qingdao D18). */
  uid: z.string().max(60),
  status: stayStatusSchema,
  plate: plateSchema,
  /** A car without a plate: the id it scanned or the virtual plate it was given; null for every other car. */
  identity: z.string().max(64).nullable().default(null),
  vehicleClass: vehicleClassSchema,
  parkingType: parkingTypeSchema,
  terms: termsSchema.default(TEMPORARY),
  /** The area where the car stands, or stood last; null in stays from before areas counted. */
  areaId: z.string().nullable().default(null),
  segments: z.array(segmentSchema).default([]),
  /** At the kerb: the berth that it stood in, which is its entry and exit lane, too; null behind barriers. */
  berth: berthRefSchema.nullable().default(null),
  entryLane: laneRefSchema,
  enteredAt: z.int(),
  /** Id of the entry record; with uid the identity of the entry towards platforms. */
  entryRecordId: z.string(),
  exitLane: laneRefSchema.nullable(),
  exitedAt: z.int().nullable(),
  exitRecordId: z.string().nullable(),
  /** Fee before discounts, due after them, and what was paid, over the whole stay. */
  chargeFen: z.int(),
  dueFen: z.int(),
  paidFen: z.int(),
  /** What discounts took off the bills of this stay so far. */
  discountFen: z.int().default(0),
  /** Let go without it (免费放行): due, never taken, never asked for again. */
  waivedFen: z.int().default(0),
  /** Left owing it (欠费): a debt stands for it. */
  owedFen: z.int().default(0),
  /** When something was paid last; the grace to leave (离场时限) counts from here. */
  lastPaidAt: z.int().nullable().default(null),
  /** Discounts granted and not used up yet: they go into the next bill. */
  discounts: z.array(discountSchema).default([]),
  /** Discounts that bills of this stay have used. */
  usedDiscounts: z.array(appliedDiscountSchema).default([]),
  doubts: z.array(doubtSchema).default([]),
  /** A person looked at the doubts up to here and said what counts. */
  reviewedAt: z.int().nullable().default(null),
});
export type Stay = z.infer<typeof staySchema>;
