import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { plateSchema } from '../../../../shared/domain/plate.ts';
import { cardTypeSchema, termsKindSchema } from '../../../../shared/domain/terms.ts';

/** Rows of exits and of cars inside, as others ask for them: narrow rows, because a page of them may be long. */

/** A lane by a part of its name as it was called then, or by the ids that are meant. */
const placeSchema = z.union([z.object({ part: z.string().min(1) }), z.object({ ids: z.array(z.string()) })]);
type PlaceFilter = z.infer<typeof placeSchema>;

export const exitFilterSchema = z.object({
  from: z.int(),
  /** The end, excluded. */
  to: z.int(),
  /** Any part of the plate, as `normalisePlateText` writes it. */
  plate: z.string().min(1).optional(),
  /** Cars without a plate, and no other. */
  unlicensed: z.boolean().optional(),
  entryPlace: placeSchema.optional(),
  exitPlace: placeSchema.optional(),
  offset: z.int().min(0),
  limit: z.int().min(0).max(1000),
  /** Rows behind a page are asked for without counting them all again: the total is 0 then. */
  uncounted: z.boolean().optional(),
});
export type ExitFilter = z.infer<typeof exitFilterSchema>;

const exitRowSchema = z.object({
  uid: z.string(),
  plate: plateSchema.shape.text,
  plateKind: plateSchema.shape.kind,
  identity: z.string().nullable(),
  entryLaneId: z.string(),
  entryLane: z.string(),
  enteredAt: z.int(),
  exitLaneId: z.string(),
  exitLane: z.string(),
  exitedAt: z.int(),
  paidFen: z.int(),
  /** Who took the last payment, or let the car out without one; null: nobody in person. */
  operator: z.string().nullable(),
  /** When something was paid last. */
  paidAt: z.int().nullable(),
  photoId: z.string().nullable(),
});
export const exitRecordsSchema = z.object({ items: z.array(exitRowSchema), total: z.int() });
export type ExitRecords = z.infer<typeof exitRecordsSchema>;

export const insideRecordFilterSchema = z.object({
  plate: z.string().min(1).optional(),
  /** Cars without a plate, and no other. */
  unlicensed: z.boolean().optional(),
  /** The whole of what a car without a plate goes by. */
  identity: z.string().min(1).optional(),
});
export type InsideRecordFilter = z.infer<typeof insideRecordFilterSchema>;

export const insideRecordsSchema = z.array(
  z.object({
    plate: plateSchema.shape.text,
    plateKind: plateSchema.shape.kind,
    identity: z.string().nullable(),
    laneId: z.string(),
    lane: z.string(),
    enteredAt: z.int(),
    terms: termsKindSchema,
    cardType: cardTypeSchema.nullable(),
    externalType: z.int().nullable(),
    photoId: z.string().nullable(),
  }),
);
export type InsideRecords = z.infer<typeof insideRecordsSchema>;

/** As it is told: a car that goes by a number has none, whatever was read. */
const UNLICENSED = "(s.identity IS NOT NULL OR s.plate_kind IN ('unread', 'none') OR s.plate = '')";
const COLUMNS = `s.uid, s.plate, s.plate_kind AS plateKind, s.identity, s.entry_lane ->> '$.id' AS entryLaneId,
  s.entry_lane ->> '$.name' AS entryLane, s.entered_at_ms AS enteredAt, coalesce(s.exit_lane ->> '$.id', '') AS exitLaneId,
  coalesce(s.exit_lane ->> '$.name', '') AS exitLane, s.exited_at_ms AS exitedAt, s.paid_fen AS paidFen,
  coalesce((SELECT p.operator FROM payments p WHERE p.uid = s.uid AND p.state = 'paid' ORDER BY p.paid_at_ms DESC LIMIT 1),
    (SELECT CASE j.actor_kind WHEN 'user' THEN j.actor_name END FROM journal j INDEXED BY journal_by_key
      WHERE j.key = s.uid AND j.kind = 'vehicle-exited' ORDER BY j.seq DESC LIMIT 1)) AS operator,
  (SELECT max(p.paid_at_ms) FROM payments p WHERE p.uid = s.uid AND p.state = 'paid') AS paidAt,
  (SELECT f.id FROM photos f WHERE f.uid = s.uid AND f.purpose = 'exit' ORDER BY f.taken_at_ms DESC, f.id DESC LIMIT 1) AS photoId`;

const place = (lane: string, name: string, filter: PlaceFilter | undefined): string => {
  if (filter === undefined) return '1 = 1';
  return 'part' in filter
    ? `instr(lower(${lane} ->> '$.name'), lower(@${name})) > 0`
    : `${lane} ->> '$.id' IN (SELECT value FROM json_each(@${name}))`;
};
const placeValue = (filter: PlaceFilter | undefined): string | null => {
  if (filter === undefined) return null;
  return 'part' in filter ? filter.part : JSON.stringify(filter.ids);
};

/** Plates that a part may match and still be looked up one by one. */
const FEW_PLATES = 500;

export class RecordSearch {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Stays that ended with an exit, in the order of their exits. */
  exits(filter: ExitFilter, alive: () => void): ExitRecords {
    const { from, to, plate, unlicensed = false, entryPlace, exitPlace, offset, limit, uncounted } = filter;
    const plates = plate === undefined ? undefined : this.#plates(plate);
    alive();
    const narrow = plates !== undefined && plates.length <= FEW_PLATES;
    const source = `FROM stays s INDEXED BY ${narrow ? 'stays_by_plate' : 'stays_by_exit'} WHERE s.exited_at_ms IS NOT NULL
      AND s.exited_at_ms >= @from AND s.exited_at_ms < @to AND s.status = 'left'
      ${narrow ? 'AND s.plate IN (SELECT value FROM json_each(@plates))' : ''}
      ${plate === undefined ? '' : 'AND s.identity IS NULL AND instr(s.plate, @plate) > 0'}
      ${unlicensed ? `AND ${UNLICENSED}` : ''}
      AND ${place('s.entry_lane', 'entryPlace', entryPlace)} AND ${place('s.exit_lane', 'exitPlace', exitPlace)}`;
    const values = {
      ...{ from, to },
      ...(plate === undefined ? {} : { plate }),
      ...(narrow ? { plates: JSON.stringify(plates) } : {}),
      ...(entryPlace === undefined ? {} : { entryPlace: placeValue(entryPlace) }),
      ...(exitPlace === undefined ? {} : { exitPlace: placeValue(exitPlace) }),
    };
    const count = (): number =>
      this.#db.prepare<[object], number>(`SELECT count(*) ${source}`).pluck().get(values) ?? 0;
    const total = uncounted === true ? 0 : count();
    alive();
    // The page is found among keys alone: what stands before it is not read whole.
    const items = this.#db
      .prepare(
        `WITH page AS MATERIALIZED (SELECT s.uid ${source} ORDER BY s.exited_at_ms, s.uid LIMIT @limit OFFSET @offset)
          SELECT ${COLUMNS} FROM page JOIN stays s ON s.uid = page.uid ORDER BY s.exited_at_ms, s.uid`,
      )
      .all({ ...values, limit, offset });
    return { items: z.array(exitRowSchema).parse(items), total };
  }

  /** Every car inside, the one that came first in front. */
  inside({ plate, unlicensed = false, identity }: InsideRecordFilter): InsideRecords {
    const rows = this.#db
      .prepare(
        `SELECT s.plate, s.plate_kind AS plateKind, s.identity, s.entry_lane ->> '$.id' AS laneId, s.entry_lane ->> '$.name' AS lane,
          s.entered_at_ms AS enteredAt, s.terms_kind AS terms, s.detail ->> '$.terms.cardType' AS cardType,
          (SELECT c.body ->> '$.externalType' FROM cards c WHERE s.terms_kind = 'card' AND c.id = s.terms_id) AS externalType,
          (SELECT f.id FROM photos f WHERE f.uid = s.uid AND f.purpose = 'entry' ORDER BY f.taken_at_ms DESC, f.id DESC LIMIT 1) AS photoId
        FROM stays s INDEXED BY stays_inside_since WHERE s.status = 'inside'
          ${plate === undefined ? '' : 'AND s.identity IS NULL AND instr(s.plate, @plate) > 0'}
          ${unlicensed ? `AND ${UNLICENSED}` : ''}
          ${identity === undefined ? '' : "AND (s.identity = @identity OR (s.plate_kind IN ('unread', 'none') AND s.plate = @identity))"}
        ORDER BY s.entered_at_ms, s.uid`,
      )
      .all({ ...(plate === undefined ? {} : { plate }), ...(identity === undefined ? {} : { identity }) });
    return insideRecordsSchema.parse(rows);
  }

  #plates(part: string): string[] {
    return this.#db
      .prepare<[string, number], string>('SELECT plate FROM plates WHERE instr(plate, ?) > 0 LIMIT ?')
      .pluck()
      .all(part, FEW_PLATES + 1);
  }
}
