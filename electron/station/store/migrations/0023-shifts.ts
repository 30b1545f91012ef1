import type { Migration } from '../migrate.ts';

/** The drawer of a shift: one row for each time that cash went in or out of it. */
export const shifts: Migration = {
  version: 23,
  name: 'shifts',
  sql: `
-- What a drawer holds is its float and the sum of these; amounts that left it are negative. A movement is told once,
-- however often the event that tells it is repeated under the same reference.
CREATE TABLE shift_cash (
  what       TEXT NOT NULL,
  ref        TEXT NOT NULL,
  shift_id   TEXT NOT NULL,
  amount_fen INTEGER NOT NULL,
  at_ms      INTEGER NOT NULL,
  PRIMARY KEY (what, ref)
) STRICT, WITHOUT ROWID;
CREATE INDEX shift_cash_by_shift ON shift_cash (shift_id, what);
CREATE INDEX shift_cash_by_time ON shift_cash (at_ms);
CREATE INDEX shifts_by_booth ON shifts (booth, opened_at_ms);
`,
};
