import { expect, test } from 'vitest';
import { parameterFields } from '../../../../electron/station/platforms/shenzhen/parameter-fields.ts';
import {
  MAPPED_PARAMETERS,
  UNMAPPED_PARAMETERS,
} from '../../../../electron/station/platforms/shenzhen/parameter-names.ts';
import { IN } from '../../../support/lane-world.ts';
import type { Data } from '../platform-station.ts';
import { CITY, withWorld } from './registry-world.ts';

/** As the specification's example has them. */
const ALL: Data = {
  ...{ fixedcarAllowInNotNull: true, reverseTempCar: false, carNoMemory: true, noFreeMinites: false },
  ...{ isInFieldEnable: false, enableQRScan: true, chargeBoxLimit: false, carOutQuick: true, enableParkingCard: 0 },
  ...{ checkCharge: true, carNoColorCompareEnable: false, exitPwdEnable: false, isNoPlateCheck: true },
  ...{ chargeMsgBoxTime: 30, chargeOverTimeAutoOpen: 1, messageBoxTime: 10, selfServiceFreeMin: 20 },
  ...{ manualMinutes: 30, allOfParkingSpace: 700, monthlyRemainNum: 600, guestRemainNum: 100, diffParkingSpace: 0 },
  ...{ isReviseCarNum: false, reviseDays: 7, plateMatchNum: 6, ignoreTheDecimals: '0.5', noCarNumChargeSet: 2 },
  ...{ chargeWithOutOrInfield: 2, parkingOvertimeAlarm: 72, alarmEnable: true, alarmByDay: 5, alarmByOverdueDay: 3 },
  ...{ alarmByMoney: '50.00', alarmGateWayEnable: true, alarmGateType: 0, chargeWinKey: 'F9', aliScanWinKey: 'F10' },
};

test('every parameter of the table is either ours or said not to be', () => {
  const named = [...MAPPED_PARAMETERS, ...UNMAPPED_PARAMETERS];
  expect([...named].sort()).toEqual(Object.keys(parameterFields).sort());
  expect(Object.keys(ALL).sort()).toEqual([...named].sort());
});

test(
  'all at once: what is ours counts, in the name of the city and as one change; the rest is named as ignored',
  withWorld(async (world) => {
    const answer = await world.done('parkConfig', { ...ALL, colourOfTheGate: 'red' });
    expect(answer['applied']).toEqual([...MAPPED_PARAMETERS]);
    expect([...(answer['ignored'] as string[])].sort()).toEqual([...UNMAPPED_PARAMETERS, 'colourOfTheGate'].sort());
    expect(world.rules.current()).toMatchObject({
      ...{ graceMinutes: 20, staleDays: 3, cardReminderDays: 5, quotaFull: 'borrow', surplusCar: 'wait' },
      ...{ unlicensed: 'wait', confirm: { freeExit: false } },
    });
    expect(world.told('rules-changed').map(({ actor }) => actor)).toEqual([CITY]);
    await world.repeated('parkConfig', ALL);
  }),
);

test(
  'only what is sent changes',
  withWorld(async (world) => {
    const before = world.rules.current();
    await expect(
      world.done('parkConfig', { selfServiceFreeMin: '25', alarmByDay: null, isNoPlateCheck: '' }),
    ).resolves.toEqual({
      applied: ['selfServiceFreeMin'],
      ignored: ['isNoPlateCheck'],
    });
    expect(world.rules.current()).toEqual({ ...before, graceMinutes: 25 });
  }),
);

test.each<readonly [string, Data]>([
  ['a word for a number', { alarmByDay: 'seven' }],
  ['a number for a Bool', { reverseTempCar: 7 }],
  ['minutes below none', { selfServiceFreeMin: -1 }],
  ['half a minute', { selfServiceFreeMin: 1.5 }],
  ['a code that there is not', { chargeOverTimeAutoOpen: 2 }],
  ['a rounding that there is not', { ignoreTheDecimals: '0.2' }],
  ['a list', { chargeWinKey: ['F9'] }],
])('%s refuses all of them', (_what, odd) =>
  withWorld((world) =>
    world.refused('parkConfig', { staleDays: 1, parkingOvertimeAlarm: 48, ...odd }, 400, Object.keys(odd)[0] ?? ''),
  )(),
);

test(
  'a value that our setting cannot have is ignored, and the others count',
  withWorld(async (world) => {
    const sent = { selfServiceFreeMin: 241, alarmByDay: 91, parkingOvertimeAlarm: 48 };
    await expect(world.done('parkConfig', sent)).resolves.toEqual({
      applied: ['parkingOvertimeAlarm'],
      ignored: ['selfServiceFreeMin', 'alarmByDay'],
    });
    expect(world.rules.current()).toMatchObject({ graceMinutes: 15, cardReminderDays: 7, staleDays: 2 });
  }),
);

test.each<readonly [string, Data, readonly string[], Data]>([
  ['hours that are no whole days', { parkingOvertimeAlarm: 25 }, [], { staleDays: 30 }],
  ['one hour', { parkingOvertimeAlarm: 1 }, [], { staleDays: 30 }],
  ['no hour at all', { parkingOvertimeAlarm: 0 }, [], { staleDays: 30 }],
  [
    'a reminder that is on, no day ahead',
    { alarmByDay: 0, alarmEnable: true },
    ['alarmEnable'],
    { cardReminderDays: 7 },
  ],
  ['the days of one that is off', { alarmByDay: 5, alarmEnable: false }, ['alarmEnable'], { cardReminderDays: 0 }],
  ['no days, and off', { alarmByDay: 0, alarmEnable: false }, ['alarmByDay', 'alarmEnable'], { cardReminderDays: 0 }],
  ['reserved spaces that there are none of', { fixedcarAllowInNotNull: false }, [], { quotaFull: 'borrow' }],
])('what is told as applied is in effect afterwards: %s', (_what, sent, applied, rules) =>
  withWorld(async (world) => {
    await expect(world.done('parkConfig', sent)).resolves.toEqual({
      applied,
      ignored: Object.keys(sent).filter((name) => !applied.includes(name)),
    });
    expect(world.rules.current()).toMatchObject(rules);
  })(),
);

test.each([undefined, 91, 0])(
  'a reminder that was off and is switched on is on, whatever the days are: %s',
  (alarmByDay) =>
    withWorld(
      async (world) => {
        await expect(world.done('parkConfig', { alarmEnable: true, alarmByDay })).resolves.toMatchObject({
          applied: ['alarmEnable'],
        });
        expect(world.rules.current().cardReminderDays).toBe(7);
      },
      { site: { rules: { cardReminderDays: 0 } } },
    )(),
);

/** A car park that asks a person in every case in which the city could have cars pass by themselves. */
const ASKS: Data = {
  rules: { quotaFull: 'wait', surplusCar: 'wait', unlicensed: 'wait', confirm: { freeExit: true } },
};
const OPENS: Data = { fixedcarAllowInNotNull: true, reverseTempCar: true, carOutQuick: true, isNoPlateCheck: false };
const NEVER: Data = { chargeOverTimeAutoOpen: 0, alarmGateType: 1 };

test(
  'nothing that the city sets lets cars pass by themselves where a person was asked',
  withWorld(
    async (world) => {
      const before = world.rows();
      await expect(world.done('parkConfig', { ...OPENS, ...NEVER })).resolves.toEqual({
        applied: [],
        ignored: Object.keys({ ...OPENS, ...NEVER }),
      });
      expect(world.rows()).toBe(before);
    },
    { site: ASKS },
  ),
);

test(
  'unless the site allows it; what there is no way for here stays ignored',
  withWorld(
    async (world) => {
      const { applied, ignored } = await world.done('parkConfig', { ...OPENS, ...NEVER });
      expect([applied, ignored]).toEqual([Object.keys(OPENS), Object.keys(NEVER)]);
      expect(world.rules.current()).toMatchObject({
        ...{ quotaFull: 'borrow', surplusCar: 'temporary', unlicensed: 'admit', confirm: { freeExit: false } },
      });
    },
    { site: ASKS, settings: { parameters: { automaticOpening: true } } },
  ),
);

test(
  'the other way round it needs no leave, and a stricter choice of the site stays',
  withWorld(
    async (world) => {
      await world.done('parkConfig', { fixedcarAllowInNotNull: false, reverseTempCar: false, carOutQuick: false });
      expect(world.rules.current()).toMatchObject({
        ...{ quotaFull: 'wait', surplusCar: 'refuse', confirm: { freeExit: true } },
      });
    },
    { site: { rules: { quotaFull: 'wait', surplusCar: 'refuse' } } },
  ),
);

test.each<readonly [string, Data, number]>([
  ['off', { alarmEnable: false, alarmByDay: 5 }, 0],
  ['on', { alarmEnable: true, alarmByDay: 5 }, 5],
  ['on again, with our days', { alarmEnable: true }, 7],
])('the reminder before a card ends is %s', (_what, sent, days) =>
  withWorld(
    async (world) => {
      await world.done('parkConfig', sent);
      expect(world.rules.current().cardReminderDays).toBe(days);
    },
    { site: { rules: { cardReminderDays: 0 } } },
  )(),
);

test(
  'the count of cars inside is put right by the difference, the same difference changes nothing more, and 0 takes it back',
  withWorld(async (world) => {
    for (const plate of ['粤B00001', '粤B00002', '粤B00003']) {
      world.car(IN.id, plate);
      await world.clock.advance(120_000);
    }
    expect(world.lanes.spaces()).toMatchObject({ inside: 3, free: 87 });
    await world.done('parkConfig', { diffParkingSpace: 2 });
    await world.repeated('parkConfig', { diffParkingSpace: '2' });
    expect(world.lanes.spaces()).toMatchObject({ inside: 1, free: 89 });
    expect(world.told('spaces-corrected').map(({ actor }) => actor)).toEqual([CITY]);
    await world.done('parkConfig', { diffParkingSpace: -4 });
    expect(world.lanes.spaces().inside).toBe(7);
    await expect(world.done('parkConfig', { diffParkingSpace: 4 })).resolves.toMatchObject({ applied: [] });
    await world.done('parkConfig', { diffParkingSpace: 0 });
    expect(world.lanes.spaces().inside).toBe(3);
  }),
);

test(
  'what the site keeps to itself is ignored',
  withWorld(
    async (world) => {
      await expect(world.done('parkConfig', { selfServiceFreeMin: 30, alarmByDay: 3 })).resolves.toEqual({
        applied: ['alarmByDay'],
        ignored: ['selfServiceFreeMin'],
      });
      expect(world.rules.current()).toMatchObject({ graceMinutes: 15, cardReminderDays: 3 });
    },
    { settings: { parameters: { keep: ['selfServiceFreeMin'] } } },
  ),
);
