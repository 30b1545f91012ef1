import { describe, expect, it } from 'vitest';
import { runAcceptance } from '../../../electron/station/tariff/acceptance.ts';
import { checkTariff } from '../../../electron/station/tariff/check.ts';
import { replay } from '../../../electron/station/tariff/replay.ts';
import { priceTable } from '../../../electron/station/tariff/table.ts';
import { calendarSchema, EMPTY_CALENDAR } from '../../../shared/domain/calendar.ts';
import { type Tariff, tariffSchema } from '../../../shared/domain/tariff.ts';
import { allDay, at, dayAndNight, per, tariffOf } from './support.ts';

const bookOf = (tariff: Tariff) => ({
  tariffs: [tariff],
  calendar: EMPTY_CALENDAR,
  defaultVehicleClass: 'small' as const,
});
const hourly = (feeFen: number) =>
  tariffSchema.parse({
    id: 't',
    name: 't',
    rules: [
      {
        vehicleClasses: ['small', 'large'],
        freeMinutes: 15,
        followingPeriod: { minutes: 60, feeFen },
        capPer24hFen: 4000,
      },
    ],
  });

describe('price table', () => {
  it('shows one line per class of a plain rule', () => {
    const rows = priceTable(hourly(500), EMPTY_CALENDAR, at('03-02 00:00'));
    expect(rows.map((row) => [row.vehicleClass, row.date, row.entry, row.freeMinutes])).toEqual([
      ['small', '2026-03-02', '09:00', 15],
      ['large', '2026-03-02', '09:00', 15],
    ]);
    expect(rows[0]?.prices).toEqual(
      [
        [15, 0],
        [30, 500],
        [60, 500],
        [90, 1000],
        [120, 1000],
        [180, 1500],
        [240, 2000],
        [360, 3000],
        [480, 4000],
        [720, 4000],
        [1440, 4000],
        [2880, 8000],
        [4320, 12_000],
      ].map(([minutes, feeFen]) => ({ minutes, feeFen })),
    );
  });

  it('shows each kind of day by its first date and each segment from its start', () => {
    const calendar = calendarSchema.parse({
      holidays: [{ name: '国庆节', from: '2026-10-01', to: '2026-10-07', kind: 'long' }],
    });
    const segments = (unitFen: number) => [
      { name: '白天', from: '08:00', to: '20:00', price: per(60, unitFen) },
      { name: '夜间', from: '20:00', to: '08:00', price: { kind: 'flat', feeFen: 500 } },
    ];
    const tariff = tariffOf({
      programmes: [
        { dayTypes: ['long-holiday'], segments: segments(3000) },
        { dayTypes: ['short-holiday'], segments: segments(2000) },
        { segments: segments(1000) },
      ],
    });
    const rows = priceTable(tariff, calendar, at('03-02 00:00'));
    expect(
      rows.map(({ date, entry, prices }) => [date, entry, prices.find((one) => one.minutes === 60)?.feeFen]),
    ).toEqual([
      ['2026-10-01', '08:00', 3000],
      ['2026-10-01', '20:00', 500],
      ['2026-03-02', '08:00', 1000],
      ['2026-03-02', '20:00', 500],
    ]);
  });
});

describe('acceptance cases', () => {
  it('pass or fail one by one, with the fee that came out', () => {
    const span = { enteredAt: '2026-03-02T08:00:00+08:00', exitedAt: '2026-03-02T10:00:00+08:00' };
    const results = runAcceptance(bookOf(hourly(500)), [
      { name: '两小时', ...span, vehicleClass: 'small', feeFen: 1000 },
      { name: '写错的', ...span, vehicleClass: 'large', feeFen: 900 },
    ]);
    expect(results.map(({ passed, fee }) => [passed, fee?.feeFen])).toEqual([
      [true, 1000],
      [false, 1000],
    ]);
    expect(results[1]?.fee?.steps[0]?.text).toContain('每60分钟 5.00元 × 2');
  });
});

describe('replay', () => {
  it('names the stays that change and sums up all, one stay at a time', () => {
    let taken = 0;
    function* stays() {
      for (const hours of [1, 2, 24]) {
        taken += 1;
        yield {
          uid: `s${hours}`,
          enteredAt: at('03-02 08:00'),
          exitedAt: at('03-02 08:00') + hours * 3_600_000,
          vehicleClass: 'small' as const,
        };
      }
    }
    const run = replay(bookOf(hourly(500)), bookOf(hourly(600)), stays());
    const first = run.next();
    expect(taken).toBe(1);
    expect(first.value).toMatchObject({ stay: { uid: 's1' }, changeFen: 100 });
    expect(run.next().value).toMatchObject({ stay: { uid: 's2' }, changeFen: 200 });
    // the capped day comes out the same
    expect(run.next()).toEqual({
      done: true,
      value: { stays: 3, dearer: 2, cheaper: 0, pricedByOne: 0, beforeFen: 5500, afterFen: 5800 },
    });
  });

  it('counts stays that only one of the books prices', () => {
    const stay = { enteredAt: at('03-02 08:00'), exitedAt: at('03-02 09:00'), vehicleClass: 'small' as const };
    const run = replay(bookOf(hourly(500)), { ...bookOf(hourly(500)), tariffs: [] }, [stay]);
    expect(run.next().value).toMatchObject({ after: null, changeFen: -500 });
    expect(run.next().value).toMatchObject({ cheaper: 1, pricedByOne: 1 });
  });
});

describe('contradictions', () => {
  const find = (tariff: Tariff) =>
    checkTariff(tariff, EMPTY_CALENDAR).map(({ severity, code, path }) => `${severity} ${code} ${path.join('.')}`);
  const segment = (from: string, to: string, more: object = {}) => ({
    name: `${from}`,
    from,
    to,
    price: per(60, 500),
    ...more,
  });
  const days = (...programmes: object[]) => tariffOf({ programmes });

  it('none in a sound tariff', () => {
    expect(find(hourly(500))).toEqual([]);
    expect(find(tariffOf(dayAndNight(per(60, 500), per(120, 100))))).toEqual([]);
  });

  it.each([
    [
      'overlap',
      days({ segments: [segment('08:00', '20:00'), segment('19:00', '08:00')] }),
      ['error segments-overlap rules.0.programmes.0.segments.1'],
    ],
    [
      'hours without price',
      days({ segments: [segment('08:00', '20:00')] }),
      ['warning time-without-price rules.0.programmes.0.segments'],
    ],
    [
      'a programme never reached',
      days({ segments: [segment('00:00', '24:00')] }, { dayTypes: ['weekend'], segments: [segment('00:00', '24:00')] }),
      ['error programme-unreachable rules.0.programmes.1'],
    ],
    [
      'days without a programme',
      days({ dayTypes: ['workday', 'weekend'], segments: [segment('00:00', '24:00')] }),
      ['warning day-without-programme rules.0.programmes'],
    ],
    [
      'an unknown season',
      days({ seasons: ['x'], segments: [segment('00:00', '24:00')] }, { segments: [segment('00:00', '24:00')] }),
      ['error unknown-season rules.0.programmes.0.seasons'],
    ],
    [
      'a night into an earlier morning',
      days(
        { dayTypes: ['workday'], segments: [segment('08:00', '20:00'), segment('20:00', '08:00')] },
        { segments: [segment('06:00', '24:00'), segment('00:00', '06:00')] },
      ),
      [
        'warning night-overlaps-next-day rules.0.programmes.1.segments.0',
        'warning night-overlaps-next-day rules.0.programmes.1.segments.1',
      ],
    ],
    [
      'a cap below the price',
      tariffOf(allDay(per(60, 500), { caps: { per24hFen: 400 } })),
      ['warning cap-below-price rules.0.programmes.0.segments.0.price'],
    ],
    [
      'falling caps',
      tariffOf(allDay(per(60, 500), { caps: { per24hFen: [6000, 5000] } })),
      ['warning caps-fall rules.0.caps.per24hFen'],
    ],
    [
      'a factor for another class',
      tariffOf(allDay(per(60, 500), { classFactors: { large: { percent: 200 } } })),
      ['error class-not-in-rule rules.0.classFactors.large'],
    ],
    [
      'a side that is never whole',
      days({ segments: [segment('00:00', '24:00', { wholeAfterMinutes: 1440 })] }),
      ['warning segment-never-whole rules.0.programmes.0.segments.0.wholeAfterMinutes'],
    ],
    [
      'a remainder that is lost',
      tariffOf(
        allDay({
          kind: 'units',
          part: 'down',
          steps: [
            { upToMinutes: 100, unitMinutes: 60, unitFen: 1 },
            { unitMinutes: 60, unitFen: 1 },
          ],
        }),
      ),
      ['warning remainder-lost rules.0.programmes.0.segments.0.price.steps.0'],
    ],
    [
      'what may fall',
      tariffOf(allDay(per(60, 500), { wholeDay: { afterMinutes: 360, feeFen: 2000 } })),
      ['warning may-fall rules.0.wholeDay'],
    ],
    [
      'free time after a payment that never begins anew',
      tariffOf(allDay(per(60, 500)), { freeAfterPayment: true }),
      ['error free-after-payment-unused freeAfterPayment'],
    ],
  ] as const)('%s', (_name, tariff, expected) => {
    expect(find(tariff)).toEqual(expected);
  });
});
