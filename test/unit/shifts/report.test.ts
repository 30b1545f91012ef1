import { afterEach, beforeEach, expect, it } from 'vitest';
import { shiftReport } from '../../../electron/station/shifts/report.ts';
import { Booth, cashier, LANES } from './booth.ts';

const HOUR = 3_600_000;
const wang = cashier('小王');
const zhao = cashier('小赵');
const li = cashier('小李');

let booth: Booth;
beforeEach(() => {
  booth = new Booth();
});
afterEach(() => {
  booth.temp.dispose();
});
const report = (id: string) => shiftReport(booth.store.read, booth.shifts.get(id), LANES, booth.clock.now());
const crash = (downMs: number): void => {
  booth.record({ kind: 'station-started', body: { version: '1', previous: 'crashed', downMs } });
};

it('tells a whole day of two cashiers and a relief', async () => {
  const morning = booth.shifts.open({ booth: 'A', floatFen: 20_000 }, wang);
  booth.car(1_000, { by: '小王' });
  const wrong = booth.car(800, { by: '小王' });
  booth.car(600, { method: 'wechat' });
  booth.car(700, { method: 'alipay', via: 'cmb', shiftId: null });
  booth.release(1_500, '小王', '特种车辆');
  booth.release(300, '小王', '业主投诉');
  booth.release(200, '小王', '业主投诉');
  booth.owe(900, '小王');
  booth.openByHand('小王', '设备故障');
  booth.openByHand('小李', '其他', 'out2');
  booth.shifts.payOut(morning.id, { amountFen: 450, remark: '买打印纸' }, wang);
  booth.refund(wrong, 300, morning.id);
  booth.recharge(10_000, morning.id);
  await booth.clock.advance(4 * HOUR);

  const relief = booth.shifts.relief(morning.id, 5_000, zhao);
  booth.car(2_000, { by: '小赵' });
  booth.release(100, '小赵', '其他');
  await booth.clock.advance(HOUR);
  booth.handOver(relief.id, zhao, { 5000: 1, 2000: 1 });
  booth.shifts.resume(morning.id, wang);

  await booth.clock.advance(HOUR);
  crash(20 * 60_000);
  booth.car(400, { by: '小王' });
  booth.handOver(morning.id, wang, { 10000: 3, 1000: 1, 100: 4, 50: 1 }, '无');
  booth.shifts.confirm(morning.id, null, li);
  booth.shifts.confirm(relief.id, null, li);
  const evening = booth.shifts.open({ booth: 'A' }, li);
  booth.car(5_000, { by: '小李' });

  const first = report(morning.id);
  expect(first.drawer).toEqual({
    ...{ cashInFen: 12_200, cashRefundedFen: 300, paidOutFen: 450, expectedFen: 31_450 },
    ...{ changeKeptFen: 0, changeHandedFen: 0 },
  });
  expect(first.shift).toMatchObject({ countedFen: 31_450, differenceFen: 0, cashier: '小王', takenOverFen: 31_450 });
  expect(first.received).toEqual([
    { method: 'cash', scene: 'gate', count: 3, amountFen: 2_200 },
    { method: 'wechat', scene: 'gate', count: 1, amountFen: 600 },
  ]);
  expect(first.refunds).toEqual([{ method: 'cash', count: 1, amountFen: 300 }]);
  expect(first.recharges).toEqual([{ method: 'cash', count: 1, amountFen: 10_000 }]);
  expect(first.paidOuts).toMatchObject([{ amountFen: 450, remark: '买打印纸' }]);
  expect(first.released).toEqual([
    { reason: '业主投诉', count: 2, amountFen: 500 },
    { reason: '特种车辆', count: 1, amountFen: 1_500 },
  ]);
  // Not the one of booth B, and nothing of the time in which somebody stood in.
  expect(first.manualOpens).toEqual([{ reason: '设备故障', count: 1, amountFen: 0 }]);
  expect(first.debtsLetOut).toEqual({ count: 1, amountFen: 900 });
  expect([first.entries, first.exits]).toEqual([9, 9]);
  expect(first.gaps).toMatchObject([{ kind: 'crashed', to: booth.clock.now() }]);
  expect(booth.store.read.journal.storedBetween(first.rows.first, first.rows.first, 1)[0]?.body).toContain('"opened"');
  expect(booth.store.read.journal.storedBetween(first.rows.last, first.rows.last, 1)[0]?.body).toContain('"closed"');

  const second = report(relief.id);
  expect(second.drawer.expectedFen).toBe(7_000);
  expect(second.released).toEqual([{ reason: '其他', count: 1, amountFen: 100 }]);
  expect([second.entries, second.exits]).toEqual([2, 2]);

  const third = report(evening.id);
  expect(third.shift.floatFen).toBe(31_450);
  expect(third.drawer.expectedFen).toBe(36_450);
});

it('shows a gap of service and a held barrier of its own lanes only', () => {
  const shift = booth.shifts.open({ booth: 'A', floatFen: 0 }, wang);
  const from = booth.clock.now();
  for (const laneId of ['out1', 'out2'])
    booth.record({
      kind: 'gap-changed',
      body: { gap: { id: `g-${laneId}`, kind: 'held-open', laneId, direction: 'out', from, to: null, openings: 0 } },
    });
  booth.record({ kind: 'clock-jumped', body: { byMs: 3_600_000 } });
  expect(report(shift.id).gaps.toSorted((a, b) => a.kind.localeCompare(b.kind))).toEqual([
    { kind: 'clock', laneId: null, from: from - 3_600_000, to: from },
    { kind: 'held-open', laneId: 'out1', from, to: null },
  ]);
});

it('tells cash that was booked to a drawer after it was counted', () => {
  const shift = booth.shifts.open({ booth: 'A', floatFen: 0 }, wang);
  booth.handOver(shift.id, wang, {});
  expect(report(shift.id).bookedAfterCountFen).toBe(0);
  booth.car(700, { shiftId: shift.id });
  expect(report(shift.id)).toMatchObject({ bookedAfterCountFen: 700, drawer: { expectedFen: 0 } });
});

it('counts what was given back before the car had left for nothing, and against the drawer that gave it', () => {
  const shift = booth.shifts.open({ booth: 'A', floatFen: 1_000 }, wang);
  const paid = booth.pay(booth.enter(), 500);
  booth.reverse(paid, 500, shift.id);
  expect(report(shift.id)).toMatchObject({ received: [], drawer: { cashInFen: 0, expectedFen: 1_000 } });
});

it('keeps change that a platform gives apart from what was earned, and says what the platform is owed', async () => {
  const shift = booth.shifts.open({ booth: 'A', floatFen: 10_000 }, wang);
  const given = booth.keepChange(booth.car(1_500, { by: '小王' }), 8_500, shift.id);
  const handed = booth.keepChange(booth.car(500, { by: '小王' }), 4_500, shift.id);
  booth.keepChange(booth.car(500, { by: '小王' }), 500, shift.id);
  booth.giveChange(given);
  booth.handChange(handed, shift.id);
  booth.handOver(shift.id, wang, { 10000: 2, 1000: 1, 500: 1 });
  const told = report(shift.id);
  expect(told.drawer).toMatchObject({
    ...{ cashInFen: 2_500, changeKeptFen: 13_500, changeHandedFen: 4_500, expectedFen: 21_500 },
  });
  expect(told.shift).toMatchObject({ countedFen: 21_500, differenceFen: 0 });
  expect(told.received).toEqual([{ method: 'cash', scene: 'gate', count: 3, amountFen: 2_500 }]);
  expect(told.changeOrders).toEqual({
    open: { count: 1, amountFen: 500 },
    given: { count: 1, amountFen: 8_500 },
    'by-hand': { count: 1, amountFen: 4_500 },
  });
});
