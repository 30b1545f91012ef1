import type { Migration } from '../migrate.ts';

/** Messages that were pushed often enough in vain, which the platform fetches by its own query: state 4. */
export const givenUp: Migration = {
  version: 37,
  name: 'given-up',
  sql: `
-- What a platform asks for: its messages of one name, by the instant in them. Rows of other states cost nothing here.
CREATE INDEX outbox_given_up ON outbox (platform, message, json_extract(body, '$.at')) WHERE state = 4;
-- Those of today, and those old enough to be forgotten.
CREATE INDEX outbox_given_up_done ON outbox (platform, done_at_ms) WHERE state = 4;
-- For the list of a screen, newest first.
CREATE INDEX outbox_given_up_by_id ON outbox (id, platform) WHERE state = 4;
`,
};
