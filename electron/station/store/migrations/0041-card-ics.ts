import type { Migration } from '../migrate.ts';

/** IC cards (IC 卡号) that stand on cards, to find a card by one. */
export const cardIcs: Migration = {
  version: 41,
  name: 'card-ics',
  sql: `
CREATE TABLE card_ics (number TEXT NOT NULL, card_id TEXT NOT NULL REFERENCES cards (id) ON DELETE CASCADE, PRIMARY KEY (number, card_id)) STRICT, WITHOUT ROWID;
CREATE INDEX card_ics_by_card ON card_ics (card_id);
`,
};
