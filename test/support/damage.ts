import type { Database } from 'better-sqlite3';
import type { Store } from '../../electron/station/store/store.ts';

/** A row as an older version with a fault, or a bad disk, left it: in its place, and readable by nobody. */
export function damagedRow(db: Database, store: Store, key: string, at: number): number {
  const seq = store.read.journal.last().seq + 1;
  db.prepare(
    `INSERT INTO journal (seq, at_ms, kind, key, lane_id, passage_id, actor_kind, actor_name, body, hash)
      VALUES (?, ?, 'vehicle-entered', ?, NULL, NULL, 'station', 'station', '{"stay":{"dueFen":99999999}}', ?)`,
  ).run(seq, at, key, 'f'.repeat(64));
  return seq;
}
