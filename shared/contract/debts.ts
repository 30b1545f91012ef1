import { z } from 'zod';
import { debtSchema } from '../domain/registry.ts';
import { timestampSchema } from '../domain/time.ts';
import { pageInput, pageOf, procedure } from './base.ts';

const tags = ['debts'];
const { shape } = debtSchema;

export const debtViewSchema = debtSchema.extend({ since: timestampSchema, updatedAt: timestampSchema });
export type DebtView = z.infer<typeof debtViewSchema>;

/** 欠费. They are collected at the lanes. */
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
        reason: shape.reason.min(1),
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
    .input(z.object({ id: z.string().min(1).max(64), reason: z.string().trim().min(1).max(100) }))
    .output(debtViewSchema),
};
