import type { Migration } from '../migrate.ts';

/** 找零订单: change that a platform pays out. A platform lists a time and, besides, whatever is still open. */
export const changeOrders: Migration = {
  version: 40,
  name: 'change-orders',
  sql: `
CREATE TABLE change_orders (
  id         TEXT PRIMARY KEY,
  platform   TEXT NOT NULL,
  state      TEXT NOT NULL,
  bill_id    TEXT NOT NULL,
  shift_id   TEXT,
  plate      TEXT NOT NULL,
  paid_at_ms INTEGER NOT NULL,
  body       TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX change_orders_by_bill ON change_orders (bill_id);
CREATE INDEX change_orders_by_time ON change_orders (paid_at_ms, id);
CREATE INDEX change_orders_told ON change_orders (platform, paid_at_ms, id) WHERE state <> 'open';
CREATE INDEX change_orders_open ON change_orders (platform, paid_at_ms, id) WHERE state = 'open';
CREATE INDEX change_orders_by_plate ON change_orders (plate, paid_at_ms);
CREATE INDEX change_orders_by_shift ON change_orders (shift_id, state) WHERE shift_id IS NOT NULL;
`,
};
