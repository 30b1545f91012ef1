import { z } from 'zod';
import { visitorSchema } from '../domain/registry.ts';
import { timestampSchema } from '../domain/time.ts';
import { optionalReason, pageInput, pageOf, procedure } from './base.ts';

const tags = ['visitors'];
const id = z.object({ id: z.string().min(1).max(64) });
const { shape } = visitorSchema;

export const visitorViewSchema = visitorSchema.extend({
  from: timestampSchema,
  to: timestampSchema,
  updatedAt: timestampSchema,
});
export type VisitorView = z.infer<typeof visitorViewSchema>;

const fields = {
  name: shape.name.optional(),
  host: shape.host.optional(),
  visitsLeft: shape.visitsLeft.optional().describe('null: no limit within the period'),
  freeMinutes: shape.freeMinutes.optional().describe('null: free for the whole visit within the period'),
  remark: shape.remark.optional(),
};

/** 访客车. */
export const visitors = {
  list: procedure({ access: 'attendant', method: 'GET', path: '/visitors', summary: 'Visitors', tags })
    .input(
      z.object({
        plate: z.string().max(16).optional(),
        over: z.enum(['true', 'false']).optional().describe('Only those whose period is over, or only the others'),
        ...pageInput,
      }),
    )
    .output(pageOf(visitorViewSchema)),
  create: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/visitors',
    summary: 'Announce a visitor; the same plate and period again is the same visit. Attendants: short visits only',
    tags,
    successStatus: 201,
  })
    .input(z.object({ plate: shape.plate, from: timestampSchema, to: timestampSchema, ...fields }))
    .output(visitorViewSchema),
  change: procedure({ access: 'attendant', method: 'PATCH', path: '/visitors/{id}', summary: 'Change a visitor', tags })
    .input(
      id.extend({
        plate: shape.plate.optional(),
        from: timestampSchema.optional(),
        to: timestampSchema.optional(),
        ...fields,
      }),
    )
    .output(visitorViewSchema),
  cancel: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/visitors/{id}/cancel',
    summary: 'Cancel a visit',
    tags,
  })
    .input(id.extend(optionalReason))
    .output(visitorViewSchema),
};
