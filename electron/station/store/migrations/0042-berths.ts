import type { Migration } from '../migrate.ts';

/** 泊位: what they are, and beside it what is known of each. A berth that is taken off the register keeps no state. */
export const berths: Migration = {
  version: 42,
  name: 'berths',
  sql: `
CREATE TABLE berths (
  id      TEXT PRIMARY KEY,
  code    TEXT NOT NULL,
  number  INTEGER NOT NULL,
  area_id TEXT NOT NULL,
  road    TEXT NOT NULL,
  body    TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX berths_by_code ON berths (code);
CREATE UNIQUE INDEX berths_by_number ON berths (number);
CREATE TABLE berth_states (
  berth_id TEXT PRIMARY KEY,
  body     TEXT NOT NULL
) STRICT;
`,
};
