import { z } from 'zod';
import { dayTypeSchema } from '../domain/calendar.ts';
import { fenSchema } from '../domain/money.ts';
import { plateColorSchema, plateKindSchema } from '../domain/plate.ts';
import { acceptanceCaseSchema, feeSchema, tariffSchema } from '../domain/tariff.ts';
import { draftOriginSchema } from '../domain/tariff-records.ts';
import { timestampSchema } from '../domain/time.ts';
import { vehicleClassSchema } from '../domain/vehicle.ts';

export const tags = ['fees'] as const;

/** Of a tariff. */
export const id = z.string().min(1).max(40);

/** A tariff as somebody wrote it: parsed strictly by the station, so that a refusal names every fault with its path. */
export const writtenTariff = z
  .record(z.string(), z.unknown())
  .describe('A tariff, as GET /tariffs gives them; a refusal (tariff-invalid) names each fault with its path');

/** Choices of a written tariff that nobody has made yet. */
export const openChoices = z
  .array(z.string().min(1).max(200))
  .max(2000)
  .describe('Paths of choices that are still open, e.g. rules.0.free.mode: each blocks publishing');

/** Everything that the price of a stay may depend on. */
export const trialInput = {
  enteredAt: timestampSchema,
  exitedAt: timestampSchema,
  vehicleClass: vehicleClassSchema.default('small'),
  plateKind: plateKindSchema.optional(),
  plateColor: plateColorSchema.optional(),
  cardType: z.string().min(1).max(40).optional().describe("As rules name it; absent: 'temporary'"),
  areaId: z.string().min(1).max(40).optional(),
  lastPaidAt: timestampSchema.optional().describe('When something was paid last, within the stay'),
};

/** The fee, and what the stay would cost if a text that leaves something open were read in another way. */
export const trialSchema = feeSchema.extend({
  alternatives: z
    .array(
      z.object({
        choice: z.string().describe('Field of the rule that makes the choice, e.g. free.mode'),
        value: z.string(),
        chosen: z.boolean().describe('The reading that the tariff has'),
        feeFen: fenSchema,
      }),
    )
    .describe('Each reading of each choice that published texts tend to leave open; `chosen` marks the present one'),
});

export const versionViewSchema = z.object({
  tariff: tariffSchema,
  /** superseded: still prices the cars that came in under it. */
  state: z.enum(['in-force', 'scheduled', 'superseded', 'withdrawn']),
  source: z.enum(['provision', 'api']),
  publishedAt: timestampSchema,
  publishedBy: z.string(),
  casesPassed: z.int(),
  withdrawn: z.object({ at: timestampSchema, by: z.string(), reason: z.string() }).nullable(),
});
export type TariffVersionView = z.infer<typeof versionViewSchema>;

export const draftViewSchema = z.object({
  id: z.string(),
  tariff: tariffSchema,
  origin: draftOriginSchema,
  remark: z.string(),
  open: z.array(z.string()).describe('Choices that nobody has made yet, as paths, e.g. rules.0.free.mode'),
  revision: z.int(),
  createdAt: timestampSchema,
  createdBy: z.string(),
  updatedAt: timestampSchema,
  updatedBy: z.string(),
});
export type TariffDraftView = z.infer<typeof draftViewSchema>;

/** `fee` null: nothing prices the stay. */
export const caseResultSchema = z.object({
  case: acceptanceCaseSchema,
  passed: z.boolean(),
  fee: feeSchema.nullable(),
});

/** What stands between a draft and its publication. */
export const draftCheckSchema = z.object({
  publishable: z.boolean(),
  findings: z.array(
    z.object({
      severity: z.enum(['error', 'warning']),
      code: z.string(),
      path: z.array(z.union([z.string(), z.int()])),
      message: z.string(),
    }),
  ),
  cases: z.array(caseResultSchema),
  replaces: z.array(z.string()).describe('Tariffs of another id that it would put out of force, `id@version`'),
  mayFall: z.boolean().describe('Some longer stay may cost less than a shorter one'),
});

/** What stays of several lengths cost that begin at a certain time of a certain kind of day. */
export const priceRowSchema = z.object({
  rule: z.int().describe('Index of the rule in the tariff'),
  vehicleClass: vehicleClassSchema,
  dayTypes: z.array(dayTypeSchema).optional(),
  seasons: z.array(z.string()).optional(),
  date: z.string().describe('The day that stands for its kind'),
  entry: z.string().describe('HH:mm'),
  freeMinutes: z.int(),
  prices: z.array(z.object({ minutes: z.int(), feeFen: z.int() })),
});

export const tableFormat = z.enum(['html', 'xlsx']).default('html');

/** `beforeFen`, `afterFen` null: not priced at all. */
export const replayDifferenceSchema = z.object({
  uid: z.string(),
  plate: z.string(),
  vehicleClass: vehicleClassSchema,
  enteredAt: timestampSchema,
  exitedAt: timestampSchema,
  beforeFen: z.int().nullable(),
  afterFen: z.int().nullable(),
  changeFen: z.int(),
});

export const replayViewSchema = z.object({
  id: z.string(),
  draftId: z.string(),
  tariffName: z.string(),
  /** Of the draft, as it was when the replay began. */
  revision: z.int(),
  from: timestampSchema,
  to: timestampSchema,
  startedAt: timestampSchema,
  startedBy: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  detail: z.string(),
  /** 0 to 1. */
  progress: z.number(),
  stays: z.int(),
  dearer: z.int(),
  cheaper: z.int(),
  same: z.int(),
  /** Priced by one of the two only; they are among the dearer or cheaper ones as well. */
  pricedByOne: z.int(),
  /** Without a known entry. */
  skipped: z.int(),
  beforeFen: z.int(),
  afterFen: z.int(),
  biggest: z.array(replayDifferenceSchema),
});
export type ReplayView = z.infer<typeof replayViewSchema>;
