import type { Migration } from '../migrate.ts';

/** Bills of cars that left first and are charged after: who follows them up asks every few minutes, for years. */
export const departurePay: Migration = {
  version: 34,
  name: 'departure-pay',
  sql: `
CREATE INDEX bills_after_departure_open ON bills (created_at_ms, id)
  WHERE body ->> '$.scene' = 'after-departure' AND state = 'open';
CREATE INDEX bills_after_departure ON bills (created_at_ms, id) WHERE body ->> '$.scene' = 'after-departure';
`,
};
