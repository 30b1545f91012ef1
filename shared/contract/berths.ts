import { z } from 'zod';
import { berthSchema, berthSideSchema, berthSourceSchema } from '../domain/berth.ts';
import { fenSchema } from '../domain/money.ts';
import { plateColorSchema } from '../domain/plate.ts';
import { timestampSchema } from '../domain/time.ts';
import { vehicleClassSchema } from '../domain/vehicle.ts';
import { optionalReason, procedure } from './base.ts';

const tags = ['berths'];
const id = z.string().min(1).max(64);
const deviceId = z.string().min(1).max(40).nullable();

/** The car in a berth, as somebody on the spot needs it. */
export const berthCarSchema = z.object({
  uid: z.string(),
  plate: z.string().describe('Empty: nobody knows it yet'),
  plateColor: z.string(),
  vehicleClass: vehicleClassSchema,
  enteredAt: timestampSchema,
  terms: z.string().describe('What it stands on: temporary, card, booking, …'),
  feeFen: fenSchema.nullable().describe('What the stay comes to by now, before discounts; null: nobody prices it'),
  dueFen: fenSchema.nullable().describe('Still to pay now'),
  paidFen: fenSchema,
});
export type BerthCar = z.infer<typeof berthCarSchema>;

export const berthViewSchema = berthSchema.omit({ updatedAt: true }).extend({
  updatedAt: timestampSchema,
  occupied: z.boolean().nullable().describe('null: nobody has told yet'),
  since: timestampSchema.nullable(),
  source: berthSourceSchema.nullable(),
  /** Of the devices that tell of it; null: it has none. */
  device: z.enum(['online', 'offline', 'unknown']).nullable(),
  car: berthCarSchema.nullable().describe('null: free, or taken by a car whose stay was ended by hand'),
});
export type BerthView = z.infer<typeof berthViewSchema>;

const fields = {
  road: z.string().trim().max(60).optional(),
  side: berthSideSchema.optional(),
  position: z.int().min(0).max(99_999).optional().describe('Order along the road; by its number unless told'),
  sensor: deviceId.optional(),
  camera: deviceId.optional(),
  inUse: z.boolean().optional(),
};
const code = z.string().trim().min(1).max(36);
const number = z.int().min(1).max(9999);
const areaId = z.string().min(1).max(40);

/** 路内泊位: the register, what is in each, and what a person on the spot says. */
export const berths = {
  list: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/berths',
    summary: 'All berths with the cars in them, by number',
    tags,
  }).output(z.object({ at: timestampSchema, rows: z.array(berthViewSchema) })),
  add: procedure({
    access: 'manager',
    method: 'POST',
    path: '/berths',
    summary: 'Add a berth',
    tags,
    successStatus: 201,
  })
    .input(z.object({ code, number: number.optional().describe('The next free one unless told'), areaId, ...fields }))
    .output(berthViewSchema),
  update: procedure({ access: 'manager', method: 'PATCH', path: '/berths/{id}', summary: 'Change a berth', tags })
    .input(z.object({ id, code: code.optional(), number: number.optional(), areaId: areaId.optional(), ...fields }))
    .output(berthViewSchema),
  remove: procedure({
    access: 'manager',
    method: 'DELETE',
    path: '/berths/{id}',
    summary: 'Take a berth off the register',
    tags,
  })
    .input(z.object({ id, ...optionalReason }))
    .output(z.object({})),
  /** A person on the spot saw a car come, stand there, or gone. */
  observe: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/berths/{id}/observation',
    summary: 'Say whether a car is in a berth',
    tags,
  })
    .input(
      z.object({
        id,
        occupied: z.boolean(),
        at: timestampSchema.optional().describe('When it came or went; now unless told, never later'),
        plate: z.string().trim().max(16).optional().describe('Of the car that came; left out: not known yet'),
        plateColor: plateColorSchema.optional(),
        vehicleClass: vehicleClassSchema.optional(),
        reason: z.string().trim().max(200).optional(),
      }),
    )
    .output(berthViewSchema),
  /** The plate of the car in a berth becomes known, or was wrong. */
  identify: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/berths/{id}/plate',
    summary: 'Tell the plate of the car in a berth',
    tags,
  })
    .input(
      z.object({
        id,
        uid: z.string().min(1).max(60).describe('The stay that was seen, lest another car is named'),
        plate: z.string().trim().min(1).max(16),
        plateColor: plateColorSchema.optional(),
        vehicleClass: vehicleClassSchema.optional(),
      }),
    )
    .output(berthViewSchema),
};
