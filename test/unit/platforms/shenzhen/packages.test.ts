import { expect, test } from 'vitest';
import { IN } from '../../../support/lane-world.ts';
import type { Data } from '../platform-station.ts';
import { at, CAR, CITY, type RegistryWorld, withWorld } from './registry-world.ts';

type Item = readonly [operateType: number, beginTime: string, endTime: string];

const CHANGE = 1;
const CANCEL = 2;
const MARCH: Item = [CHANGE, '2026-03-01 00:00:00', '2026-03-31 23:59:59'];
const APRIL: Item = [CHANGE, '2026-04-01 00:00:00', '2026-04-30 23:59:59'];
const cancelled = ([, begin, end]: Item): Item => [CANCEL, begin, end];

const order = (items: readonly Item[], fields: Data = {}): Data => ({
  ...{ ppsType: 3, plateNumber: CAR, plateColor: '0', orderId: 'PPS001' },
  items: items.map(([operateType, beginTime, endTime]) => ({ operateType, beginTime, endTime })),
  ...fields,
});

let operations = 0;
const operation = (orderList: readonly Data[], operateNum?: string): Data => {
  operations += 1;
  return { orderList, operateNum: operateNum ?? `OP${operations}` };
};

/** Those of the plate that count, as `from to`, the first in front. */
const active = (world: RegistryWorld, plate = CAR): string[] =>
  world
    .told('booking-changed')
    .map(({ body }) => body.booking.id)
    .filter((id, index, all) => all.indexOf(id) === index)
    .flatMap((id) => world.read.bookings.get(id) ?? [])
    .filter((booking) => booking.state === 'active' && booking.plate === plate)
    .sort((a, b) => a.from - b.from)
    .map(({ from, to }) => `${wall(from)} ${wall(to)}`);
const wall = (instant: number): string => new Date(instant + 8 * 3_600_000).toISOString().slice(5, 19);

const change = (world: RegistryWorld, items: readonly Item[], fields: Data = {}) =>
  world.done('prepaidOrderChange', operation([order(items, fields)]));

test(
  'a package that is heard of by a change covers its plate, many times over, in the name of the city',
  withWorld(async (world) => {
    await expect(change(world, [MARCH])).resolves.toEqual({
      results: [{ orderId: 'PPS001', code: 0, msg: 'success' }],
    });
    expect(world.read.bookings.get('shenzhen-PPS001')).toMatchObject({
      ...{ plate: CAR, from: at(MARCH[1]), to: at(MARCH[2]), passes: 'many', prepaidFen: 0, source: 'shenzhen' },
      remark: '包月车位，订单 PPS001',
    });
    expect(world.told('booking-changed').map(({ actor }) => actor)).toEqual([CITY]);
    world.car(IN.id);
    expect(world.read.stays.inside(CAR)?.terms).toMatchObject({ kind: 'booking', id: 'shenzhen-PPS001' });
  }),
);

test(
  'the car that came within it before it was heard of is covered from its entry on',
  withWorld(async (world) => {
    const uid = await world.parked(60);
    await change(world, [MARCH]);
    expect(world.read.stays.get(uid)?.terms).toMatchObject({ kind: 'booking', id: 'shenzhen-PPS001' });
  }),
);

test.each<readonly [string, readonly (readonly Item[])[], readonly string[]]>([
  ['moved to another time', [[MARCH], [APRIL]], ['04-01T00:00:00 04-30T23:59:59']],
  ['cancelled', [[MARCH], [cancelled(MARCH)]], []],
  ['cancelled and changed at once', [[MARCH], [cancelled(MARCH), APRIL]], ['04-01T00:00:00 04-30T23:59:59']],
  ['of two periods', [[MARCH, APRIL]], ['03-01T00:00:00 03-31T23:59:59', '04-01T00:00:00 04-30T23:59:59']],
  ['of two, one of them cancelled', [[MARCH, APRIL], [cancelled(MARCH)]], ['04-01T00:00:00 04-30T23:59:59']],
  [
    'of two, one of them changed',
    [[MARCH, APRIL], [[CHANGE, '2026-04-10 00:00:00', '2026-05-09 23:59:59']]],
    ['03-01T00:00:00 03-31T23:59:59', '04-10T00:00:00 05-09T23:59:59'],
  ],
  [
    'of which the end is cancelled',
    [[MARCH], [[CANCEL, '2026-03-16 00:00:00', '2026-03-31 23:59:59']]],
    ['03-01T00:00:00 03-15T23:59:59'],
  ],
  [
    'of which the middle is cancelled',
    [[MARCH], [[CANCEL, '2026-03-11 00:00:00', '2026-03-20 23:59:59']]],
    ['03-01T00:00:00 03-10T23:59:59', '03-21T00:00:00 03-31T23:59:59'],
  ],
  ['bought again after it was cancelled', [[MARCH], [cancelled(MARCH)], [APRIL]], ['04-01T00:00:00 04-30T23:59:59']],
])('a package %s', (_what, steps, left) =>
  withWorld(async (world) => {
    for (const items of steps) await change(world, items);
    expect(active(world)).toEqual(left);
    const rows = world.rows();
    await change(world, steps.at(-1) ?? []);
    expect(world.rows()).toBe(rows);
  })(),
);

test(
  'a change may name another plate; a cancellation must know the plate',
  withWorld(async (world) => {
    await change(world, [MARCH]);
    await change(world, [MARCH], { plateNumber: '粤B99999' });
    expect([active(world), active(world, '粤B99999')]).toEqual([[], ['03-01T00:00:00 03-31T23:59:59']]);
    const reply = await world.ask('prepaidOrderChange', operation([order([cancelled(MARCH)])]));
    expect(reply).toMatchObject({ code: 1, data: { results: [{ code: 1, msg: '订单与车牌不符' }] } });
  }),
);

test(
  'every order has its own result: what can be done is done, the reserved operation and the unknown order are refused',
  withWorld(async (world) => {
    const reply = await world.ask(
      'prepaidOrderChange',
      operation([
        order([MARCH, [0, '2026-04-01 00:00:00', '2026-04-30 23:59:59']], { orderId: 'A' }),
        order([APRIL], { orderId: 'B' }),
        order([cancelled(MARCH)], { orderId: 'C' }),
        order([[CHANGE, '2026-03-02 00:00:00', '2026-03-01 00:00:00']], { orderId: 'D' }),
      ]),
    );
    expect(reply).toMatchObject({
      code: 1,
      data: {
        results: [
          { orderId: 'A', code: 400 },
          { orderId: 'B', code: 0 },
          { orderId: 'C', code: 404 },
          { orderId: 'D', code: 400 },
        ],
      },
    });
    expect(active(world)).toEqual(['04-01T00:00:00 04-30T23:59:59']);
  }),
);

test(
  'an operation that comes again late changes nothing back, and its number is good for nothing else',
  withWorld(async (world) => {
    await world.done('prepaidOrderChange', operation([order([MARCH])], 'OP-A'));
    await change(world, [APRIL]);
    await world.repeated('prepaidOrderChange', operation([order([MARCH])], 'OP-A'));
    expect(active(world)).toEqual(['04-01T00:00:00 04-30T23:59:59']);
    await world.refused('prepaidOrderChange', operation([order([cancelled(APRIL)])], 'OP-A'), 400, 'operateNum');
  }),
);

test(
  'an operation of which something failed may be tried again under its number',
  withWorld(async (world) => {
    const again = operation([order([cancelled(MARCH)])], 'OP-B');
    expect((await world.ask('prepaidOrderChange', again)).code).toBe(1);
    await change(world, [MARCH]);
    await world.done('prepaidOrderChange', again);
    expect(active(world)).toEqual([]);
  }),
);

test(
  'unknown orders are refused, where the site has it so',
  withWorld(
    async (world) => {
      const reply = await world.ask('prepaidOrderChange', operation([order([MARCH])]));
      expect(reply).toMatchObject({ code: 1, data: { results: [{ code: 404 }] } });
      expect(active(world)).toEqual([]);
    },
    { settings: { packages: { unknown: 'refuse' } } },
  ),
);

test.each([
  ['no orders', operation([]), /^orderList: /],
  ['orders that are none', { orderList: ['PPS001'], operateNum: 'x' }, /^orderList\.0: /],
  ['an order without items', operation([order([])]), /^orderList\.0\.items: /],
  ['an order without its id', operation([order([MARCH], { orderId: '' })]), /^orderList\.0\.orderId: /],
  ['a package that there is not', operation([order([MARCH], { ppsType: 7 })]), /^orderList\.0\.ppsType: /],
  ['an operation without its number', operation([order([MARCH])], ''), /^operateNum: /],
])('%s is malformed, and changes nothing', (_what, data, words) =>
  withWorld((world) => world.refused('prepaidOrderChange', data, 400, words))(),
);
