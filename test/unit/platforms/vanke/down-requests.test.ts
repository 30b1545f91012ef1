import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { IN, OUT } from '../../../support/lane-world.ts';
import type { Data } from '../platform-station.ts';
import { CAR, type DownOptions, DownWorld, NOW, vankeLane } from './down-world.ts';
import { APP_ID, PARKING_LOT as LOT, tokenFor } from './support.ts';

let world: DownWorld;
const options: DownOptions = {
  // Nobody has the word at the entry, so that nothing happens there by itself.
  lanes: [vankeLane(IN, { authority: undefined }), vankeLane(OUT)],
  settings: { openGate: { lanes: 'all' } },
};
beforeEach(async () => {
  world = await DownWorld.open(options);
});
afterEach(() => world.dispose());

/** What a request that is refused must leave as it was. */
const standing = () => ({
  journal: world.read.journal.last(),
  outbox: world.read.outbox.maxId(),
  lanes: [IN.id, OUT.id].map((id) => world.lanes.state(id)),
  moves: [...world.moves],
  shown: world.shown.length,
});

const OPEN = { deviceNo: 'cam-in1', openMode: '3' };
const SHOW = { deviceNo: 'led-in1', msg: [{ text: 'a', alignment: 'left' }] };
const raw = (fields: Data): string => JSON.stringify(world.body(fields));
const without = (name: string) => () =>
  JSON.stringify(Object.fromEntries(Object.entries(world.body(OPEN)).filter(([field]) => field !== name)));
type Bad = readonly [what: string, name: string, body: () => string | Uint8Array, why?: string | undefined];

const bytes = (...parts: (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
const withField = (what: string, name: string, fields: Data, why?: string): Bad => [what, name, () => raw(fields), why];

const NO_JSON = '请求有误：不是 UTF-8 编码的 JSON';
const BAD: readonly Bad[] = [
  // Bodies that are none.
  ['nothing', 'receiveOpenGate', () => '', NO_JSON],
  ['blanks', 'receiveOpenGate', () => '  \n', NO_JSON],
  ['a form', 'receiveOpenGate', () => 'deviceNo=cam-in1&openMode=3', NO_JSON],
  ['a broken-off body', 'receiveOpenGate', () => raw(OPEN).slice(0, -3), NO_JSON],
  ['two bodies', 'receiveOpenGate', () => raw(OPEN) + raw(OPEN), NO_JSON],
  ['a body and more', 'receiveOpenGate', () => `${raw(OPEN)};`, NO_JSON],
  ['bytes that are no UTF-8', 'receiveOpenGate', () => bytes('{"a":"', [0xff, 0xfe], '"}'), NO_JSON],
  [
    'GBK',
    'receiveOpenGate',
    () => bytes(raw(OPEN).slice(0, -1), ',"plateNumber":"', [0xd4, 0xc1], 'B12345"}'),
    NO_JSON,
  ],
  ['UTF-16', 'receiveOpenGate', () => Buffer.from(raw(OPEN), 'utf16le'), NO_JSON],
  ['null', 'receiveOpenGate', () => 'null'],
  ['a number', 'receiveOpenGate', () => '1'],
  ['true', 'receiveOpenGate', () => 'true'],
  ['a text', 'receiveOpenGate', () => JSON.stringify(raw(OPEN))],
  ['a list', 'receiveOpenGate', () => `[${raw(OPEN)}]`],
  ['an empty list', 'receiveOpenGate', () => '[]'],
  ['an empty object', 'receiveOpenGate', () => '{}'],
  ['XML', 'receiveOpenGate', () => '<openMode>3</openMode>', NO_JSON],
  ['a thousand brackets', 'receiveOpenGate', () => '['.repeat(1000), NO_JSON],
  ['single quotes', 'receiveOpenGate', () => raw(OPEN).replaceAll('"', "'"), NO_JSON],
  ['a comma too many', 'receiveOpenGate', () => raw(OPEN).replace(/}$/, ',}'), NO_JSON],
  // What stands around every request.
  ['no version', 'receiveOpenGate', without('version'), '请求有误：缺少或无效的公共参数 version'],
  withField('an empty version', 'receiveOpenGate', { ...OPEN, version: '' }, '请求有误：缺少或无效的公共参数 version'),
  ['no token', 'receiveOpenGate', without('token'), '请求有误：缺少或无效的公共参数 token'],
  ['no time', 'receiveOpenGate', without('time'), '请求有误：缺少或无效的公共参数 time'],
  ['no car park', 'receiveOpenGate', without('parkingLotId'), '请求有误：缺少或无效的公共参数 parkingLotId'],
  withField('an empty token', 'receiveOpenGate', { ...OPEN, token: '' }),
  withField('a null token', 'receiveOpenGate', { ...OPEN, token: null }),
  withField('a number for a token', 'receiveOpenGate', { ...OPEN, token: 0 }),
  withField('a list for a token', 'receiveOpenGate', { ...OPEN, token: [tokenFor(NOW)] }),
  withField('another token', 'receiveOpenGate', { ...OPEN, token: '0'.repeat(32) }, 'token 错误'),
  withField('half a token', 'receiveOpenGate', { ...OPEN, token: tokenFor(NOW).slice(0, 16) }, 'token 错误'),
  withField('a token and more', 'receiveOpenGate', { ...OPEN, token: `${tokenFor(NOW)}0` }, 'token 错误'),
  withField('a token with a blank', 'receiveOpenGate', { ...OPEN, token: ` ${tokenFor(NOW)}` }, 'token 错误'),
  withField('a huge token', 'receiveOpenGate', { ...OPEN, token: 'a'.repeat(501) }),
  withField(
    'the token of another time',
    'receiveOpenGate',
    { ...OPEN, token: tokenFor('20260302 08:05:08') },
    'token 错误',
  ),
  withField(
    'the token of another secret',
    'receiveOpenGate',
    { ...OPEN, token: tokenFor(NOW, APP_ID, 'x') },
    'token 错误',
  ),
  withField('the token of no secret', 'receiveOpenGate', { ...OPEN, token: tokenFor(NOW, APP_ID, '') }, 'token 错误'),
  withField('another car park', 'receiveOpenGate', { ...OPEN, parkingLotId: 'PL0002' }, '停车场编号不存在'),
  withField('its number in other letters', 'receiveOpenGate', { ...OPEN, parkingLotId: 'pl0001' }, '停车场编号不存在'),
  withField('an empty car park', 'receiveOpenGate', { ...OPEN, parkingLotId: '' }),
  withField('a null car park', 'receiveOpenGate', { ...OPEN, parkingLotId: null }),
  withField('a list of car parks', 'receiveOpenGate', { ...OPEN, parkingLotId: [LOT] }),
  withField(
    'a time that is none',
    'receiveOpenGate',
    { ...OPEN, time: '20260230 08:05:09' },
    '请求有误：time 应为 yyyyMMdd HH:mm:ss',
  ),
  withField(
    'another form of time',
    'receiveOpenGate',
    { ...OPEN, time: '2026-03-02 08:05:09' },
    '请求有误：time 应为 yyyyMMdd HH:mm:ss',
  ),
  withField(
    'a time without its blank',
    'receiveOpenGate',
    { ...OPEN, time: '2026030208:05:09' },
    '请求有误：time 应为 yyyyMMdd HH:mm:ss',
  ),
  withField(
    'a time with blanks around',
    'receiveOpenGate',
    { ...OPEN, time: ` ${NOW}` },
    '请求有误：time 应为 yyyyMMdd HH:mm:ss',
  ),
  withField(
    'a time of Greenwich',
    'receiveOpenGate',
    { ...OPEN, time: '20260302 00:05:09' },
    '请求时间与本机相差超过 300 秒',
  ),
  withField(
    'a time that is over',
    'receiveOpenGate',
    { ...OPEN, time: '20260302 08:00:08' },
    '请求时间与本机相差超过 300 秒',
  ),
  withField(
    'a time to come',
    'receiveOpenGate',
    { ...OPEN, time: '20260302 08:10:10' },
    '请求时间与本机相差超过 300 秒',
  ),
  withField('a number for a time', 'receiveOpenGate', { ...OPEN, time: 20_260_302 }),
  // receiveOpenGate itself.
  withField('no mode', 'receiveOpenGate', { deviceNo: 'cam-in1' }, '参数有误：openMode: 缺少参数'),
  withField(
    'no mode, but a plate',
    'receiveOpenGate',
    { deviceNo: 'cam-in1', plateNumber: CAR },
    '参数有误：openMode: 缺少参数',
  ),
  withField('an empty mode', 'receiveOpenGate', { ...OPEN, openMode: '' }),
  withField(
    'a mode that there is not',
    'receiveOpenGate',
    { ...OPEN, openMode: '4' },
    '参数有误：openMode: 应为 0、1、2 或 3',
  ),
  withField('a mode between two', 'receiveOpenGate', { ...OPEN, openMode: 2.5 }),
  withField('true for a mode', 'receiveOpenGate', { ...OPEN, openMode: true }),
  withField('mode in other letters', 'receiveOpenGate', { deviceNo: 'cam-in1', OpenMode: '3' }),
  withField('no reader', 'receiveOpenGate', { openMode: '3' }, '参数有误：deviceNo: 缺少参数'),
  withField('an empty reader', 'receiveOpenGate', { ...OPEN, deviceNo: ' ' }, '参数有误：deviceNo: 缺少参数'),
  withField('a reader that is not ours', 'receiveOpenGate', { ...OPEN, deviceNo: 'cam-in9' }, '设备编号不存在'),
  withField('a list of readers', 'receiveOpenGate', { ...OPEN, deviceNo: ['cam-in1'] }),
  withField('all readers', 'receiveOpenGate', { ...OPEN, deviceNo: '*' }, '设备编号不存在'),
  withField('a number for a plate', 'receiveOpenGate', { ...OPEN, openMode: '2', plateNumber: 12_345 }),
  withField('false for a plate', 'receiveOpenGate', { ...OPEN, openMode: '2', plateNumber: false }),
  withField('no list of plates', 'receiveOpenGate', { ...OPEN, openMode: '2', plateNumber: [] }),
  withField('an object for a plate', 'receiveOpenGate', { ...OPEN, openMode: '2', plateNumber: {} }),
  withField(
    'dots for a plate',
    'receiveOpenGate',
    { ...OPEN, openMode: '2', plateNumber: '··' },
    '参数有误：plateNumber: 不是车牌',
  ),
  withField(
    'blanks for a plate',
    'receiveOpenGate',
    { ...OPEN, openMode: '2', plateNumber: '  ' },
    '参数有误：plateNumber: 不是车牌',
  ),
  withField('a huge plate', 'receiveOpenGate', { ...OPEN, openMode: '2', plateNumber: '粤'.repeat(41) }),
  // The others.
  withField('no text', 'receiveShowMsg', { deviceNo: 'led-in1' }),
  withField('no display', 'receiveShowMsg', { msg: SHOW.msg }),
  withField('a display that is not ours', 'receiveShowMsg', { ...SHOW, deviceNo: 'led-9' }, '设备编号不存在'),
  withField('one text', 'receiveShowMsg', { ...SHOW, msg: '欢迎' }),
  withField('a status that there is not', 'queryPlaceStatus', { placeStatus: '1' }),
  withField('a page before the first', 'queryPlaceStatus', { currentPage: 0 }),
  withField('a page of nothing', 'queryUnPushCrossInfo', { beginTime: NOW, pageSize: 0 }),
  withField('no begin', 'queryUnPushCrossInfo', {}),
  withField('an end before the begin', 'queryUnPushRecognitionInfo', { beginTime: NOW, endTime: '20260302 08:05:08' }),
  withField('what is not supported', 'queryInOutRecord', { beginTime: NOW, plateNumber: '粤B' }, 'not supported'),
  withField('what is not supported', 'queryInOutPayRecord', { beginTime: NOW }, 'not supported'),
  withField('what is not supported', 'queryPrePayRecord', { beginTime: NOW }, 'not supported'),
  withField('the heartbeat of another car park', 'checkConnect', { parkingLotId: 'x' }, '停车场编号不存在'),
];

test(`${BAD.length} bad requests are answered 1 in words and change nothing`, async () => {
  expect(BAD.length).toBeGreaterThanOrEqual(60);
  world.car(IN.id, CAR);
  await world.clock.advance(0);
  // A rightly signed request that does nothing: the hourly mark that we are reached is set, and stands in nobody's way.
  expect(await world.call('checkConnect')).toEqual({ respCode: '0', respDesc: '' });
  const before = standing();
  for (const [what, name, body, why] of BAD) {
    const answer = await world.callRaw(name, body());
    expect([what, answer]).toMatchObject([what, { respCode: '1' }]);
    expect([what, answer['respDesc']]).toEqual([what, why ?? expect.stringMatching(/\S{4}/)]);
    expect([what, Object.keys(answer)]).toEqual([what, ['respCode', 'respDesc']]);
    expect([what, standing()]).toEqual([what, before]);
  }
  // The very same request, when it is right, opens.
  expect(await world.call('receiveOpenGate', OPEN)).toEqual({ respCode: '0', respDesc: '' });
  expect(world.moves.at(-1)).toBe('in1 open');
});

test('blanks, unknown fields and the letters of the token make no difference', async () => {
  for (const more of [
    { token: tokenFor(NOW).toUpperCase() },
    { parkingLotId: ` ${LOT} ` },
    { version: '2.0' },
    { version: 1 },
    { appId: APP_ID, newField: { deep: [1, { a: null }] }, __proto__x: 1 },
    { deviceNo: ' cam-in1 ', openMode: ' 3 ' },
  ])
    expect([more, await world.call('receiveOpenGate', { ...OPEN, ...more })]).toMatchObject([more, { respCode: '0' }]);
  const odd = raw(OPEN).replace('{', '\ufeff{ "__proto__" : {"openMode":"0"}, "constructor":1,\n');
  expect(await world.callRaw('receiveOpenGate', odd)).toMatchObject({ respCode: '0' });
  expect(world.moves).toEqual(Array(7).fill('in1 open'));
});

const DOWN = [
  ...['receiveOpenGate', 'receiveShowMsg', 'queryPlaceStatus', 'queryUnPushCrossInfo', 'queryUnPushRecognitionInfo'],
  ...['queryInOutRecord', 'queryInOutPayRecord', 'queryPrePayRecord', 'checkConnect'],
];

test('whatever stands in a signed request, it is answered, and no arm moves without a mode', async () => {
  const odd = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      '',
      ' ',
      '2',
      2,
      0,
      -0,
      'cam-in1',
      'led-in1',
      NOW,
      CAR,
      [],
      {},
      [{ text: 'a' }],
      '[]',
    ),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const fields = fc.record(
    Object.fromEntries(
      [
        'deviceNo',
        'plateNumber',
        'msg',
        'pageSize',
        'currentPage',
        'placeStatus',
        'placeNo',
        'beginTime',
        'endTime',
      ].map((name) => [name, odd]),
    ),
    { requiredKeys: [] },
  );
  const isMode = (value: unknown) =>
    (typeof value === 'string' || typeof value === 'number') && /^\s*-?[0-3]\s*$/.test(String(value));
  const mode = odd.filter((value) => !isMode(value));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...DOWN), fields, mode, async (name, more, openMode) => {
      const answer = await world.call(name, { ...more, openMode });
      expect(answer).toMatchObject({ respCode: expect.stringMatching(/^[01]$/), respDesc: expect.any(String) });
      expect(answer['respDesc']).not.toBe('车场系统内部错误，请稍后再试');
      if (answer['respCode'] === '1') expect(answer['respDesc']).not.toBe('');
    }),
    { numRuns: 400 },
  );
  expect(world.moves).toEqual([]);
  expect(world.events('gate-refused')).toEqual([]);
});
