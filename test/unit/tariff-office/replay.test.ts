import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect, it, onTestFinished } from 'vitest';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { Reader } from '../../../electron/station/store/reader/reader.ts';
import type { ReplayJob } from '../../../electron/station/tariff-office/replay-job.ts';
import { TEMPORARY } from '../../../shared/domain/terms.ts';
import { aStay } from '../../support/events.ts';
import { insertStays, pastStays } from '../../support/history.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { tempStore } from '../../support/temp-store.ts';
import { until } from '../../support/until.ts';
import { draftOf, hourly, MANAGER, openOffice, type World } from './office.ts';

const FROM = Date.UTC(2024, 0, 1);
/** A month of 150,000 stays with REPLAY_STAYS=150000. */
const STAYS = Number(process.env['REPLAY_STAYS'] ?? 6_000);
const DAY = 86_400_000;

function openPark(): World & { readonly to: number } {
  const clock = new SystemClock();
  const temp = tempStore(clock);
  insertStays(temp.db, pastStays(STAYS, 2_000));
  const reader = new Reader({ file: temp.file, clock, log: memoryLog() });
  onTestFinished(async () => {
    await reader.stop();
    temp.dispose();
  });
  // Stays that left through the second lane are priced by the tariff that it names, whatever the draft says.
  const world = openOffice([hourly(500), hourly(500, { id: 'night', name: '夜间' })], { clock, temp, reader });
  return Object.assign(world, { to: FROM + STAYS * 45_000 + DAY });
}

const ended = (job: ReplayJob): Promise<ReplayJob> =>
  until('the replay ends', async () => (job.state === 'running' ? undefined : job), 120_000);

it('adds up to the sum of the stays priced one by one, and lists every one that differs', async () => {
  const world = openPark();
  const draft = draftOf(
    world,
    hourly(500, {
      rules: [
        {
          vehicleClasses: ['small'],
          firstPeriod: { minutes: 120, feeFen: 600 },
          followingPeriod: { minutes: 60, feeFen: 600 },
        },
        { vehicleClasses: ['large'], followingPeriod: { minutes: 60, feeFen: 500 } },
      ],
    }),
  );
  const period = { from: FROM + DAY, to: world.to - DAY };
  const job = await ended(world.office.replays.start(draft, period, MANAGER));
  expect([job.state, job.detail, job.progress]).toEqual(['done', '', 1]);
  const stays = [...pastStays(STAYS, 2_000)].filter(
    ({ exitedAt }) => exitedAt !== null && exitedAt >= period.from && exitedAt < period.to,
  );
  let [beforeFen, afterFen] = [0, 0];
  const differing: string[] = [];
  for (const { uid, laneId, vehicleClass, enteredAt, exitedAt } of stays) {
    const minutes = Math.max(1, Math.floor(((exitedAt ?? 0) - enteredAt) / 60_000));
    const before = Math.ceil(minutes / 60) * 500;
    const after =
      vehicleClass === 'large' || laneId === 'in2' ? before : 600 + Math.max(0, Math.ceil((minutes - 120) / 60)) * 600;
    beforeFen += before;
    afterFen += after;
    if (before !== after) differing.push(uid);
  }
  expect(job.book.totals).toMatchObject({ stays: stays.length, beforeFen, afterFen, skipped: 0 });
  expect(job.book.totals.dearer + job.book.totals.cheaper).toBe(differing.length);
  expect(job.book.differences.map((one) => one.uid).sort()).toEqual(differing.sort());
  const largest = Math.max(...job.book.differences.map((one) => Math.abs(one.changeFen)));
  expect(Math.abs(job.book.biggest[0]?.changeFen ?? 0)).toBe(largest);
  const exits = job.book.differences.map((one) => one.exitedAt);
  expect(exits).toEqual(exits.toSorted((a, b) => a - b));
  const file = await world.office.replays.file(job.plan.id, 'csv', '老陈');
  expect(
    file.bytes
      .toString('utf8')
      .split('\r\n')
      .filter((line) => line.includes('1001')),
  ).toHaveLength(differing.length);
}, 180_000);

it('holds up nobody, and ends when it is called off', async () => {
  const world = openPark();
  const draft = draftOf(world, hourly(700));
  const period = { from: FROM, to: world.to };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const started = performance.now();
  const job = world.office.replays.start(draft, period, MANAGER);
  expect(() => world.office.replays.start(draft, period, MANAGER)).toThrow(/正在进行/);
  await ended(job);
  delay.disable();
  expect(job.state).toBe('done');
  const ms = (nanoseconds: number): number => Math.round(nanoseconds / 1e5) / 10;
  const seen = `${STAYS} stays in ${Math.round(performance.now() - started)} ms; delay p99 ${ms(delay.percentile(99))} ms, longest ${ms(delay.max)} ms`;
  if (process.env['REPLAY_STAYS'] !== undefined) process.stdout.write(`${seen}\n`);
  // Generous for a busy machine; without slices it is as long as the whole replay.
  expect(delay.percentile(99), seen).toBeLessThan(50e6);

  const second = world.office.replays.start(draft, period, MANAGER);
  world.office.replays.drop(second.plan.id);
  expect((await ended(second)).state).toBe('cancelled');
  expect(second.book.totals.stays).toBeLessThan(job.book.totals.stays);
  world.office.replays.drop(second.plan.id);
  expect(() => world.office.replays.get(second.plan.id)).toThrow(/没有这次回放/);
}, 180_000);

it('prices what the terms of the entry left open, and passes over stays whose entry nobody saw', async () => {
  const hour = 3_600_000;
  const lane = { id: 'out1', name: '出口', number: 1 };
  const left = (uid: string, more: object) =>
    aStay(uid, { status: 'left', enteredAt: FROM, exitedAt: FROM + 4 * hour, exitLane: lane, ...more });
  const stays = [
    left('a', {
      terms: { ...TEMPORARY, kind: 'card', cardType: 'monthly', coveredFrom: null, coveredTo: FROM + 3 * hour },
    }),
    left('b', { terms: { ...TEMPORARY, kind: 'whitelist' } }),
    left('c', { doubts: [{ kind: 'no-entry', at: FROM, detail: '' }] }),
    // Paid five minutes before the exit, within the grace: the price is that of the payment.
    left('d', { enteredAt: FROM, exitedAt: FROM + 4 * hour + 240_000, lastPaidAt: FROM + 4 * hour }),
    left('e', { exitLane: { ...lane, id: 'out2' } }),
  ];
  const reader = { ended: () => Promise.resolve(stays) };
  const clock = new SystemClock();
  const night = hourly(100, { id: 'night', name: '夜间' });
  const world = openOffice([hourly(500), night], { clock, reader });
  const job = world.office.replays.start(draftOf(world, hourly(700)), { from: FROM, to: FROM + DAY }, MANAGER);
  await ended(job);
  expect(job.book.totals).toEqual({
    ...{ stays: 4, dearer: 2, cheaper: 0, same: 2, pricedByOne: 0, skipped: 1 },
    ...{ beforeFen: 500 + 0 + 2000 + 400, afterFen: 700 + 0 + 2800 + 400 },
  });
});
