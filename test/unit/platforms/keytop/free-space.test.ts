import { afterEach, expect, test } from 'vitest';
import { spacesOf } from '../../../../electron/station/registry/spaces.ts';
import { type Area, siteSchema } from '../../../../shared/domain/site.ts';
import { AREAS } from '../../../support/lane-world.ts';
import { CAR, KEYTOP_ACTOR, type KeytopOptions, KeytopWorld } from './keytop-world.ts';

let world: KeytopWorld;
afterEach(() => world.dispose());
const open = async (options: KeytopOptions = {}): Promise<void> => {
  world = await KeytopWorld.open({ arms: true, ...options });
};

const DONE = { resCode: 0, resMsg: '', data: null };
const set = (freeSpaceNum: unknown, areaCode?: unknown) =>
  world.call('ModifyFreeSpace', { freeSpaceNum, ...(areaCode === undefined ? {} : { areaCode }) });
const site = siteSchema.parse({ code: '1001', name: '停车场', totalSpaces: 100, openSpaces: 90 });
const free = (code: number, areas: readonly Area[] = AREAS) => {
  const area = areas.find((each) => each.code === code);
  return spacesOf(world.read.stays, site, areas).areas.find(({ areaId }) => areaId === area?.id)?.free;
};
const corrections = () => world.told('spaces-corrected').map(({ actor, body }) => ({ actor, ...body }));

test('the count of an area is put right, and entries and exits go on counting from there', async () => {
  await open();
  await world.parked(5, CAR);
  expect(free(1)).toBe(89);
  expect(await set(40, 1)).toEqual(DONE);
  expect(free(1)).toBe(40);
  expect(corrections()).toEqual([
    { actor: KEYTOP_ACTOR, areaId: 'a1', countedInside: 1, actualInside: 50, reason: '科拓平台修改空闲车位为 40' },
  ]);
  await world.parked(5, '闽D02001');
  expect(free(1)).toBe(39);
});

test('exactly one area is changed: the one with the code, numbers as texts or not; without one that with the lowest code', async () => {
  await open();
  expect(await set('7', '3')).toEqual(DONE);
  expect([free(2), free(3)]).toEqual([20, 7]);
  expect(await set(0)).toEqual(DONE);
  expect(await set(30, '')).toEqual(DONE);
  expect([free(1), free(2), free(3)]).toEqual([30, 20, 7]);
  expect(corrections().map(({ areaId }) => areaId)).toEqual(['a3', 'a1', 'a1']);
});

test('the same once more changes nothing', async () => {
  await open();
  expect(await set(50, 1)).toEqual(DONE);
  const { seq } = world.read.journal.last();
  expect(await set(50, 1)).toEqual(DONE);
  expect(world.read.journal.last().seq).toBe(seq);
});

test.each([
  [-1, 1, '参数有误：freeSpaceNum: 不应小于 0'],
  [91, 1, '参数有误：freeSpaceNum: 不应大于外场的车位数 90'],
  [21, 2, '参数有误：freeSpaceNum: 不应大于内场的车位数 20'],
  [91, undefined, '参数有误：freeSpaceNum: 不应大于外场的车位数 90'],
  ['', 1, '参数有误：freeSpaceNum: 缺少参数'],
  [null, 1, '参数有误：freeSpaceNum: 缺少参数'],
  [1.5, 1, '参数有误：freeSpaceNum: 应为整数'],
  ['1e1', 1, '参数有误：freeSpaceNum: 应为整数'],
  [5, 9, '没有编号为 9 的区域'],
  [5, 'a1', '参数有误：areaCode: 应为整数'],
])('%j free in area %j is refused and changes nothing', async (count, area, why) => {
  await open();
  const before = world.read.journal.last();
  expect(await set(count, area)).toEqual({ resCode: 1, resMsg: why, data: null });
  expect(world.read.journal.last()).toEqual(before);
});
