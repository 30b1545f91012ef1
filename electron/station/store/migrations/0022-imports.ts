import type { Migration } from '../migrate.ts';

/** Imports of tables, staged so that a crash midway is continued; and the numbers under which cards were recharged. */
export const imports: Migration = {
  version: 22,
  name: 'imports',
  sql: `
CREATE TABLE import_jobs (id TEXT PRIMARY KEY, state TEXT NOT NULL, created_at_ms INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX import_jobs_by_time ON import_jobs (created_at_ms);
CREATE TABLE import_rows (
  job_id     TEXT NOT NULL,
  position   INTEGER NOT NULL,
  row_number INTEGER NOT NULL,
  body       TEXT NOT NULL,
  PRIMARY KEY (job_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE import_faults (
  job_id     TEXT NOT NULL,
  position   INTEGER NOT NULL,
  row_number INTEGER NOT NULL,
  column_title TEXT NOT NULL,
  value      TEXT NOT NULL,
  reason     TEXT NOT NULL,
  PRIMARY KEY (job_id, position)
) STRICT, WITHOUT ROWID;

-- A recharge that is ordered twice under one number is one recharge.
CREATE TABLE card_orders (order_no TEXT PRIMARY KEY, card_id TEXT NOT NULL, detail TEXT NOT NULL) STRICT, WITHOUT ROWID;
`,
};
