import type { Migration } from '../migrate.ts';

/** Earlier configurations, to go back to, with who made them and what was different. */
export const configurations: Migration = {
  version: 30,
  name: 'configurations',
  sql: `
CREATE TABLE configurations (
  revision INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  actor_name TEXT NOT NULL,
  source TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  changes TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;
`,
};
