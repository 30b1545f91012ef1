import { z } from 'zod';
import { actorSchema } from './events.ts';

/** What can be read from a table: 黑白名单 · 固定车 · 预约 · 访客 · 欠费 · 商户 · 优惠券 · 签约 · 泊位. */
export const importKindSchema = z.enum([
  'lists',
  'cards',
  'bookings',
  'visitors',
  'debts',
  'merchants',
  'coupons',
  'agreements',
  'berths',
]);
export type ImportKind = z.infer<typeof importKindSchema>;

/**
 * staging: rows are being put aside · checking: they are compared with what is there · ready · faulty: nothing may be applied ·
 * applying · done · failed: stopped midway by a defect, may be continued · cancelled.
 */
export const importStateSchema = z.enum([
  'staging',
  'checking',
  'ready',
  'faulty',
  'applying',
  'done',
  'failed',
  'cancelled',
]);
export type ImportState = z.infer<typeof importStateSchema>;

/** An import of a table, as it is stored; its rows lie beside it until they are applied. */
export const importJobSchema = z.object({
  id: z.string(),
  what: importKindSchema,
  fileName: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  state: importStateSchema,
  /** Rows of the file that hold something. */
  rows: z.int(),
  /** Rows compared, or applied, so far; the next one is at this place. */
  position: z.int(),
  added: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  faultCount: z.int(),
  /** Titles of columns that mean nothing here and were passed over. */
  unknownColumns: z.array(z.string()),
  /** Keys of the columns the file has: an absent column changes nothing. */
  present: z.array(z.string()),
  /** Cards only: plates may stand on several cards. */
  sharePlates: z.boolean(),
  /** The newest row of the journal when the rows were compared. */
  comparedSeq: z.int(),
  /** The rows stand compared and somebody said: apply. */
  ordered: z.boolean(),
  detail: z.string(),
  actor: actorSchema,
  createdAt: z.int(),
  updatedAt: z.int(),
});
export type ImportJob = z.infer<typeof importJobSchema>;
