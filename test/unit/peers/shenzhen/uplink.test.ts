import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../peers/shenzhen/index.ts';
import { BERTH, DEVICE, ENTRANCE, ENTRY, EXIT, FREE, LIST, PARK, STATUS, UPDATE } from './samples.ts';
import { broken, rules, type Written, world } from './support.ts';
import { MINUTE, NOW, sign } from './wire.ts';

const EVERY: readonly (readonly [string, JsonObject])[] = [
  ...([
    ['park', PARK],
    ['equipment', DEVICE],
    ['entranceInfo', ENTRANCE],
    ['berthInfo', BERTH],
  ] as const),
  ...([
    ['berthStatus', STATUS],
    ['blackWhite', LIST],
    ['parkRecordEntry', ENTRY],
    ['freeNum', FREE],
  ] as const),
  ...([
    ['parkRecordUpdate', UPDATE],
    ['parkRecordExit', { ...EXIT, plateNumber: '粤B12346' }],
  ] as const),
];

test('a day without a fault', async () => {
  const w = await world();
  for (const [name, fields] of EVERY) expect([name, await w.park.says(name, fields)]).toEqual([name, 0]);
  expect(w.cloud.violations).toEqual([]);
  expect(w.cloud.doubts).toEqual([]);
  expect(w.cloud.waiting()).toEqual([]);
  const { state } = w.cloud;
  expect([state.berths.size, state.devices.size, state.entrances.size, state.lists.size]).toEqual([1, 1, 1, 1]);
  expect(state.freeSpaces?.count).toBe(123);
  const record = w.cloud.record('80010001260302000001');
  expect([record?.known['plateNumber'], record?.exit?.['actualPay']]).toEqual(['粤B12346', '800']);
});

describe('transport', () => {
  test.each<[string, Written, string]>([
    ['another method', { method: 'PUT' }, 'method'],
    ['a query', { query: '?a=1' }, 'query'],
    ['JSON instead', { contentType: 'application/json' }, 'content-type'],
    ['another charset', { contentType: 'application/x-www-form-urlencoded;charset=gbk' }, 'content-type'],
    ['any answer', { accept: '*/*' }, 'headers'],
    ['no length', { chunked: true }, 'headers'],
    ['another secret', { signature: 'A'.repeat(40) }, 'signature'],
    [
      'lower case',
      { signature: sign({ accessKey: '0667bb1c1aa7fb1f', ...FREE, timestamp: NOW }).toLowerCase() },
      'format',
    ],
    ['empty ones left out of the signature', { signed: { dataSouce: '' } }, 'signature'],
    ['no form', { body: 'hello' }, 'form'],
    ['a plus for nothing', { body: 'freeNum=1&freeNum=2' }, 'form'],
    ['not escaped', { body: 'accessKey=a/b' }, 'escape'],
    ['not UTF-8', { body: 'accessKey=%B8' }, 'charset'],
    ['half an escape', { body: 'accessKey=%4' }, 'escape'],
    ['too much', { body: `accessKey=${'a'.repeat(10_000_000)}` }, 'length'],
  ])('%s', async (_, how, rule) => {
    const w = await world();
    expect(await w.park.says('freeNum', FREE, how)).not.toBe(0);
    expect(broken(w)).toContain(rule);
    expect(w.cloud.state.freeSpaces).toBeNull();
  });

  test('codes say what is wrong', async () => {
    const { park } = await world();
    expect(await park.says('freeNum', FREE, { signature: 'A'.repeat(40) })).toBe(401);
    expect(await park.says('freeNum', { ...FREE, accessKey: 'x' })).toBe(401);
    expect(await park.says('freeNum', { ...FREE, parkCode: '8' })).toBe(404);
    expect(await park.says('freeNum', { ...FREE, timestamp: NOW - 6 * MINUTE })).toBe(408);
    expect(await park.says('freeSpaces', FREE)).toBe(405);
    expect(await park.says('freeNum', { ...FREE, freeNum: 'x' })).toBe(400);
  });

  test('not strict: noted, and done', async () => {
    const w = await world();
    w.cloud.strict = false;
    expect(await w.park.says('freeNum', { ...FREE, more: 1 })).toBe(0);
    expect(broken(w)).toEqual(['unknown-field']);
    expect(w.cloud.state.freeSpaces?.count).toBe(123);
  });
});

describe('tables', () => {
  test.each<[string, JsonObject, JsonObject, string]>([
    ['parkRecordEntry', ENTRY, { recordCode: 'x'.repeat(21) }, 'length'],
    ['parkRecordEntry', ENTRY, { berthCode: 'NS0001' }, 'format'],
    ['parkRecordEntry', ENTRY, { entryTime: 1506496739 }, 'format'],
    ['parkRecordEntry', ENTRY, { entryTime: NOW + 5 * MINUTE }, 'time'],
    ['parkRecordEntry', ENTRY, { plateColor: 6 }, 'code'],
    ['parkRecordEntry', ENTRY, { plateColor: '黑' }, 'code'],
    ['parkRecordEntry', ENTRY, { dataSouce: 100 }, 'length'],
    ['parkRecordEntry', ENTRY, { inFeaturePic: 'a.jpg' }, 'format'],
    ['parkRecordEntry', ENTRY, { inFeaturePic: `http://a/${'b'.repeat(100)}` }, 'length'],
    ['parkRecordEntry', ENTRY, { recordCode: '' }, 'presence'],
    ['parkRecordEntry', ENTRY, { plateNumber: ' 粤B12345' }, 'format'],
    ['parkRecordEntry', ENTRY, { plateNumber: 'adfdcdfdfdfdf' }, 'secret'],
    ['parkRecordExit', EXIT, { exitTime: NOW - 180 * MINUTE }, 'time'],
    ['parkRecordExit', EXIT, { actualPay: 900 }, 'sum'],
    ['parkRecordExit', EXIT, { shouldPay: '10.00' }, 'type'],
    ['berthInfo', BERTH, { state: 2 }, 'code'],
    ['equipment', DEVICE, { createTime: '20260230100000' }, 'format'],
    ['equipment', DEVICE, { equipmentType: '1500' }, 'code'],
    ['berthStatus', STATUS, { berthState: '[{"berthCode":"A", "state":1}]' }, 'format'],
    ['berthStatus', STATUS, { berthState: '[{"berthCode":"A","state":"1"}]' }, 'format'],
    ['berthStatus', STATUS, { berthState: '[{"berthCode":"A","state":1},{"berthCode":"A","state":1}]' }, 'berths'],
    [
      'berthStatus',
      STATUS,
      {
        berthState: `[${Array.from({ length: 9 }, (_, i) => `{"berthCode":"NS00010001000${i}","state":1}`).join(',')}]`,
      },
      'length',
    ],
    ['entranceInfo', ENTRANCE, { name: '一二三四五六七八九十一' }, 'length'],
    ['entranceInfo', ENTRANCE, { longitude: '22.5' }, 'format'],
    ['entranceInfo', ENTRANCE, { equipments: '[{"equipmentCode":"A"}]' }, 'format'],
    ['blackWhite', LIST, { endDate: NOW - MINUTE }, 'time'],
    ['park', PARK, { lng: '114.057868' }, 'format'],
    ['park', PARK, { totalSpace: 10_000 }, 'length'],
    ['freeNum', FREE, { freeNum: -1 }, 'format'],
  ])('%s %#', async (name, fields, change, rule) => {
    const w = await world();
    expect(await w.park.says(name, { ...fields, ...change })).not.toBe(0);
    expect(broken(w)).toEqual([rule]);
  });

  test.each(EVERY)('%s: every field that must be there', async (name, fields) => {
    const w = await world();
    const optional = [
      'sequence',
      'garageCode',
      'roadName',
      'longitude',
      'latitude',
      'equipments',
      'beginDate',
      'endDate',
    ];
    const loose = ['inFeaturePic', 'inPlatePic', 'outFeaturePic', 'outPlatePic', 'image', 'description'];
    const amounts = ['shouldPay', 'actualPay', 'agioMoney', 'exitTime'];
    for (const field of Object.keys(fields)) {
      if (name === 'parkRecordExit' ? amounts.slice(0, 3).includes(field) : amounts.includes(field)) continue;
      if (optional.includes(field) || loose.includes(field)) continue;
      const { [field]: _, ...rest } = fields;
      expect([field, await w.park.says(name, rest)]).toEqual([field, 400]);
    }
    expect(new Set(broken(w))).toEqual(new Set(['presence']));
  });
});

describe('other bodies', () => {
  const JSON_TYPE = { contentType: 'application/json;charset=utf-8' };

  test('JSON', async () => {
    const w = await world({ bodyMode: 'json' });
    const whole = w.park.whole(FREE);
    expect(await w.park.says('freeNum', {}, { ...JSON_TYPE, body: JSON.stringify(whole) })).toBe(0);
    expect(broken(w)).toEqual([]);
    const texts = w.park.whole({ ...FREE, freeNum: '5' });
    expect(await w.park.says('freeNum', {}, { ...JSON_TYPE, body: JSON.stringify(texts) })).toBe(400);
    expect(broken(w)).toContain('type');
  });

  test('an envelope of two, and one of them wrong', async () => {
    const w = await world({ bodyMode: 'envelope' });
    const data = [w.park.whole(BERTH), w.park.whole({ ...BERTH, berthCode: 'NS000100010002' })];
    const signedEnvelope = (list: readonly JsonObject[]): string => {
      const root = { timestamp: NOW, data: list };
      return JSON.stringify({ timestamp: NOW, sign: sign(root), data: list });
    };
    expect(await w.park.says('berthInfo', {}, { ...JSON_TYPE, body: signedEnvelope(data) })).toBe(0);
    expect([w.cloud.state.berths.size, w.cloud.log.length, broken(w)]).toEqual([2, 2, []]);
    const bad = signedEnvelope([...data.slice(1)]).replace('"state":1', '"state":0');
    expect(await w.park.says('berthInfo', {}, { ...JSON_TYPE, body: bad })).toBe(401);
    expect(rules(w.cloud.violations)).toContain('signature');
  });
});
