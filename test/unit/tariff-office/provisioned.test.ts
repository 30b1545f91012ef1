import { expect, it } from 'vitest';
import { FakeClock } from '../../support/fake-clock.ts';
import { EIGHT, eventsOf, HOUR, hourly, openOffice, publish, stayFrom } from './office.ts';

const DAY = 24 * HOUR;

it('what was provisioned and what people published stays over restarts with the same file', async () => {
  const clock = new FakeClock(EIGHT);
  const world = openOffice([hourly(500)], { clock });
  // Cars may have been inside for long when the station starts for the first time.
  expect(world.charge(stayFrom(EIGHT - 10 * DAY), EIGHT - 10 * DAY + HOUR)).toBe(500);
  await clock.advance(HOUR);
  publish(world, hourly(800));
  await clock.advance(HOUR);
  for (let start = 0; start < 2; start++) await world.restart([hourly(500)]);
  expect(eventsOf(world, 'tariff-published')).toHaveLength(2);
  expect(world.charge(stayFrom(clock.now()), clock.now() + HOUR)).toBe(800);
  expect(world.charge(stayFrom(EIGHT), EIGHT + HOUR)).toBe(500);
});

it('changed content in the file is a new version from now on, before what people published; the way back is another', async () => {
  const clock = new FakeClock(EIGHT);
  const world = openOffice([hourly(500)], { clock });
  publish(world, hourly(800));
  await clock.advance(HOUR);
  await world.restart([hourly(600)]);
  expect(world.office.versions.all().map((one) => [one.id, one.source, one.tariff.effectiveFrom])).toEqual([
    ['t1@1', 'provision', undefined],
    ['t1@2', 'api', '2026-03-02T08:00:00.000+08:00'],
    ['t1@3', 'provision', '2026-03-02T09:00:00.000+08:00'],
  ]);
  expect(world.charge(stayFrom(clock.now()), clock.now() + HOUR)).toBe(600);
  expect(world.charge(stayFrom(clock.now() - 1), clock.now() + HOUR - 1)).toBe(800);
  await clock.advance(HOUR);
  await world.restart([hourly(500)]);
  expect(world.charge(stayFrom(clock.now()), clock.now() + HOUR)).toBe(500);
  expect(world.office.versions.all()).toHaveLength(4);
});

it('a date of its own in the file is kept when it lies ahead, and an older one means now', async () => {
  const clock = new FakeClock(EIGHT);
  const world = openOffice([hourly(500)], { clock });
  await world.restart([hourly(600, { effectiveFrom: '2026-04-01T00:00:00+08:00' })]);
  expect(world.office.versions.get('t1').tariff.effectiveFrom).toBe('2026-04-01T00:00:00+08:00');
  await world.restart([hourly(700, { effectiveFrom: '2020-01-01T00:00:00+08:00' })]);
  expect(world.charge(stayFrom(EIGHT - 1), EIGHT + HOUR - 1)).toBe(500);
  expect(world.charge(stayFrom(EIGHT), EIGHT + HOUR)).toBe(700);
});

it('of several for the whole car park the first one of the file is in force, however the others change', async () => {
  const clock = new FakeClock(EIGHT);
  const night = (fen: number) => hourly(fen, { id: 'night', name: '夜间' });
  const world = openOffice([hourly(500), night(100)], { clock });
  await clock.advance(HOUR);
  await world.restart([hourly(500), night(200)]);
  const later = stayFrom(clock.now());
  expect(world.charge(later, clock.now() + HOUR)).toBe(500);
  expect(world.charge(later, clock.now() + HOUR, 'night')).toBe(200);
  await clock.advance(HOUR);
  await world.restart([night(200), hourly(500)]);
  expect(world.charge(stayFrom(clock.now()), clock.now() + HOUR)).toBe(200);
});

it('a tariff that the file no longer names still prices, until another takes its place', async () => {
  const world = openOffice([hourly(500)]);
  await world.restart([]);
  expect(world.charge(stayFrom(EIGHT), EIGHT + HOUR)).toBe(500);
});
