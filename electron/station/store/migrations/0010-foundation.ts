import type { Migration } from '../migrate.ts';

/**
 * The first schema. Money columns end in `_fen`, instants in `_ms` (epoch, UTC). `journal` is the history; every other table
 * of business is what the journal adds up to, written in the same transaction (see `store/apply.ts`).
 */
export const foundation: Migration = {
  version: 10,
  name: 'foundation',
  sql: `
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row per business fact, numbered without gaps, each hash covering the row and the hash before it.
CREATE TABLE journal (
  seq        INTEGER PRIMARY KEY,
  at_ms      INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  key        TEXT,
  lane_id    TEXT,
  passage_id TEXT,
  actor_kind TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  body       TEXT NOT NULL,
  hash       TEXT NOT NULL
) STRICT;
CREATE INDEX journal_by_key ON journal (key, seq) WHERE key IS NOT NULL;
CREATE INDEX journal_by_user ON journal (seq, actor_name) WHERE actor_kind = 'user';
CREATE TRIGGER journal_is_append_only_u BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_append_only_d BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE stays (
  uid             TEXT PRIMARY KEY,
  status          TEXT NOT NULL,
  plate           TEXT NOT NULL,
  plate_color     TEXT NOT NULL,
  plate_kind      TEXT NOT NULL,
  vehicle_class   TEXT NOT NULL,
  parking_type    TEXT NOT NULL,
  entry_lane      TEXT NOT NULL,
  entered_at_ms   INTEGER NOT NULL,
  entry_record_id TEXT NOT NULL,
  exit_lane       TEXT,
  exited_at_ms    INTEGER,
  exit_record_id  TEXT,
  charge_fen      INTEGER NOT NULL,
  due_fen         INTEGER NOT NULL,
  paid_fen        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX stays_inside ON stays (plate) WHERE status = 'inside';
CREATE INDEX stays_by_entry ON stays (entered_at_ms);

CREATE TABLE payments (
  bill_id    TEXT PRIMARY KEY,
  uid        TEXT NOT NULL REFERENCES stays (uid),
  method     TEXT NOT NULL,
  scene      TEXT NOT NULL,
  via        TEXT,
  charge_fen INTEGER NOT NULL,
  due_fen    INTEGER NOT NULL,
  paid_fen   INTEGER NOT NULL,
  billed_at_ms INTEGER NOT NULL,
  paid_at_ms INTEGER NOT NULL,
  operator   TEXT NOT NULL,
  steps      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX payments_by_stay ON payments (uid);

-- The picture itself is a file below photos/; the digest tells whether that file is still the one that was taken.
CREATE TABLE photos (
  id          TEXT PRIMARY KEY,
  uid         TEXT,
  passage_id  TEXT,
  purpose     TEXT NOT NULL,
  taken_at_ms INTEGER NOT NULL,
  name        TEXT NOT NULL,
  bytes       INTEGER NOT NULL,
  sha256      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX photos_by_stay ON photos (uid) WHERE uid IS NOT NULL;

-- The newest read under each value of each camera's counter: a push that comes again is found here.
CREATE TABLE reads (
  serial_no      TEXT NOT NULL,
  plate_id       TEXT NOT NULL,
  captured_at_ms INTEGER,
  received_at_ms INTEGER NOT NULL,
  lane_id        TEXT,
  passage_id     TEXT,
  PRIMARY KEY (serial_no, plate_id)
) STRICT, WITHOUT ROWID;

-- What each lane was doing, so that after a crash a car being served is still being served.
CREATE TABLE lane_states (
  lane_id TEXT PRIMARY KEY,
  state   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE list_entries (
  id            TEXT PRIMARY KEY,
  list          TEXT NOT NULL,
  plate         TEXT NOT NULL,
  vehicle_class TEXT,
  valid_from_ms INTEGER NOT NULL,
  valid_to_ms   INTEGER NOT NULL,
  remark        TEXT NOT NULL,
  source        TEXT NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  UNIQUE (list, plate)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_entries_by_plate ON list_entries (plate);

CREATE TABLE users (
  name          TEXT PRIMARY KEY,
  role          TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Only a digest of each token is kept: a copy of the database signs nobody in.
CREATE TABLE sign_ins (
  token_hash    TEXT PRIMARY KEY,
  user_name     TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
  expires_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE platform_memory (
  platform TEXT NOT NULL,
  key      TEXT NOT NULL,
  value    TEXT NOT NULL,
  PRIMARY KEY (platform, key)
) STRICT, WITHOUT ROWID;

-- How far each platform's projection has read the journal.
CREATE TABLE outbox_cursors (
  platform TEXT PRIMARY KEY,
  seq      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- state: 0 waiting, 1 delivered, 2 refused, 3 discarded. id is the order; no clock decides it.
CREATE TABLE outbox (
  id              INTEGER PRIMARY KEY,
  platform        TEXT NOT NULL,
  draft_id        TEXT NOT NULL,
  message         TEXT NOT NULL,
  key             TEXT,
  kind            TEXT NOT NULL,
  body            TEXT NOT NULL,
  journal_seq     INTEGER NOT NULL,
  state           INTEGER NOT NULL DEFAULT 0,
  attempts        INTEGER NOT NULL DEFAULT 0,
  maybe_delivered INTEGER NOT NULL DEFAULT 0,
  created_at_ms   INTEGER NOT NULL,
  done_at_ms      INTEGER,
  last_error      TEXT,
  UNIQUE (platform, draft_id)
) STRICT;
CREATE INDEX outbox_waiting ON outbox (platform, kind, id) WHERE state = 0;
CREATE INDEX outbox_blocking ON outbox (platform, key, id) WHERE state IN (0, 2) AND kind = 'record';
CREATE INDEX outbox_refused ON outbox (platform, id) WHERE state = 2;
CREATE INDEX outbox_discarded ON outbox (id, platform) WHERE state = 3;
CREATE INDEX outbox_done ON outbox (platform, done_at_ms) WHERE state = 1;
CREATE INDEX outbox_by_key ON outbox (key, id) WHERE key IS NOT NULL;
`,
};
