import type { Migration } from '../migrate.ts';

/** What was sent to a printer and has not ended: a row while it prints, so that a start after a crash knows of the paper. */
export const printJobs: Migration = {
  version: 45,
  name: 'print-jobs',
  sql: `
CREATE TABLE print_jobs (
  id  INTEGER PRIMARY KEY,
  job TEXT NOT NULL
) STRICT;
`,
};
