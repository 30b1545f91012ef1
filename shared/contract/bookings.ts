import { z } from 'zod';
import { bookingSchema } from '../domain/registry.ts';
import { timestampSchema } from '../domain/time.ts';
import { optionalReason, pageInput, pageOf, procedure } from './base.ts';

const tags = ['bookings'];
const id = z.object({ id: z.string().min(1).max(64) });
const { shape } = bookingSchema;

export const bookingViewSchema = bookingSchema.extend({
  from: timestampSchema,
  to: timestampSchema,
  updatedAt: timestampSchema,
});
export type BookingView = z.infer<typeof bookingViewSchema>;

const fields = {
  passes: shape.passes.optional(),
  prepaidFen: shape.prepaidFen.optional(),
  owner: shape.owner.optional(),
  phone: shape.phone.optional(),
  remark: shape.remark.optional(),
};

/** 预约车. */
export const bookings = {
  list: procedure({ access: 'attendant', method: 'GET', path: '/bookings', summary: 'Bookings', tags })
    .input(
      z.object({
        plate: z.string().max(16).optional(),
        over: z.enum(['true', 'false']).optional().describe('Only those whose period is over, or only the others'),
        ...pageInput,
      }),
    )
    .output(pageOf(bookingViewSchema)),
  create: procedure({
    access: 'manager',
    method: 'POST',
    path: '/bookings',
    summary: 'Book for a plate; the same plate and period again is the same booking',
    tags,
    successStatus: 201,
  })
    .input(
      z.object({
        plate: shape.plate,
        from: timestampSchema,
        to: timestampSchema,
        ...fields,
        immediate: z
          .boolean()
          .optional()
          .describe('A temporary car of this plate that came in within the period becomes a booked one now'),
      }),
    )
    .output(bookingViewSchema),
  change: procedure({ access: 'manager', method: 'PATCH', path: '/bookings/{id}', summary: 'Change a booking', tags })
    .input(
      id.extend({
        plate: shape.plate.optional(),
        from: timestampSchema.optional(),
        to: timestampSchema.optional(),
        ...fields,
      }),
    )
    .output(bookingViewSchema),
  cancel: procedure({
    access: 'manager',
    method: 'POST',
    path: '/bookings/{id}/cancel',
    summary: 'Cancel a booking',
    tags,
  })
    .input(id.extend(optionalReason))
    .output(bookingViewSchema),
  /** The same as `cancel`: it stays in the history. */
  remove: procedure({
    access: 'manager',
    method: 'DELETE',
    path: '/bookings/{id}',
    summary: 'Cancel a booking; it stays in the history',
    tags,
  })
    .input(id.extend(optionalReason))
    .output(z.object({})),
};
