import { z } from 'zod';
import { fenSchema } from '../domain/money.ts';
import { debtSchema } from '../domain/registry.ts';
import { platformIdSchema } from '../domain/site.ts';
import { timestampSchema } from '../domain/time.ts';
import { pageInput, pageOf, procedure } from './base.ts';
import { changeBySchema, changeOrderViewSchema } from './change-orders.ts';
import { authCode, chargedSchema } from './payments.ts';

const tags = ['debts'];
const { shape } = debtSchema;

export const debtViewSchema = debtSchema.extend({
  since: timestampSchema,
  notBefore: timestampSchema
    .optional()
    .describe('A platform collects it until then (先离场后付费); no lane asks for it'),
  updatedAt: timestampSchema,
});
export type DebtView = z.infer<typeof debtViewSchema>;

const id = z.string().min(1).max(64);

/** none: the platform has nothing on this car. failed: it did not answer, and nothing is known. */
export const lookedUpSchema = z.object({
  platform: platformIdSchema,
  title: z.string(),
  kind: z.enum(['known', 'none', 'failed']),
  detail: z.string(),
});
export type LookedUpView = z.infer<typeof lookedUpSchema>;

/** 欠费. They are collected at the exit with the bill, or by themselves: at the counter, or while the car waits at an entry. */
export const debts = {
  list: procedure({ access: 'attendant', method: 'GET', path: '/debts', summary: 'Debts', tags })
    .input(z.object({ plate: z.string().max(16).optional(), state: shape.state.optional(), ...pageInput }))
    .output(pageOf(debtViewSchema)),
  add: procedure({
    access: 'manager',
    method: 'POST',
    path: '/debts',
    summary: 'Put down a debt that no stay of ours stands for',
    tags,
    successStatus: 201,
  })
    .input(
      z.object({
        plate: shape.plate,
        amountFen: shape.amountFen.min(1),
        since: timestampSchema.optional(),
        reason: z.string().trim().min(1).max(200),
        intercept: shape.intercept.optional(),
      }),
    )
    .output(debtViewSchema),
  cancel: procedure({
    access: 'manager',
    method: 'POST',
    path: '/debts/{id}/cancel',
    summary: 'Let go of a debt, with a reason (核销)',
    tags,
  })
    .input(z.object({ id, reason: z.string().trim().min(1).max(100) }))
    .output(debtViewSchema),
  /** 补缴. Paid once: asked again it answers 409 `debt-over`. */
  pay: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/debts/{id}/pay',
    summary: 'Take money for a whole debt by hand',
    tags,
  })
    .input(z.object({ id, method: z.enum(['cash', 'pos']), receivedFen: fenSchema, change: changeBySchema }))
    .output(
      z.object({
        ...{ debt: debtViewSchema, billId: z.string(), amountFen: fenSchema, changeFen: fenSchema },
        changeOrder: changeOrderViewSchema.nullable(),
      }),
    ),
  charge: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/debts/{id}/charge',
    summary: 'Charge a debt at a channel: show a code, or use the one that was scanned',
    tags,
  })
    .input(z.object({ id, channel: z.string().min(1).max(40), authCode, despiteUnknown: z.boolean().default(false) }))
    .output(chargedSchema),
  /** What platforms know goes into debts and agreements at once; whoever asked reads here what they said. */
  lookUp: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/debts/look-up',
    summary: 'Ask the platforms what a car owes elsewhere, and who pays for it',
    tags,
  })
    .input(z.object({ plate: shape.plate }))
    .output(z.array(lookedUpSchema)),
};
