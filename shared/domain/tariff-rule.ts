import { z } from 'zod';
import { dayTypeSchema } from './calendar.ts';
import { fenSchema } from './money.ts';
import { plateColorSchema, plateKindSchema } from './plate.ts';
import { vehicleClassSchema } from './vehicle.ts';

const minutes = z.int().min(1).max(100_000);
const idList = z.array(z.string().min(1).max(40)).min(1).max(100);

/**
 * For whom a rule counts. What is absent does not matter to the rule. Of the rules that fit a stay the most particular one
 * counts: card type before plate, plate kind before plate colour, colour before area.
 */
const selection = {
  vehicleClasses: z.array(vehicleClassSchema).min(1),
  areas: idList.optional().describe('Areas with a price of their own; absent: everywhere'),
  plateKinds: z.array(plateKindSchema).min(1).optional(),
  plateColors: z.array(plateColorSchema).min(1).optional(),
  cardTypes: idList.optional().describe("Card types, e.g. 'temporary', 'monthly'"),
  lostTicketFen: fenSchema.optional().describe('Price when nobody knows since when the car has been inside'),
};

/** A price for a span of time: `feeFen` for each begun period of `minutes`. */
const periodSchema = z.strictObject({ minutes, feeFen: fenSchema });

/**
 * The plain rule: free minutes, a first period, following periods, a cap. Where published price lists are silent (is free time
 * deducted, does the first-period price return each day), the choice is a field with a default, and the explanation names it.
 */
const periodRuleSchema = z.strictObject({
  kind: z.literal('periods').optional(),
  ...selection,
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
export type PeriodRule = z.infer<typeof periodRuleSchema>;

/** What a part of a charging unit costs: a whole one, nothing, or a whole one only above so many minutes (尾数). */
const partUnitSchema = z
  .union([z.enum(['up', 'down']), z.strictObject({ aboveMinutes: z.int().min(1).max(10_000) })])
  .describe(
    'up: a begun unit counts; down: only a full unit counts; aboveMinutes: counts when more than that has begun',
  );
export type PartUnit = z.infer<typeof partUnitSchema>;

/** How time in a segment is priced. */
const priceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('free') }).describe('Unpriced time'),
  z
    .strictObject({ kind: z.literal('flat'), feeFen: fenSchema })
    .describe('One price, however long (元/次, one price a night)'),
  z
    .strictObject({
      kind: z.literal('units'),
      part: partUnitSchema,
      steps: z
        .array(z.strictObject({ upToMinutes: minutes.optional(), unitMinutes: minutes, unitFen: fenSchema }))
        .min(1)
        .max(20)
        .describe('In order; each but the last ends at upToMinutes. A first-hour price is a step of one unit'),
    })
    .describe('So much for each unit; the unit price may change with the length'),
  z
    .strictObject({
      kind: z.literal('brackets'),
      brackets: z
        .array(z.strictObject({ upToMinutes: minutes, totalFen: fenSchema }))
        .min(1)
        .max(30),
      beyond: z
        .union([z.enum(['nothing-more', 'repeat']), z.strictObject({ unitMinutes: minutes, unitFen: fenSchema })])
        .describe('After the last bracket: no more, the brackets from the start, or so much for each begun unit'),
    })
    .describe('A stay of up to so long costs so much in total'),
]);
export type SegmentPrice = z.infer<typeof priceSchema>;

const clock = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be HH:mm')
  .describe('Time of day, HH:mm');

const segmentSchema = z.strictObject({
  name: z.string().min(1).max(20).describe('As the explanation calls it, e.g. 白天'),
  from: clock,
  to: clock.describe('Not included; before or equal to `from`: on the next day'),
  price: priceSchema,
  capFen: fenSchema
    .optional()
    .describe('At most this much for each time the segment occurs (one day period, one night)'),
  wholeAfterMinutes: minutes
    .optional()
    .describe('Minutes beyond this many cost nothing more: the whole segment is paid'),
});
export type SegmentRule = z.infer<typeof segmentSchema>;

/** The segments of the days it fits. Time that no segment covers is not charged. */
const programmeSchema = z.strictObject({
  dayTypes: z.array(dayTypeSchema).min(1).optional().describe('Absent: days of every type'),
  seasons: idList.optional().describe('Ids of seasons of the calendar; absent: all year'),
  segments: z.array(segmentSchema).max(24),
});

const classFactorSchema = z.strictObject({
  percent: z.int().min(1).max(10_000).describe('All prices and caps times this; 200 = twice'),
  freeMinutes: z.int().min(0).max(10_000).optional().describe('Free minutes of this class instead'),
});

/**
 * The full rule: segments of the day by type of day, with every choice that published texts tend to leave open made in a field of its
 * own and printed with the fee. There are no defaults for these, so that none is made by oversight.
 */
const scheduleRuleSchema = z.strictObject({
  kind: z.literal('schedule'),
  ...selection,
  classFactors: z
    .strictObject({
      small: classFactorSchema.optional(),
      medium: classFactorSchema.optional(),
      large: classFactorSchema.optional(),
    })
    .optional(),
  free: z
    .strictObject({
      minutes: z.int().min(1).max(10_000),
      mode: z.enum(['threshold', 'deducted']).describe('threshold: exceeded, all is charged; deducted: never charged'),
      again: z.enum(['once', 'each-24h']).describe('Given once in a stay, or again in each 24 hours from the entry'),
      of: z.enum(['stay', 'priced-time']).describe('Counted from the entry, or only in time that has a price'),
    })
    .optional(),
  programmes: z
    .array(programmeSchema)
    .min(1)
    .max(20)
    .describe('The first that fits a day counts; a day that none fits is not charged'),
  restart: z
    .enum(['segment', '24h', 'never'])
    .describe(
      'When units and first-period prices begin anew: with each segment, with each 24 hours from the entry, never',
    ),
  crossing: z
    .enum(['own-unit', 'unit-start'])
    .describe(
      'own-unit: each side of a boundary counts its own begun unit; unit-start: a unit runs on across, at the price of its start',
    ),
  entrySideUpToMinutes: minutes
    .optional()
    .describe('Stays of at most this long are priced by the segment of the entry alone'),
  dayType: z
    .enum(['each-day', 'entry-day'])
    .describe('Each calendar day by its own type, or the whole stay by the type of the day of entry'),
  acrossMidnight: z
    .enum(['start-day', 'own-day'])
    .describe('A segment across midnight: by the day it begins on to its end, or each day by its own programme'),
  caps: z
    .strictObject({
      perNaturalDayFen: fenSchema.optional(),
      per24hFen: z
        .union([fenSchema, z.array(fenSchema).min(1).max(60)])
        .optional()
        .describe('For each 24 hours from the entry; a list: first, second …, the last one for all later ones'),
      perStayFen: fenSchema.optional(),
    })
    .optional(),
  wholeDay: z
    .strictObject({ afterMinutes: z.int().min(1).max(1439), feeFen: fenSchema })
    .optional()
    .describe('24 hours of which more than this is used cost this much, no more and no less'),
});
export type ScheduleRule = z.infer<typeof scheduleRuleSchema>;

export const tariffRuleSchema = z.discriminatedUnion('kind', [periodRuleSchema, scheduleRuleSchema]);
export type TariffRule = z.infer<typeof tariffRuleSchema>;

type Fault = { readonly path: (string | number)[]; readonly message: string };

/** What must hold between the fields of one price. */
function priceFaults(price: SegmentPrice): readonly Fault[] {
  const faults: Fault[] = [];
  const rising = (list: readonly (number | undefined)[], field: string): void => {
    for (const [index, value] of list.entries()) {
      const before = list[index - 1];
      if (index > 0 && value !== undefined && before !== undefined && value <= before)
        faults.push({ path: [field, index, 'upToMinutes'], message: 'must be later than the one before' });
    }
  };
  if (price.kind === 'brackets') {
    rising(
      price.brackets.map((bracket) => bracket.upToMinutes),
      'brackets',
    );
    for (const [index, bracket] of price.brackets.entries())
      if (bracket.totalFen < (price.brackets[index - 1]?.totalFen ?? 0))
        faults.push({ path: ['brackets', index, 'totalFen'], message: 'a longer stay must not cost less' });
    if (price.beyond === 'repeat' && (price.brackets.at(-1)?.upToMinutes ?? 0) < 60)
      faults.push({ path: ['beyond'], message: 'brackets of less than an hour cannot repeat: use units' });
  }
  if (price.kind !== 'units') return faults;
  rising(
    price.steps.map((step) => step.upToMinutes),
    'steps',
  );
  for (const [index, step] of price.steps.entries()) {
    const last = index === price.steps.length - 1;
    if (last !== (step.upToMinutes === undefined))
      faults.push({ path: ['steps', index, 'upToMinutes'], message: last ? 'the last step has no end' : 'is missing' });
    if (typeof price.part === 'object' && price.part.aboveMinutes >= step.unitMinutes)
      faults.push({ path: ['part', 'aboveMinutes'], message: 'must be less than each unit' });
  }
  return faults;
}

/** What must hold between the fields of one rule, beyond its shape; paths within the rule. */
export function ruleFaults(rule: TariffRule): readonly Fault[] {
  if (rule.kind !== 'schedule') return [];
  const faults: Fault[] = [];
  for (const [p, programme] of rule.programmes.entries())
    for (const [s, segment] of programme.segments.entries()) {
      const path = ['programmes', p, 'segments', s];
      for (const fault of priceFaults(segment.price))
        faults.push({ path: [...path, 'price', ...fault.path], message: fault.message });
      if (segment.from === '24:00') faults.push({ path: [...path, 'from'], message: 'write 00:00' });
      if (rule.crossing === 'unit-start' && segment.price.kind === 'units' && segment.price.part !== 'up')
        faults.push({
          path: [...path, 'price', 'part'],
          message: 'a unit that runs across a boundary must count when begun',
        });
    }
  if (rule.wholeDay && rule.caps?.perNaturalDayFen !== undefined)
    faults.push({ path: ['wholeDay'], message: 'cannot go with a cap of the natural day' });
  return faults;
}
