import { z } from 'zod';
import { plateSchema } from './plate.ts';
import { idSchema } from './site.ts';
import { vehicleClassSchema } from './vehicle.ts';

/** 泊位: a marked place at the kerb. A car in it is a stay, as a car behind a barrier is one elsewhere. */

export const berthSideSchema = z.enum(['left', 'right']);
export type BerthSide = z.infer<typeof berthSideSchema>;

export const berthSchema = z.object({
  id: z.string(),
  /** 泊位编号 as it is painted on the ground, and as cities know it. */
  code: z.string().min(1).max(36),
  /** What stands for an entrance number in the uid of a stay and towards platforms; unique among berths. */
  number: z.int().min(1).max(9999),
  /** The road section (路段) is an area: its tariff prices the stays, its free spaces are counted. */
  areaId: idSchema,
  /** Name of the road, for people and for cities. */
  road: z.string().max(60),
  /** Which side of the road, seen in the direction in which `position` grows. */
  side: berthSideSchema,
  /** Order along the road, from its beginning. */
  position: z.int().min(0).max(99_999),
  /** 地磁: the device in the ground; null: none. */
  sensor: idSchema.nullable(),
  /** 视频: the device that looks at it, which may look at others too; null: none. */
  camera: idSchema.nullable(),
  /** False: nothing that is told of it begins a stay (停用). */
  inUse: z.boolean(),
  updatedAt: z.int(),
});
export type Berth = z.infer<typeof berthSchema>;

export const berthRefSchema = z.object({ id: z.string(), code: z.string() });
/** A berth as it was called when a car stood there. */
export type BerthRef = z.infer<typeof berthRefSchema>;

/** Who says so: a device in the ground, one that looks, or a person on the spot. */
export const berthSourceSchema = z.enum(['geomagnetic', 'video', 'person']);
export type BerthSource = z.infer<typeof berthSourceSchema>;

/** The last word of one device about a berth: what it says again is no news. */
export const berthWordSchema = z.object({
  occupied: z.boolean(),
  at: z.int(),
  sequence: z.int().nullable(),
  /** The moments of its words before that, the latest last: by them a late copy of one is known. */
  before: z.array(z.int()).optional(),
  /** And those of its words with a count of 0 or 1, which begin a count. */
  first: z.array(z.int()).optional(),
});
export type BerthWord = z.infer<typeof berthWordSchema>;

/** What was read of a car that has not stood long enough yet for its stay to begin. */
export const berthSeenSchema = z.object({ plate: plateSchema, vehicleClass: vehicleClassSchema.nullable() });
export type BerthSeen = z.infer<typeof berthSeenSchema>;

/** What is known of a berth. `occupied` null: nobody has told yet. */
export const berthStateSchema = z.object({
  occupied: z.boolean().nullable(),
  /** When that began, as far as whoever told it knows. */
  since: z.int().nullable(),
  source: berthSourceSchema.nullable(),
  deviceId: z.string().nullable(),
  /** Of the device's own signal (地磁信号序列号) where it counts, else our count of this berth's changes. Never goes back. */
  sequence: z.int().min(0),
  /** The stay of the car that is in it. */
  uid: z.string().nullable(),
  seen: berthSeenSchema.optional(),
  /** By device, as far as it was told when this was written. */
  told: z.record(z.string(), berthWordSchema).optional(),
});
export type BerthState = z.infer<typeof berthStateSchema>;

/** Nothing heard. */
export const UNKNOWN_BERTH: BerthState = Object.freeze({
  occupied: null,
  since: null,
  source: null,
  deviceId: null,
  sequence: 0,
  uid: null,
});
