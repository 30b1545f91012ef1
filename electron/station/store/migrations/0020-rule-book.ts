import type { Migration } from '../migrate.ts';

/** A table of whole documents beside the columns that are searched; `body` is what the journal's event carried. */
const documents = (table: string, columns: string): string =>
  `CREATE TABLE ${table} (id TEXT PRIMARY KEY, ${columns} body TEXT NOT NULL) STRICT, WITHOUT ROWID;`;

/** Cards, bookings, debts, bills, shifts and what a stay needs for them. */
export const ruleBook: Migration = {
  version: 20,
  name: 'rule-book',
  sql: `
-- What is searched has a column; the rest of a stay's newer fields lies in detail.
ALTER TABLE stays ADD COLUMN identity TEXT;
ALTER TABLE stays ADD COLUMN area_id TEXT;
ALTER TABLE stays ADD COLUMN terms_kind TEXT NOT NULL DEFAULT 'temporary';
ALTER TABLE stays ADD COLUMN terms_id TEXT;
ALTER TABLE stays ADD COLUMN quota_id TEXT;
ALTER TABLE stays ADD COLUMN owed_fen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE stays ADD COLUMN detail TEXT NOT NULL DEFAULT '{}';
CREATE INDEX stays_inside_identity ON stays (identity) WHERE status = 'inside' AND identity IS NOT NULL;
CREATE INDEX stays_inside_terms ON stays (terms_id) WHERE status = 'inside' AND terms_id IS NOT NULL;
CREATE INDEX stays_inside_quota ON stays (quota_id) WHERE status = 'inside' AND quota_id IS NOT NULL;
CREATE INDEX stays_inside_since ON stays (entered_at_ms) WHERE status = 'inside';
CREATE INDEX stays_by_exit ON stays (exited_at_ms) WHERE exited_at_ms IS NOT NULL;
-- The evidence of a stay is found by its key and by the passages it went through.
CREATE INDEX journal_by_passage ON journal (passage_id, seq) WHERE passage_id IS NOT NULL;
CREATE INDEX stays_by_plate ON stays (plate, exited_at_ms);

ALTER TABLE payments ADD COLUMN state TEXT NOT NULL DEFAULT 'paid';
ALTER TABLE payments ADD COLUMN discount_fen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE payments ADD COLUMN discounts TEXT NOT NULL DEFAULT '[]';
ALTER TABLE payments ADD COLUMN received_fen INTEGER;
ALTER TABLE payments ADD COLUMN change_fen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE payments ADD COLUMN reference TEXT;
ALTER TABLE payments ADD COLUMN attempt_id TEXT;
ALTER TABLE payments ADD COLUMN shift_id TEXT;
ALTER TABLE payments ADD COLUMN debt_id TEXT;
CREATE INDEX payments_by_time ON payments (paid_at_ms);
CREATE INDEX payments_by_shift ON payments (shift_id) WHERE shift_id IS NOT NULL;
CREATE INDEX payments_by_attempt ON payments (attempt_id) WHERE attempt_id IS NOT NULL;
CREATE INDEX payments_taken_back ON payments (bill_id) WHERE state = 'reversed' AND attempt_id IS NOT NULL;

ALTER TABLE list_entries ADD COLUMN strategy TEXT NOT NULL DEFAULT 'no-entry';

-- How many cars stand inside is counted at every passage: kept by the database itself, so that it cannot drift.
CREATE TABLE inside_counts (
  vehicle_class TEXT NOT NULL,
  area_id       TEXT NOT NULL,
  quota_id      TEXT NOT NULL,
  cars          INTEGER NOT NULL,
  PRIMARY KEY (vehicle_class, area_id, quota_id)
) STRICT, WITHOUT ROWID;
INSERT INTO inside_counts SELECT vehicle_class, coalesce(area_id, ''), coalesce(quota_id, ''), count(*) FROM stays
  WHERE status = 'inside' GROUP BY 1, 2, 3;
CREATE TRIGGER stays_count_insert AFTER INSERT ON stays WHEN new.status = 'inside' BEGIN
  INSERT INTO inside_counts VALUES (new.vehicle_class, coalesce(new.area_id, ''), coalesce(new.quota_id, ''), 1)
    ON CONFLICT DO UPDATE SET cars = cars + 1;
END;
CREATE TRIGGER stays_count_update AFTER UPDATE OF status, vehicle_class, area_id, quota_id ON stays
  WHEN old.status IS NOT new.status OR old.vehicle_class IS NOT new.vehicle_class OR old.area_id IS NOT new.area_id OR old.quota_id IS NOT new.quota_id BEGIN
  UPDATE inside_counts SET cars = cars - 1 WHERE old.status = 'inside'
    AND vehicle_class = old.vehicle_class AND area_id = coalesce(old.area_id, '') AND quota_id = coalesce(old.quota_id, '');
  INSERT INTO inside_counts SELECT new.vehicle_class, coalesce(new.area_id, ''), coalesce(new.quota_id, ''), 1 WHERE new.status = 'inside'
    ON CONFLICT DO UPDATE SET cars = cars + 1;
END;

-- Cars that no stay tells of, or stays whose car is gone: what a person counted against what the stays say.
CREATE TABLE space_corrections (area_id TEXT PRIMARY KEY, cars INTEGER NOT NULL) STRICT, WITHOUT ROWID;

${documents('cards', 'number TEXT NOT NULL, type TEXT NOT NULL, state TEXT NOT NULL, valid_to_ms INTEGER NOT NULL, owner TEXT NOT NULL,')}
CREATE UNIQUE INDEX cards_by_number ON cards (number);
CREATE INDEX cards_by_end ON cards (valid_to_ms);
CREATE TABLE card_plates (plate TEXT NOT NULL, card_id TEXT NOT NULL REFERENCES cards (id) ON DELETE CASCADE, PRIMARY KEY (plate, card_id)) STRICT, WITHOUT ROWID;
CREATE INDEX card_plates_by_card ON card_plates (card_id);
${documents('recharge_plans', 'type TEXT NOT NULL,')}
${documents('bookings', 'plate TEXT NOT NULL, to_ms INTEGER NOT NULL,')}
CREATE INDEX bookings_by_plate ON bookings (plate, to_ms);
${documents('visitors', 'plate TEXT NOT NULL, to_ms INTEGER NOT NULL,')}
CREATE INDEX visitors_by_plate ON visitors (plate, to_ms);
${documents('merchants', 'name TEXT NOT NULL,')}
${documents('coupons', 'plate TEXT NOT NULL, state TEXT NOT NULL, merchant_id TEXT NOT NULL,')}
CREATE INDEX coupons_by_plate ON coupons (plate, state);
CREATE INDEX coupons_by_merchant ON coupons (merchant_id, state);
${documents('debts', 'plate TEXT NOT NULL, state TEXT NOT NULL, uid TEXT,')}
CREATE INDEX debts_by_plate ON debts (plate, state);
CREATE INDEX debts_by_stay ON debts (uid) WHERE uid IS NOT NULL;
${documents('agreements', 'plate TEXT NOT NULL, platform TEXT NOT NULL,')}
CREATE INDEX agreements_by_plate ON agreements (plate);

${documents('bills', 'uid TEXT NOT NULL, state TEXT NOT NULL, created_at_ms INTEGER NOT NULL,')}
CREATE INDEX bills_by_stay ON bills (uid, created_at_ms);
CREATE UNIQUE INDEX bills_one_open ON bills (uid) WHERE state = 'open';
${documents('attempts', 'bill_id TEXT NOT NULL, uid TEXT NOT NULL, state TEXT NOT NULL, channel TEXT NOT NULL, reference TEXT,')}
CREATE INDEX attempts_by_bill ON attempts (bill_id);
CREATE INDEX attempts_by_stay ON attempts (uid);
CREATE INDEX attempts_by_reference ON attempts (channel, reference) WHERE reference IS NOT NULL;
CREATE INDEX attempts_under_way ON attempts (state) WHERE state IN ('created', 'sent', 'unknown', 'reversing');
${documents('refunds', 'uid TEXT NOT NULL, bill_id TEXT, state TEXT NOT NULL, created_at_ms INTEGER NOT NULL,')}
CREATE INDEX refunds_by_stay ON refunds (uid);
CREATE INDEX refunds_by_state ON refunds (state, created_at_ms);
${documents('cases', 'kind TEXT NOT NULL, uid TEXT, opened_at_ms INTEGER NOT NULL, closed_at_ms INTEGER,')}
CREATE INDEX cases_open ON cases (opened_at_ms) WHERE closed_at_ms IS NULL;
CREATE INDEX cases_by_stay ON cases (uid) WHERE uid IS NOT NULL;
CREATE INDEX cases_by_time ON cases (opened_at_ms);
${documents('gaps', 'lane_id TEXT NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER,')}
CREATE INDEX gaps_by_time ON gaps (to_ms, from_ms);
${documents('shifts', 'booth TEXT NOT NULL, cashier TEXT NOT NULL, state TEXT NOT NULL, opened_at_ms INTEGER NOT NULL,')}
CREATE INDEX shifts_by_time ON shifts (opened_at_ms);
CREATE INDEX shifts_running ON shifts (booth, state) WHERE state <> 'closed';
${documents('paid_outs', 'shift_id TEXT NOT NULL, at_ms INTEGER NOT NULL,')}
CREATE INDEX paid_outs_by_shift ON paid_outs (shift_id);
`,
};
