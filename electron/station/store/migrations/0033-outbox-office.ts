import type { Migration } from '../migrate.ts';

/** What a person needs in order to find out why a message did not arrive, and to make good what never left. */
export const outboxOffice: Migration = {
  version: 33,
  name: 'outbox-office',
  sql: `
-- The newest attempts of each message: id is 8 × the message's id + the attempt's number modulo 8, so that the ninth takes
-- the first one's place and no message can ever fill the disk.
CREATE TABLE outbox_attempts (
  id      INTEGER PRIMARY KEY,
  number  INTEGER NOT NULL,
  at_ms   INTEGER NOT NULL,
  took_ms INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  reason  TEXT NOT NULL,
  trace   TEXT
) STRICT;

-- The place of a message within its stay is that of its event in the journal, so that one made good later goes before those
-- that must follow it.
DROP INDEX outbox_blocking;
CREATE INDEX outbox_blocking ON outbox (platform, key, journal_seq, id) WHERE state IN (0, 2) AND kind = 'record';

CREATE INDEX outbox_by_time ON outbox (created_at_ms);

-- A comparison of journal and outbox: what ought to have been made, and what was.
CREATE TABLE outbox_runs (
  id            TEXT PRIMARY KEY,
  platform      TEXT NOT NULL,
  started_at_ms INTEGER NOT NULL,
  body          TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_runs_by_time ON outbox_runs (started_at_ms);
CREATE TABLE outbox_differences (
  run_id      TEXT NOT NULL,
  number      INTEGER NOT NULL,
  found       TEXT NOT NULL,
  message     TEXT NOT NULL,
  kind        TEXT NOT NULL,
  key         TEXT,
  draft_id    TEXT NOT NULL,
  journal_seq INTEGER NOT NULL,
  at_ms       INTEGER NOT NULL,
  reason      TEXT,
  PRIMARY KEY (run_id, number)
) STRICT, WITHOUT ROWID;
`,
};
