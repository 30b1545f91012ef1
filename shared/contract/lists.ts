import { z } from 'zod';
import { listColorSchema, listKindSchema, listStrategySchema } from '../domain/list.ts';
import { timestampSchema } from '../domain/time.ts';
import { vehicleClassSchema } from '../domain/vehicle.ts';
import { optionalReason, pageInput, pageOf, procedure } from './base.ts';

const tags = ['lists'];

export const listEntryViewSchema = z.object({
  id: z.string(),
  list: listKindSchema,
  plate: z.string(),
  plateColor: listColorSchema.nullable().default(null).describe('Only plates of this colour; null: any'),
  strategy: listStrategySchema,
  vehicleClass: vehicleClassSchema.nullable(),
  validFrom: timestampSchema,
  validTo: timestampSchema,
  remark: z.string(),
  source: z.string(),
  updatedAt: timestampSchema,
});
export type ListEntryView = z.infer<typeof listEntryViewSchema>;

const fields = {
  plateColor: listColorSchema
    .nullable()
    .optional()
    .describe('Only cars whose plate has this colour, or one that no camera could tell; null: any'),
  strategy: listStrategySchema.optional().describe('Black list only; on the white list always `free`'),
  vehicleClass: vehicleClassSchema.nullable().optional(),
  validFrom: timestampSchema.optional(),
  validTo: timestampSchema.optional(),
  remark: z.string().max(50).optional(),
};

/** 黑白名单. Adding a plate that is already on the list with that colour updates it. */
export const lists = {
  list: procedure({ access: 'attendant', method: 'GET', path: '/lists', summary: 'Black and white list', tags })
    .input(z.object({ list: listKindSchema.optional(), plate: z.string().max(16).optional(), ...pageInput }))
    .output(pageOf(listEntryViewSchema)),
  add: procedure({
    access: 'manager',
    method: 'POST',
    path: '/lists',
    summary: 'Put a plate on a list',
    tags,
    successStatus: 201,
  })
    .input(z.object({ list: listKindSchema, plate: z.string().min(1).max(16), ...fields }))
    .output(listEntryViewSchema),
  update: procedure({ access: 'manager', method: 'PATCH', path: '/lists/{id}', summary: 'Change an entry', tags })
    .input(z.object({ id: z.string(), ...fields }))
    .output(listEntryViewSchema),
  remove: procedure({
    access: 'manager',
    method: 'DELETE',
    path: '/lists/{id}',
    summary: 'Take a plate off a list',
    tags,
  })
    .input(z.object({ id: z.string(), ...optionalReason }))
    .output(z.object({})),
};
