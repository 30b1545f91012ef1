import { expect, test } from 'vitest';
import { z } from 'zod';
import { type DayState, dayStateSchema } from '../../shared/contract/reconciliations.ts';
import { shanghaiDate } from '../../shared/domain/time.ts';
import { faultsInTheCity } from '../support/city-books.ts';
import { DAY_MINUTES, openInThePast, stranger, traffic } from '../support/city-day.ts';
import { until } from '../support/until.ts';

const days = z.array(dayStateSchema);

test('by itself, the day after: retried until the city answers, made good, what is left is for a person, and done once', async () => {
  const park = await openInThePast({ check: { atMinute: 1, retryMs: 10_000 } });
  const { city } = park;
  const day = shanghaiDate(park.now());
  const state = (wanted: DayState['state']): Promise<DayState> =>
    until(
      `the day is ${wanted}`,
      async () => (await park.station.get(days, '/reconciliations/daily')).find((each) => each.state === wanted),
      25_000,
    );
  await traffic(park, 'D', 4);
  city.forget('exits');
  city.forget('payments');
  const planted = stranger(`${day} 10:00:01`);
  city.plant('entries', planted);
  const refusing = city.fault({ kind: 'result-code', code: 500 }, { interface: 'uploadCheckRecord' });

  await park.pass(15 * 60);
  expect(await state('unfinished')).toMatchObject({ day, platform: 'qingdao' });
  expect(refusing.hits).toBe(1);
  city.clearFaults();
  expect(await state('extra')).toMatchObject({ day, differences: 1 });
  expect(await faultsInTheCity(park)).toEqual([expect.stringContaining(planted.uid)]);
  // The one that nobody can explain is the only difference that is left.
  expect(city.city.checks.at(-1)).toMatchObject({ day, accountMark: 1, photoMark: 0 });
  const alarms = (await park.events('alarm')).map(({ body }) => [body['code'], body['subject'], body['cleared']]);
  expect(alarms).toContainEqual(['daily-check-extra', `qingdao ${day}`, false]);

  const checks = city.city.checks.length;
  await park.station.kill9();
  await park.restart();
  expect(await state('extra')).toMatchObject({ day });
  await park.pass(DAY_MINUTES);
  await until('the next day', () => city.city.checks.slice(checks).some((check) => check.day > day), 15_000);
  // Days that differ are looked at once more behind a new one; nothing was asked of it before that.
  expect(city.city.checks[checks]?.day).toBe(shanghaiDate(Date.parse(`${day}T12:00:00+08:00`) + DAY_MINUTES * 60_000));
  expect(city.violations).toEqual([]);
});
