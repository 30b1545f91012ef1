import type { Database, Statement } from 'better-sqlite3';
import { type Stay, staySchema } from '../../../shared/domain/stay.ts';

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
}

export interface StayFilter {
  readonly plate?: string | undefined;
  readonly status?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly offset: number;
  readonly limit: number;
}

const COLUMNS = `uid, status, plate, plate_color, plate_kind, vehicle_class, parking_type, entry_lane, entered_at_ms, entry_record_id,
  exit_lane, exited_at_ms, exit_record_id, charge_fen, due_fen, paid_fen`;

export class StayStore {
  readonly #db: Database;
  readonly #put: Statement<[Row]>;
  readonly #get: Statement<[string], Row>;
  readonly #inside: Statement<[string], Row>;
  readonly #countInside: Statement<[], number>;

  constructor(db: Database) {
    this.#db = db;
    const names = COLUMNS.split(',').map((name) => name.trim());
    this.#put = db.prepare(`INSERT INTO stays (${COLUMNS}) VALUES (${names.map((name) => `@${name}`).join(', ')})
      ON CONFLICT (uid) DO UPDATE SET ${names
        .slice(1)
        .map((name) => `${name} = excluded.${name}`)
        .join(', ')}`);
    this.#get = db.prepare(`SELECT ${COLUMNS} FROM stays WHERE uid = ?`);
    this.#inside = db.prepare(
      `SELECT ${COLUMNS} FROM stays WHERE plate = ? AND status = 'inside' AND plate <> '' ORDER BY entered_at_ms DESC LIMIT 1`,
    );
    this.#countInside = db.prepare<[], number>("SELECT count(*) FROM stays WHERE status = 'inside'").pluck();
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

  countInside(): number {
    return this.#countInside.get() ?? 0;
  }

  /** Newest entry first. */
  search(filter: StayFilter): { readonly items: Stay[]; readonly total: number } {
    const where = ['1 = 1'];
    if (filter.plate !== undefined) where.push("plate LIKE @plate ESCAPE '\\'");
    // Written out, so that the index of cars inside can serve.
    if (filter.status === 'inside') where.push("status = 'inside'");
    else if (filter.status !== undefined) where.push('status = @status');
    if (filter.from !== undefined) where.push('entered_at_ms >= @from');
    if (filter.to !== undefined) where.push('entered_at_ms < @to');
    const values = {
      plate: `%${(filter.plate ?? '').replace(/[\\%_]/g, '\\$&')}%`,
      status: filter.status ?? null,
      from: filter.from ?? null,
      to: filter.to ?? null,
    };
    const condition = where.join(' AND ');
    const items = this.#db
      .prepare<[object], Row>(
        `SELECT ${COLUMNS} FROM stays WHERE ${condition} ORDER BY entered_at_ms DESC, uid LIMIT @limit OFFSET @offset`,
      )
      .all({ ...values, limit: filter.limit, offset: filter.offset });
    const total =
      this.#db.prepare<[object], number>(`SELECT count(*) FROM stays WHERE ${condition}`).pluck().get(values) ?? 0;
    return { items: items.map(fromRow), total };
  }

  /** Plates of all cars inside, oldest entry first. */
  insidePlates(limit: number): Stay['plate'][] {
    return this.#db
      .prepare<[number], Row>(
        `SELECT ${COLUMNS} FROM stays WHERE status = 'inside' AND plate <> '' ORDER BY entered_at_ms LIMIT ?`,
      )
      .all(limit)
      .map((row) => fromRow(row).plate);
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
  };
}

const json = (text: string): unknown => JSON.parse(text);

function fromRow(row: Row): Stay {
  return staySchema.parse({
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
  });
}
