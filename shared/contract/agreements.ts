import { z } from 'zod';
import { agreementSchema } from '../domain/registry.ts';
import { platformIdSchema } from '../domain/site.ts';
import { timestampSchema } from '../domain/time.ts';
import { optionalReason, pageInput, pageOf, procedure } from './base.ts';

const tags = ['agreements'];
const { shape } = agreementSchema;

export const agreementViewSchema = agreementSchema.extend({
  validFrom: timestampSchema,
  validTo: timestampSchema,
  updatedAt: timestampSchema,
});
export type AgreementView = z.infer<typeof agreementViewSchema>;

/** 签约: plates that a platform pays for. Platforms keep them; here they are shown, and can be put right by hand. */
export const agreements = {
  list: procedure({ access: 'attendant', method: 'GET', path: '/agreements', summary: 'Payment agreements', tags })
    .input(z.object({ plate: z.string().max(16).optional(), ...pageInput }))
    .output(pageOf(agreementViewSchema)),
  put: procedure({
    access: 'manager',
    method: 'POST',
    path: '/agreements',
    summary: 'Put down an agreement; the same platform, plate, kind and stay again updates it',
    tags,
  })
    .input(
      z.object({
        platform: platformIdSchema,
        plate: shape.plate,
        kind: shape.kind,
        uid: z.string().max(60).nullable().optional().describe('For this stay only'),
        limitFen: shape.limitFen.optional(),
        collectMinutes: shape.collectMinutes
          .unwrap()
          .optional()
          .describe('departure-pay: the platform collects for so long before the booth may ask for the money'),
        validFrom: timestampSchema.optional(),
        validTo: timestampSchema.optional(),
      }),
    )
    .output(agreementViewSchema),
  remove: procedure({
    access: 'manager',
    method: 'DELETE',
    path: '/agreements/{id}',
    summary: 'Remove an agreement',
    tags,
  })
    .input(z.object({ id: z.string().min(1).max(64), ...optionalReason }))
    .output(z.object({})),
};
