import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANNA, KEYTOP_ACTOR, KeytopWorld, MINUTE } from './keytop-world.ts';
import { numberOf, refused, repeated, rowsOf } from './registry-world.ts';

let world: KeytopWorld;
beforeEach(async () => {
  world = await KeytopWorld.open();
});
afterEach(() => world.dispose());

/** As the specification prints it. */
const PRINTED = { blackId: 0, plateNo: '闽A12345', remark: '违章停车', controlType: 0 };
const add = (fields = {}) => numberOf(world, 'BlackListControl', 'blackId', { ...PRINTED, ...fields });
const list = async (plateNo: unknown = '') => rowsOf(world, 'GetBlackInfo', { plateNo });

test('a plate that is listed does not come in, and nobody set an end to it', async () => {
  expect(await add()).toBe(1);
  expect(await list()).toEqual([{ blackId: 1, plateNo: '闽A12345', remark: '违章停车' }]);
  expect(world.read.lists.find('black', '闽A12345')).toMatchObject({ strategy: 'no-entry', source: 'keytop' });
  expect(world.told('list-changed')).toMatchObject([{ actor: KEYTOP_ACTOR, body: { change: 'added' } }]);
  world.clock.jumpWall(70 * 365 * 24 * 60 * MINUTE);
  world.car('in1', '闽A12345');
  expect(world.lanes.state('in1')).toMatchObject({ phase: 'attention', passage: { attention: 'blacklisted' } });
});

test('listed already: the same number, the remark replaced, and the same again changes nothing', async () => {
  const blackId = await add({ plateNo: '闽a·12345', blackId: '0', controlType: '0' });
  expect(await repeated(world, 'BlackListControl', PRINTED)).toEqual([{ blackId }]);
  expect(await add({ remark: '恶意逃费' })).toBe(blackId);
  expect(await list('闽A12345')).toEqual([{ blackId, plateNo: '闽A12345', remark: '恶意逃费' }]);
  expect(await add({ remark: null })).toBe(blackId);
  expect(await list('闽A12345')).toMatchObject([{ remark: '恶意逃费' }]);
});

test.each([
  ['warn', 'no-entry'],
  ['no-exit', 'neither'],
  ['neither', 'neither'],
] as const)(
  'an entry of the office (%s, over long ago) becomes the third party’s, and keeps the car out (%s)',
  async (before, after) => {
    const span = { validFrom: 0, validTo: Date.UTC(2026, 0, 1) };
    const { id } = world.registry.lists.put({ list: 'black', plate: '闽A12345', strategy: before, ...span }, ANNA);
    expect(await list()).toEqual([]);
    const blackId = await add();
    const entry = world.read.lists.get(id);
    expect(entry).toMatchObject({ strategy: after, source: 'keytop', remark: '违章停车' });
    expect(entry?.validTo).toBeGreaterThan(Date.UTC(2090, 0, 1));
    expect(await list()).toMatchObject([{ blackId, plateNo: '闽A12345' }]);
  },
);

test('an entry that the office wrote in the very same words is the third party’s from then on', async () => {
  world.registry.lists.put({ list: 'black', plate: '闽A12345', remark: '违章停车' }, ANNA);
  await add();
  expect(world.read.lists.find('black', '闽A12345')).toMatchObject({ source: 'keytop' });
});

test('changed: another remark, another plate, the number stays', async () => {
  const blackId = await add();
  const change = (fields: object) => rowsOf(world, 'BlackListControl', { blackId, controlType: 1, ...fields });
  expect(await change({ remark: '已处理' })).toEqual([{ blackId }]);
  expect(await list()).toEqual([{ blackId, plateNo: '闽A12345', remark: '已处理' }]);
  expect(await change({ plateNo: '闽D02000', remark: '' })).toEqual([{ blackId }]);
  expect(await list()).toEqual([{ blackId, plateNo: '闽D02000', remark: '已处理' }]);
  expect(await list('闽A12345')).toEqual([]);
  await repeated(world, 'BlackListControl', { blackId, plateNo: '闽D02000', controlType: 1 });
  await add();
  await refused(world, 'BlackListControl', { blackId, plateNo: '闽A12345', controlType: 1 }, '已在名单中');
});

test('taken away: gone, again it is well, and the plate gets a new number when it is listed again', async () => {
  const blackId = await add();
  await refused(world, 'BlackListControl', { blackId, plateNo: '闽D02000', controlType: 2 }, '不符');
  expect(await rowsOf(world, 'BlackListControl', { blackId: `${blackId}`, controlType: 2 })).toEqual([{ blackId }]);
  expect(await repeated(world, 'BlackListControl', { blackId, controlType: 2 })).toEqual([{ blackId }]);
  expect(await list()).toEqual([]);
  await refused(world, 'BlackListControl', { blackId, remark: 'x', controlType: 1 }, '没有这条记录');
  expect(await add()).toBe(blackId + 1);
});

test.each([
  [{ plateNo: '' }, 'plateNo: 缺少参数'],
  [{ plateNo: '无牌车' }, '不是车牌'],
  [{ blackId: undefined }, 'blackId: 缺少参数'],
  [{ blackId: 3 }, 'blackId: 新增时应为 0'],
  [{ controlType: '' }, 'controlType: 缺少参数'],
  [{ controlType: 3 }, 'controlType: 应为 0、1、2 之一'],
  [{ controlType: 1 }, '没有编号为 0 的黑名单'],
  [{ blackId: 99, controlType: 2 }, '没有编号为 99 的黑名单'],
])('refused and nothing done: %j', async (fields, words) => {
  await refused(world, 'BlackListControl', { ...PRINTED, ...fields }, words);
});

test('the whole list, of the office, too, and nothing of the white one; a plate is meant exactly', async () => {
  const { lists } = world.registry;
  lists.put({ list: 'black', plate: '闽D02000' }, ANNA);
  lists.put({ list: 'white', plate: '闽D02001' }, ANNA);
  await add();
  expect(new Set((await list()).map((row) => row['plateNo']))).toEqual(new Set(['闽A12345', '闽D02000']));
  expect(await list(null)).toHaveLength(2);
  expect(await list('D02000')).toEqual([]);
  expect(await list('闽D02001')).toEqual([]);
  expect(await list('闽d·02000')).toMatchObject([{ plateNo: '闽D02000', remark: '' }]);
  // It knows no colours: an entry of the office for one is an entry of that plate.
  lists.put({ list: 'black', plate: '闽D02002', plateColor: 'yellow' }, ANNA);
  expect(await list('闽D02002')).toMatchObject([{ plateNo: '闽D02002' }]);
});
