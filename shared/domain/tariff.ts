import { z } from 'zod';
import { calendarSchema } from './calendar.ts';
import { fenSchema } from './money.ts';
import { plateColorSchema, plateKindSchema } from './plate.ts';
import { ruleFaults, type TariffRule, tariffRuleSchema } from './tariff-rule.ts';
import { timestampSchema } from './time.ts';
import { vehicleClassSchema } from './vehicle.ts';

export type { TariffRule } from './tariff-rule.ts';

const roundingSchema = z.strictObject({
  toFen: z.union([z.literal(10), z.literal(50), z.literal(100)]).describe('To 0.1, 0.5 or 1 yuan'),
  mode: z.enum(['up', 'down', 'nearest']).describe('nearest: half of the step and more goes up'),
});

const CONDITIONS = ['cardTypes', 'plateKinds', 'plateColors', 'areas'] as const;

/** Two rules that some stay would fit equally well. */
function collide(a: TariffRule, b: TariffRule): boolean {
  return CONDITIONS.every((condition) => {
    const [one, other]: [readonly string[] | undefined, readonly string[] | undefined] = [a[condition], b[condition]];
    return one === undefined || other === undefined ? one === other : one.some((value) => other.includes(value));
  });
}

/**
 * A tariff (收费标准): data, not code. Seconds of a stay are dropped before anything is counted, but any stay counts as one
 * minute at least.
 *
 * Documents that share an id are versions of one tariff. Of all tariffs without `areas` the one that took effect last is in force;
 * those with `areas` follow each other in these areas alone and are the price of time spent there. One that is `onlyNamed` takes no
 * part in this: it prices at the lanes that name it, and its new versions leave the tariff in force alone.
 */
export const tariffSchema = z
  .strictObject({
    id: z.string().min(1).max(40),
    name: z.string().min(1).max(60),
    version: z.int().min(1).optional(),
    effectiveFrom: timestampSchema.optional(),
    areas: z.array(z.string().min(1).max(40)).min(1).optional().describe('Areas this tariff alone is for'),
    onlyNamed: z.boolean().optional().describe('For the lanes that name this tariff alone (default: no)'),
    onChange: z
      .enum(['entry-rule', 'split'])
      .optional()
      .describe(
        'Cars inside when this version takes effect: keep the rule of their entry (default), or are charged by it from then on',
      ),
    afterGrace: z
      .enum(['recalculate', 'from-payment'])
      .optional()
      .describe(
        'A car that stayed too long after paying: whole stay again less what was paid (default), or the time since the payment as a new stay',
      ),
    freeAfterPayment: z
      .boolean()
      .optional()
      .describe('from-payment: the new stay has free minutes again (default: no)'),
    rounding: z
      .union([z.literal('none'), roundingSchema])
      .optional()
      .describe('Of the amount of a stay'),
    rules: z.array(tariffRuleSchema).min(1).max(200),
  })
  .superRefine((tariff, ctx) => {
    for (const [index, rule] of tariff.rules.entries()) {
      const seen = new Set<string>();
      for (const vehicleClass of rule.vehicleClasses) {
        const taken = tariff.rules
          .slice(0, index)
          .some((other) => other.vehicleClasses.includes(vehicleClass) && collide(other, rule));
        if (taken || seen.has(vehicleClass))
          ctx.addIssue({
            code: 'custom',
            path: ['rules', index, 'vehicleClasses'],
            message: `class ${vehicleClass} has two prices`,
          });
        seen.add(vehicleClass);
      }
      for (const fault of ruleFaults(rule))
        ctx.addIssue({ code: 'custom', path: ['rules', index, ...fault.path], message: fault.message });
    }
    if (tariff.rounding === undefined && tariff.rules.some((rule) => rule.kind === 'schedule'))
      ctx.addIssue({
        code: 'custom',
        path: ['rounding'],
        message: "say how the amount is rounded, 'none' for not at all",
      });
  });
export type Tariff = z.infer<typeof tariffSchema>;

/** One line of the explanation of a fee (收费明细). `text` is the Chinese sentence for paper and for API users. */
export const feeStepSchema = z.object({
  kind: z.enum([
    'free',
    'free-deducted',
    'first-period',
    'following-periods',
    /** A total for a length of time, or what a longer one adds to it. */
    'bracket',
    /** One price for a segment, however long. */
    'flat',
    /** Time without a price. */
    'unpriced',
    /** Time in an area with a price of its own, which has its own steps. */
    'other-area',
    'daily-cap',
    'segment-cap',
    'natural-day-cap',
    'stay-cap',
    /** Brings 24 hours to the price of a whole day. */
    'whole-day',
    /** Several whole 24 hours of the same price in one line: `units` of them, each `unitFen`. */
    'full-days',
    'rounding',
    /** A choice that published texts leave open, as this tariff made it. Adds nothing. */
    'note',
    'lost-ticket',
    /** The fee would exceed what {@link fenSchema} allows and was cut to it. */
    'limit',
    'whitelist',
    /** Time that a card, a booking or a visit covers. */
    'covered',
    /** A fixed amount set by a person or a rule, not worked out from time. */
    'fixed',
  ]),
  /** Which 24 hours of the stay (or natural day, where the tariff counts those), from 1; the first of them for `full-days`. */
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
  /** Where several tariffs or versions had a part in the fee: the one of this step, `id` or `id@version`. */
  tariff: z.string().optional(),
});
export type FeeStep = z.infer<typeof feeStepSchema>;

/** A fee and how it came about. */
export const feeSchema = z.object({
  tariffId: z.string(),
  tariffVersion: z.int().optional(),
  vehicleClass: vehicleClassSchema,
  minutes: z.int(),
  feeFen: fenSchema,
  steps: z.array(feeStepSchema),
  /**
   * Present: the fee covers only the time since this payment, and is due in full. Absent: it covers the whole stay, and what was
   * paid before is to be taken off.
   */
  since: timestampSchema.optional(),
});
export type Fee = z.infer<typeof feeSchema>;

/** A stay and the fee that it must have (验收用例). A tariff with a failing case is not published. */
export const acceptanceCaseSchema = z.strictObject({
  name: z.string().min(1).max(100),
  enteredAt: timestampSchema,
  exitedAt: timestampSchema,
  vehicleClass: vehicleClassSchema,
  plateKind: plateKindSchema.optional(),
  plateColor: plateColorSchema.optional(),
  cardType: z.string().min(1).max(40).optional(),
  areaId: z.string().min(1).max(40).optional(),
  feeFen: fenSchema,
  working: z.string().max(500).optional().describe('How the fee is worked out by hand'),
});
export type AcceptanceCase = z.infer<typeof acceptanceCaseSchema>;

/** A ready-made tariff from a published price list, to begin from (`resources/tariffs`). */
export const tariffTemplateSchema = z.strictObject({
  title: z.string().min(1).max(60),
  city: z.string().min(1).max(30),
  source: z.string().min(1).max(500).describe('The published notice or report it follows'),
  note: z.string().min(1).max(1000).describe('What the text leaves open, and what was chosen'),
  tariff: tariffSchema,
  calendar: calendarSchema.optional(),
  cases: z.array(acceptanceCaseSchema.required({ working: true })).min(6),
});
