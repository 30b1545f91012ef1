import { afterEach, beforeEach, expect, test } from 'vitest';
import { addresses } from '../../../../electron/station/platforms/keytop/paths.ts';
import type { InboundRequest } from '../../../../electron/station/platforms/platform.ts';
import { shanghaiDate } from '../../../../shared/domain/time.ts';
import { IN } from '../../../support/lane-world.ts';
import { CAR, type KeytopOptions, KeytopWorld, MINUTE } from './keytop-world.ts';
import { DOWN, PARK_CODE, sealed, UP } from './support.ts';

let world: KeytopWorld;
let moves: string[];
const open = async (options: KeytopOptions = {}): Promise<void> => {
  moves = [];
  world = await KeytopWorld.open({
    ...options,
    arms: (lane, action) => {
      moves.push(`${lane} ${action}`);
      return Promise.resolve({ outcome: 'done', detail: '' });
    },
  });
};
beforeEach(() => open());
afterEach(() => world.dispose());

const OPEN = { parkCode: PARK_CODE, deviceCode: 'in1', deviceType: 0, controlType: 1 };
const DONE = { resCode: 0, resMsg: '', data: null };
const refused = (resMsg: unknown) => ({ resCode: 1, resMsg, data: null });
const GATE = '/api/ParkingManage/GateControl';

/** What a request must leave as it was. */
const standing = () => [world.read.journal.last(), world.lanes.state(IN.id), moves.length];

async function post(over: Partial<InboundRequest> & { readonly json?: unknown; readonly text?: string } = {}) {
  const { inbound } = world.platform;
  if (!inbound) throw new Error('nothing is served');
  const { json, text, ...rest } = over;
  const response = await inbound.handle({
    ...{ method: 'POST', path: GATE, query: '', contentType: 'application/json;charset=utf-8', remote: '192.0.2.1' },
    headers: { user: DOWN.user, pwd: DOWN.password },
    body: Buffer.from(text ?? JSON.stringify(json ?? { data: sealed(OPEN, DOWN.key, world.clock.now()) }), 'utf8'),
    ...rest,
  });
  expect(response.contentType).toBe('application/json; charset=utf-8');
  return { status: response.status, body: JSON.parse(String(response.body)) as unknown };
}

const sealedNow = (parameters: Readonly<Record<string, unknown>>): string =>
  sealed(parameters, DOWN.key, world.clock.now());

test('a request with user, password and key is carried out, and answered as plain JSON', async () => {
  expect(await post()).toEqual({ status: 200, body: DONE });
  expect(moves).toEqual(['in1 open']);
  expect(world.platform.status().downlink).toBe('online');
});

test.each([
  ['no user', { pwd: DOWN.password }],
  ['no password', { user: DOWN.user }],
  ['nothing', {}],
  ['empty ones', { user: '', pwd: '' }],
  ['a wrong password', { user: DOWN.user, pwd: 'down-pwe' }],
  ['a longer password', { user: DOWN.user, pwd: `${DOWN.password} ` }],
  ['another user', { user: 'Mall', pwd: DOWN.password }],
  ['what we call the third party by', { user: UP.user, pwd: UP.password }],
  ['a header that comes twice', { user: DOWN.user, pwd: [DOWN.password, DOWN.password] }],
  ['the two of them joined', { user: `${DOWN.user}, ${DOWN.user}`, pwd: DOWN.password }],
])('with %s nothing is read and nothing happens', async (_what, headers) => {
  const before = standing();
  // What cannot be decrypted is not even looked at: the answer tells nothing of it.
  for (const text of [undefined, '', '{"data":"AAAA"}', 'not json'])
    expect(await post({ headers, ...(text === undefined ? {} : { text }) })).toEqual({
      status: 200,
      body: refused('用户名或密码错误'),
    });
  expect(standing()).toEqual(before);
  expect(world.platform.status().downlink).toBe('none');
});

test.each([
  ['nothing', '', '请求有误：缺少 data'],
  ['no JSON', '{"data":', '请求有误：缺少 data'],
  ['no data', '{"date":"AAAA"}', '请求有误：缺少 data'],
  ['data of another case', '{"DATA":"AAAA"}', '请求有误：缺少 data'],
  ['data that is no text', '{"data":["AAAA"]}', '请求有误：缺少 data'],
  ['an array', '[{"data":"AAAA"}]', '请求有误：缺少 data'],
  ['empty data', '{"data":""}', '请求有误：data 不是 Base64'],
  ['no base64', '{"data":"***"}', '请求有误：data 不是 Base64'],
  ['broken blocks', '{"data":"QUJD"}', '解密失败'],
  ['a wrong key', JSON.stringify({ data: sealed(OPEN, UP.key, Date.UTC(2026, 2, 2)) }), '解密失败'],
  ['the parameters in clear', JSON.stringify(OPEN), '请求有误：缺少 data'],
])('%s in the body is an error without a side effect', async (_what, text, why) => {
  const before = standing();
  expect(await post({ text })).toEqual({ status: 200, body: refused(why) });
  expect(standing()).toEqual(before);
});

test.each([
  ['no parkCode', { ...OPEN, parkCode: undefined }, '参数有误：parkCode: 缺少参数'],
  ['an empty one', { ...OPEN, parkCode: '' }, '参数有误：parkCode: 缺少参数'],
  ['a null', { ...OPEN, parkCode: null }, '参数有误：parkCode: 缺少参数'],
  ['another car park', { ...OPEN, parkCode: '2' }, '停车场编号不存在'],
  ['one in a list', { ...OPEN, parkCode: ['1'] }, '停车场编号不存在'],
  ['one that only begins like it', { ...OPEN, parkCode: '1 1' }, '停车场编号不存在'],
  ['a code that is not there', { ...OPEN, controlType: 3 }, '参数有误：controlType: 应为 1、2、11、12 之一'],
  ['no lane', { ...OPEN, deviceCode: undefined }, '参数有误：deviceCode: 缺少参数'],
  ['an empty object', {}, '参数有误：parkCode: 缺少参数'],
])('%s is an error without a side effect', async (_what, parameters, why) => {
  const before = standing();
  expect(await post({ json: { data: sealedNow(parameters) } })).toEqual({ status: 200, body: refused(why) });
  expect(standing()).toEqual(before);
});

test.each([
  ['no object', '["parkCode","1"]', '解密后的内容不是 JSON 对象'],
  ['a text', '"parkCode"', '解密后的内容不是 JSON 对象'],
  ['a null', 'null', '解密后的内容不是 JSON 对象'],
  ['no JSON', 'parkCode=1', '解密后的内容不是 JSON'],
])('what decrypts to %s is an error', async (_what, plain, why) => {
  const { createCipheriv } = await import('node:crypto');
  const iv = shanghaiDate(world.clock.now()).replaceAll('-', '');
  const cipher = createCipheriv('des-ede3-cbc', DOWN.key, iv);
  const data = Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
  expect(await post({ json: { data } })).toEqual({ status: 200, body: refused(why) });
});

test('names in any case, numbers as texts, blanks around them, a BOM and line breaks in base64 are read', async () => {
  const odd = { ' PARKCODE ': 1, DeviceCode: ' in1 ', devicetype: '0', CONTROLTYPE: '01', sign: 'ignored' };
  expect(await post({ json: { data: sealedNow(odd) } })).toEqual({ status: 200, body: DONE });
  const broken = sealedNow(OPEN).replace(/(.{20})/g, '$1\r\n');
  expect(await post({ json: { data: broken, more: 1 } })).toEqual({ status: 200, body: DONE });
  expect(await post({ text: `\uFEFF ${JSON.stringify({ data: sealedNow(OPEN) })}\n` })).toEqual({
    status: 200,
    body: DONE,
  });
  expect(await post({ contentType: '' })).toEqual({ status: 200, body: DONE });
  expect(await post({ contentType: 'text/plain' })).toEqual({ status: 200, body: DONE });
  expect(moves).toHaveLength(5);
});

test('forms are read where the site wants that, blanks in them being pluses', async () => {
  const form = 'application/x-www-form-urlencoded; charset=UTF-8';
  let data = sealedNow(OPEN);
  for (let pad = 0; !data.includes('+'); pad += 1) data = sealedNow({ ...OPEN, pad: 'x'.repeat(pad) });
  for (const text of [
    new URLSearchParams({ data }).toString(),
    `data=${data}`,
    `a=1&data=${data.replaceAll('+', ' ')}`,
  ])
    expect(await post({ contentType: form, text })).toEqual({ status: 200, body: DONE });
  // Whoever says form and sends JSON meant JSON.
  expect(await post({ contentType: form })).toEqual({ status: 200, body: DONE });
  await world.dispose();
  await open({ settings: { security: { forms: false } } });
  const text = new URLSearchParams({ data: sealedNow(OPEN) }).toString();
  expect(await post({ contentType: form, text })).toEqual({ status: 200, body: refused('请求有误：缺少 data') });
  expect(moves).toEqual([]);
});

test('names of prototypes are names that nobody knows', async () => {
  const text = `{"parkCode":"1","deviceCode":"in1","controlType":1,"__proto__":{"controlType":2},"constructor":{"x":1},"toString":"x"}`;
  const parameters: Readonly<Record<string, unknown>> = JSON.parse(text);
  expect(await post({ json: { data: sealedNow(parameters) } })).toEqual({ status: 200, body: DONE });
  expect(moves).toEqual(['in1 open']);
  expect({}).not.toHaveProperty('controlType');
  const none = JSON.parse('{"parkCode":"1","deviceCode":"in1","__proto__":{"controlType":1}}');
  expect(await post({ json: { data: sealedNow(none) } })).toMatchObject({ body: { resCode: 1 } });
});

test('a megabyte, and a depth that nobody means, are answered', async () => {
  const long = sealedNow({ ...OPEN, pad: 'x'.repeat(700_000) });
  expect(await post({ json: { data: long } })).toEqual({ status: 200, body: DONE });
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  expect((await post({ text: `{"data":${deep}}` })).body).toEqual(refused('请求有误：缺少 data'));
  expect((await post({ text: `{"data":"${'A'.repeat(1_000_000)}"}` })).body).toMatchObject({ resCode: 1, data: null });
  const tooLarge = world.platform.inbound?.tooLarge();
  expect([tooLarge?.status, JSON.parse(String(tooLarge?.body))]).toEqual([413, refused('请求有误：内容过大')]);
});

/** The station’s clock stands at this time of its day in China. */
const clockAt = (time: string): void => {
  const now = world.clock.now();
  world.clock.jumpWall(Date.parse(`${shanghaiDate(now)}T${time}+08:00`) - now);
};

test('around midnight a clock that is five minutes off is understood both ways, and no further', async () => {
  for (const [here, apart, readable] of [
    ['23:57:00', 5, true],
    ['00:03:00', -5, true],
    ['23:50:00', 12, true],
    ['23:49:59', 12, false],
    ['00:09:59', -12, true],
    ['00:10:00', -12, false],
    ['12:00:00', 24 * 60, false],
    ['23:57:00', -24 * 60, false],
    ['00:03:00', 24 * 60, false],
  ] as const) {
    clockAt(here);
    const told = await world.call('GateControl', OPEN, { at: world.clock.now() + apart * MINUTE });
    expect([here, apart, told]).toEqual([here, apart, readable ? DONE : refused('加密所用日期与今天不符')]);
  }
});

test('whatever field comes first, a message of another day is never carried out without it', async () => {
  const say = async (name: string, parameters: Readonly<Record<string, unknown>>, apartMinutes = 0) => {
    const data = sealed(parameters, DOWN.key, world.clock.now() + apartMinutes * MINUTE);
    return (await post({ path: `/api/ParkingManage/${name}`, json: { data } })).body;
  };
  const nowhere = { areaCode: 77, parkCode: PARK_CODE, freeSpaceNum: 3 };
  for (const [here, apartMinutes, expected] of [
    ['23:57:00', 5, '没有编号为 77 的区域'],
    ['00:03:00', -5, '没有编号为 77 的区域'],
    ['12:00:00', 24 * 60, '加密所用日期与今天不符'],
    ['12:00:00', -30 * 24 * 60, '加密所用日期与今天不符'],
  ] as const) {
    clockAt(here);
    const told = await say('ModifyFreeSpace', nowhere, apartMinutes);
    expect([here, apartMinutes, told]).toEqual([here, apartMinutes, refused(expected)]);
  }
  // What the table does not have is ignored, also where it comes first.
  expect(await say('GateControl', { remark: 'x', ...OPEN })).toEqual(DONE);
});

test('every interface is served at each of its own addresses, in any case, and tells who is wrong alike', async () => {
  for (const { message, current, legacy, oldest } of addresses)
    for (const path of [current, legacy, oldest]) {
      if (path === undefined) continue;
      for (const spelled of [path, path.toUpperCase(), path.toLowerCase(), `${path}/`]) {
        const stranger = await post({ path: spelled, headers: {}, remote: `${message} ${spelled}` });
        expect([spelled, stranger]).toEqual([spelled, { status: 200, body: refused('用户名或密码错误') }]);
      }
    }
  expect(new Set(addresses.map(({ message }) => message)).size).toBe(28);
});

test('each legacy address is that of the interface in its name, also where the source prints another', async () => {
  const at = (path: string, parameters = {}) =>
    post({ path, json: { data: sealedNow({ parkCode: PARK_CODE, ...parameters }) } }).then(({ body }) => body);
  // 2.2 is printed with the address of 2.1, whose card is missing here; its own is bound.
  expect(await at('/api/pay2/OnlineCarInOut', { areaCode: 1, freeSpaceNum: 80 })).toMatchObject({ resCode: 1 });
  expect(world.told('spaces-corrected')).toEqual([]);
  expect(await at('/api/pay2/ModifyFreeSpace', { areaCode: 1, freeSpaceNum: 80 })).toEqual(DONE);
  expect(world.told('spaces-corrected')).toHaveLength(1);
  // A question for cards with the body of a deletion, at the address of an addition: nothing is added or deleted.
  expect(await at('/api/card2/AddCarCardNo', { cardId: 1 })).toMatchObject({ resCode: 1 });
  expect(await at('/api/card2/GetCarCardInfo')).toEqual({ resCode: 0, resMsg: '', data: [] });
  expect(await at('/api/book/GetBookingCar', { plateNo: CAR })).toMatchObject({ resCode: 0, data: [] });
});

test('what no family has is 404, what has no legacy address is not at one, and only POST is served', async () => {
  const before = standing();
  for (const path of [
    '/api/ParkingManage/Nothing',
    '/api/pay2/GateControl',
    '/api/pay2/ShowLedMsg',
    '/api/pay2/GetPhoto',
    '/api/pay2/ParkingFree',
    '/api/pay2/RecordDensityPay',
    '/api/card2/CarCardNoManage',
    '/api/card2/BlackListControl',
    '/api/pay/AddCarCardNo',
    '/api/ParkingPay/GateControl',
    '/api/ParkingManage/',
    '/api/ParkingManage/GateControl/more',
    '/api/ParkingManage/%47ateControl',
  ])
    expect([path, await post({ path })]).toEqual([path, { status: 404, body: refused('没有这个接口') }]);
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'])
    expect([method, await post({ method })]).toEqual([method, { status: 405, body: refused('请用 POST 请求') }]);
  expect(standing()).toEqual(before);
  await world.dispose();
  await open({ settings: { security: { oldPaths: false } } });
  expect(await post({ path: '/api/pay2/OnlineCarInOut' })).toMatchObject({ status: 404 });
  expect(await post()).toEqual({ status: 200, body: DONE });
});

test('what is for others is not taken: it is not asked for what does not stand below a family', () => {
  const serves = (path: string, method = 'POST') => world.platform.inbound?.serves(method, path);
  for (const path of ['/api/ParkingPay/X', '/api/pay/x', '/API/PAY2/x']) expect(serves(path)).toBe(true);
  for (const path of [
    '/',
    '/api',
    '/api/',
    '/api/v1/pay/x',
    '/x/api/pay/y',
    '/api/payx/y',
    '/api/parking/X',
    '//api/pay/x',
  ])
    expect([path, serves(path)]).toEqual([path, false]);
  expect(serves('/keytopPhoto/a.1.b.jpg')).toBe(false);
});

test('the oldest family does without a parkCode, and refuses a wrong one', async () => {
  const ask = (parameters: Readonly<Record<string, unknown>>, path = '/api/pay/GetParkingPaymentInfo') =>
    post({ path, json: { data: sealedNow(parameters) } }).then(({ body }) => body);
  await world.parked(70, CAR);
  expect(await ask({ plateNo: CAR })).toMatchObject({ resCode: 0 });
  expect(await ask({ plateNo: CAR, parkCode: '' })).toMatchObject({ resCode: 0 });
  expect(await ask({ plateNo: CAR, parkCode: 1 })).toMatchObject({ resCode: 0 });
  expect(await ask({ plateNo: CAR, parkCode: '2' })).toEqual(refused('停车场编号不存在'));
  for (const path of ['/api/pay2/GetParkingPaymentInfo', '/api/ParkingPay/GetParkingPaymentInfo'])
    expect(await ask({ plateNo: CAR }, path)).toEqual(refused('参数有误：parkCode: 缺少参数'));
});

test('without a user of its own nobody is served', async () => {
  await world.dispose();
  world = await KeytopWorld.open({ settings: { downlink: undefined } });
  expect(world.platform.inbound).toBeUndefined();
  expect(world.platform.status().downlink).toBe('none');
});

test('nothing secret, and nothing of what was asked, stands in the log or in an answer', async () => {
  const told: unknown[] = [];
  for (const headers of [
    { user: DOWN.user, pwd: 'guess-1' },
    { user: DOWN.user, pwd: DOWN.password },
  ])
    for (const text of [
      undefined,
      '{"data":"QUJD"}',
      JSON.stringify({ data: sealedNow({ ...OPEN, controlType: 'secret-7', cardNo: 'openid-9' }) }),
    ])
      told.push(await post({ headers, ...(text === undefined ? {} : { text }) }));
  const all = JSON.stringify([world.log.lines, told, world.alarms.list()]);
  for (const secret of [DOWN.password, DOWN.key, UP.password, UP.key, 'guess-1', 'secret-7', 'openid-9'])
    expect(all).not.toContain(secret);
});

test('whether it is heard is known for a day, also after a restart', async () => {
  expect(world.platform.status().downlink).toBe('none');
  await post({ headers: {} });
  await post({ text: '{}' });
  expect(world.platform.status().downlink).toBe('none');
  await post();
  await world.restarted();
  expect(world.platform.status().downlink).toBe('online');
  world.clock.jumpWall(25 * 60 * MINUTE);
  expect(world.platform.status().downlink).toBe('none');
});
