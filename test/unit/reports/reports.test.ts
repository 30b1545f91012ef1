import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { businessDay, datesOf } from '../../../electron/station/reports/business-day.ts';
import { Reports } from '../../../electron/station/reports/reports.ts';
import { shiftReport } from '../../../electron/station/shifts/report.ts';
import { Occupancy } from '../../../electron/station/store/reader/occupancy.ts';
import type { DetailOf } from '../../../electron/station/store/reader/report-detail.ts';
import { ReportDetail } from '../../../electron/station/store/reader/report-detail.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { Booth, cashier, LANES } from '../shifts/booth.ts';

const HOUR = 3_600_000;
const wang = cashier('小王');
const zhao = cashier('小赵');
/** 2026-03-02 08:00 in Shanghai. */
const MORNING = Date.UTC(2026, 2, 2, 0, 0, 0);
const DAY = '2026-03-02';

let booth: Booth;
let start: string;
beforeEach(() => {
  booth = new Booth(MORNING);
  start = '00:00';
});
afterEach(() => {
  booth.temp.dispose();
});

function reports(): Reports {
  const { read } = booth.store;
  const source = {
    day: async (span: Parameters<typeof read.reports.day>[0]) => read.reports.day(span),
    deeds: async (span: Parameters<typeof read.reports.deeds>[0]) => read.reports.deeds(span),
    balance: async (span: Parameters<typeof read.reports.balance>[0]) => read.reports.balance(span),
    classes: async (span: Parameters<typeof read.reports.classes>[0]) => read.reports.classes(span),
    rows: async (filter: Parameters<ReportDetail['rows']>[0]) =>
      new ReportDetail(booth.temp.db).rows(filter, () => undefined),
    groups: async (filter: Parameters<ReportDetail['groups']>[0]) =>
      new ReportDetail(booth.temp.db).groups(filter, () => undefined),
    occupancy: async (span: Parameters<Occupancy['read']>[0]) => new Occupancy(booth.temp.db).read(span),
    insideSince: async (before: number) => read.stays.insideBefore(before, 1000).length,
  };
  return new Reports({
    ...{ read, source, lanes: LANES, areas: [], businessDayStart: () => start },
    ...{ staleDays: () => 2, totalSpaces: 10 },
  });
}

describe('the business day', () => {
  it('begins when the setting says, by the clock of Shanghai', () => {
    expect(toRfc3339(businessDay(DAY, '06:30').from)).toBe('2026-03-02T06:30:00.000+08:00');
    expect(toRfc3339(businessDay(DAY, '06:30').to)).toBe('2026-03-03T06:30:00.000+08:00');
    expect(() => businessDay('2026-02-30', '00:00')).toThrow('2026-02-30');
  });

  it('a month has its days', () => {
    expect(datesOf('2028-02')).toHaveLength(29);
    expect(datesOf('2026-12').at(-1)).toBe('2026-12-31');
    expect(datesOf(DAY)).toEqual([DAY]);
    expect(datesOf('2026-02-27..2026-03-02')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
    for (const wrong of ['2026-03-02..2026-03-01', '2026-01-01..2028-01-01', '2026-02-27..2026-02-30'])
      expect(() => datesOf(wrong), wrong).toThrow('统计');
  });

  it('carries what is taken after midnight, when it begins in the morning', async () => {
    await booth.clock.advance(15 * HOUR);
    booth.car(1_000);
    await booth.clock.advance(2 * HOUR);
    booth.car(2_000);
    expect((await reports().totals(DAY)).totals.receivedTotal).toEqual({ count: 1, amountFen: 1_000 });
    expect((await reports().totals('2026-03-03')).totals.receivedTotal).toEqual({ count: 1, amountFen: 2_000 });
    start = '06:00';
    const { totals } = await reports().totals(DAY);
    expect(totals).toMatchObject({
      stays: 2,
      chargedFen: 3_000,
      entries: 2,
      exits: 2,
      receivedTotal: { count: 2, amountFen: 3_000 },
    });
    expect((await reports().totals('2026-03-03')).totals).toMatchObject({
      stays: 0,
      entries: 0,
      receivedTotal: { count: 0, amountFen: 0 },
    });
  });
});

describe('the curve of cars inside', () => {
  it('begins with who stood there before, follows the hours, and ends with who stands there now', async () => {
    booth.enter();
    await booth.clock.advance(24 * HOUR);
    // On the next day one comes at 07:00, another at 08:01 and goes at 09:01.
    booth.enter();
    await booth.clock.advance(HOUR + 60_000);
    booth.car(1_000);
    const { points } = await reports().occupancy('2026-03-03', booth.clock.now());
    expect(points[0]).toMatchObject({ inside: 1 });
    expect(points.map(({ inside }) => inside)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 2]);
    expect(points.at(-1)).toEqual({
      at: booth.clock.now(),
      inside: booth.store.read.stays.counts().reduce((n, each) => n + each.cars, 0),
    });
    start = '09:00';
    const late = await reports().occupancy('2026-03-03', booth.clock.now());
    expect(late.points.map(({ inside }) => inside)).toEqual([3, 2]);
  });

  it('of a day to come is a single point', async () => {
    expect((await reports().occupancy('2026-03-09', booth.clock.now())).points).toHaveLength(1);
  });
});

describe('the rows behind a figure', () => {
  /** A day with something of everything; what happens on the next day must stay outside. */
  async function lively(): Promise<void> {
    const shift = booth.shifts.open({ booth: 'A', floatFen: 0 }, wang);
    booth.car(1_000, { by: '小王', shiftId: shift.id });
    const back = booth.car(500, { by: '小王', shiftId: shift.id });
    await booth.clock.advance(3 * HOUR);
    booth.car(700, { method: 'wechat' });
    booth.release(1_500, '小王', '特种车辆');
    booth.release(400, '小赵', "军车'; DROP TABLE stays; --");
    booth.owe(900, '小王');
    booth.openByHand('小王', '设备故障');
    booth.openByHand('小赵', '设备故障');
    booth.refund(back, 200, null);
    booth.recharge(10_000, null);
    booth.reverse(booth.pay(booth.enter(), 5_555), 5_555, null);
    await booth.clock.advance(24 * HOUR);
    booth.car(3_000);
    booth.release(800, '小王', '特种车辆');
  }
  const all = { offset: 0, limit: 1000 };

  it('come to what the totals say, every one of them', async () => {
    await lively();
    const { totals } = await reports().totals(DAY);
    const sum = async (of: DetailOf, where: object = {}) => {
      const { items, total, amountFen } = await reports().detail(DAY, { of, ...where, ...all });
      expect(items).toHaveLength(total);
      expect(items.reduce((fen, row) => fen + row.amountFen, 0)).toBe(amountFen);
      return { count: total, amountFen };
    };
    expect(await sum('received')).toEqual(totals.receivedTotal);
    for (const { method, scene, ...counted } of totals.received)
      expect(await sum('received', { method, scene })).toEqual(counted);
    for (const { reason, ...counted } of totals.released) expect(await sum('released', { reason })).toEqual(counted);
    expect(totals.released).toHaveLength(2);
    for (const { reason, count } of totals.manualOpens)
      expect(await sum('manual-opens', { reason })).toMatchObject({ count });
    expect(await sum('refunds')).toEqual(totals.refundTotal);
    expect(await sum('recharges')).toEqual({ count: 1, amountFen: 10_000 });
    expect(await sum('debts')).toEqual(totals.debtsLetOut);
    expect(await sum('charged')).toEqual({ count: totals.stays, amountFen: totals.chargedFen });
    expect((await sum('entries')).count).toBe(totals.entries);
    expect((await sum('exits')).count).toBe(totals.exits);
    expect((await sum('discounts')).amountFen).toBe(totals.discountFen);
    expect((await sum('fees-lowered')).count).toBe(0);
  });

  it('agree with the figures of each collector, lane and hour', async () => {
    await lively();
    const { collectors } = await reports().collectors(DAY);
    for (const each of collectors) {
      if (each.name === null) continue;
      const mine = async (of: DetailOf, hour?: number) => {
        const where = hour === undefined ? {} : { hour };
        const { total, amountFen } = await reports().detail(DAY, { of, operator: each.name ?? '', ...where, ...all });
        return { count: total, amountFen };
      };
      expect(await mine('received')).toEqual(each.received);
      expect(await mine('released')).toEqual(each.released);
      expect((await mine('manual-opens')).count).toBe(each.manualOpens);
      for (const { hour, received } of each.byHour) expect(await mine('received', hour)).toEqual(received);
    }
    expect(collectors.map(({ name }) => name)).toEqual(['小王', '小赵', null]);
  });

  it('are added up by a column, the largest sum first, and come page by page', async () => {
    await lively();
    const { groups } = await reports().groups(DAY, { of: 'released', by: 'operator' });
    expect(groups).toEqual([
      { value: '小王', count: 1, amountFen: 1_500 },
      { value: '小赵', count: 1, amountFen: 400 },
    ]);
    const page = await reports().detail(DAY, { of: 'received', offset: 1, limit: 1 });
    expect(page).toMatchObject({ total: 3, amountFen: 2_200 });
    expect(page.items).toHaveLength(1);
  });
});

describe('totals', () => {
  it('tell what was charged, received, let go and left owing, and a month is the sum of its days', async () => {
    booth.shifts.open({ booth: 'A', floatFen: 0 }, wang);
    booth.car(1_000, { by: '小王' });
    const back = booth.car(500, { by: '小王' });
    booth.car(700, { method: 'wechat' });
    booth.release(1_500, '小王', '特种车辆');
    booth.owe(900, '小王');
    booth.leaveFirst(800);
    booth.openByHand('小王', '设备故障');
    booth.refund(back, 200, null);
    booth.recharge(10_000, null);
    const reversed = booth.pay(booth.enter(), 5_555);
    booth.reverse(reversed, 5_555, null);
    await booth.clock.advance(24 * HOUR);
    booth.car(3_000);

    const { totals } = await reports().totals(DAY);
    expect(totals).toEqual({
      ...{ stays: 6, chargedFen: 5_400, discountFen: 0, waivedFen: 1_500, owedFen: 1_700 },
      received: [
        { method: 'cash', scene: 'gate', count: 2, amountFen: 1_500 },
        { method: 'wechat', scene: 'gate', count: 1, amountFen: 700 },
      ],
      receivedTotal: { count: 3, amountFen: 2_200 },
      released: [{ reason: '特种车辆', count: 1, amountFen: 1_500 }],
      refunds: [{ method: 'cash', count: 1, amountFen: 200 }],
      refundTotal: { count: 1, amountFen: 200 },
      recharges: [{ method: 'cash', count: 1, amountFen: 10_000 }],
      manualOpens: [{ reason: '设备故障', count: 1, amountFen: 0 }],
      debtsLetOut: { count: 1, amountFen: 900 },
      departurePay: { count: 1, amountFen: 800 },
      ...{ debtsCollected: { count: 0, amountFen: 0 }, feesLowered: { count: 0, amountFen: 0 }, billsVoided: 0 },
      ...{ entries: 7, exits: 6 },
    });
    const month = await reports().totals('2026-03');
    expect(month.days).toHaveLength(31);
    expect(month.totals.receivedTotal.amountFen).toBe(5_200);
    expect(month.days.filter((day) => day.totals.stays > 0).map((day) => day.date)).toEqual([DAY, '2026-03-03']);
    expect(month.days.find((day) => day.date === DAY)?.totals).toEqual(totals);
  });
});

describe('people and lanes', () => {
  beforeEach(async () => {
    const shift = booth.shifts.open({ booth: 'A', floatFen: 0 }, wang);
    booth.car(1_000, { by: '小王' });
    booth.car(600, { method: 'wechat' });
    booth.release(400, '小王', '其他');
    booth.openByHand('小王', '其他');
    await booth.clock.advance(60_000);
    const relief = booth.shifts.relief(shift.id, 0, zhao);
    await booth.clock.advance(HOUR);
    booth.car(2_000, { by: '小赵' });
    const before = booth.enter();
    const lowered: Stay = { ...before, chargeFen: 300 };
    booth.record({
      kind: 'stay-corrected',
      key: before.uid,
      actor: zhao.actor,
      body: { what: 'fee', before: { ...before, chargeFen: 1_000 }, stay: lowered, reason: '投诉', spaces: null },
    });
    await booth.clock.advance(60_000);
    booth.handOver(relief.id, zhao, { 2000: 1 });
    await booth.clock.advance(60_000);
    booth.car(100, { lane: 'out2', by: '小李' });
  });

  it('show the pattern of each collector, and add up to the totals', async () => {
    const { collectors } = await reports().collectors(DAY);
    const of = (name: string | null) => collectors.find((each) => each.name === name);
    expect(of('小王')).toMatchObject({
      received: { count: 1, amountFen: 1_000 },
      released: { count: 1, amountFen: 400 },
      freeRatio: 0.5,
      manualOpens: 1,
    });
    expect(of('小赵')).toMatchObject({ cars: 3, feesLowered: { count: 1, amountFen: 700 }, manualOpensPer100Cars: 0 });
    // 3 cars in and out before the relief, one in at its booth after it; what passed meanwhile was not under his eyes.
    expect(of('小王')).toMatchObject({ cars: 7, manualOpensPer100Cars: 100 / 7 });
    expect(of('小王')?.byHour[8]).toMatchObject({ received: { amountFen: 1_000 }, manualOpens: 1 });
    expect(of('小赵')?.byHour[9]).toMatchObject({ received: { amountFen: 2_000 }, feesLowered: { amountFen: 700 } });
    expect(of(null)).toMatchObject({ received: { count: 1, amountFen: 600 } });
    const { totals } = await reports().totals(DAY);
    expect(collectors.reduce((sum, each) => sum + each.received.amountFen, 0)).toBe(totals.receivedTotal.amountFen);
  });

  it('show each lane, and add up to the totals', async () => {
    const { lanes } = await reports().lanes(DAY);
    expect(
      lanes.map(({ laneId, entries, exits, received }) => ({ laneId, entries, exits, fen: received.amountFen })),
    ).toEqual([
      { laneId: 'in1', entries: 6, exits: 0, fen: 0 },
      { laneId: 'out1', entries: 0, exits: 4, fen: 3_600 },
      { laneId: 'out2', entries: 0, exits: 1, fen: 100 },
      { laneId: null, entries: 0, exits: 0, fen: 0 },
    ]);
    const { totals } = await reports().totals(DAY);
    expect(lanes.reduce((sum, lane) => sum + lane.received.amountFen, 0)).toBe(totals.receivedTotal.amountFen);
    expect(lanes.reduce((sum, lane) => sum + lane.chargedFen, 0)).toBe(totals.chargedFen);
  });
});

describe('the balance of a day', () => {
  it('holds for what the lanes record, and says where the money lies', async () => {
    const shift = booth.shifts.open({ booth: 'A', floatFen: 0 }, wang);
    const corrected = booth.car(1_000);
    booth.car(700, { method: 'platform', via: 'cmb', shiftId: null });
    booth.car(300, { method: 'wechat', shiftId: null });
    booth.release(500, '小王', '其他');
    booth.owe(900, '小王');
    booth.refund(corrected, 400, shift.id);
    const balance = await reports().balance(DAY);
    expect(balance).toMatchObject({ holds: true, stays: 5, wrong: [] });
    expect(balance.money).toEqual({
      total: { count: 3, amountFen: 2_000 },
      shifts: [{ shiftId: shift.id, count: 1, amountFen: 1_000 }],
      platforms: [{ platform: 'cmb', count: 1, amountFen: 700 }],
      withoutShift: { count: 1, amountFen: 300 },
    });
  });

  it('finds a stay whose charge is not what became of it, and one whose payments are not what it says', async () => {
    booth.car(1_000);
    const short = booth.leave({ ...booth.enter(), chargeFen: 800, dueFen: 800, paidFen: 500 });
    const stray = booth.leave({ ...booth.enter(), chargeFen: 500, dueFen: 500, paidFen: 500 });
    const { holds, wrong } = await reports().balance(DAY);
    expect(holds).toBe(false);
    expect(wrong.map(({ uid, what, differenceFen }) => ({ uid, what, differenceFen }))).toEqual([
      { uid: short.uid, what: 'account', differenceFen: -300 },
      { uid: stray.uid, what: 'payments', differenceFen: -500 },
    ]);
    expect((await reports().balance('2026-03-01')).holds).toBe(true);
  });

  it('lets a fee stand below what was paid only as far as the rest was given back', async () => {
    const paid = booth.car(1_000);
    const lowered = { ...paid.stay, chargeFen: 600 };
    booth.record({
      kind: 'stay-corrected',
      key: lowered.uid,
      body: { what: 'fee', before: paid.stay, stay: lowered, reason: '投诉', spaces: null },
    });
    expect((await reports().balance(DAY)).wrong).toMatchObject([{ what: 'account', differenceFen: 400 }]);
    booth.refund(paid, 400, null);
    expect((await reports().balance(DAY)).holds).toBe(true);
  });

  it('finds a payment that a drawer was never told of, and one booked after the count', async () => {
    const shift = booth.shifts.open({ booth: 'A', floatFen: 0 }, wang);
    booth.car(1_000);
    booth.temp.db.prepare('DELETE FROM shift_cash').run();
    expect(await reports().balance(DAY)).toMatchObject({
      holds: false,
      drawers: [{ takenFen: 1_000, bookedFen: 0, differenceFen: 1_000 }],
    });
    booth.car(200);
    booth.handOver(shift.id, wang, { 100: 2 });
    booth.car(300, { shiftId: shift.id });
    const { drawers } = await reports().balance(DAY);
    expect(drawers).toMatchObject([{ shiftId: shift.id, movedSinceCountFen: 300 }]);
  });

  it('knows nothing of change that a platform gives: it is nobody’s earnings, and the drawer balances with it', async () => {
    const shift = booth.shifts.open({ booth: 'A', floatFen: 0 }, wang);
    const given = booth.keepChange(booth.car(1_500), 8_500, shift.id);
    booth.giveChange(given);
    booth.handChange(booth.keepChange(booth.car(500), 500, shift.id), shift.id);
    booth.handOver(shift.id, wang, { 10000: 1, 500: 1 });
    expect((await reports().totals(DAY)).totals.receivedTotal).toEqual({ count: 2, amountFen: 2_000 });
    expect(await reports().balance(DAY)).toMatchObject({
      ...{ holds: true, drawers: [{ takenFen: 2_000, bookedFen: 2_000, movedSinceCountFen: 0, differenceFen: 0 }] },
    });
  });

  it('agrees with the shift reports: the same cash on both pages', async () => {
    const shift = booth.shifts.open({ booth: 'A', floatFen: 0 }, wang);
    booth.car(1_000);
    booth.car(234);
    const page = shiftReport(booth.store.read, booth.shifts.get(shift.id), LANES, booth.clock.now());
    const { money } = await reports().balance(DAY);
    expect(money.shifts[0]?.amountFen).toBe(page.received.reduce((sum, row) => sum + row.amountFen, 0));
    expect(page.drawer.cashInFen).toBe(1_234);
  });
});

describe('the flow', () => {
  it('counts cars by the hour of Shanghai, and how often a space was used', async () => {
    booth.car(500);
    await booth.clock.advance(2 * HOUR);
    booth.car(500);
    booth.car(700);
    booth.enter();
    const { flow } = await reports().flow(DAY);
    expect(flow).toMatchObject({ entries: 4, exits: 3, busiestHour: 10, spaces: 10, days: 1, turnover: 0.3 });
    expect(flow.byHour[8]).toEqual({ hour: 8, entries: 1, exits: 1 });
    expect(flow.byHour[10]).toEqual({ hour: 10, entries: 3, exits: 2 });
    const month = await reports().flow('2026-03');
    expect(month.flow).toMatchObject({ exits: 3, days: 31, turnover: 3 / 310 });
    expect((await reports().flow('2026-04')).flow).toMatchObject({ busiestHour: null, turnover: 0 });
  });
});

describe('free releases', () => {
  it('are told by who and why and by the size of the car, and add up to the totals', async () => {
    booth.shifts.open({ booth: 'A', floatFen: 0 }, wang);
    booth.car(500, { by: wang.actor.name });
    booth.release(300, wang.actor.name, '特种车辆');
    booth.release(200, wang.actor.name, '特种车辆');
    booth.release(900, wang.actor.name, '业主投诉');
    booth.release(100, zhao.actor.name, '业主投诉');
    const { free } = await reports().free(DAY);
    expect(free.byCollector).toHaveLength(3);
    expect(free.byCollector).toEqual(
      expect.arrayContaining([
        { name: '小王', reason: '特种车辆', count: 2, amountFen: 500, cars: 4, ratio: 0.5 },
        { name: '小王', reason: '业主投诉', count: 1, amountFen: 900, cars: 4, ratio: 0.25 },
        { name: '小赵', reason: '业主投诉', count: 1, amountFen: 100, cars: 1, ratio: 1 },
      ]),
    );
    expect(free.byClass).toEqual([{ vehicleClass: 'small', stays: 5, released: 4, waivedFen: 1500, ratio: 0.8 }]);
    expect((await reports().free('2026-03')).free).toEqual(free);
    const { totals } = await reports().totals(DAY);
    expect(free.byClass[0]?.waivedFen).toBe(totals.waivedFen);
  });
});

describe('what stands inside', () => {
  it('is counted, with the oldest car and those that stay too long by the rule', async () => {
    expect(await reports().open(booth.clock.now())).toEqual({ count: 0, oldest: null, staleDays: 2, stale: 0 });
    const first = booth.enter();
    await booth.clock.advance(40 * HOUR);
    booth.enter();
    expect(await reports().open(booth.clock.now())).toMatchObject({ count: 2, oldest: { uid: first.uid }, stale: 0 });
    await booth.clock.advance(9 * HOUR);
    expect(await reports().open(booth.clock.now())).toMatchObject({ count: 2, stale: 1 });
  });
});
