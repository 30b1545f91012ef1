import { describe, expect, it } from 'vitest';
import { calendarSchema } from '../../../shared/domain/calendar.ts';
import { allDay, dayAndNight, per, price, tariffOf, texts } from './support.ts';

const up = tariffOf(allDay(per(60, 300)));
const down = tariffOf(allDay(per(60, 300, 'down')));
const tail = tariffOf(allDay(per(60, 300, { aboveMinutes: 15 })));
const free = (mode: string, again: string, of = 'stay') =>
  tariffOf(allDay(per(60, 300), { free: { minutes: 30, mode, again, of } }));
const steps = tariffOf(
  allDay({
    kind: 'units',
    part: 'up',
    steps: [
      { upToMinutes: 60, unitMinutes: 60, unitFen: 500 },
      { upToMinutes: 180, unitMinutes: 30, unitFen: 300 },
      { unitMinutes: 30, unitFen: 500 },
    ],
  }),
);
const bracket = (beyond: unknown) =>
  tariffOf(
    allDay(
      {
        kind: 'brackets',
        brackets: [
          { upToMinutes: 240, totalFen: 500 },
          { upToMinutes: 480, totalFen: 800 },
        ],
        beyond,
      },
      { restart: 'never' },
    ),
  );
const ownUnit = tariffOf(dayAndNight(per(60, 500), per(120, 100)));
const unitStart = tariffOf(dayAndNight(per(60, 500), per(120, 100), { crossing: 'unit-start' }));
const entrySide = tariffOf(dayAndNight(per(60, 500), per(120, 100), { entrySideUpToMinutes: 60 }));
const perNight = tariffOf(dayAndNight(per(60, 500), { kind: 'flat', feeFen: 800 }));
const nightFree = tariffOf(dayAndNight(per(60, 500), { kind: 'free' }));
const capped = tariffOf(
  dayAndNight(per(60, 500), per(60, 100), {}, ['08:00', '20:00'], [{ capFen: 2000 }, { capFen: 300 }]),
);
const naturalDay = tariffOf(allDay(per(60, 500), { restart: 'never', caps: { perNaturalDayFen: 2000 } }));
const risingCaps = tariffOf(allDay(per(60, 500), { caps: { per24hFen: [6000, 8000, 11_000] } }));
const stayCap = tariffOf(allDay(per(60, 500), { caps: { perStayFen: 10_000 } }));
const sixHours = tariffOf(allDay(per(60, 300), { wholeDay: { afterMinutes: 360, feeFen: 2500 } }));
const wholeSide = tariffOf(
  dayAndNight(per(60, 200), per(60, 100), {}, ['08:00', '20:00'], [{ wholeAfterMinutes: 360 }, {}]),
);
const restarts = (restart: string) =>
  tariffOf(
    dayAndNight(
      {
        kind: 'units',
        part: 'up',
        steps: [
          { upToMinutes: 60, unitMinutes: 60, unitFen: 1000 },
          { unitMinutes: 60, unitFen: 200 },
        ],
      },
      { kind: 'free' },
      { restart },
    ),
  );

describe('fees worked out by hand', () => {
  it.each([
    ['up: a begun hour counts', up, '03-02 08:00', '03-02 09:01', 600],
    ['down: only full hours count', down, '03-02 08:00', '03-02 09:59', 300],
    ['down: less than an hour is nothing', down, '03-02 08:00', '03-02 08:59', 0],
    ['down: 24 hours, and the next begins at nothing', down, '03-02 08:00', '03-03 08:59', 7200],
    ['tail: 15 minutes over do not count', tail, '03-02 08:00', '03-02 09:15', 300],
    ['tail: 16 do', tail, '03-02 08:00', '03-02 09:16', 600],
    ['tail: nor do the first 15', tail, '03-02 08:00', '03-02 08:15', 0],
    ['threshold: at the limit', free('threshold', 'once'), '03-02 08:00', '03-02 08:30', 0],
    ['threshold: over it, from the start', free('threshold', 'once'), '03-02 08:00', '03-02 09:00', 300],
    ['threshold once: not again on day two', free('threshold', 'once'), '03-02 08:00', '03-03 08:10', 7500],
    ['threshold each 24 h: day two free up to 30', free('threshold', 'each-24h'), '03-02 08:00', '03-03 08:30', 7200],
    ['threshold each 24 h: day two from its start', free('threshold', 'each-24h'), '03-02 08:00', '03-03 08:31', 7500],
    ['deducted: 90 minutes are one hour', free('deducted', 'once'), '03-02 08:00', '03-02 09:30', 300],
    // (1440 - 30) / 60 = 23.5: 24 units; day two deducted again: 61 - 30 = 31 min, 1 unit
    ['deducted each 24 h', free('deducted', 'each-24h'), '03-02 08:00', '03-03 09:01', 7500],
    // day two not deducted: 61 min, 2 units
    ['deducted once', free('deducted', 'once'), '03-02 08:00', '03-03 09:01', 7800],
    ['steps: first hour', steps, '03-02 08:00', '03-02 09:00', 500],
    ['steps: to three hours', steps, '03-02 08:00', '03-02 11:00', 1700],
    ['steps: and beyond', steps, '03-02 08:00', '03-02 11:01', 2200],
    ['brackets: first', bracket('nothing-more'), '03-02 08:00', '03-02 12:00', 500],
    ['brackets: second', bracket('nothing-more'), '03-02 08:00', '03-02 12:01', 800],
    ['brackets: nothing more', bracket('nothing-more'), '03-02 08:00', '03-02 23:00', 800],
    ['brackets: again from the start', bracket('repeat'), '03-02 08:00', '03-02 16:01', 1300],
    ['brackets: 8-hour blocks for two days', bracket('repeat'), '03-02 08:00', '03-04 08:00', 4800],
    ['brackets: then by the hour', bracket({ unitMinutes: 60, unitFen: 100 }), '03-02 08:00', '03-02 17:01', 1000],
    ['own unit: both sides begin one', ownUnit, '03-02 19:50', '03-02 20:10', 600],
    ['unit-start: the day unit runs on', unitStart, '03-02 19:50', '03-02 20:50', 500],
    ['unit-start: then the night begins', unitStart, '03-02 19:50', '03-02 20:51', 600],
    // the day unit ends at 20:50; night units of two hours from there: the sixth begins at 06:50 and ends at 08:50
    ['unit-start: the night unit reaches into the morning', unitStart, '03-02 19:50', '03-03 08:50', 1100],
    ['unit-start: and a minute later the day has begun', unitStart, '03-02 19:50', '03-03 08:51', 1600],
    ['entry side: an hour across is all day', entrySide, '03-02 19:30', '03-02 20:30', 500],
    ['entry side: from the night it is all night', entrySide, '03-02 07:30', '03-02 08:30', 100],
    ['entry side: longer is split', entrySide, '03-02 19:30', '03-02 20:31', 600],
    ['one price a night', perNight, '03-02 20:00', '03-03 08:00', 800],
    ['two nights and a day', perNight, '03-02 21:00', '03-04 07:00', 800 + 6000 + 800],
    ['free by night', nightFree, '03-02 19:00', '03-03 09:00', 1000],
    ['only by night', nightFree, '03-02 20:00', '03-03 08:00', 0],
    ['cap of the day side', capped, '03-02 08:00', '03-02 20:00', 2000],
    ['cap of each night', capped, '03-02 20:00', '03-04 08:00', 300 + 2000 + 300],
    // 20:00-24:00: 4 × 5 = 20; from 00:00: 2 units of 5 = 10
    ['cap of the natural day', naturalDay, '03-02 18:00', '03-03 02:00', 2000 + 1000],
    ['cap of the natural day, whole days between', naturalDay, '03-02 22:00', '03-05 01:00', 1000 + 2000 + 2000 + 500],
    ['caps rising by day', risingCaps, '03-02 08:00', '03-05 08:00', 25_000],
    ['the last cap goes on', risingCaps, '03-02 08:00', '03-07 08:00', 25_000 + 22_000],
    ['cap of the stay', stayCap, '03-02 08:00', '03-09 08:00', 10_000],
    ['six hours', sixHours, '03-02 08:00', '03-02 14:00', 1800],
    ['over six hours are the whole day', sixHours, '03-02 08:00', '03-02 14:01', 2500],
    ['and no more', sixHours, '03-02 08:00', '03-03 08:00', 2500],
    ['day two begins by the hour', sixHours, '03-02 08:00', '03-03 09:00', 2800],
    ['six hours are the whole day side', wholeSide, '03-02 08:00', '03-02 20:00', 1200],
    ['first hour each day', restarts('segment'), '03-02 19:00', '03-03 10:00', 1000 + 1200],
    ['first hour once in 24 hours', restarts('24h'), '03-02 19:00', '03-03 10:00', 1000 + 400],
    ['first hour once', restarts('never'), '03-02 19:00', '03-05 10:00', 1000 + 12 * 200 * 2 + 400],
  ] as const)('%s', (_name, tariff, from, to, expected) => {
    const fee = price(tariff, from, to);
    expect(fee.feeFen, texts(fee).join(' | ')).toBe(expected);
  });
});

const calendar = calendarSchema.parse({
  holidays: [{ name: '国庆节', from: '2026-10-01', to: '2026-10-07', kind: 'long' }],
  makeupWorkdays: ['2026-10-10'],
  seasons: [{ id: 'summer', name: '夏季', from: '06-01', to: '08-31' }],
});

describe('types of day', () => {
  const side = (unitFen: number, from: string, to: string) => [{ name: '收费', from, to, price: per(60, unitFen) }];
  const byDay = (more: object = {}) =>
    tariffOf({
      programmes: [
        { dayTypes: ['long-holiday'], segments: side(2000, '00:00', '24:00') },
        { seasons: ['summer'], dayTypes: ['weekend'], segments: side(1500, '10:00', '20:00') },
        { dayTypes: ['workday'], segments: side(500, '07:30', '21:00') },
        { segments: side(300, '10:00', '21:00') },
      ],
      ...more,
    });

  it.each([
    ['workday hours', '09-28 07:00', '09-28 08:30', 500],
    ['weekend hours', '09-27 07:00', '09-27 11:00', 300],
    ['weekend in season', '07-04 10:00', '07-04 12:00', 3000],
    ['holiday round the clock', '10-03 02:00', '10-03 04:00', 4000],
    ['a Saturday worked in exchange', '10-10 08:00', '10-10 10:00', 1000],
    ['the last workday into the holiday', '09-30 20:00', '10-01 01:00', 500 + 2000],
  ] as const)('%s', (_name, from, to, expected) => {
    expect(price(byDay(), from, to, {}, calendar).feeFen).toBe(expected);
  });

  it('may be that of the entry for the whole stay', () => {
    // workday until 21:00 only, whatever the next day is
    expect(price(byDay({ dayType: 'entry-day' }), '09-30 20:00', '10-01 01:00', {}, calendar).feeFen).toBe(500);
  });

  it('decide over a night as a whole or from midnight on, as chosen', () => {
    const nights = (acrossMidnight: string) =>
      tariffOf({
        acrossMidnight,
        programmes: [
          {
            dayTypes: ['workday'],
            segments: [{ name: '夜间', from: '20:00', to: '08:00', price: { kind: 'flat', feeFen: 500 } }],
          },
          { segments: [{ name: '假日夜间', from: '20:00', to: '08:00', price: { kind: 'flat', feeFen: 900 } }] },
        ],
      });
    // Friday evening to Saturday morning
    expect(price(nights('start-day'), '09-25 21:00', '09-26 07:00', {}, calendar).feeFen).toBe(500);
    expect(price(nights('own-day'), '09-25 21:00', '09-26 07:00', {}, calendar).feeFen).toBe(500 + 900);
    expect(price(nights('own-day'), '09-28 21:00', '09-29 07:00', {}, calendar).feeFen).toBe(500);
  });
});

describe('classes and amounts', () => {
  const factors = tariffOf({
    ...allDay(per(60, 375), { free: { minutes: 30, mode: 'threshold', again: 'once', of: 'stay' } }),
    vehicleClasses: ['small', 'medium', 'large'],
    classFactors: { medium: { percent: 150 }, large: { percent: 200, freeMinutes: 10 } },
  });

  it.each([
    ['small', '08:20', 0],
    ['small', '08:31', 375],
    // 375 × 1.5 = 562.5, a whole fen up
    ['medium', '08:31', 563],
    ['large', '08:20', 750],
  ] as const)('%s until %s: %i fen', (vehicleClass, to, expected) => {
    expect(price(factors, '03-02 08:00', `03-02 ${to}`, { vehicleClass }).feeFen).toBe(expected);
  });

  it.each([
    [{ toFen: 100, mode: 'up' }, 400],
    [{ toFen: 100, mode: 'down' }, 300],
    [{ toFen: 100, mode: 'nearest' }, 400],
    [{ toFen: 50, mode: 'nearest' }, 400],
    [{ toFen: 50, mode: 'down' }, 350],
    ['none', 375],
  ])('rounding %o', (rounding, expected) => {
    const fee = price(tariffOf(allDay(per(60, 375)), { rounding }), '03-02 08:00', '03-02 09:00');
    expect(fee.feeFen).toBe(expected);
    expect(fee.steps.reduce((sum, step) => sum + step.amountFen, 0)).toBe(expected);
  });
});

describe('explanation', () => {
  it('tells segments, caps and every choice that was made', () => {
    const fee = price(capped, '03-02 14:30', '03-03 09:00');
    expect(texts(fee)).toEqual([
      '3月2日 白天 每60分钟 5.00元 × 6 = 30.00元',
      '白天封顶 20.00元，减免 10.00元',
      '3月2日 夜间 每60分钟 1.00元 × 12 = 12.00元',
      '夜间封顶 3.00元，减免 9.00元',
      '3月3日 白天 每60分钟 5.00元 × 1 = 5.00元',
      '计费约定：不足一个计费单位按一个单位计；跨时段时两侧分别计费，各自起算计费单位；每次进入时段重新计时计价；金额不取整',
    ]);
  });

  it('tells brackets as totals', () => {
    expect(texts(price(bracket('nothing-more'), '03-02 08:00', '03-02 13:00')).slice(0, 2)).toEqual([
      '全天 停车240分钟以内 5.00元',
      '全天 停车240至480分钟共 8.00元，加收 3.00元',
    ]);
  });

  it('folds months into runs of equal days', () => {
    const fee = price(perNight, '03-02 12:00', '05-02 12:00');
    // 8 h and a night on the first day; 60 whole days of 12 h and the night that begins on them; 4 h on the last
    expect(fee.feeFen).toBe(8 * 500 + 800 + 60 * (12 * 500 + 800) + 4 * 500);
    expect(fee.steps.length).toBeLessThan(12);
    expect(texts(fee)).toContain('3月3日至5月1日，每日 68.00元 × 60 = 4080.00元');
  });

  it('tells workdays and weekends by turns in one line each', () => {
    const side = (unitFen: number, dayTypes?: string[]) => ({
      dayTypes,
      segments: [{ name: '白天', from: '08:00', to: '20:00', price: per(60, unitFen) }],
    });
    const fee = price(tariffOf({ programmes: [side(500, ['workday']), side(300)] }), '01-04 12:00', '12-28 12:00');
    // Sunday 4 January to Monday 28 December: 255 workdays and 102 weekend days between the first half day and the last
    expect(fee.feeFen).toBe(8 * 300 + 255 * 6000 + 102 * 3600 + 4 * 500);
    expect(texts(fee).filter((text) => text.includes('每日'))).toEqual([
      '1月5日至12月25日其中255日，每日 60.00元 × 255 = 15300.00元',
      '1月10日至12月27日其中102日，每日 36.00元 × 102 = 3672.00元',
    ]);
  });
});
