import { expect, test } from 'vitest';
import type { ListColor } from '../../../../shared/domain/list.ts';
import { IN } from '../../../support/lane-world.ts';
import { ANNA, type Data } from '../platform-station.ts';
import { at, CAR, CITY, type RegistryWorld, withWorld } from './registry-world.ts';

const entry = (fields: Data = {}): Data => ({
  ...{ plateNumber: CAR, color: '0', blacklistType: 2, operateType: 1, outInType: 0, dialogFlag: 1 },
  ...{ operatorName: '张三', remarks: '欠费', carOwnerName: '', operatorTime: '2026-02-27 15:18:59' },
  ...{ startDate: '2020-09-27 00:00:00', endDate: '2099-09-27 00:00:00' },
  ...fields,
});

const listed = (world: RegistryWorld, list: 'black' | 'white', color: ListColor | null = 'blue') =>
  world.read.lists.find(list, CAR, color);

test(
  'a plate that the city blackens stops at the entrance, in the name of the city, and once however often it is said',
  withWorld(async (world) => {
    await expect(world.done('blackWhiteDown', entry())).resolves.toEqual({ plateNumber: CAR });
    await world.repeated('blackWhiteDown', entry());
    expect(listed(world, 'black')).toMatchObject({
      ...{ strategy: 'no-entry', source: 'shenzhen', validFrom: at('2020-09-27 00:00:00') },
      ...{ validTo: at('2099-09-27 00:00:00'), remark: '欠费；操作员 张三；出入弹窗 是' },
    });
    expect(world.told('list-changed').map(({ actor }) => actor)).toEqual([CITY]);
    world.car(IN.id);
    expect(world.lanes.state(IN.id)).toMatchObject({ phase: 'attention', passage: { attention: 'blacklisted' } });
  }),
);

test(
  'a black-listed car that may drive in drives in with a hint',
  withWorld(async (world) => {
    await world.done('blackWhiteDown', entry({ outInType: '1' }));
    expect(listed(world, 'black')?.strategy).toBe('warn');
    world.car(IN.id);
    expect(world.read.stays.inside(CAR)).toBeDefined();
  }),
);

test(
  'or it may not leave, where the city means that',
  withWorld(
    async (world) => {
      await world.done('blackWhiteDown', entry({ outInType: 1 }));
      expect(listed(world, 'black')?.strategy).toBe('no-exit');
    },
    { settings: { lists: { entryAllowed: 'no-exit' } } },
  ),
);

test.each([
  ['an entry of the black list without outInType', entry({ outInType: undefined }), /^outInType: 黑名单必填/],
  ['a change of one without it', entry({ outInType: '', operateType: 2 }), /^outInType: 黑名单必填/],
  ['a third kind of list', entry({ blacklistType: 3 }), /^blacklistType: /],
  ['an operation that there is not', entry({ operateType: 4 }), /^operateType: /],
  ['no plate', entry({ plateNumber: ' ' }), /^plateNumber: /],
  ['words for a car without a plate', entry({ plateNumber: '无牌车' }), /^plateNumber: 不是车牌/],
  ['a colour that there is not', entry({ color: '7' }), /^color: /],
  ['no colour', entry({ color: undefined }), /^color: 缺少参数/],
  ['a day that there is not', entry({ endDate: '2026-02-30 00:00:00' }), /^endDate: /],
])('%s is malformed, and changes nothing', (_what, fields, words) =>
  withWorld((world) => world.refused('blackWhiteDown', fields, 400, words))(),
);

test(
  'an end before its beginning cannot be',
  withWorld((world) => world.refused('blackWhiteDown', entry({ endDate: '2019-01-01 00:00:00' }), 1, /有效期/)),
);

test(
  'a change changes what it names, and an end takes the entry away, also the second time',
  withWorld(async (world) => {
    await world.done('blackWhiteDown', entry());
    const change = { operateType: 2, startDate: '', endDate: '2027-01-01 00:00:00', remarks: '', operatorName: '' };
    await world.done('blackWhiteDown', entry({ ...change, dialogFlag: 0 }));
    expect(listed(world, 'black')).toMatchObject({
      ...{ validFrom: at('2020-09-27 00:00:00'), validTo: at('2027-01-01 00:00:00') },
      remark: '欠费；操作员 张三；出入弹窗 是',
    });
    await world.done('blackWhiteDown', entry({ operateType: 3, outInType: undefined }));
    expect(listed(world, 'black')).toBeUndefined();
    await world.repeated('blackWhiteDown', entry({ operateType: 3 }));
  }),
);

test(
  'added without dates an entry counts from now on and has no end, also where one is over',
  withWorld(async (world) => {
    await world.done('blackWhiteDown', entry({ endDate: '2021-01-01 00:00:00' }));
    const undated = entry({ startDate: '', endDate: null });
    await world.done('blackWhiteDown', undated);
    const { validFrom = 0, validTo = 0 } = listed(world, 'black') ?? {};
    expect(world.clock.now() - validFrom).toBeLessThan(1000);
    expect(validTo).toBe(at('2099-12-31 23:59:59'));
    await world.clock.advance(60_000);
    await world.repeated('blackWhiteDown', undated);
  }),
);

test(
  'put on the other list, the plate leaves the one where the city had put it; an entry of the house stays',
  withWorld(async (world) => {
    await world.done('blackWhiteDown', entry());
    await world.done('blackWhiteDown', entry({ blacklistType: 1, outInType: undefined }));
    expect(listed(world, 'black')).toBeUndefined();
    expect(listed(world, 'white')).toMatchObject({ strategy: 'free', source: 'shenzhen' });
    world.registry.lists.put({ list: 'black', plate: '粤B99999', strategy: 'neither' }, ANNA);
    await world.done('blackWhiteDown', entry({ plateNumber: '粤B·99999', blacklistType: 1 }));
    expect(world.read.lists.find('black', '粤B99999')).toMatchObject({ strategy: 'neither', source: 'anna' });
  }),
);

test.each(['蓝', '蓝色', 'blue', 'BLUE', 0, '0', 'red', 'yellow-green', '黄绿色'])('the colour may be %s', (color) =>
  withWorld(async (world) => void (await world.done('blackWhiteDown', entry({ color }))))(),
);

test(
  'plate and colour are the key: what is ended for a yellow plate still stops the blue one, and nothing stops another colour',
  withWorld(async (world) => {
    await world.done('blackWhiteDown', entry({ color: '0' }));
    await world.done('blackWhiteDown', entry({ color: '1', remarks: '黄牌' }));
    expect([listed(world, 'black')?.remark, listed(world, 'black', 'yellow')?.remark]).toEqual([
      expect.stringContaining('欠费'),
      expect.stringContaining('黄牌'),
    ]);
    await world.done('blackWhiteDown', entry({ color: '1', operateType: 3 }));
    expect(world.read.lists.ofPlate('black', CAR).map(({ plateColor }) => plateColor)).toEqual(['blue']);
    world.car(IN.id, CAR, null, 'yellow');
    expect(world.read.stays.inside(CAR)?.plate.color).toBe('yellow');
  }),
);

test(
  'the one of that colour stops, and a camera that could not tell the colour lets no listed car through',
  withWorld(async (world) => {
    await world.done('blackWhiteDown', entry({ color: '1' }));
    world.car(IN.id, CAR, null, 'unknown');
    expect(world.lanes.state(IN.id)).toMatchObject({ phase: 'attention', passage: { attention: 'blacklisted' } });
  }),
);

test(
  'a free pass is not for another vehicle of that number',
  withWorld(async (world) => {
    await world.done('blackWhiteDown', entry({ color: '1', blacklistType: 1, outInType: undefined }));
    world.car(IN.id);
    expect(world.read.stays.inside(CAR)?.terms.kind).toBe('temporary');
  }),
);

test(
  'where colours do not count, an entry is for the plate, and any colour ends it',
  withWorld(
    async (world) => {
      await world.done('blackWhiteDown', entry({ color: '1' }));
      await world.repeated('blackWhiteDown', entry({ color: '0' }));
      expect(listed(world, 'black', null)).toMatchObject({ strategy: 'no-entry' });
      await world.done('blackWhiteDown', entry({ color: '4', operateType: 3 }));
      expect(world.read.lists.ofPlate('black', CAR)).toEqual([]);
    },
    { settings: { lists: { byColor: false } } },
  ),
);

const ending = entry({ operateType: 3, outInType: undefined });

test(
  'an entry of the house that the city was told ends with that key, in the name of the city',
  withWorld(async (world) => {
    world.registry.lists.put({ list: 'black', plate: CAR, strategy: 'neither' }, ANNA);
    await world.done('blackWhiteDown', entry());
    // Both stand, and the city's did not soften that of the house.
    expect(world.read.lists.ofPlate('black', CAR)).toHaveLength(2);
    await world.repeated('blackWhiteDown', { ...ending, color: '1' });
    await world.done('blackWhiteDown', ending);
    expect(world.read.lists.ofPlate('black', CAR)).toEqual([]);
    expect(world.told('list-changed').map(({ body, actor }) => [body.change, actor.name])).toEqual([
      ...[
        ['added', 'anna'],
        ['added', 'shenzhen'],
      ],
      ...[
        ['removed', 'shenzhen'],
        ['removed', 'shenzhen'],
      ],
    ]);
    await world.repeated('blackWhiteDown', ending);
  }),
);

test(
  'or stays, where the site keeps its own',
  withWorld(
    async (world) => {
      world.registry.lists.put({ list: 'black', plate: CAR, strategy: 'neither' }, ANNA);
      await world.done('blackWhiteDown', entry());
      await world.done('blackWhiteDown', ending);
      expect(world.read.lists.ofPlate('black', CAR)).toMatchObject([{ source: 'anna', strategy: 'neither' }]);
      await world.repeated('blackWhiteDown', ending);
    },
    { settings: { lists: { endOwn: false } } },
  ),
);
