import { z } from 'zod';
import { vehicleClassSchema } from './vehicle.ts';

/** Identifier of a lane, device, area or user in the configuration: letters, digits, `-`, `_`, `.`. */
export const idSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/, 'must be 1-40 letters, digits, - _ or .');

/** The car park itself. `openSpaces` is what the public may use; the rest is reserved. */
export const siteSchema = z
  .strictObject({
    code: z
      .string()
      .min(1)
      .max(39)
      .describe(
        'Number of the car park; with the entrance number and 17 digits of time it makes the uid of a stay, 60 at most',
      ),
    name: z.string().min(1).max(60),
    address: z.string().max(200).default(''),
    totalSpaces: z.int().min(0).max(999_999),
    openSpaces: z.int().min(0).max(999_999),
    defaultVehicleClass: vehicleClassSchema.default('small'),
    samePlateSeconds: z
      .int()
      .min(0)
      .max(600)
      .default(60)
      .describe('The same plate read again at the same lane within this time is the same car'),
  })
  .refine((site) => site.openSpaces <= site.totalSpaces, {
    path: ['openSpaces'],
    message: 'must not exceed totalSpaces',
  });
export type Site = z.infer<typeof siteSchema>;

export const areaSchema = z.strictObject({
  id: idSchema,
  code: z.int().min(1).max(9999),
  name: z.string().min(1).max(60),
  spaces: z.int().min(0).max(999_999),
});
export type Area = z.infer<typeof areaSchema>;

export const laneDirectionSchema = z.enum(['in', 'out']);
export type LaneDirection = z.infer<typeof laneDirectionSchema>;

/** A lane (车道): one barrier, one camera. `number` is the entrance or exit number that platforms are told. */
export const laneSchema = z.strictObject({
  id: idSchema,
  name: z.string().min(1).max(60),
  direction: laneDirectionSchema,
  number: z.int().min(1).max(9999),
  area: idSchema,
  booth: z.string().max(20).optional(),
  camera: idSchema.optional(),
  barrier: idSchema.optional(),
  display: idSchema.optional(),
  tariff: idSchema.optional(),
});
export type Lane = z.infer<typeof laneSchema>;

export const deviceKindSchema = z.enum(['camera', 'barrier', 'display', 'scanner', 'printer']);
export type DeviceKind = z.infer<typeof deviceKindSchema>;

/** A device; `settings` is parsed by the schema of its driver. */
export const deviceSchema = z.strictObject({
  id: idSchema,
  kind: deviceKindSchema,
  driver: z.string().min(1).max(40),
  settings: z.record(z.string(), z.unknown()).default({}),
});
export type DeviceConfig = z.infer<typeof deviceSchema>;

export const roleSchema = z.enum(['attendant', 'manager', 'admin']);
/** attendant 收费员 · manager 管理员 · admin 系统管理员; each may do all that the one before may. */
export type Role = z.infer<typeof roleSchema>;

export const platformIdSchema = z.enum(['qingdao', 'shenzhen', 'keytop', 'vanke', 'cmb']);
export type PlatformId = z.infer<typeof platformIdSchema>;

/** Counts of spaces at one moment. `free` = open spaces not taken, never below zero. */
export const spacesSchema = z.object({ total: z.int(), open: z.int(), free: z.int(), inside: z.int() });
export type Spaces = z.infer<typeof spacesSchema>;
