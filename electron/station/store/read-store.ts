import type { Database, Statement } from 'better-sqlite3';

interface Row {
  readonly serial_no: string;
  readonly plate_id: string;
  readonly captured_at_ms: number | null;
  readonly received_at_ms: number;
  readonly lane_id: string | null;
  readonly passage_id: string | null;
}

/** A plate read as remembered for recognising it when it comes again. */
export interface RememberedRead {
  readonly serialNo: string;
  readonly plateId: string;
  readonly capturedAt: number | null;
  readonly receivedAt: number;
  readonly laneId: string | null;
  readonly passageId: string | null;
}

export class ReadStore {
  readonly #put: Statement<[Row]>;
  readonly #get: Statement<[string, string], Row>;

  constructor(db: Database) {
    this.#put = db.prepare(`INSERT INTO reads (serial_no, plate_id, captured_at_ms, received_at_ms, lane_id, passage_id)
      VALUES (@serial_no, @plate_id, @captured_at_ms, @received_at_ms, @lane_id, @passage_id)
      ON CONFLICT (serial_no, plate_id) DO UPDATE SET captured_at_ms = excluded.captured_at_ms,
        received_at_ms = excluded.received_at_ms, lane_id = excluded.lane_id, passage_id = excluded.passage_id`);
    this.#get = db.prepare('SELECT * FROM reads WHERE serial_no = ? AND plate_id = ?');
  }

  put(read: RememberedRead): void {
    this.#put.run({
      serial_no: read.serialNo,
      plate_id: read.plateId,
      captured_at_ms: read.capturedAt,
      received_at_ms: read.receivedAt,
      lane_id: read.laneId,
      passage_id: read.passageId,
    });
  }

  get(serialNo: string, plateId: string): RememberedRead | undefined {
    const row = this.#get.get(serialNo, plateId);
    return (
      row && {
        serialNo: row.serial_no,
        plateId: row.plate_id,
        capturedAt: row.captured_at_ms,
        receivedAt: row.received_at_ms,
        laneId: row.lane_id,
        passageId: row.passage_id,
      }
    );
  }
}
