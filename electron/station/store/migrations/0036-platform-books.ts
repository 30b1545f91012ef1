import type { Migration } from '../migrate.ts';

/** A record that only a platform has hangs on no row of our journal, and nobody here knows when it came to be. */
export const platformBooks: Migration = {
  version: 36,
  name: 'platform-books',
  sql: `
CREATE TABLE differences_with_books (
  run_id      TEXT NOT NULL,
  number      INTEGER NOT NULL,
  found       TEXT NOT NULL,
  message     TEXT NOT NULL,
  kind        TEXT NOT NULL,
  key         TEXT,
  draft_id    TEXT NOT NULL,
  journal_seq INTEGER,
  at_ms       INTEGER,
  reason      TEXT,
  PRIMARY KEY (run_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO differences_with_books SELECT run_id, number, found, message, kind, key, draft_id, journal_seq, at_ms, reason
  FROM outbox_differences;
DROP TABLE outbox_differences;
ALTER TABLE differences_with_books RENAME TO outbox_differences;
`,
};
