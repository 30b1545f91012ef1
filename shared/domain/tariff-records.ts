import { z } from 'zod';
import { calendarSchema } from './calendar.ts';
import { acceptanceCaseSchema, tariffSchema } from './tariff.ts';

/** What the tariff office keeps: drafts, published versions, acceptance cases, the calendar. Instants are epoch ms. */

/** Where a draft came from; `ref` is the version (`id@version`) or the template. */
export const draftOriginSchema = z.object({
  kind: z.enum(['nothing', 'published', 'template']),
  ref: z.string().nullable(),
});

/** A tariff that somebody works on (草稿). It prices nothing; `version` and `effectiveFrom` are given when it is published. */
export const tariffDraftSchema = z.object({
  id: z.string(),
  tariff: tariffSchema,
  origin: draftOriginSchema,
  remark: z.string().max(200),
  /**
   * Choices that nobody has made yet, as paths (`rules.0.free.mode`): the tariff has a reading there only because it must have one.
   * While there are any it is not published.
   */
  open: z.array(z.string().max(200)).max(2000).default([]),
  /** Grows with each change: whoever changes or publishes may name the one that was looked at. */
  revision: z.int(),
  createdAt: z.int(),
  createdBy: z.string(),
  updatedAt: z.int(),
  updatedBy: z.string(),
});
export type TariffDraft = z.infer<typeof tariffDraftSchema>;

/** A published version of a tariff. Its content never changes; before it takes effect it may be withdrawn. */
export const publishedTariffSchema = z.object({
  /** `<tariff id>@<version>`. */
  id: z.string(),
  /** Counts the publications of the car park, from 1. */
  number: z.int(),
  tariff: tariffSchema,
  source: z.enum(['provision', 'api']),
  /** Of what the provision file said: the same again publishes nothing. Null for versions that people published. */
  provisionSha256: z.string().nullable(),
  publishedAt: z.int(),
  publishedBy: z.string(),
  /** The calendar under which the acceptance cases passed. */
  calendarSha256: z.string(),
  casesPassed: z.int(),
  withdrawn: z.object({ at: z.int(), by: z.string(), reason: z.string() }).nullable(),
});
export type PublishedTariff = z.infer<typeof publishedTariffSchema>;

/** The acceptance cases (验收用例) of one tariff; `id` is the tariff's. */
export const caseSetSchema = z.object({ id: z.string(), cases: z.array(acceptanceCaseSchema) });
export type CaseSet = z.infer<typeof caseSetSchema>;

/** The calendar in force; there is one. */
export const keptCalendarSchema = z.object({ id: z.literal('calendar'), calendar: calendarSchema });
