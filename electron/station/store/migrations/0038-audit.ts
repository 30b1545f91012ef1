import type { Migration } from '../migrate.ts';

/**
 * Who did what at this car park is more than what its people did: a platform that moves an arm from afar, or wanted to, stands beside
 * them. What it decides about a car that stands there is the daily business, and is not in the log of doings.
 */
export const audit: Migration = {
  version: 38,
  name: 'audit',
  sql: `
CREATE INDEX journal_audited ON journal (seq, actor_name)
  WHERE actor_kind = 'user' OR kind = 'gate-refused'
    OR (kind = 'gate-commanded' AND actor_kind = 'platform' AND json_extract(body, '$.origin') = 'platform');
DROP INDEX journal_by_user;
`,
};
