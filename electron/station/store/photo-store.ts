import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import { planOnce } from './plan-once.ts';

const rowSchema = z.object({
  id: z.string(),
  uid: z.string().nullable(),
  passage_id: z.string().nullable(),
  purpose: z.enum(['entry', 'exit', 'manual', 'stored']),
  taken_at_ms: z.int(),
  name: z.string(),
  bytes: z.int(),
  sha256: z.string(),
});
export type PhotoRow = z.output<typeof rowSchema>;

export class PhotoStore {
  readonly #put: Statement<[PhotoRow]>;
  readonly #get: Statement<[string], unknown>;
  readonly #byStay: Statement<[string], unknown>;

  constructor(db: Database) {
    this.#put = db.prepare(`INSERT INTO photos (id, uid, passage_id, purpose, taken_at_ms, name, bytes, sha256)
      VALUES (@id, @uid, @passage_id, @purpose, @taken_at_ms, @name, @bytes, @sha256)
      ON CONFLICT (id) DO UPDATE SET uid = excluded.uid, purpose = excluded.purpose`);
    this.#get = db.prepare('SELECT * FROM photos WHERE id = ?');
    this.#byStay = db.prepare(planOnce('SELECT * FROM photos WHERE uid = ? ORDER BY taken_at_ms, id'));
  }

  put(row: PhotoRow): void {
    this.#put.run(row);
  }

  get(id: string): PhotoRow | undefined {
    const row = this.#get.get(id);
    return row === undefined ? undefined : rowSchema.parse(row);
  }

  ofStay(uid: string): PhotoRow[] {
    return this.#byStay.all(uid).map((row) => rowSchema.parse(row));
  }
}
