import type { Migration } from '../migrate.ts';

/** Platforms whose ids are whole numbers know our cards, bookings and list entries by these. A number is never given twice. */
export const platformNumbers: Migration = {
  version: 39,
  name: 'platform-numbers',
  sql: `
CREATE TABLE platform_numbers (
  platform TEXT NOT NULL,
  kind TEXT NOT NULL,
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (platform, kind, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX platform_numbers_by_id ON platform_numbers (platform, kind, id);
`,
};
