import type { Migration } from '../migrate.ts';

/** Drafts, published versions and acceptance cases of tariffs, and the calendar. */
export const tariffs: Migration = {
  version: 24,
  name: 'tariffs',
  sql: `
CREATE TABLE tariff_drafts (id TEXT PRIMARY KEY, updated_at_ms INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- Numbered in the order of publication: where two versions take effect at once, it is the order that tells them apart.
CREATE TABLE tariff_versions (id TEXT PRIMARY KEY, number INTEGER NOT NULL, tariff_id TEXT NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tariff_versions_by_number ON tariff_versions (number);
CREATE TABLE tariff_cases (id TEXT PRIMARY KEY, cases INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE calendars (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
`,
};
