import { z } from 'zod';
import { actsAboutSchema, editedSchema } from '../../../../shared/domain/acts.ts';
import { actorSchema } from '../../../../shared/domain/events.ts';
import { doubtSchema, parkingTypeSchema, staySchema, stayStatusSchema } from '../../../../shared/domain/stay.ts';
import { vehicleClassSchema } from '../../../../shared/domain/vehicle.ts';
import { foundSchema } from '../outbox-run-store.ts';
import { rowSchema } from '../outbox-store.ts';
import { exitFilterSchema, insideRecordFilterSchema } from './record-search.ts';
import { registryFilterSchema, registryTableSchema } from './registry-search.ts';
import { detailFilterSchema, groupFilterSchema } from './report-detail.ts';

/** What may be asked of the reader and what it answers. Instants are epoch ms; `to` ends are open. */

/** Further matches are not counted: a list says "10000+" and stays quick however long the history is. */
export const COUNT_CAP = 10_000;

const window = { offset: z.int().min(0), limit: z.int().min(1).max(500) };

/** Where the page before ended. */
const stayCursorSchema = z.object({ enteredAt: z.int(), uid: z.string() });
export type StayCursor = z.infer<typeof stayCursorSchema>;

export const stayFilterSchema = z.object({
  /** Any part of the plate, as `normalisePlateText` writes it. */
  plate: z.string().min(1).max(32).optional(),
  /** Any part of the id of a car without a plate, in capitals, without blanks, dots and dashes. */
  identity: z.string().min(1).max(64).optional(),
  status: stayStatusSchema.optional(),
  enteredFrom: z.int().optional(),
  enteredTo: z.int().optional(),
  exitedFrom: z.int().optional(),
  exitedTo: z.int().optional(),
  /** The lane of entry or of exit. */
  laneId: z.string().optional(),
  vehicleClass: vehicleClassSchema.optional(),
  parkingType: parkingTypeSchema.optional(),
  ...window,
  /** Only stays behind this one in the list; `offset` counts from there, the total does not. */
  after: stayCursorSchema.optional(),
});
export type StayFilter = z.infer<typeof stayFilterSchema>;

/** Which cars inside; what is absent narrows nothing. */
const insideFilterSchema = z.object({
  plate: z.string().min(1).max(32).optional(),
  /** The areas where the car may stand. */
  areaIds: z.array(z.string()).optional(),
  vehicleClass: vehicleClassSchema.optional(),
  parkingType: parkingTypeSchema.optional(),
  ...window,
});
export type InsideFilter = z.infer<typeof insideFilterSchema>;

/** Cars inside that are in doubt and that nobody has looked at. */
const doubtfulFilterSchema = z.object({ now: z.int(), cameraDownMinutes: z.number(), ...window });
export type DoubtfulFilter = z.infer<typeof doubtfulFilterSchema>;

const span = { from: z.int().optional(), to: z.int().optional() };
const actFilterSchema = z.object({
  about: actsAboutSchema,
  ...span,
  actor: z.string().optional(),
  laneId: z.string().optional(),
  /** Only what hangs on no stay. */
  loose: z.boolean().optional(),
  /** What was edited; `fee-lowered`: only where less is charged than before. */
  edited: editedSchema.optional(),
  ...window,
});
export type ActFilter = z.infer<typeof actFilterSchema>;

export const journalFilterSchema = z.object({
  /** Only rows with a smaller number; the way to the next page. */
  before: z.int().optional(),
  limit: z.int().min(1).max(500),
  kind: z.string().optional(),
  key: z.string().optional(),
  laneId: z.string().optional(),
  /** Only what was done on somebody's word (操作日志); with `actor`, only on theirs. */
  audited: z.boolean().optional(),
  actor: z.string().optional(),
  from: z.int().optional(),
  to: z.int().optional(),
});
export type JournalFilter = z.infer<typeof journalFilterSchema>;

export const outboxCriteriaSchema = z.object({
  platform: z.string().optional(),
  state: rowSchema.shape.state.optional(),
  kind: rowSchema.shape.kind.optional(),
  /** The interface's own name. */
  message: z.string().optional(),
  /** Uid of the stay. */
  key: z.string().optional(),
  /** Any part of the plate of the stay. */
  plate: z.string().min(1).max(32).optional(),
  /** Any part of what was said about the last failure. */
  error: z.string().min(1).max(100).optional(),
  /** When the message came to be. */
  from: z.int().optional(),
  to: z.int().optional(),
  /** When it was delivered, discarded or given up. */
  endedFrom: z.int().optional(),
  /** No message after this one. */
  upToId: z.int().optional(),
});
export type OutboxCriteria = z.infer<typeof outboxCriteriaSchema>;

export const outboxFilterSchema = outboxCriteriaSchema.extend(window);
export type OutboxFilter = z.infer<typeof outboxFilterSchema>;

export const outboxIdsSchema = z.object({ ids: z.array(z.int()), total: z.int() });
export type OutboxIds = z.infer<typeof outboxIdsSchema>;

/** Stays that ended from `from` up to `to` (excluded) with an exit, those behind `after` in the order of their exits. */
const endedFilterSchema = z.object({
  from: z.int(),
  to: z.int(),
  after: z.object({ exitedAt: z.int(), uid: z.string() }).optional(),
  limit: window.limit,
});
export type EndedFilter = z.infer<typeof endedFilterSchema>;

export const requestSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('stays'), filter: stayFilterSchema }),
  z.object({ what: z.literal('ended'), filter: endedFilterSchema }),
  insideFilterSchema.extend({ what: z.literal('stale'), before: z.int() }),
  z.object({ what: z.literal('doubtful'), filter: doubtfulFilterSchema }),
  z.object({ what: z.literal('acts'), filter: actFilterSchema }),
  z.object({ what: z.literal('act-counts'), ...span }),
  z.object({ what: z.literal('journal'), filter: journalFilterSchema }),
  z.object({ what: z.literal('outbox'), filter: outboxFilterSchema }),
  z.object({ what: z.literal('outbox-ids'), filter: outboxCriteriaSchema, limit: z.int().min(1).max(5000) }),
  z.object({ what: z.literal('outbox-figures'), dayStart: z.int(), now: z.int() }),
  z.object({ what: z.literal('outbox-span'), from: z.int(), to: z.int() }),
  z.object({
    what: z.literal('outbox-differences'),
    runId: z.string(),
    found: foundSchema.optional(),
    ...window,
  }),
  z.object({ what: z.literal('registry'), table: registryTableSchema, filter: registryFilterSchema }),
  z.object({ what: z.literal('exit-records'), filter: exitFilterSchema }),
  z.object({ what: z.literal('inside-records'), filter: insideRecordFilterSchema }),
  z.object({ what: z.literal('occupancy'), from: z.int(), to: z.int() }),
  z.object({ what: z.literal('report-rows'), filter: detailFilterSchema }),
  z.object({ what: z.literal('report-groups'), filter: groupFilterSchema }),
  z.object({
    what: z.literal('report'),
    read: z.enum(['day', 'deeds', 'balance', 'classes']),
    from: z.int(),
    to: z.int(),
  }),
]);
export type ReaderRequest = z.infer<typeof requestSchema>;

/** `total` is exact, or a lower bound where `exact` is false. */
const counted = { total: z.int(), exact: z.boolean() };

export const stayPageSchema = z.object({ items: z.array(staySchema), ...counted });
export type StayPage = z.infer<typeof stayPageSchema>;
export const staysSchema = z.array(staySchema);

/** A row of the journal. Its body was parsed by the schema of its kind where it was read. */
const journalRecordSchema = z.object({
  seq: z.int(),
  at: z.int(),
  kind: z.string(),
  key: z.string().nullable(),
  laneId: z.string().nullable(),
  passageId: z.string().nullable(),
  actor: actorSchema,
  body: z.record(z.string(), z.unknown()),
  hash: z.string(),
});
export const journalPageSchema = z.array(journalRecordSchema);
export type JournalPage = z.infer<typeof journalPageSchema>;

/** A doubt that a lane caused names it by its id. */
export const doubtfulPageSchema = z.object({
  items: z.array(z.object({ stay: staySchema, doubts: z.array(doubtSchema) })),
  ...counted,
});
export type DoubtfulPage = z.infer<typeof doubtfulPageSchema>;

/** `stopped`: what last stopped the car of this row; null where nothing did. */
export const actPageSchema = z.object({
  items: z.array(z.object({ row: journalRecordSchema, stopped: z.string().nullable() })),
  ...counted,
});
export type ActPage = z.infer<typeof actPageSchema>;

const countedSchema = z.object(counted);
export const actCountsSchema = z.object({
  gates: countedSchema,
  edits: countedSchema,
  turnedAway: countedSchema,
  /** How often a rule or a platform stopped a car, by what stopped it. */
  stopped: z.array(z.object({ reason: z.string(), count: z.int() })),
});
export type ActCounts = z.infer<typeof actCountsSchema>;

/** `plate`: of the message's stay as it stands now; null where it has none. */
export const outboxPageSchema = z.object({
  items: z.array(z.object({ row: rowSchema, plate: z.string().nullable() })),
  ...counted,
});
export type OutboxPage = z.infer<typeof outboxPageSchema>;

/** What goes through the port between the threads. */
export const callSchema = z.object({ id: z.int(), request: z.unknown() });
export const replySchema = z.discriminatedUnion('ok', [
  z.object({ id: z.int(), ok: z.literal(true), answer: z.unknown() }),
  z.object({ id: z.int(), ok: z.literal(false), error: z.string() }),
]);
export type Reply = z.infer<typeof replySchema>;
