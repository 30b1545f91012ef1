import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { keytopSettingsSchema } from '../../../../electron/station/platforms/keytop/config.ts';
import { deductedFen } from '../../../../electron/station/platforms/keytop/readings.ts';
import { IN, OUT } from '../../../support/lane-world.ts';
import type { Data } from '../platform-station.ts';
import { ANNA, CAR, KeytopWorld } from './keytop-world.ts';
import { settings } from './support.ts';

const README = new URL('../../../../electron/station/platforms/keytop/README.md', import.meta.url);

/** `id`, `setting` of each decision in the README. */
function decisions(): readonly { readonly id: string; readonly setting: string }[] {
  const text = readFileSync(README, 'utf8');
  const [, table = ''] = text.split('### The decisions, one by one');
  return [...(table.split('\n#')[0] ?? '').matchAll(/^\| (G\d\d) \| [^|]+ \| ([^|]+) \|$/gm)].map(
    ([, id = '', setting = '']) => ({
      id,
      setting: setting.trim(),
    }),
  );
}

test('the README tells each of the 34 decisions once, with a setting that there is and that names it, or why there is none', () => {
  const rows = decisions();
  expect(rows.map(({ id }) => id)).toEqual(
    Array.from({ length: 34 }, (_, at) => `G${String(at + 1).padStart(2, '0')}`),
  );
  const schema = z.record(z.string(), z.unknown()).parse(z.toJSONSchema(keytopSettingsSchema, { io: 'input' }));
  for (const { id, setting } of rows) {
    if (/^no choice, because \S/.test(setting)) continue;
    const names = [...setting.matchAll(/`([\w.]+)`/g)].map(([, name = '']) => name);
    expect(names, id).not.toEqual([]);
    const about = names.map((name) => JSON.stringify(at(schema, name.split('.')))).join();
    expect(about, `${id} ${setting}`).toContain(id);
  }
});

/** Of a JSON schema, the part of this setting. */
function at(schema: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return schema;
  const { properties } = z.looseObject({ properties: z.record(z.string(), z.unknown()) }).parse(schema);
  expect(Object.keys(properties)).toContain(name);
  return at(properties[name], rest);
}

test('G12: what was deducted is read from either name, or from the one that counts', () => {
  const read = (deduction: string, answer: { densitymoney?: number; deductmoney?: number }) =>
    deductedFen(answer, { settings: settings({ readings: { deduction } }) });
  expect(read('both', { deductmoney: 3 })).toEqual({ fen: 3 });
  expect(read('both', { densitymoney: 3, deductmoney: 4 })).toHaveProperty('unknown');
  expect(read('densityMoney', { densitymoney: 3, deductmoney: 4 })).toEqual({ fen: 3 });
  expect(read('deductMoney', { densitymoney: 3, deductmoney: 4 })).toEqual({ fen: 4 });
  expect(read('deductMoney', { densitymoney: 3 })).toHaveProperty('unknown');
});

describe('on a station', () => {
  let world: KeytopWorld;
  afterEach(() => world.dispose());
  const open = async (readings: Data, more: Data = {}): Promise<void> => {
    world = await KeytopWorld.open({ settings: { readings, ...more } });
  };
  const CARD = {
    ...{ cardName: '123', useName: '张三', tel: '', roomId: '', plateDetails: '[{"plateNo":"闽A12345","etcNo":""}]' },
    ...{ carType: 2, spaceNum: '2', validFrom: '2026-01-01 00:00:00', validTo: '2026-12-31 23:59:59' },
  };
  const BOOKING = {
    ...{ preMoney: 0, validFrom: '2026-03-01 00:00:00', validTo: '2026-03-31 00:00:00', bookType: 1, promptly: 1 },
  };

  it.each([
    [
      'plate-first',
      [
        ['闽A12345', null],
        ['闽A00002', null],
      ],
    ],
    [
      'table',
      [
        ['闽A12345', null],
        [null, '闽A00002'],
      ],
    ],
  ])('G19: isCard 0 beside a plate: %s', async (isCard, pairs) => {
    await open({ isCard });
    const { data } = await world.call('AddCarCardNo', CARD);
    const cardId = data?.[0]?.['cardId'];
    const added = await world.call('CarCardNoManage', { cardId, plateNo: '闽A00002', isCard: 0, modifyType: 0 });
    expect(added.resCode).toBe(0);
    const told = (await world.call('GetCarCardInfo', { cardId })).data?.[0]?.['plateDetails'];
    expect(JSON.parse(String(told))).toEqual(pairs.map(([plateNo, etcNo]) => ({ plateNo, etcNo })));
  });

  it('G20: freeTime of 3.3 in minutes', async () => {
    await open({ freeTime: 'minutes' });
    const uid = await world.parked(30);
    expect(await world.call('ParkingFree', { plateNo: CAR, freeTime: 90, payType: 4, payMethod: 4 })).toMatchObject({
      resCode: 0,
      resMsg: '',
    });
    expect(world.read.stays.get(uid)?.discounts).toMatchObject([{ kind: 'minutes', value: 90 }]);
  });

  it('G23: nothing found is 0 with an empty list where the site says so; a wrong request stays 1', async () => {
    await open({ notFound: 'empty' });
    const empty = { resCode: 0, resMsg: '', data: [] };
    expect(await world.call('GetParkingPaymentInfo', { plateNo: '闽A00009' })).toEqual(empty);
    expect(await world.call('GetPaymentStatus', { orderNo: 'none' })).toEqual(empty);
    expect(await world.call('GetPayChargeInfo', { orderNo: '100000000000' })).toEqual(empty);
    expect((await world.call('GetParkingPaymentInfo', {})).resCode).toBe(1);
  });

  it('G25: codes in no list are refused where the site says so', async () => {
    await open({ unlistedCodes: 'refused' });
    await world.parked(30);
    const free = { plateNo: CAR, freeTime: 60 };
    expect(await world.call('AddCarCardNo', { ...CARD, carType: 55 })).toMatchObject({ resCode: 1 });
    expect(await world.call('GetCardProduct', { carType: 55 })).toMatchObject({ resCode: 1 });
    expect(await world.call('ParkingFree', { ...free, payType: 77, payMethod: 4 })).toMatchObject({ resCode: 1 });
    expect(await world.call('ParkingFree', { ...free, payType: 4, payMethod: 77 })).toMatchObject({ resCode: 1 });
    expect((await world.call('ParkingFree', { ...free, payType: 4, payMethod: 5 })).resCode).toBe(0);
    expect((await world.call('AddCarCardNo', CARD)).resCode).toBe(0);
  });

  it.each([
    ['optional', 0],
    ['required', 1],
  ])('G27: parkCode below /api/pay/ is %s', async (oldParkCode, resCode) => {
    await open({ oldParkCode });
    await world.parked(30);
    const path = '/api/pay/GetParkingPaymentInfo';
    expect((await world.call('GetParkingPaymentInfo', { plateNo: CAR, parkCode: null }, { path })).resCode).toBe(
      resCode,
    );
  });

  it('G30: the order of keys, and what is not read', async () => {
    await open({ carKeys: ['cardNo', 'plateNo'] });
    await world.parked(30);
    const asked = (fields: Data) => world.call('GetParkingPaymentInfo', fields);
    expect((await asked({ plateNo: CAR, cardNo: 'nobody' })).resCode).toBe(1);
    expect((await asked({ plateNo: CAR })).resCode).toBe(0);
    expect(keytopSettingsSchema.shape.readings.safeParse({ carKeys: ['cardNo', 'cardNo'] }).success).toBe(false);
  });

  it('all spaces add up with those of the areas; open ones alone where the site says so', async () => {
    const site = { totalSpaces: 110, openSpaces: 90 };
    for (const [count, told] of [
      ['all', { freeSpaceNum: 110, totalSpaceNum: 110 }],
      ['open', { freeSpaceNum: 90, totalSpaceNum: 90 }],
    ] as const) {
      if (count === 'open') await world.dispose();
      world = await KeytopWorld.open({ site, settings: { spaces: { count } } });
      await world.pass(1500, 3);
      expect(world.sent('PostFreeParkingSpace')[0]).toMatchObject(told);
    }
  });

  it('cars without a plate are found by the words that they are told by; signs alone find nothing', async () => {
    await open({});
    const number = 'oABCDEFGHIJKLMN0001';
    world.car(IN.id, '');
    world.lanes.identify(IN.id, number, ANNA);
    await world.parked(0);
    const inside = async (plateNo: string) => (await world.call('SearchParkingInfo', { plateNo, cardNo: '' })).data;
    expect(await inside('无牌车')).toMatchObject([{ plateNo: '', cardNo: number }]);
    expect(await inside('')).toHaveLength(2);
    expect(await inside('-')).toEqual([]);
    await world.call('BlackListControl', { blackId: 0, plateNo: '闽A00001', remark: '', controlType: 0 });
    expect((await world.call('GetBlackInfo', { plateNo: '·' })).data).toEqual([]);
    world.car(OUT.id, '');
    world.lanes.identify(OUT.id, number, ANNA);
    await world.settled();
    const day = { startTime: '2026-03-02 00:00:00', endTime: '2026-03-02 23:59:59', pageIndex: 1, pageCount: 10 };
    const found = await world.call('GetCarInOutInfoByPlate', { plateNo: '无牌车', ...day });
    expect(found.data).toMatchObject([{ totalNum: '1', detail: [{ plateNo: '' }] }]);
  });

  it('what is no plate is neither listed nor booked', async () => {
    await open({});
    for (const plateNo of ['无牌车', '闽A12345闽A12345闽A12345', '-']) {
      const listed = { blackId: 0, plateNo, remark: '', controlType: 0 };
      expect((await world.call('BlackListControl', listed)).resCode, plateNo).toBe(1);
      expect((await world.call('AddBookingCar', { plateNo, ...BOOKING })).resCode, plateNo).toBe(1);
    }
    expect((await world.call('AddBookingCar', { plateNo: '闽A12345', ...BOOKING })).resCode).toBe(0);
  });

  it('G26: the whole fee is asked for at the exit where the site says so', async () => {
    await open({ seamlessTotal: 'fee' });
    const uid = await world.parked(61);
    const order = (await world.call('GetParkingPaymentInfo', { plateNo: CAR })).data?.[0];
    const paid = {
      amount: order?.['payable'],
      discount: 0,
      payType: 4,
      payMethod: 4,
      freeMoney: 0,
      freeTime: 0,
      freeDetail: '',
    };
    expect((await world.call('PayParkingFee', { orderNo: order?.['orderNo'], ...paid })).resCode).toBe(0);
    await world.call('RecordDensityPay', { plateNo: CAR });
    world.clock.jumpWall(120 * 60_000);
    world.car('out1');
    await world.heard('PostCarOutInfo');
    const [asked] = world.sent('PostCarOutInfo');
    const attempt = world.read.attempts.ofStay(uid).find(({ channel }) => channel === 'keytop');
    expect(asked?.['totalMoney']).toBe((attempt?.amountFen ?? 0) + Number(order?.['payable']));
  });
});
