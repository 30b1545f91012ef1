import { z } from 'zod';

/** Size class of a vehicle, as tariffs and cities use it: 小型 / 中型 / 大型. */
export const vehicleClassSchema = z.enum(['small', 'medium', 'large']);
export type VehicleClass = z.infer<typeof vehicleClassSchema>;
