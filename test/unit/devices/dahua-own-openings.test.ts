import { expect, it } from 'vitest';
import { OwnOpenings } from '../../../electron/station/devices/dahua/own-openings.ts';
import { FakeClock } from '../../support/fake-clock.ts';

it('an opening is ours while its order is under way and five seconds after its answer, each once', async () => {
  const clock = new FakeClock();
  const own = new OwnOpenings(clock);
  expect(own.isOurs('before')).toBe(false);
  const answered = own.ordered();
  await clock.advance(20_000);
  expect([own.isOurs('e1'), own.isOurs('e2')]).toEqual([true, false]);
  answered(true);
  // Told again, with its picture.
  await clock.advance(60_000);
  expect(own.isOurs('e1')).toBe(true);
  own.ordered()(true);
  own.ordered()(true);
  await clock.advance(5_000);
  expect(own.isOurs('e3')).toBe(true);
  await clock.advance(1);
  expect(own.isOurs('e4')).toBe(false);
});

it('an order that surely moved nothing explains no opening', () => {
  const own = new OwnOpenings(new FakeClock());
  own.ordered()(false);
  expect(own.isOurs('e1')).toBe(false);
});
