import { z } from 'zod';
import { spacesSchema } from './site.ts';
import { vehicleClassSchema } from './vehicle.ts';

/** Cars that stand somewhere against the spaces there are; `total` null: no limit of its own. `free` is never below zero. */
const usage = { total: z.int().nullable(), inside: z.int(), free: z.int().nullable() };

/** Occupied and free spaces (车位) at one moment, as the stays tell it and people corrected it. */
export const occupancySchema = z.object({
  whole: spacesSchema,
  /** What corrections add to the whole, by areas and as a whole. */
  correction: z.int(),
  areas: z.array(
    z.object({
      areaId: z.string(),
      name: z.string(),
      ...usage,
      /** Cars whose stay says that they stand here or in an area within, before corrections. */
      counted: z.int(),
      correction: z.int(),
      byClass: z.record(vehicleClassSchema, z.int()),
    }),
  ),
  classes: z.array(z.object({ vehicleClass: vehicleClassSchema, ...usage })),
  quotas: z.array(z.object({ quotaId: z.string(), name: z.string(), ...usage })),
});
export type Occupancy = z.infer<typeof occupancySchema>;
