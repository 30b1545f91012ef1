import { z } from 'zod';
import { feeSchema, tariffSchema } from '../domain/tariff.ts';
import { timestampSchema } from '../domain/time.ts';
import { vehicleClassSchema } from '../domain/vehicle.ts';
import { procedure } from './base.ts';

export const tariffs = {
  list: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/tariffs',
    summary: 'All tariffs',
    tags: ['fees'],
  }).output(z.array(tariffSchema)),
  /** 试算 */
  trial: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/tariffs/{id}/trial',
    summary: 'Trial calculation (试算)',
    tags: ['fees'],
  })
    .input(
      z.object({
        id: z.string(),
        enteredAt: timestampSchema,
        exitedAt: timestampSchema,
        vehicleClass: vehicleClassSchema.default('small'),
      }),
    )
    .output(feeSchema),
};
