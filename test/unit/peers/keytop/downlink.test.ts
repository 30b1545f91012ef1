import { describe, expect, test } from 'vitest';
import { decrypt } from '../../../peers/keytop/cipher.ts';
import { DOWN } from '../../../peers/keytop/down/index.ts';
import type { CallOptions, JsonObject } from '../../../peers/keytop/index.ts';
import { no, ok, rules, world } from './support.ts';

const PERIOD = { startTime: '2026-03-01 00:00:00', endTime: '2026-03-02 23:59:59', pageIndex: 1, pageCount: 20 };
const PARAMS: Record<string, JsonObject> = {
  ...{ GetCarInOutInfoByPlate: { ...PERIOD, plateNo: 'B1' }, GetCarInOutInfoByPlace: PERIOD, SearchParkingInfo: {} },
  ...{ OnlineCarInOut: { deviceCode: '300', cardNo: 'oABCDEFGHIJKLMN1' }, ModifyFreeSpace: { freeSpaceNum: 1 } },
  ...{ GateControl: { deviceCode: '300', controlType: 1 }, ShowLedMsg: { deviceCode: '300', showInfo: 'A|B' } },
  ...{ RecordDensityPay: { plateNo: '粤B12345' }, GetPhoto: { deviceCode: '300' } },
  ...{ GetParkingPaymentInfo: { plateNo: '粤B12345' }, GetPaymentStatus: { orderNo: 'K1' } },
  PayParkingFee: {
    ...{ orderNo: 'K1', amount: 500, discount: 0, payType: 4, payMethod: 4, freeMoney: 0, freeTime: 0 },
    freeDetail: '',
  },
  ...{ ParkingFree: { plateNo: '粤B12345', freeTime: 3600, payType: 4, payMethod: 4 } },
  ...{ GetPayChargeInfo: { orderNo: 'C1' }, PayChargeNotice: { orderNo: 'C1', chargeType: '0' } },
  ...{ PayChargeReport: PERIOD, DeleteCarCardNo: { cardId: 5 }, ModifyCarCardNo: { cardId: 5, spaceNum: '2' } },
  AddCarCardNo: {
    ...{ cardName: '张三', useName: '张三', plateDetails: [{ plateNo: '粤B12345', etcNo: '' }], carType: 2 },
    ...{ spaceNum: '1', validFrom: '2026-03-01 00:00:00', validTo: '2026-03-31 23:59:59' },
  },
  ...{ CarCardNoManage: { cardId: 5, plateNo: '粤B1', modifyType: 0 }, GetCarCardInfo: {} },
  PayCarCardFee: {
    ...{ cardId: 5, orderNo: 'R1', amount: 30_000 },
    ...{ validFrom: '2026-04-01 00:00:00', validTo: '2026-04-30 23:59:59' },
  },
  ...{ GetCardProduct: { carType: 2 }, BlackListControl: { blackId: 0, plateNo: '粤B1', controlType: 0 } },
  ...{ GetBlackInfo: {}, GetBookingCar: { plateNo: '粤B12345' }, ModifyBookingCar: { bookid: 1, modifyType: 1 } },
  AddBookingCar: {
    ...{ plateNo: '粤B12345', preMoney: 0, bookType: 1 },
    ...{ validFrom: '2026-03-01 00:00:00', validTo: '2026-03-31 23:59:59' },
  },
};

describe('28 interfaces on their paths', () => {
  test('there are 28, each with a call that is legal', async () => {
    expect([...DOWN.keys()].sort()).toEqual(Object.keys(PARAMS).sort());
    expect(DOWN.size).toBe(28);
    const { thirdParty, park } = await world();
    for (const [name, params] of Object.entries(PARAMS)) {
      park.answers[name] = no('无数据');
      const call = await thirdParty.call(name, params);
      expect([name, call.legal, call.violations]).toEqual([name, true, []]);
      expect(park.fields()).toMatchObject({
        ...params,
        ...(name === 'AddCarCardNo' ? { plateDetails: '[{"plateNo":"粤B12345","etcNo":""}]' } : {}),
        parkCode: '123',
      });
    }
    expect(park.heard.map(({ path }) => path)).toContain('/api/ParkingManage/GetPhoto');
    expect(new Set(park.heard.map(({ path }) => path)).size).toBe(28);
    expect(park.heard[0]).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/json;charset=utf-8', user: 'ktapi', pwd: 'uR7mq2' },
    });
  });

  test('legacy paths by their own names, where there are any', async () => {
    const { thirdParty, park } = await world();
    for (const [name, { legacy }] of DOWN) {
      park.answers[name] = no('无数据');
      park.raw = legacy ? null : { status: 404, body: '' };
      const call = await thirdParty.call(name, PARAMS[name] ?? {}, { path: 'legacy' });
      expect([name, call.legal, call.violations]).toEqual([name, legacy !== null, []]);
    }
    const paths = park.heard.map(({ path }) => path);
    expect(paths).toContain('/api/card2/DeleteCarCardNo');
    expect(paths).toContain('/api/pay2/ModifyFreeSpace');
    expect(paths).toContain('/api/book/GetBookingCar');
    park.raw = null;
    const call = await thirdParty.gateControl({ deviceCode: '300', controlType: 1 }, { path: 'legacy' });
    expect(rules(call.violations)).toEqual(['answer']);
    expect(call.http).toBe(200);
  });
});

describe('odd, but legal', () => {
  const card = PARAMS['AddCarCardNo'] ?? {};
  test.each<[string, string, JsonObject, CallOptions, JsonObject]>([
    [
      'spelled as printed',
      'AddCarCardNo',
      card,
      { spelling: 'example' },
      { ValidFrom: '2026-03-01 00:00:00', totalSPNum: '1' },
    ],
    [
      'the last alias',
      'AddCarCardNo',
      card,
      { spelling: 'alias' },
      { validForm: '2026-03-01 00:00:00', userName: '张三' },
    ],
    [
      'camel',
      'CarCardNoManage',
      { cardId: 5, oldplateNo: 'A', modifyType: 2 },
      { spelling: 'camel' },
      { oldPlateNo: 'A' },
    ],
    ['upper', 'DeleteCarCardNo', { cardId: 5 }, { spelling: 'upper' }, { CARDID: 5, PARKCODE: '123' }],
    ['with a blank', 'DeleteCarCardNo', { cardId: 5 }, { spelling: 'blank' }, { 'cardId ': 5 }],
    ['numbers as texts', 'DeleteCarCardNo', { cardId: 5 }, { numbers: 'string' }, { cardId: '5' }],
    ['texts as numbers', 'DeleteCarCardNo', { cardId: 5 }, { texts: 'number' }, { parkCode: 123 }],
    ['slashes', 'AddCarCardNo', card, { dates: '/' }, { validFrom: '2026/03/01 00:00:00' }],
    ['unpadded', 'AddCarCardNo', card, { dates: 'unpadded' }, { validFrom: '2026-3-1 0:00:00' }],
    [
      'nulls',
      'GetParkingPaymentInfo',
      { plateNo: 'A' },
      { nulls: true },
      { plateNo: 'A', cardNo: null, deviceCode: null },
    ],
    ['empties', 'GetParkingPaymentInfo', { plateNo: 'A' }, { empties: true }, { cardNo: '', deviceCode: '' }],
    ['a real array', 'AddCarCardNo', card, { packed: 'array' }, { plateDetails: [{ plateNo: '粤B12345', etcNo: '' }] }],
    ['more fields', 'DeleteCarCardNo', { cardId: 5 }, { extra: { sign: 'x' } }, { sign: 'x' }],
    ['raw bytes', 'AddCarCardNo', { ...card, useName: '朱镕𠮷' }, { gb18030: true }, { useName: '朱镕𠮷' }],
    ['escapes', 'AddCarCardNo', card, { escapes: true }, { useName: '张三' }],
    ['a form', 'AddCarCardNo', card, { form: true }, { useName: '张三' }],
    ['lines', 'AddCarCardNo', card, { lines: true }, { useName: '张三' }],
    ['continue', 'AddCarCardNo', card, { expect100: true }, { useName: '张三' }],
    [
      '2016 without parkCode',
      'GetParkingPaymentInfo',
      { plateNo: 'A12345' },
      { path: '2016', omit: ['parkCode'] },
      { plateNo: 'A12345' },
    ],
  ])('%s', async (_what, name, params, how, arrived) => {
    const { thirdParty, park } = await world();
    park.answers[name] = no();
    const call = await thirdParty.call(name, params, how);
    expect([call.legal, call.error, call.violations]).toEqual([true, null, []]);
    expect(park.fields()).toMatchObject(arrived);
    if (how.form) expect(park.heard[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    if (how.expect100) expect(park.heard[0]?.headers['expect']).toBe('100-continue');
    if (how.form || how.lines) expect(park.heard[0]?.body).toMatch(/\r\n|\\r\\n/);
    if (how.escapes) expect(park.heard[0]?.text).toContain('\\u5f20');
  });

  test('a clock five minutes off: the date of the other day around midnight', async () => {
    // 23:57 in China.
    const { thirdParty, park } = await world({}, Date.UTC(2026, 2, 2, 15, 57));
    const call = await thirdParty.getPaymentStatus('K1', { clockOffsetMs: 300_000 });
    expect(call.legal).toBe(true);
    const sealed = Buffer.from(JSON.parse(park.heard[0]?.body ?? '{}').data, 'base64');
    expect(decrypt(sealed, thirdParty.down.key, '20260303')?.toString()).toBe('{"parkCode":"123","orderNo":"K1"}');
  });
});

describe('illegal', () => {
  test.each<[string, CallOptions]>([
    ['user', { access: { user: 'x' } }],
    ['pwd', { access: { pwd: 'x' } }],
    ['key', { access: { key: '000000000000000000000000' } }],
    ['no header', { without: ['user'] }],
    ['another day', { day: '20260301' }],
    ['a clock that is hours off', { clockOffsetMs: -12 * 3_600_000 }],
    ['no base64', { sealed: 'not-base64' }],
    ['half a block', { sealed: 'cut' }],
    ['a block less', { sealed: 'last-block-gone' }],
    ['nothing', { sealed: 'empty' }],
    ['not sealed at all', { sealed: 'clear' }],
    ['no JSON', { plain: 'parkCode=1' }],
    ['an array', { shape: 'array' }],
    ['a text', { shape: 'text' }],
    ['broken', { shape: 'broken' }],
    ['no parkCode', { omit: ['parkCode'] }],
    ['no orderNo', { omit: ['orderNo'] }],
    ['another park', { parkCode: '124' }],
    ['a wrong type', { set: { amount: 'much' } }],
    ['another body', { body: '{}' }],
  ])('%s: refused is right, 0 is a violation', async (_what, how) => {
    const { thirdParty, park } = await world();
    park.answers['PayParkingFee'] = no('参数错误');
    const refused = await thirdParty.payParkingFee({ orderNo: 'K1', amount: 500 }, how);
    expect([refused.legal, refused.violations]).toEqual([false, []]);
    park.answers['PayParkingFee'] = ok({ parkingTime: 60 });
    const accepted = await thirdParty.payParkingFee({ orderNo: 'K1', amount: 500 }, how);
    expect(rules(accepted.violations)).toEqual(['accepted']);
  });

  test.each<[string, CallOptions, number]>([
    ['GET', { method: 'GET' }, 405],
    ['a path that there is not', { rawPath: '/api/ParkingPay/PayAll' }, 404],
    ['a body without end', { padding: 2_000_000 }, 413],
  ])('%s', async (_what, how, status) => {
    const { thirdParty, park } = await world();
    park.raw = { status, body: '' };
    expect((await thirdParty.payParkingFee({ orderNo: 'K1', amount: 500 }, how)).violations).toEqual([]);
    park.raw = null;
    park.answers['PayParkingFee'] = no('参数错误');
    expect(rules((await thirdParty.payParkingFee({ orderNo: 'K1', amount: 500 }, how)).violations)).toEqual(['answer']);
  });

  test('commands outside their list', async () => {
    const { thirdParty } = await world();
    expect(rules((await thirdParty.gateControl({ deviceCode: '300', controlType: 3 })).violations)).toEqual([
      'accepted',
    ]);
  });

  test('the same bytes again', async () => {
    const { thirdParty, park } = await world();
    park.answers['PayParkingFee'] = ok({ parkingTime: 60 });
    const call = await thirdParty.payParkingFee({ orderNo: 'K1', amount: 500 });
    await thirdParty.replay(call);
    expect(park.heard[1]?.body).toBe(park.heard[0]?.body);
  });
});
