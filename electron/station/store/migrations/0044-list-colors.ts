import type { Migration } from '../migrate.ts';

/** A plate may stand on a list once for each colour. What stood there counts for any colour, as it did. */
export const listColors: Migration = {
  version: 44,
  name: 'list-colors',
  sql: `
CREATE TABLE list_entries_by_color (
  id            TEXT PRIMARY KEY,
  list          TEXT NOT NULL,
  plate         TEXT NOT NULL,
  plate_color   TEXT NOT NULL DEFAULT '',
  vehicle_class TEXT,
  valid_from_ms INTEGER NOT NULL,
  valid_to_ms   INTEGER NOT NULL,
  remark        TEXT NOT NULL,
  source        TEXT NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  strategy      TEXT NOT NULL DEFAULT 'no-entry',
  UNIQUE (list, plate, plate_color)
) STRICT, WITHOUT ROWID;
INSERT INTO list_entries_by_color
  (id, list, plate, vehicle_class, valid_from_ms, valid_to_ms, remark, source, updated_at_ms, strategy)
  SELECT id, list, plate, vehicle_class, valid_from_ms, valid_to_ms, remark, source, updated_at_ms, strategy FROM list_entries;
DROP TABLE list_entries;
ALTER TABLE list_entries_by_color RENAME TO list_entries;
CREATE INDEX list_entries_by_plate ON list_entries (plate);
`,
};
