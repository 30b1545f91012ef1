import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANNA, KEYTOP_ACTOR, KeytopWorld, MINUTE } from './keytop-world.ts';
import { DONE, numberOf, refused, repeated, rowsOf } from './registry-world.ts';

let world: KeytopWorld;
beforeEach(async () => {
  world = await KeytopWorld.open();
});
afterEach(() => world.dispose());

/** As the specification prints it, with the owner that its table demands. */
const PRINTED = {
  cardName: '123',
  useName: '张三',
  tel: '',
  roomId: '',
  plateDetails: '[{"plateNo":"闽A12345","etcNo":""}]',
  carType: 1,
  spaceNum: '2',
  ValidFrom: '2018-08-01 00:00:00',
  ValidTo: '2018-08-31 23:59:59',
};
const YEAR = { ...PRINTED, carType: 2, ValidFrom: '2026-01-01 00:00:00', ValidTo: '2026-12-31 23:59:59' };
const add = (fields = {}) => numberOf(world, 'AddCarCardNo', 'cardId', { ...PRINTED, ...fields });
const query = async (fields = {}) => rowsOf(world, 'GetCarCardInfo', fields);
const pairs = async (cardId: number): Promise<unknown> => {
  const [row] = await query({ cardId });
  return JSON.parse(String(row?.['plateDetails']));
};
const plates = (...numbers: string[]) => numbers.map((plateNo) => ({ plateNo, etcNo: null }));

test('a card as it is printed, and the query tells it in the types and spellings of the table', async () => {
  expect(await add()).toBe(1);
  expect(await query({ plateNo: '闽A12345' })).toEqual([
    {
      cardId: 1,
      carType: 1,
      cardName: '123',
      tel: '',
      roomId: '',
      areaList: ['外场', '内场', '固定车区'],
      plateDetails: '[{"plateNo":"闽A12345","etcNo":null}]',
      validFrom: '2018-08-01 00:00:00',
      validForm: '2018-08-01 00:00:00',
      validTo: '2018-08-31 23:59:59',
      validValue: 0,
      spaceNum: '2',
      lastUpdateTime: '2026-03-02 08:05:09',
    },
  ]);
  const [event] = world.told('card-changed');
  expect(event).toMatchObject({ actor: KEYTOP_ACTOR, body: { change: 'added', card: { owner: '张三', type: 'vip' } } });
});

test('whatever way it is written: names in any case and spelling, numbers as texts, nulls, the array itself, both kinds of dates', async () => {
  const cardId = await add({
    ...{ CARDNAME: 123, cardName: undefined, useName: null, userName: ' 张三 ', tel: 18600000000, roomId: null },
    ...{
      plateDetails: [
        { PlateNo: '闽a·12345', etcNo: null },
        { plateNo: null, etcNo: 'AJSD5646SD' },
      ],
    },
    ...{ carType: '1', spaceNum: undefined, totalSPNum: 2, ValidFrom: undefined, validForm: '2018/8/1 0:00:00' },
  });
  expect(await query({ cardId: String(cardId) })).toMatchObject([
    {
      ...{ cardName: '123', tel: '18600000000', spaceNum: '2', validFrom: '2018-08-01 00:00:00' },
      plateDetails: '[{"plateNo":"闽A12345","etcNo":null},{"plateNo":null,"etcNo":"AJSD5646SD"}]',
    },
  ]);
});

test.each([
  [{ useName: '' }, 'useName: 缺少参数'],
  [{ cardName: null }, 'cardName: 缺少参数'],
  [{ plateDetails: '' }, 'plateDetails: 缺少参数'],
  [{ plateDetails: '[]' }, 'plateDetails: 缺少参数'],
  [{ plateDetails: '[{' }, 'plateDetails: 应为 JSON 数组'],
  [{ plateDetails: '[{"plateNo":"","etcNo":""}]' }, '应填且只填一个'],
  [{ plateDetails: '[{"plateNo":"闽A12345","etcNo":"7"}]' }, '应填且只填一个'],
  [{ plateDetails: '[{"plateNo":"无牌车"}]' }, '不是车牌'],
  [{ carType: 0 }, '不是固定车类型'],
  [{ carType: '100' }, '不是固定车类型'],
  [{ carType: 'VIP' }, 'carType: 应为整数'],
  [{ spaceNum: '0' }, 'spaceNum: 不应小于 1'],
  [{ ValidTo: '2018-07-31 23:59:59' }, '早于开始时间'],
  [{ ValidTo: '2018-02-30 00:00:00' }, 'validTo: 应为'],
])('refused and nothing done: %j', async (fields, words) => {
  await refused(world, 'AddCarCardNo', { ...PRINTED, ...fields }, words);
});

test.each([
  [1, 'vip'],
  [2, 'monthly'],
  [3, 'stored-value'],
  [4, 'hours'],
  [5, 'owner'],
  [6, 'counted'],
  [7, 'guest'],
  [8, 'staff'],
  [9, 'coach'],
  [99, 'shared-space'],
  [37, 'monthly'],
] as const)('carType %i is a card of type %s, and told as the code it came with', async (carType, type) => {
  const cardId = await add({ carType });
  expect(world.read.cards.ofPlate('闽A12345')).toMatchObject([{ type }]);
  expect(await query({ cardId })).toMatchObject([{ carType }]);
});

test('a car inside on a card of an unknown type is told by that code, too', async () => {
  await add({ ...YEAR, carType: 37 });
  await world.parked(1, '闽A12345');
  expect(await rowsOf(world, 'SearchParkingInfo', { plateNo: '', cardNo: '' })).toMatchObject([{ carType: 37 }]);
});

test('the same request again is the same card; with anything else said its plate is on another card already', async () => {
  const cardId = await add();
  expect(await repeated(world, 'AddCarCardNo', PRINTED)).toEqual([{ cardId }]);
  for (const other of [{ cardName: '124' }, { ValidTo: '2018-09-30 23:59:59' }, { carType: 2 }, { spaceNum: 3 }])
    await refused(world, 'AddCarCardNo', { ...PRINTED, ...other }, /车牌 闽A12345 已在卡 闽A12345 上/);
});

test('a cancelled card is gone from every query, deleting it again is well, and its plate is free for another', async () => {
  const cardId = await add();
  expect(await world.call('DeleteCarCardNo', { cardId: `${cardId}` })).toEqual(DONE);
  expect(await repeated(world, 'DeleteCarCardNo', { cardId })).toBeNull();
  for (const asked of [{}, { plateNo: '闽A12345' }, { cardId }]) expect(await query(asked)).toEqual([]);
  await refused(world, 'ModifyCarCardNo', { cardId, cardName: 'x' }, '已注销');
  // By no plate: the card may have had another one in the end.
  expect((await world.call('ModifyCarCardNo', { cardId, cardName: 'x' })).resMsg).toBe('该卡已注销');
  await refused(world, 'CarCardNoManage', { cardId, plateNo: '闽A1', modifyType: 0 }, '已注销');
  expect(await add()).toBe(cardId + 1);
});

test('nobody’s number', async () => {
  await refused(world, 'ModifyCarCardNo', { cardId: 9, cardName: 'x' }, '没有编号为 9 的卡片');
  await refused(world, 'DeleteCarCardNo', { cardId: 9 }, '没有编号为 9 的卡片');
  await refused(world, 'CarCardNoManage', { cardId: 9, plateNo: '闽A1', modifyType: 0 }, '没有编号为 9 的卡片');
  expect(await query({ cardId: 9 })).toEqual([]);
  expect(await query({ plateNo: '闽A99999' })).toEqual([]);
});

test('4.2: what is empty, null or missing stays; the rest changes with the plates, or nothing at all', async () => {
  const cardId = await add({ ...YEAR, tel: '18600000000', roomId: 'X-521' });
  const empty = { cardName: '', useName: null, tel: '', plateDetails: '', validFrom: '', validTo: null, spaceNum: '' };
  await repeated(world, 'ModifyCarCardNo', { cardId, ...empty });
  const changed = {
    ...{ cardId: `${cardId}`, roomId: 'X-522', ValidTo: '2027/12/31 23:59:59', totalSPNum: 10 },
    plateDetails:
      '[{"plateNo":"闽A12345","etcNo":"","type":0},{"plateNo":"闽D02000","type":"1"},{"etcNo":"77","type":1}]',
  };
  expect(await world.call('ModifyCarCardNo', changed)).toEqual(DONE);
  expect(await repeated(world, 'ModifyCarCardNo', changed)).toBeNull();
  const [row] = await query({ cardId });
  expect(row).toMatchObject({
    ...{ cardName: '123', tel: '18600000000', roomId: 'X-522', spaceNum: '10' },
    ...{ validFrom: '2026-01-01 00:00:00', validTo: '2027-12-31 23:59:59' },
  });
  expect(await pairs(cardId)).toEqual([...plates('闽D02000'), { plateNo: null, etcNo: '77' }]);
  const last = '[{"plateNo":"闽D02000","type":0},{"etcNo":"77","type":0}]';
  await refused(world, 'ModifyCarCardNo', { cardId, cardName: 'y', plateDetails: last }, '必须保留');
  await refused(world, 'ModifyCarCardNo', { cardId, plateDetails: '[{"plateNo":"闽A1"}]' }, 'type: 缺少参数');
  await refused(world, 'ModifyCarCardNo', { cardId, plateDetails: '[{"plateNo":"闽A1","type":2}]' }, 'type: 应为');
  await refused(world, 'ModifyCarCardNo', { cardId, cardName: 'y', validTo: '2025-01-01 00:00:00' }, '早于开始时间');
});

test('4.4 as printed: isCard 0 beside plates means the plates all the same; again it changes nothing', async () => {
  const cardId = await add({ plateDetails: '[{"plateNo":"闽D02001"}]' });
  const replace = { cardId, plateNo: '闽D02000', oldplateNo: '闽D02001', isCard: 0, modifyType: 1 };
  expect(await world.call('CarCardNoManage', replace)).toEqual(DONE);
  expect(await repeated(world, 'CarCardNoManage', replace)).toBeNull();
  expect(await pairs(cardId)).toEqual(plates('闽D02000'));
  expect(await world.call('CarCardNoManage', { cardId, plateNo: 'AJSD5646SD', modifyType: 0, isCard: 0 })).toEqual(
    DONE,
  );
  expect(await world.call('CarCardNoManage', { cardId, plateNo: '闽F1', oldPlateNo: '', modifyType: '0' })).toEqual(
    DONE,
  );
  expect(await pairs(cardId)).toEqual([...plates('闽D02000', '闽F1'), { plateNo: null, etcNo: 'AJSD5646SD' }]);
  for (const oldplateNo of ['闽D02000', '闽F1'])
    expect(await world.call('CarCardNoManage', { cardId, plateNo: '', oldplateNo, modifyType: 2, isCard: 1 })).toEqual(
      DONE,
    );
  await refused(world, 'CarCardNoManage', { cardId, oldplateNo: 'AJSD5646SD', modifyType: 2, isCard: 0 }, '必须保留');
  await refused(
    world,
    'CarCardNoManage',
    { cardId, plateNo: '闽A1', oldplateNo: '闽D02000', modifyType: 1 },
    '卡上没有车牌',
  );
  await refused(world, 'CarCardNoManage', { cardId, oldplateNo: '闽A1', modifyType: 1 }, 'plateNo: 缺少参数');
  await refused(world, 'CarCardNoManage', { cardId, plateNo: '闽A1', modifyType: 1 }, 'oldplateNo: 缺少参数');
  await refused(world, 'CarCardNoManage', { cardId, plateNo: '闽A1', modifyType: 2 }, 'oldplateNo: 缺少参数');
  await refused(world, 'CarCardNoManage', { cardId, plateNo: '闽A1', modifyType: 3 }, 'modifyType: 应为');
});

test('plates and IC cards of another card are refused, by every way onto a card', async () => {
  await add({ plateDetails: '[{"plateNo":"闽D02000"},{"etcNo":"77"}]' });
  const cardId = await add();
  const both = [
    ['[{"plateNo":"闽D02000"}]', '车牌 闽D02000 已在卡'],
    ['[{"etcNo":"77"}]', 'IC 卡 77 已在卡'],
  ] as const;
  for (const [plateDetails, words] of both) {
    await refused(world, 'AddCarCardNo', { ...PRINTED, cardName: '9', plateDetails }, words);
    const added = plateDetails.replace('}', ',"type":1}');
    await refused(world, 'ModifyCarCardNo', { cardId, cardName: '9', plateDetails: added }, words);
  }
  await refused(world, 'CarCardNoManage', { cardId, plateNo: '闽D02000', modifyType: 0 }, '已在卡');
  await refused(world, 'CarCardNoManage', { cardId, plateNo: '77', isCard: 0, modifyType: 0 }, '已在卡');
});

test('a card of IC cards alone is one, is found by its number at the office, and opens nothing', async () => {
  const cardId = await add({ plateDetails: '[{"plateNo":"","etcNo":"AJSD5646SD"}]' });
  expect(await repeated(world, 'AddCarCardNo', { ...PRINTED, plateDetails: '[{"etcNo":"AJSD5646SD"}]' })).toEqual([
    { cardId },
  ]);
  const found = world.read.cards.search({ text: 'sd5646', offset: 0, limit: 10 });
  expect(found.items).toMatchObject([{ number: 'AJSD5646SD', plates: [], icNumbers: ['AJSD5646SD'] }]);
});

test('the office’s own cards get a number when they are first told; names of areas; both keys must match', async () => {
  const { cards } = world.registry;
  const span = { validFrom: Date.UTC(2026, 0, 1), validTo: Date.UTC(2026, 11, 31), areas: ['a2'], owner: '李四' };
  for (const [index, type] of (['stored-value', 'counted', 'hours'] as const).entries())
    cards.create({ ...span, type, plates: [`闽B0000${index}`], ...held(type) }, ANNA);
  const rows = await query();
  expect(rows.map((row) => row['cardId'])).toEqual([1, 2, 3]);
  const told = rows.map((row) => [row['carType'], row['validValue'], row['areaList'], row['cardName']]);
  expect(told.sort(([a], [b]) => Number(a) - Number(b))).toEqual([
    [3, 5000, ['内场'], '李四'],
    [4, 0, ['内场'], '李四'],
    [6, 7, ['内场'], '李四'],
  ]);
  expect(await query()).toEqual(rows);
  const [counted] = await query({ plateNo: '闽B00001' });
  const cardId = Number(counted?.['cardId']);
  expect(await query({ plateNo: '闽B00001', cardId })).toEqual([rows[cardId - 1]]);
  expect(await query({ plateNo: '闽B00002', cardId })).toEqual([]);
  expect(await query({ plateNo: null, cardId: '' })).toEqual(rows);
});
const held = (type: string) => ({
  balanceFen: type === 'stored-value' ? 5000 : 0,
  timesLeft: type === 'counted' ? 7 : 0,
});

test('a thousand cards come in one answer, in the order of their numbers, though others have their turn between', async () => {
  const span = { validFrom: Date.UTC(2026, 0, 1), validTo: Date.UTC(2026, 11, 31) };
  world.store.write((tx) => {
    for (let index = 0; index < 1000; index += 1)
      world.registry.cards.createIn(
        tx,
        { ...span, type: 'monthly', plates: [`闽C${10_000 + index}`] },
        ANNA,
        'imported',
      );
  });
  let over = false;
  const answer = query().finally(() => {
    over = true;
  });
  while (!over) await world.clock.advance(1);
  const ids = (await answer).map((row) => row['cardId']);
  expect(ids).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
});

test('while cards are imported nobody else takes plates, and the third party hears so', async () => {
  const cardId = await add();
  world.registry.cards.importing(true);
  await refused(world, 'AddCarCardNo', { ...PRINTED, plateDetails: '[{"plateNo":"闽A1"}]' }, '正在导入');
  await refused(world, 'CarCardNoManage', { cardId, plateNo: '闽A1', modifyType: 0 }, '正在导入');
  expect(await world.call('ModifyCarCardNo', { cardId, cardName: '地库' })).toEqual(DONE);
});

const pay = (cardId: number, fields = {}) => ({
  ...{ cardId, orderNo: 'R1', amount: 30_000, ValidFrom: '2026-09-01 00:00:00', ValidTo: '2026-09-30 23:59:59' },
  ...fields,
});
const booked = () => world.told('card-changed').flatMap(({ body }) => (body.why === 'recharged' ? [body] : []));

test('4.6: the validity is set and the money booked, once for each order and card', async () => {
  const cardId = await add(YEAR);
  const other = await add({ ...YEAR, plateDetails: '[{"plateNo":"闽D02000"}]' });
  expect(await world.call('PayCarCardFee', pay(cardId))).toEqual(DONE);
  expect(await repeated(world, 'PayCarCardFee', pay(cardId))).toBeNull();
  expect(await repeated(world, 'PayCarCardFee', pay(cardId, { amount: 1 }))).toBeNull();
  expect(await world.call('PayCarCardFee', pay(other))).toEqual(DONE);
  const whole = { validFrom: '2026-09-01 00:00:00', validTo: '2026-09-30 23:59:59' };
  expect(await query()).toMatchObject([whole, whole]);
  expect(booked()).toMatchObject([
    { paidFen: 30_000, method: 'platform', shiftId: null },
    { paidFen: 30_000, method: 'platform', shiftId: null },
  ]);
});

test('4.6: money goes onto a stored-value card and leaves its validity; a counted card cannot be recharged so', async () => {
  const stored = await add({ ...YEAR, carType: 3 });
  const counted = await add({ ...YEAR, carType: 6, plateDetails: '[{"plateNo":"闽D02000"}]' });
  expect(await world.call('PayCarCardFee', pay(stored, { orderNo: 1, amount: '30000' }))).toEqual(DONE);
  expect(await query({ cardId: stored })).toMatchObject([{ validValue: 30_000, validTo: '2026-12-31 23:59:59' }]);
  await refused(world, 'PayCarCardFee', pay(counted), '计次卡');
  await refused(world, 'PayCarCardFee', pay(stored, { orderNo: 'R2', amount: 10_000_000 }), '超过上限');
  await refused(world, 'PayCarCardFee', pay(stored, { orderNo: 'R3', amount: -1 }), 'amount');
  await refused(world, 'PayCarCardFee', pay(stored, { orderNo: 'R4', ValidTo: '2026-08-01 00:00:00' }), '早于开始时间');
});

test('4.6 without an order number: soon again it is a repetition, later it is money again; a validity is bought once', async () => {
  const stored = await add({ ...YEAR, carType: 3 });
  const monthly = await add({ ...YEAR, plateDetails: '[{"plateNo":"闽D02000"}]' });
  const nameless = (cardId: number) => pay(cardId, { orderNo: '' });
  for (const cardId of [stored, monthly]) expect(await world.call('PayCarCardFee', nameless(cardId))).toEqual(DONE);
  for (const cardId of [stored, monthly]) expect(await repeated(world, 'PayCarCardFee', nameless(cardId))).toBeNull();
  world.clock.jumpWall(10 * MINUTE);
  expect(await repeated(world, 'PayCarCardFee', nameless(monthly))).toBeNull();
  expect(await world.call('PayCarCardFee', nameless(stored))).toEqual(DONE);
  expect(await query({ cardId: stored })).toMatchObject([{ validValue: 60_000 }]);
  expect(booked()).toHaveLength(3);
});

test('a site may have a recharge joined to what is still in force', async () => {
  await world.dispose();
  world = await KeytopWorld.open({ settings: { cards: { recharge: 'join' } } });
  const cardId = await add({ ...YEAR, ValidTo: '2026-08-31 23:59:59' });
  expect(await world.call('PayCarCardFee', pay(cardId))).toEqual(DONE);
  expect(await query({ cardId })).toMatchObject([{ validFrom: '2026-01-01 00:00:00', validTo: '2026-09-30 23:59:59' }]);
  const later = { orderNo: 'R2', ValidFrom: '2027-01-01 00:00:00', ValidTo: '2027-12-31 23:59:59' };
  expect(await world.call('PayCarCardFee', pay(cardId, later))).toEqual(DONE);
  expect(await query({ cardId })).toMatchObject([{ validFrom: '2027-01-01 00:00:00', validTo: '2027-12-31 23:59:59' }]);
});

test('4.7: the plans of a type in both spellings, unit by unit', async () => {
  const plans = [
    ['monthly', 'months', 1, 30_000, 1],
    ['monthly', 'days', 7, 10_000, 0],
    ['stored-value', 'money', 50_000, 45_000, 5_000],
    ['hours', 'hours', 20, 6_000, 2],
    ['counted', 'times', 10, 8_000, 1],
  ] as const;
  for (const [type, unit, amount, priceFen, gift] of plans)
    world.registry.recharges.putPlan({ name: `${type} ${unit}`, type, unit, amount, priceFen, gift }, null, ANNA);
  const told = async (carType: unknown) =>
    (await rowsOf(world, 'GetCardProduct', { carType }))
      .map((row) => Object.values(row))
      .sort(([, a], [, b]) => Number(a) - Number(b));
  expect(await rowsOf(world, 'GetCardProduct', { carType: 3 })).toEqual([
    {
      ...{ ruleName: 'stored-value money', rechargeAmount: 50_000, rechargeType: 0, basicMoney: 45_000 },
      ...{ sentAmount: 5_000, sentType: 0, snetType: 0 },
    },
  ]);
  expect(await told('2')).toEqual([
    ['monthly months', 1, 1, 30_000, 1, 1, 1],
    ['monthly days', 7, 2, 10_000, 0, 2, 2],
  ]);
  expect(await told(4)).toEqual([['hours hours', 20, 3, 6_000, 2, 3, 3]]);
  expect(await told(6)).toEqual([['counted times', 10, 4, 8_000, 1, 4, 4]]);
  expect(await told(0)).toEqual([]);
  expect(await told(8)).toEqual([]);
});

test('one spelling where the site wants one', async () => {
  await world.dispose();
  world = await KeytopWorld.open({ settings: { bothSpellings: false } });
  await add();
  const [row] = await query();
  expect(row).not.toHaveProperty('validForm');
});
