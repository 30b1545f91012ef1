import { z } from 'zod';
import { plateSchema } from './plate.ts';
import { vehicleClassSchema } from './vehicle.ts';

export const laneRefSchema = z.object({ id: z.string(), name: z.string(), number: z.int() });
/** A lane as it was called when something happened there. */
export type LaneRef = z.infer<typeof laneRefSchema>;

/** How a stay is paid for: 临时 / 包月 / 共享 / 特殊 (white list). */
export const parkingTypeSchema = z.enum(['temporary', 'monthly', 'shared', 'special']);
export type ParkingType = z.infer<typeof parkingTypeSchema>;

/** `inside` 在场 · `left` 已离场 · `abnormal` closed without an exit (entered twice, withdrawn). */
export const stayStatusSchema = z.enum(['inside', 'left', 'abnormal']);
export type StayStatus = z.infer<typeof stayStatusSchema>;

/** One car from entry to exit, as stored and as carried by events. Instants are epoch ms, money is fen. */
export const staySchema = z.object({
  /** parkingCode + entry number + yyyyMMddHHmmssSSS; made at entry, kept for ever (Qingdao D18). */
  uid: z.string().max(60),
  status: stayStatusSchema,
  plate: plateSchema,
  vehicleClass: vehicleClassSchema,
  parkingType: parkingTypeSchema,
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
});
export type Stay = z.infer<typeof staySchema>;
