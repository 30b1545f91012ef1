import { z } from 'zod';
import { fenSchema } from './money.ts';
import { timestampSchema } from './time.ts';
import { vehicleClassSchema } from './vehicle.ts';

const minutes = z.int().min(1).max(100_000);

/** A price for a span of time: `feeFen` for each begun period of `minutes`. */
const periodSchema = z.strictObject({ minutes, feeFen: fenSchema });

/**
 * One price for some vehicle classes. Where published price lists are silent (is free time deducted, does the first-period
 * price return each day), the choice is a field with a default, and the explanation of each fee names it.
 */
export const tariffRuleSchema = z.strictObject({
  vehicleClasses: z.array(vehicleClassSchema).min(1),
  freeMinutes: z.int().min(0).max(10_000).default(0).describe('Stays of at most this many minutes cost nothing'),
  freeMinutesMode: z
    .enum(['threshold', 'deducted'])
    .default('threshold')
    .describe(
      'threshold: a longer stay is charged from its first minute; deducted: the free minutes are never charged',
    ),
  firstPeriod: periodSchema.optional().describe('Price of the first period; absent: following periods from the start'),
  followingPeriod: periodSchema.describe('Price of each begun period after the first'),
  capPer24hFen: fenSchema.optional().describe('At most this much for each 24 hours counted from the entry'),
  eachDay: z
    .enum(['restart', 'continue'])
    .default('restart')
    .describe(
      'restart: each 24 hours begin again with the first period; continue: periods run on, each counted in the 24 hours it begins in',
    ),
});
export type TariffRule = z.infer<typeof tariffRuleSchema>;

/** A tariff (收费标准): data, not code. Seconds of a stay are dropped before anything is
 * counted, but any stay counts as one minute at least. */
export const tariffSchema = z
  .strictObject({
    id: z.string().min(1).max(40),
    name: z.string().min(1).max(60),
    effectiveFrom: timestampSchema.optional(),
    rules: z.array(tariffRuleSchema).min(1),
  })
  .superRefine((tariff, ctx) => {
    const seen = new Set<string>();
    for (const [index, rule] of tariff.rules.entries())
      for (const vehicleClass of rule.vehicleClasses) {
        if (seen.has(vehicleClass))
          ctx.addIssue({
            code: 'custom',
            path: ['rules', index, 'vehicleClasses'],
            message: `class ${vehicleClass} has two prices`,
          });
        seen.add(vehicleClass);
      }
  });
export type Tariff = z.infer<typeof tariffSchema>;

/** One line of the explanation of a fee (收费明细). `text` is the Chinese sentence for paper and for API users. */
export const feeStepSchema = z.object({
  kind: z.enum([
    'free',
    'free-deducted',
    'first-period',
    'following-periods',
    'daily-cap',
    /** Several whole 24 hours of the same price in one line: `units` of them, each `unitFen`. */
    'full-days',
    /** The fee would exceed what {@link fenSchema} allows and was cut to it. */
    'limit',
    'whitelist',
  ]),
  /** Which 24 hours of the stay, counted from 1; the first of them for `full-days`. */
  day: z.int(),
  from: timestampSchema,
  to: timestampSchema,
  minutes: z.int(),
  /** Begun periods counted, 0 where the step counts none. */
  units: z.int(),
  unitFen: z.int(),
  /** What this step adds to the fee; negative for a cap. The steps of a fee add up to it exactly. */
  amountFen: z.int(),
  text: z.string(),
});
export type FeeStep = z.infer<typeof feeStepSchema>;

/** A fee and how it came about. */
export const feeSchema = z.object({
  tariffId: z.string(),
  vehicleClass: vehicleClassSchema,
  minutes: z.int(),
  feeFen: fenSchema,
  steps: z.array(feeStepSchema),
});
export type Fee = z.infer<typeof feeSchema>;
