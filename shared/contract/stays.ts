import { z } from 'zod';
import { fenSchema } from '../domain/money.ts';
import { plateColorSchema, plateSchema } from '../domain/plate.ts';
import { paperStateSchema } from '../domain/print.ts';
import { appliedDiscountSchema } from '../domain/registry.ts';
import { doubtKindSchema, laneRefSchema, parkingTypeSchema, stayStatusSchema } from '../domain/stay.ts';
import { feeSchema, feeStepSchema } from '../domain/tariff.ts';
import { termsSchema } from '../domain/terms.ts';
import { timestampSchema } from '../domain/time.ts';
import { vehicleClassSchema } from '../domain/vehicle.ts';
import { pageInput, pageOf, procedure } from './base.ts';
import { messageViewSchema } from './outbox.ts';

/** A stay (停车记录) as the API shows it. */
export const stayViewSchema = z.object({
  uid: z.string(),
  status: stayStatusSchema,
  plate: plateSchema,
  vehicleClass: vehicleClassSchema,
  parkingType: parkingTypeSchema,
  entryLane: laneRefSchema,
  enteredAt: timestampSchema,
  exitLane: laneRefSchema.nullable(),
  exitedAt: timestampSchema.nullable(),
  /** A car without a plate: what it scanned, or the virtual plate it was given. */
  identity: z.string().nullable(),
  terms: termsSchema,
  areaId: z.string().nullable(),
  /** charge = paid + discount + waived + owed, once it has left. */
  chargeFen: z.int(),
  dueFen: z.int(),
  paidFen: z.int(),
  discountFen: z.int(),
  waivedFen: z.int(),
  owedFen: z.int(),
});
export type StayView = z.infer<typeof stayViewSchema>;

export const photoViewSchema = z.object({
  id: z.string(),
  purpose: z.enum(['entry', 'exit', 'manual', 'stored']),
  takenAt: timestampSchema,
  bytes: z.int(),
});
export type PhotoView = z.infer<typeof photoViewSchema>;

export const paymentViewSchema = z.object({
  billId: z.string(),
  method: z.string(),
  amountFen: z.int(),
  chargeFen: z.int(),
  dueFen: z.int(),
  paidAt: timestampSchema,
  operator: z.string(),
  steps: z.array(feeStepSchema),
  paper: paperStateSchema.describe('Its receipt; maybe: nobody knows whether it was printed'),
});
export type PaymentView = z.infer<typeof paymentViewSchema>;

export const stayDetailSchema = stayViewSchema.extend({
  photos: z.array(photoViewSchema),
  payments: z.array(paymentViewSchema),
  messages: z.array(messageViewSchema),
});
export type StayDetail = z.infer<typeof stayDetailSchema>;

export const quoteSchema = z.object({
  stay: stayViewSchema,
  fee: feeSchema,
  /** charge = discount + paid + due. */
  chargeFen: z.int(),
  discountFen: z.int(),
  discounts: z.array(appliedDiscountSchema),
  paidFen: fenSchema,
  dueFen: fenSchema,
  /** What the plate owes from earlier visits; collected with the bill at the exit. */
  debtFen: z.int(),
  /** A car that has paid may leave until then without paying again (离场时限). */
  leaveBy: timestampSchema.nullable(),
  doubts: z.array(z.object({ kind: doubtKindSchema, at: timestampSchema, detail: z.string() })),
  at: timestampSchema,
  entryPhotoId: z.string().nullable(),
});
export type Quote = z.infer<typeof quoteSchema>;

const plateInput = z.string().max(16).optional().describe('Any part of the plate');

/** Which stays; what is absent narrows nothing. */
const stayFilter = {
  plate: plateInput,
  identity: z.string().max(64).optional().describe('Any part of the id of a car without a plate'),
  status: stayStatusSchema.optional(),
  from: timestampSchema.optional().describe('Entered at or after'),
  to: timestampSchema.optional().describe('Entered before'),
  exitedFrom: timestampSchema.optional().describe('Left at or after'),
  exitedTo: timestampSchema.optional().describe('Left before'),
  laneId: z.string().max(64).optional().describe('Lane of entry or of exit'),
  vehicleClass: vehicleClassSchema.optional(),
  parkingType: parkingTypeSchema.optional(),
};

export const sessions = {
  list: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/sessions',
    summary: 'Search stays',
    tags: ['sessions'],
  })
    .input(
      z.object({
        ...stayFilter,
        ...pageInput,
        after: z
          .string()
          .max(100)
          .optional()
          .describe('`next` of the page before: pages that stay in place while cars come'),
      }),
    )
    .output(pageOf(stayViewSchema).extend({ next: z.string().optional() })),
  export: procedure({
    access: 'manager',
    method: 'GET',
    path: '/sessions/file',
    summary: 'All stays that match, as CSV or XLSX; the journal tells who took them',
    tags: ['sessions'],
  })
    .input(z.object({ ...stayFilter, format: z.enum(['csv', 'xlsx']).default('xlsx') }))
    .output(z.file()),
  /** Cars inside, and those that stand there longer than they should (滞留), the oldest in front. */
  stale: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/sessions/stale',
    summary: 'Cars inside for longer than some hours, the oldest in front',
    tags: ['sessions'],
  })
    .input(
      z.object({
        hours: z.coerce
          .number()
          .int()
          .min(0)
          .max(87_600)
          .optional()
          .describe('0: all cars inside. Absent: the `staleDays` of the rules'),
        plate: plateInput,
        areaId: z.string().max(40).optional().describe('The area where the car stands'),
        vehicleClass: vehicleClassSchema.optional(),
        parkingType: parkingTypeSchema.optional(),
        ...pageInput,
      }),
    )
    .output(pageOf(stayViewSchema)),
  get: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/sessions/{uid}',
    summary: 'One stay with photos, payments and messages',
    tags: ['sessions'],
  })
    .input(z.object({ uid: z.string().min(1).max(64) }))
    .output(stayDetailSchema),
  /** 补录: registers an entry by hand. Opens nothing. */
  create: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/sessions',
    summary: 'Register an entry by hand (补录)',
    tags: ['sessions'],
    successStatus: 201,
  })
    .input(
      z
        .object({
          plate: z.string().max(16).default('').describe('Empty only with `identity`'),
          plateColor: plateColorSchema.default('unknown'),
          vehicleClass: vehicleClassSchema.optional(),
          laneId: z.string(),
          enteredAt: timestampSchema.optional(),
          identity: z
            .string()
            .trim()
            .max(64)
            .optional()
            .describe('A car without a plate: the id it scanned or was given'),
          proof: z
            .string()
            .trim()
            .max(200)
            .optional()
            .describe(
              'What proves the entry: a ticket, a witness. Without one the stay is doubtful, and only managers date it back',
            ),
        })
        .refine((input) => input.plate !== '' || input.identity !== undefined, 'plate or identity is needed'),
    )
    .output(stayViewSchema),
};

export const quote = procedure({
  access: 'attendant',
  method: 'GET',
  path: '/quote',
  summary: 'The fee of a car inside, now, with its explanation (费用查询)',
  tags: ['fees'],
})
  .input(
    z
      .object({
        plate: z.string().min(1).max(16).optional(),
        identity: z.string().trim().min(1).max(64).optional().describe('A car without a plate'),
      })
      .refine((input) => input.plate !== undefined || input.identity !== undefined, 'plate or identity is needed'),
  )
  .output(quoteSchema);

export const photos = {
  get: procedure({ access: 'attendant', method: 'GET', path: '/photos/{id}', summary: 'A photo', tags: ['sessions'] })
    .input(z.object({ id: z.string().min(1).max(64) }))
    .output(z.object({ id: z.string(), contentType: z.literal('image/jpeg'), base64: z.string() })),
};
