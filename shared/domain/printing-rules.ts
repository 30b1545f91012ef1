import { z } from 'zod';

/** 小票: what a receipt printer does by itself, and what stands at the foot of each receipt. */
export const printingRulesSchema = z.strictObject({
  receipt: z
    .enum(['off', 'cash', 'all'])
    .default('off')
    .describe('Receipts printed by themselves at the lane: none, those of cash, those of all that was paid'),
  drawer: z
    .enum(['off', 'cash'])
    .default('off')
    .describe('The cash drawer on the lane’s printer opens by itself when cash was taken'),
  footer: z.string().trim().max(200).default('').describe('Text at the foot of each receipt, e.g. a telephone number'),
  code: z
    .string()
    .trim()
    .max(300)
    .default('')
    .describe('A QR code below it, e.g. the address of the page for invoices; empty: none'),
});
export type PrintingRules = z.infer<typeof printingRulesSchema>;
