import type { Migration } from '../migrate.ts';

/**
 * What searches of a large history need. Measured on a million stays of 300,000 plates: a table of parts of plates, whether
 * FTS5 trigrams or suffixes, makes the commit of a plate's first entry half again to three quarters as long; a list of the different
 * plates is read through in about ten milliseconds on the thread that searches, and adds nothing to the commit of a car that was here
 * before and three to five per cent to that of a new one.
 */
export const search: Migration = {
  version: 21,
  name: 'search',
  sql: `
-- Every plate that a stay ever had, once. A plate that was corrected away stays here and leads to no stay.
CREATE TABLE plates (plate TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO plates SELECT DISTINCT plate FROM stays WHERE plate <> '';

-- DO NOTHING and not OR IGNORE: a statement's own conflict clause would override that one inside a trigger.
-- "Is it new" is asked of the index leaf that the stay itself has just changed: a car that was here before costs nothing more.
CREATE TRIGGER stays_new_plate AFTER INSERT ON stays
  WHEN new.plate <> '' AND (SELECT count(*) FROM (SELECT 1 FROM stays WHERE plate = new.plate LIMIT 2)) = 1
  BEGIN INSERT INTO plates VALUES (new.plate) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER stays_corrected_plate AFTER UPDATE OF plate ON stays WHEN new.plate <> '' AND new.plate <> old.plate
  BEGIN INSERT INTO plates VALUES (new.plate) ON CONFLICT DO NOTHING; END;

-- Newest first, with what lists are narrowed by: most searches never touch the wide rows. It grows at its end only.
DROP INDEX IF EXISTS stays_by_entry;
CREATE INDEX stays_search ON stays (entered_at_ms, uid, plate, status, vehicle_class, parking_type);
CREATE INDEX IF NOT EXISTS stays_by_plate ON stays (plate, exited_at_ms);
CREATE INDEX IF NOT EXISTS stays_by_exit ON stays (exited_at_ms) WHERE exited_at_ms IS NOT NULL;
CREATE INDEX IF NOT EXISTS stays_inside_since ON stays (entered_at_ms) WHERE status = 'inside';
CREATE INDEX stays_abnormal ON stays (entered_at_ms) WHERE status = 'abnormal';

CREATE INDEX journal_by_kind ON journal (kind, seq);
CREATE INDEX journal_by_time ON journal (at_ms);
`,
};
