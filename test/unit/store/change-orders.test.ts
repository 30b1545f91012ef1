import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChangeOrder } from '../../../shared/domain/change-order.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

let temp: TempStore;
beforeEach(() => {
  temp = tempStore(new FakeClock());
});
afterEach(() => temp.dispose());

const order = (n: number, change: Partial<ChangeOrder> = {}): ChangeOrder => ({
  ...{ id: String(100_000_000 + n), platform: 'keytop', state: 'given', billId: `b${n}`, uid: `u${n}` },
  ...{ plate: { text: `鲁B${10_000 + (n % 90_000)}`, color: 'blue', kind: 'ordinary' }, identity: null, enteredAt: 1 },
  ...{ payFen: 1000, receivedFen: 2000, amountFen: 1000, laneId: 'out', shiftId: `s${n % 10}`, cashier: 'anna' },
  ...{ paidAt: n * 1000, chargeType: '0', method: 'wechat', account: null, givenAt: n * 1000, settled: null },
  ...change,
});

it('lists a time and what is open from two indexes, merged and never sorted, whatever else is there', () => {
  const { changeOrders } = temp.store.read;
  temp.db.transaction(() => {
    for (let n = 0; n < 50_000; n += 1)
      changeOrders.put(order(n, n % 5000 === 7 ? { state: 'open', givenAt: null, chargeType: null } : {}));
    changeOrders.put(order(50_001, { platform: 'other', state: 'open', paidAt: 20_000_500 }));
  })();
  const began = performance.now();
  const page = changeOrders.told('keytop', 20_000_000, 20_004_000, { offset: 0, limit: 100 });
  expect(performance.now() - began).toBeLessThan(250);
  const open = Array.from({ length: 10 }, (_, index) => (index * 5000 + 7) * 1000);
  const inTime = [20_000_000, 20_001_000, 20_002_000, 20_003_000, 20_004_000];
  expect(page.map(({ paidAt }) => paidAt)).toEqual([...open, ...inTime].sort((a, b) => a - b));
  expect(changeOrders.told('keytop', 20_000_000, 20_004_000, { offset: 14, limit: 100 })).toHaveLength(1);
  const plan = temp.db
    .prepare<[], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT id, paid_at_ms FROM change_orders INDEXED BY change_orders_told
         WHERE platform = 'keytop' AND state <> 'open' AND paid_at_ms BETWEEN 1 AND 2
       UNION ALL
       SELECT id, paid_at_ms FROM change_orders INDEXED BY change_orders_open WHERE platform = 'keytop' AND state = 'open'
       ORDER BY 2, 1 LIMIT 10`,
    )
    .all()
    .map(({ detail }) => detail)
    .join('\n');
  expect(plan).toContain('MERGE (UNION ALL)');
  expect(plan).toMatch(/USING (COVERING )?INDEX change_orders_told/);
  expect(plan).not.toContain('TEMP B-TREE');
});

it('finds orders by a part of the plate, by how a number begins, and by state', () => {
  const { changeOrders } = temp.store.read;
  changeOrders.put(order(1, { state: 'open' }));
  changeOrders.put(order(2));
  changeOrders.put(order(3, { plate: { text: '', color: 'unknown', kind: 'none' }, identity: 'openid-77' }));
  const found = (filter: Parameters<typeof changeOrders.search>[0]) =>
    changeOrders.search(filter).items.map(({ id }) => id);
  const page = { offset: 0, limit: 10 };
  expect(found({ ...page, state: 'open' })).toEqual(['100000001']);
  expect(found({ ...page, text: 'B10002' })).toEqual(['100000002']);
  expect(found({ ...page, text: 'openid' })).toEqual(['100000003']);
  expect(found({ ...page, text: '1000000' })).toEqual(['100000003', '100000002', '100000001']);
  expect(found({ ...page, text: '00000' })).toEqual([]);
  expect(found({ ...page, from: 2000, to: 3000 })).toEqual(['100000002']);
  expect(changeOrders.sumsOfShift('s1')).toEqual([{ state: 'open', count: 1, amountFen: 1000 }]);
});
