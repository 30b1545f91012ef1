import type { Migration } from '../migrate.ts';

/** What remains of messages that arrived long ago, so that nobody takes them for missing and sends them again. */
export const outboxReceipts: Migration = {
  version: 35,
  name: 'outbox-receipts',
  sql: `
-- Everything that the journal's rows from_seq to to_seq made for the platform was delivered. Stretches neither overlap nor touch.
CREATE TABLE outbox_receipts (
  platform TEXT NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq   INTEGER NOT NULL,
  PRIMARY KEY (platform, from_seq)
) STRICT, WITHOUT ROWID;
`,
};
