import { expect, it } from 'vitest';
import type { WrongStay } from '../../../electron/station/reports/balance.ts';
import { lastFinishedDay, watchBalance } from '../../../electron/station/reports/nightly.ts';
import type { Balance } from '../../../electron/station/reports/reports.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { memoryLog } from '../../support/silent-log.ts';

/** 2026-03-02 23:30 in Shanghai. */
const LATE = Date.UTC(2026, 2, 2, 15, 30, 0);
const HOUR = 3_600_000;
const nothing = { count: 0, amountFen: 0 };
const wrong: WrongStay = {
  ...{
    uid: 'u1',
    plate: '鲁B12345',
    exitedAt: 0,
    chargeFen: 4_321,
    paidFen: 0,
    discountFen: 0,
    waivedFen: 0,
    owedFen: 0,
  },
  ...{ paymentsFen: 0, refundedFen: 0, pendingFen: 0, what: 'account', differenceFen: -4_321 },
};
const balance = (holds: boolean): Balance => ({
  ...{ span: { from: 0, to: 1 }, holds, stays: 1, wrong: holds ? [] : [wrong], drawers: [] },
  money: { total: nothing, shifts: [], platforms: [], withoutShift: nothing },
});

it('knows which business day is over', () => {
  expect(lastFinishedDay(LATE, '00:00')).toBe('2026-03-01');
  expect(lastFinishedDay(LATE + HOUR, '00:00')).toBe('2026-03-02');
  expect(lastFinishedDay(LATE + HOUR, '06:00')).toBe('2026-03-01');
  expect(lastFinishedDay(LATE + 7 * HOUR, '06:00')).toBe('2026-03-02');
});

it('asks once about a day that holds, and until it does about one that does not', async () => {
  const clock = new FakeClock(LATE);
  const alarms = new Alarms(
    () => clock.now(),
    () => undefined,
  );
  const asked: string[] = [];
  let repaired = false;
  const reports = {
    balance: async (date: string) => {
      asked.push(date);
      return balance(date !== '2026-03-02' || repaired);
    },
  };
  const stop = watchBalance({ reports, clock, alarms, log: memoryLog(), businessDayStart: () => '00:00' });
  await clock.advance(60_000);
  expect(asked).toEqual(['2026-03-01']);
  await clock.advance(3 * HOUR);
  expect(asked).toEqual(['2026-03-01', '2026-03-02', '2026-03-02', '2026-03-02']);
  expect(alarms.list()).toMatchObject([{ code: 'balance', subject: '2026-03-02', severity: 'warning' }]);
  expect(alarms.list()[0]?.detail).not.toContain('4321');
  repaired = true;
  await clock.advance(3 * HOUR);
  expect(alarms.list()).toEqual([]);
  expect(asked).toHaveLength(5);
  stop();
  await clock.advance(48 * HOUR);
  expect(asked).toHaveLength(5);
});
