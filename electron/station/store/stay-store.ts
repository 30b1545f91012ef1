import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import { type Stay, staySchema } from '../../../shared/domain/stay.ts';
import { planOnce } from './plan-once.ts';

interface Row {
  readonly uid: string;
  readonly status: string;
  readonly plate: string;
  readonly plate_color: string;
  readonly plate_kind: string;
  readonly vehicle_class: string;
  readonly parking_type: string;
  readonly entry_lane: string;
  readonly entered_at_ms: number;
  readonly entry_record_id: string;
  readonly exit_lane: string | null;
  readonly exited_at_ms: number | null;
  readonly exit_record_id: string | null;
  readonly charge_fen: number;
  readonly due_fen: number;
  readonly paid_fen: number;
  readonly identity: string | null;
  readonly area_id: string | null;
  readonly terms_kind: string;
  readonly terms_id: string | null;
  readonly quota_id: string | null;
  readonly owed_fen: number;
  readonly detail: string;
}

export interface InsideText {
  readonly uid: string;
  readonly plate: string;
  readonly enteredAt: number;
}

const COLUMNS = `uid, status, plate, plate_color, plate_kind, vehicle_class, parking_type, entry_lane, entered_at_ms, entry_record_id,
  exit_lane, exited_at_ms, exit_record_id, charge_fen, due_fen, paid_fen,
  identity, area_id, terms_kind, terms_id, quota_id, owed_fen, detail`;

/** How many cars stand inside, counted by what they take up. `areaId` and `quotaId` are empty where a stay has none. */
export interface InsideCount {
  readonly vehicleClass: string;
  readonly areaId: string;
  readonly quotaId: string;
  readonly cars: number;
}

export class StayStore {
  readonly #put: Statement<[Row]>;
  readonly #get: Statement<[string], Row>;
  readonly #inside: Statement<[string], Row>;
  readonly #insideIdentity: Statement<[string], Row>;
  readonly #insideOnTerms: Statement<[string], Row>;
  readonly #lastOf: Statement<[string], Row>;
  readonly #insideBefore: Statement<[number, number], Row>;
  readonly #unlicensed: Statement<[number], Row>;
  readonly #countInside: Statement<[], number>;
  readonly #counts: Statement<[], InsideCount>;
  readonly #insideTexts: Statement<[], InsideText>;
  readonly #correction: Statement<[string], number>;
  readonly #corrections: Statement<[], number>;
  readonly #correct: Statement<[string, number]>;

  constructor(db: Database) {
    const names = COLUMNS.split(',').map((name) => name.trim());
    this.#put = db.prepare(`INSERT INTO stays (${COLUMNS}) VALUES (${names.map((name) => `@${name}`).join(', ')})
      ON CONFLICT (uid) DO UPDATE SET ${names
        .slice(1)
        .map((name) => `${name} = excluded.${name}`)
        .join(', ')}`);
    this.#get = db.prepare(`SELECT ${COLUMNS} FROM stays WHERE uid = ?`);
    // Named, because the planner prefers an index that holds all columns, or all stays of a plate: those have every stay of all the
    // years in them, and each car would wait for the whole history to be read.
    this.#inside = db.prepare(
      planOnce(
        `SELECT ${COLUMNS} FROM stays INDEXED BY stays_inside WHERE plate = ? AND status = 'inside' AND plate <> '' ORDER BY entered_at_ms DESC LIMIT 1`,
      ),
    );
    this.#insideIdentity = db.prepare(
      planOnce(
        `SELECT ${COLUMNS} FROM stays WHERE identity = ? AND status = 'inside' ORDER BY entered_at_ms DESC LIMIT 1`,
      ),
    );
    this.#insideOnTerms = db.prepare(
      planOnce(`SELECT ${COLUMNS} FROM stays WHERE terms_id = ? AND status = 'inside' ORDER BY entered_at_ms, uid`),
    );
    this.#lastOf = db.prepare(
      planOnce(
        `SELECT ${COLUMNS} FROM stays WHERE plate = ? AND exited_at_ms IS NOT NULL ORDER BY exited_at_ms DESC LIMIT 1`,
      ),
    );
    this.#insideBefore = db.prepare(
      planOnce(
        `SELECT ${COLUMNS} FROM stays WHERE status = 'inside' AND entered_at_ms < ? ORDER BY entered_at_ms, uid LIMIT ?`,
      ),
    );
    this.#unlicensed = db.prepare(
      planOnce(
        `SELECT ${COLUMNS} FROM stays WHERE identity IS NOT NULL AND status = 'inside' ORDER BY entered_at_ms DESC LIMIT ?`,
      ),
    );
    this.#countInside = db
      .prepare<[], number>(
        'SELECT max(0, coalesce((SELECT sum(cars) FROM inside_counts), 0) + coalesce((SELECT sum(cars) FROM space_corrections), 0))',
      )
      .pluck();
    this.#insideTexts = db.prepare(
      `SELECT uid, plate, entered_at_ms AS enteredAt FROM stays INDEXED BY stays_inside_since
        WHERE status = 'inside' AND plate <> '' ORDER BY entered_at_ms DESC`,
    );
    this.#counts = db.prepare(
      'SELECT vehicle_class AS vehicleClass, area_id AS areaId, quota_id AS quotaId, cars FROM inside_counts WHERE cars <> 0',
    );
    this.#correction = db.prepare<[string], number>('SELECT cars FROM space_corrections WHERE area_id = ?').pluck();
    this.#corrections = db.prepare<[], number>('SELECT coalesce(sum(cars), 0) FROM space_corrections').pluck();
    this.#correct = db.prepare(
      'INSERT INTO space_corrections (area_id, cars) VALUES (?, ?) ON CONFLICT (area_id) DO UPDATE SET cars = excluded.cars',
    );
  }

  put(stay: Stay): void {
    this.#put.run(toRow(stay));
  }

  get(uid: string): Stay | undefined {
    const row = this.#get.get(uid);
    return row && fromRow(row);
  }

  /** The stay of a car that is inside. Unread and missing plates match nothing. */
  inside(plate: string): Stay | undefined {
    const row = this.#inside.get(plate);
    return row && fromRow(row);
  }

  /** An unlicensed car that is inside, by the id it scanned or was given. */
  insideIdentity(identity: string): Stay | undefined {
    const row = this.#insideIdentity.get(identity);
    return row && fromRow(row);
  }

  /** Cars inside on the terms of one card, booking or visitor, the first that came in front. */
  insideOnTerms(termsId: string): Stay[] {
    return this.#insideOnTerms.all(termsId).map(fromRow);
  }

  /** The stay of a plate that ended last. */
  lastOf(plate: string): Stay | undefined {
    const row = plate === '' ? undefined : this.#lastOf.get(plate);
    return row && fromRow(row);
  }

  /** Cars inside since before an instant, the oldest in front. */
  insideBefore(before: number, limit: number): Stay[] {
    return this.#insideBefore.all(before, limit).map(fromRow);
  }

  /** Cars without a plate that are inside, the newest in front. */
  unlicensedInside(limit: number): Stay[] {
    return this.#unlicensed.all(limit).map(fromRow);
  }

  /** Cars inside as the stays tell it, with what people corrected by hand; never below zero. */
  countInside(): number {
    return this.#countInside.get() ?? 0;
  }

  counts(): InsideCount[] {
    return this.#counts.all();
  }

  /** What was put right by hand for an area, `''` for the whole: cars to add to the count. */
  correction(areaId: string): number {
    return this.#correction.get(areaId) ?? 0;
  }

  /** All corrections together. */
  correctionTotal(): number {
    return this.#corrections.get() ?? 0;
  }

  correctCount(areaId: string, cars: number): void {
    this.#correct.run(areaId, cars);
  }

  /** Plates of all cars inside, oldest entry first. */
  insidePlates(limit: number): Stay['plate'][] {
    return this.#insideBefore
      .all(Number.MAX_SAFE_INTEGER, limit)
      .filter((row) => row.plate !== '')
      .map((row) => fromRow(row).plate);
  }

  /** Plates of cars inside with their stays, the newest entry first: what a misread plate is compared with. */
  insideTexts(): InsideText[] {
    return this.#insideTexts.all();
  }
}

function toRow(stay: Stay): Row {
  return {
    uid: stay.uid,
    status: stay.status,
    plate: stay.plate.text,
    plate_color: stay.plate.color,
    plate_kind: stay.plate.kind,
    vehicle_class: stay.vehicleClass,
    parking_type: stay.parkingType,
    entry_lane: JSON.stringify(stay.entryLane),
    entered_at_ms: stay.enteredAt,
    entry_record_id: stay.entryRecordId,
    exit_lane: stay.exitLane && JSON.stringify(stay.exitLane),
    exited_at_ms: stay.exitedAt,
    exit_record_id: stay.exitRecordId,
    charge_fen: stay.chargeFen,
    due_fen: stay.dueFen,
    paid_fen: stay.paidFen,
    identity: stay.identity,
    area_id: stay.areaId,
    terms_kind: stay.terms.kind,
    terms_id: stay.terms.id,
    quota_id: stay.terms.quotaId,
    owed_fen: stay.owedFen,
    detail: JSON.stringify({
      terms: stay.terms,
      segments: stay.segments,
      discountFen: stay.discountFen,
      waivedFen: stay.waivedFen,
      lastPaidAt: stay.lastPaidAt,
      discounts: stay.discounts,
      usedDiscounts: stay.usedDiscounts,
      doubts: stay.doubts,
      reviewedAt: stay.reviewedAt,
      ...(stay.berth && { berth: stay.berth }),
    }),
  };
}

const json = (text: string): unknown => JSON.parse(text);
const detailSchema = z.record(z.string(), z.unknown());

function fromRow(row: Row): Stay {
  return staySchema.parse({
    ...detailSchema.parse(json(row.detail)),
    uid: row.uid,
    status: row.status,
    plate: { text: row.plate, color: row.plate_color, kind: row.plate_kind },
    vehicleClass: row.vehicle_class,
    parkingType: row.parking_type,
    entryLane: json(row.entry_lane),
    enteredAt: row.entered_at_ms,
    entryRecordId: row.entry_record_id,
    exitLane: row.exit_lane === null ? null : json(row.exit_lane),
    exitedAt: row.exited_at_ms,
    exitRecordId: row.exit_record_id,
    chargeFen: row.charge_fen,
    dueFen: row.due_fen,
    paidFen: row.paid_fen,
    identity: row.identity,
    areaId: row.area_id,
    owedFen: row.owed_fen,
  });
}
