import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConflictError } from '../../../electron/station/runtime/errors.ts';
import { Store } from '../../../electron/station/store/store.ts';
import { Booth, cashier, manager } from './booth.ts';

const wang = cashier('小王');
const zhao = cashier('小赵');
const chen = manager('老陈');

let booth: Booth;
beforeEach(() => {
  booth = new Booth();
});
afterEach(() => {
  booth.temp.dispose();
});

const reasonOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof ConflictError) return error.reason;
    throw error;
  }
  return 'done';
};
const open = (by = wang, floatFen = 20_000) => booth.shifts.open({ booth: 'A', floatFen }, by);
const till = (who = '小王', shiftRequired = false) => booth.shifts.till('A', { cashier: who, shiftRequired });

describe('opening', () => {
  it('allows one running shift a booth, and another booth its own', () => {
    open();
    expect(reasonOf(() => open(zhao))).toBe('shift-running');
    expect(booth.shifts.open({ booth: 'B', floatFen: 0 }, zhao).booth).toBe('B');
  });

  it('waits for the shift before to be taken over by whoever opens', () => {
    const first = open();
    booth.handOver(first.id, wang, { 10000: 2 });
    expect(reasonOf(() => open(zhao))).toBe('previous-unconfirmed');
    booth.shifts.confirm(first.id, null, chen);
    expect(reasonOf(() => open(zhao))).toBe('taken-over-by-other');
    booth.shifts.confirm(first.id, null, zhao);
    expect(booth.shifts.open({ booth: 'A' }, zhao).floatFen).toBe(20_000);
    expect(reasonOf(() => booth.shifts.confirm(first.id, null, chen))).toBe('already-confirmed');
  });

  it('takes what was left for the next as the float; the rest was handed in', () => {
    const first = open();
    booth.car(5_000);
    booth.shifts.pause(first.id, wang);
    booth.shifts.count(first.id, { 10000: 2, 5000: 1 }, wang);
    expect(reasonOf(() => booth.shifts.close(first.id, { leftFen: 25_001 }, wang))).toBe('left-too-much');
    booth.shifts.close(first.id, { leftFen: 20_000 }, wang);
    booth.shifts.confirm(first.id, null, zhao);
    expect(booth.shifts.open({ booth: 'A' }, zhao).floatFen).toBe(20_000);
  });
});

describe('taking over', () => {
  it('is not done from oneself; a manager who took the drawer over gives it out again', () => {
    booth.user('老陈', 'manager');
    const first = open();
    booth.handOver(first.id, wang, { 10000: 2 });
    expect(reasonOf(() => booth.shifts.confirm(first.id, null, wang))).toBe('own-shift');
    expect(reasonOf(() => open())).toBe('previous-unconfirmed');
    booth.shifts.confirm(first.id, { 10000: 2 }, chen);
    expect(booth.shifts.open({ booth: 'A' }, wang)).toMatchObject({ floatFen: 20_000, cashier: '小王' });
  });

  it('a drawer that another cashier took over is not given out by them', () => {
    booth.user('小赵', 'attendant');
    const first = open();
    booth.handOver(first.id, wang, { 10000: 2 });
    booth.shifts.confirm(first.id, null, zhao);
    expect(reasonOf(() => open())).toBe('taken-over-by-other');
  });

  it('a manager may take over from themselves', () => {
    const first = open(chen);
    booth.handOver(first.id, chen, { 10000: 2 });
    booth.shifts.confirm(first.id, null, chen);
    expect(open(chen).state).toBe('open');
  });
});

describe('the till', () => {
  it('books to the running shift, and is free where none runs unless one is required', () => {
    expect(till()).toBeNull();
    expect(reasonOf(() => till('小王', true))).toBe('shift-required');
    const shift = open();
    expect(till()).toBe(shift.id);
  });

  it('takes only the money of its own cashier; where shifts are voluntary, a manager may help out', () => {
    const shift = open();
    booth.user('老陈', 'manager');
    booth.user('小赵', 'attendant');
    expect(reasonOf(() => till('小赵'))).toBe('not-your-till');
    expect(till('老陈')).toBe(shift.id);
    for (const name of ['小赵', '老陈']) expect(reasonOf(() => till(name, true))).toBe('not-your-till');
    expect(booth.shifts.till('B', { cashier: '小赵', shiftRequired: false })).toBeNull();
  });

  it('refuses cash while the drawer is locked or counted, so that a count is over what the drawer held', () => {
    const shift = open();
    expect(reasonOf(() => booth.shifts.count(shift.id, { 10000: 2 }, wang))).toBe('till-open');
    booth.shifts.pause(shift.id, wang);
    expect(reasonOf(till)).toBe('till-paused');
    expect(booth.shifts.current('A')).toBeUndefined();
    booth.shifts.resume(shift.id, wang);
    expect(till()).toBe(shift.id);
    booth.shifts.pause(shift.id, wang);
    booth.shifts.count(shift.id, { 10000: 2 }, wang);
    expect(reasonOf(till)).toBe('till-paused');
    booth.shifts.close(shift.id, {}, wang);
    expect(till()).toBeNull();
  });

  it('is the business of its cashier and of managers only', () => {
    const shift = open();
    for (const act of [
      () => booth.shifts.pause(shift.id, zhao),
      () => booth.shifts.payOut(shift.id, { amountFen: 1, remark: 'x' }, zhao),
    ])
      expect(reasonOf(act)).toBe('not-your-shift');
    booth.shifts.pause(shift.id, wang);
    expect(reasonOf(() => booth.shifts.resume(shift.id, zhao))).toBe('not-your-shift');
    expect(booth.shifts.resume(shift.id, chen)).toMatchObject({ state: 'open', cashier: '小王' });
  });
});

describe('relief', () => {
  it('rests the shift it stands in for, with a drawer of its own, until it has handed over', () => {
    const normal = open();
    expect(reasonOf(() => booth.shifts.relief(normal.id, 0, wang))).toBe('own-shift');
    const relief = booth.shifts.relief(normal.id, 1_000, zhao);
    expect(booth.shifts.get(normal.id).state).toBe('break');
    expect(relief).toMatchObject({ kind: 'relief', standsInFor: normal.id, cashier: '小赵', floatFen: 1_000 });
    booth.car(700);
    expect(reasonOf(() => booth.shifts.resume(normal.id, wang))).toBe('relief-running');
    expect(reasonOf(() => booth.shifts.relief(normal.id, 0, chen))).toBe('relief-running');
    expect(reasonOf(() => booth.shifts.relief(relief.id, 0, chen))).toBe('relief-of-relief');
    expect(booth.handOver(relief.id, zhao, { 1000: 1, 500: 1, 100: 2 })).toMatchObject({
      expectedFen: 1_700,
      differenceFen: 0,
    });
    booth.shifts.resume(normal.id, wang);
    expect(till()).toBe(normal.id);
    expect(booth.handOver(normal.id, wang, { 10000: 2 })).toMatchObject({ expectedFen: 20_000, differenceFen: 0 });
  });
});

describe('the blind count', () => {
  it('tells nothing of the expected figure in the shift or in the journal before it was handed in', () => {
    const shift = open();
    booth.car(1_234);
    booth.shifts.payOut(shift.id, { amountFen: 300, remark: '买水' }, wang);
    booth.shifts.pause(shift.id, wang);
    expect(booth.shifts.get(shift.id)).toMatchObject({
      cashInFen: 0,
      paidOutFen: 0,
      expectedFen: null,
      differenceFen: null,
    });
    expect(JSON.stringify(booth.store.read.journal.after(0, 1_000))).not.toContain(String(20_000 + 1_234 - 300));
    const counted = booth.shifts.count(shift.id, { 10000: 2, 500: 1 }, wang);
    expect(counted).toMatchObject({
      cashInFen: 1_234,
      paidOutFen: 300,
      expectedFen: 20_934,
      countedFen: 20_500,
      differenceFen: -434,
    });
  });

  it('takes out of the drawer what is more than it can hold, because a refusal would tell what it holds', () => {
    const shift = open(wang, 100);
    booth.shifts.payOut(shift.id, { amountFen: 5_000, remark: '修锁' }, wang);
    booth.shifts.pause(shift.id, wang);
    expect(booth.shifts.count(shift.id, {}, wang)).toMatchObject({ expectedFen: -4_900, differenceFen: 4_900 });
  });

  it('opens a case for a difference and wants its reason before the shift closes', () => {
    const shift = open();
    booth.shifts.pause(shift.id, wang);
    booth.shifts.count(shift.id, { 10000: 1, 5000: 1, 50: 1, 10: 1, 1: 1 }, wang);
    const cases = booth.store.read.cases.search({ open: true, kind: 'shift-difference', offset: 0, limit: 10 });
    expect(cases.items).toMatchObject([{ amountFen: -4_939, causedBy: ['小王'] }]);
    expect(reasonOf(() => booth.shifts.close(shift.id, { reason: '  ' }, wang))).toBe('reason-required');
    expect(booth.shifts.close(shift.id, { reason: '找零错误' }, wang)).toMatchObject({ differenceReason: '找零错误' });
  });

  it('opens a case as well when the next cashier counts less than was left', () => {
    const shift = open();
    booth.handOver(shift.id, wang, { 10000: 2 });
    expect(booth.shifts.confirm(shift.id, { 10000: 1 }, zhao)).toMatchObject({
      takenOverFen: 10_000,
      confirmedBy: '小赵',
    });
    const cases = booth.store.read.cases.search({ open: true, kind: 'shift-difference', offset: 0, limit: 10 });
    expect(cases.items).toMatchObject([{ amountFen: -10_000, causedBy: ['小王', '小赵'] }]);
  });

  it('knows the notes and coins there are', () => {
    const shift = open();
    booth.shifts.pause(shift.id, wang);
    expect(reasonOf(() => booth.shifts.count(shift.id, { 2500: 1 }, wang))).toBe('unknown-denomination');
    expect(booth.shifts.get(shift.id).state).toBe('break');
  });

  it('locks the shift: a count cannot be changed, and money booked later does not change the figures', () => {
    const shift = open();
    const paid = booth.car(500);
    booth.shifts.pause(shift.id, wang);
    booth.shifts.count(shift.id, { 10000: 2, 500: 1 }, wang);
    expect(reasonOf(() => booth.shifts.count(shift.id, { 10000: 2 }, wang))).toBe('shift-counted');
    booth.shifts.close(shift.id, {}, wang);
    const locked = booth.shifts.get(shift.id);
    for (const act of [
      () => booth.shifts.count(shift.id, { 10000: 2 }, chen),
      () => booth.shifts.payOut(shift.id, { amountFen: 1, remark: 'x' }, chen),
      () => booth.shifts.resume(shift.id, chen),
      () => booth.shifts.close(shift.id, {}, chen),
      () => booth.shifts.relief(shift.id, 0, chen),
    ])
      expect(reasonOf(act)).toBe('shift-closed');
    booth.refund(paid, 500, shift.id);
    expect(booth.shifts.get(shift.id)).toEqual(locked);
  });

  it('goes on after a crash between the count and the handing over', () => {
    const shift = open();
    booth.car(500);
    booth.shifts.pause(shift.id, wang);
    booth.shifts.count(shift.id, { 10000: 2, 500: 1 }, wang);
    const store = new Store(booth.temp.db, booth.clock);
    expect(store.read.shifts.running('A')).toMatchObject([
      { state: 'counted', expectedFen: 20_500, countedFen: 20_500 },
    ]);
    const again = booth.service();
    expect(reasonOf(() => again.open({ booth: 'A' }, zhao))).toBe('shift-running');
    expect(again.close(shift.id, {}, wang).state).toBe('closed');
  });
});
