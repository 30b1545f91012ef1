import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import type { OutboundMessage } from '../../../../electron/station/platforms/platform.ts';
import { qingdao } from '../../../../electron/station/platforms/qingdao/index.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { deps, exited, listen, MemoryStation, platformOpens, settings, stay } from './support.ts';

const signal = new AbortController().signal;
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

type Answer = Parameters<typeof listen>[0];
const says =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_request, response) => {
    response.writeHead(status, headers);
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

async function setUp(
  answer: Answer,
  changes: Readonly<Record<string, unknown>> = {},
  given: Parameters<typeof deps>[0] = {},
) {
  const server = await listen(answer);
  const platform = qingdao.create(settings({ baseUrl: server.baseUrl, ...changes }), deps(given));
  cleanups.push(
    () => platform.stop(),
    () => server.close(),
  );
  const opened = () =>
    server.received.map(({ path, form }) => {
      const { verified, plain } = platformOpens(form.get('cipher') ?? '', form.get('sign') ?? '');
      return { path, verified, accessID: form.get('accessID'), ...JSON.parse(plain) };
    });
  return { platform, server, opened };
}

const sampleOf = (message: string): unknown => qingdao.messages.find(({ name }) => name === message)?.sample;
const outbound = (message: string, changes: Partial<OutboundMessage> = {}): OutboundMessage => ({
  ...{ message, body: sampleOf(message), attempt: 1, maybeDelivered: false },
  ...changes,
});

describe('sending', () => {
  it('posts a signed form to the path of the interface, with the upload time of leaving', async () => {
    const { platform, server, opened } = await setUp(says(200, { resultCode: '200', msg: '' }));
    expect(await platform.send(outbound('uploadCarInData'), signal)).toMatchObject({ kind: 'delivered' });
    expect(server.received[0]?.contentType).toMatch(/^application\/x-www-form-urlencoded/);
    expect([...(server.received[0]?.form.keys() ?? [])]).toEqual(['accessID', 'cipher', 'sign']);
    expect(opened()).toEqual([
      {
        path: '/api/v1/cp/uploadCarInData',
        verified: true,
        accessID: '234',
        data: { ...Object(sampleOf('uploadCarInData')), uploadTime: '2026-03-02 08:05:09' },
      },
    ]);
  });

  it('tells what was signed and what came back, with the picture by its digest and no key anywhere', async () => {
    const { platform, server } = await setUp(says(200, { resultCode: '400', msg: '车牌颜色有误' }));
    const picture = new Uint8Array([0xff, 0xd8, 1, 2, 3]);
    const { trace } = await platform.send(outbound('uploadCarInData'), signal);
    const { cipher, sign } = Object.fromEntries(server.received[0]?.form ?? []);
    expect(trace?.request).toBe('POST /api/v1/cp/uploadCarInData');
    expect(trace?.plain).toBe(platformOpens(cipher ?? '', sign ?? '').plain);
    expect(trace?.answer).toEqual({ status: 'HTTP 200', text: '{"resultCode":"400","msg":"车牌颜色有误"}' });
    const withPhoto = await setUp(says(200, { resultCode: 200 }), {}, { photos: { read: async () => picture } });
    const photo = await withPhoto.platform.send(outbound('uploadPhoto'), signal);
    const sha256 = createHash('sha256').update(picture).digest('hex');
    expect(photo.trace?.attached).toEqual([{ name: 'file', bytes: 5, sha256 }]);
    expect(JSON.stringify(photo.trace)).not.toContain(Buffer.from(picture).toString('base64'));
  });

  it('names the content type as the specification does, and takes any answer', async () => {
    let accept: string | undefined;
    const { platform, server } = await setUp((_request, response, raw) => {
      accept = raw.headers.accept;
      response.end('{"resultCode":200}');
    });
    await platform.send(outbound('uploadCarInData'), signal);
    expect(server.received[0]?.contentType).toBe('application/x-www-form-urlencoded');
    expect(accept).toContain('*/*');
  });

  it.each([
    ['', '/api/v1/cp/uploadCarInData'],
    ['/', '/api/v1/cp/uploadCarInData'],
    ['/api/v1/cp/', '/api/v1/cp/uploadCarInData'],
    ['/gateway/api/v1/cp', '/gateway/api/v1/cp/uploadCarInData'],
  ])('with a base URL that ends in "%s" asks for %s', async (tail, path) => {
    const server = await listen(says(200, { resultCode: 200 }));
    const baseUrl = `${new URL(server.baseUrl).origin}${tail}`;
    const platform = qingdao.create(settings({ baseUrl }), deps());
    cleanups.push(
      () => platform.stop(),
      () => server.close(),
    );
    await platform.send(outbound('uploadCarInData'), signal);
    expect(server.received[0]?.path).toBe(path);
  });

  it('leaves empty fields out, or writes them as configured', async () => {
    const body = { ...Object(sampleOf('uploadCarInData')), gateNo: null };
    for (const [emptyAs, expected] of [
      ['omit', undefined],
      ['null', null],
      ['emptyString', ''],
    ] as const) {
      const { platform, opened } = await setUp(says(200, { resultCode: 200 }), { payload: { emptyAs } });
      await platform.send(outbound('uploadCarInData', { body }), signal);
      expect(opened()[0].data.gateNo, emptyAs).toBe(expected);
    }
  });

  it('spells record ids and paths as configured', async () => {
    const { platform, opened } = await setUp(says(200, { resultCode: 200 }), {
      fields: { entryRecordId: 'arrivalID', exitRecordId: 'both' },
      http: { paths: { uploadCarOutData: 'v2/out' } },
    });
    await platform.send(outbound('uploadCarInData'), signal);
    await platform.send(outbound('uploadCarOutData'), signal);
    const [into, out] = opened();
    expect(into.data).toMatchObject({ arrivalID: 'entry_1' });
    expect(into.data).not.toHaveProperty('arriveID');
    expect(out).toMatchObject({ path: '/api/v1/cp/v2/out', data: { endID: 'exit_1', exitID: 'exit_1' } });
  });

  it('writes a 64-bit requestId back digit by digit, and the params as they came', async () => {
    const { platform, server } = await setUp(says(200, { resultCode: 200 }));
    const params = '{"plateNo":"鲁B01001","carType":"1","note":12345678901234567890}';
    await platform.send(
      outbound('confirmSpecialCar', { body: { requestId: '9007199254740993123', success: true, params } }),
      signal,
    );
    const form = server.received[0]?.form;
    expect(platformOpens(form?.get('cipher') ?? '', form?.get('sign') ?? '').plain).toBe(
      `{"data":{"requestId":9007199254740993123,"success":true,"params":${params}}}`,
    );
  });

  it.each([
    ['a plate that is too long', { plateNo: '鲁'.repeat(11) }, 'plateNo'],
    ['a time that is none', { arriveTime: '2026-02-30 00:00:00' }, 'arriveTime'],
    ['a field that is gone', { uid: undefined }, 'uid'],
    ['a field that was never there', { extra: 1 }, 'extra'],
    ['a code outside the dictionary', { plateColor: 0 }, 'plateColor'],
  ])('refuses a stored body with %s, without sending it', async (_what, change, place) => {
    const { platform, server } = await setUp(says(200, { resultCode: 200 }));
    const body = { ...Object(sampleOf('uploadCarInData')), ...change };
    const delivery = await platform.send(outbound('uploadCarInData', { body }), signal);
    expect(delivery).toMatchObject({ kind: 'refused', reason: expect.stringContaining(place) });
    expect(server.received).toHaveLength(0);
  });

  it('refuses what is not one of its messages', async () => {
    const { platform } = await setUp(says(200, { resultCode: 200 }));
    expect(await platform.send(outbound('uploadNothing'), signal)).toMatchObject({ kind: 'refused' });
  });
});

describe('photos', () => {
  const jpeg = (bytes: number): Uint8Array => {
    const picture = new Uint8Array(bytes).fill(0xfb);
    picture.set([0xff, 0xd8, 0xff]);
    return picture;
  };
  const withPhoto = (photo: Uint8Array | undefined) =>
    setUp(
      says(200, { resultCode: 200 }),
      {},
      { photos: { read: async (id) => (id === 'photo_1' ? photo : undefined) } },
    );

  it('travel beside the cipher, readable, and exactly as taken', async () => {
    const photo = jpeg(375_000);
    const { platform, server, opened } = await withPhoto(photo);
    expect(await platform.send(outbound('uploadPhoto'), signal)).toMatchObject({ kind: 'delivered' });
    const file = server.received[0]?.form.get('file') ?? '';
    expect(file).toHaveLength(500_000);
    const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
    expect(digest(Buffer.from(file, 'base64'))).toBe(digest(photo));
    expect(opened()[0].data).not.toHaveProperty('file');
  });

  it('are made smaller when they are too large, and made a JPEG when they are none', async () => {
    const width = 600;
    const noise = Buffer.alloc(width * width * 3, createHash('sha512').update('x').digest());
    for (let at = 64; at < noise.length; at += 64)
      createHash('sha512')
        .update(noise.subarray(at - 64, at))
        .digest()
        .copy(noise, at);
    const png = await sharp(noise, { raw: { width, height: width, channels: 3 } })
      .png()
      .toBuffer();
    const { platform, server } = await withPhoto(png);
    const { kind, trace } = await platform.send(outbound('uploadPhoto'), signal);
    expect(kind).toBe('delivered');
    const file = server.received[0]?.form.get('file') ?? '';
    expect(file.length).toBeLessThanOrEqual(500_000);
    const sent = Buffer.from(file, 'base64');
    expect(await sharp(sent).metadata()).toMatchObject({ format: 'jpeg', width, height: width });
    const sha256 = createHash('sha256').update(sent).digest('hex');
    expect(trace?.attached).toEqual([{ name: 'file', bytes: sent.length, sha256 }]);
  });

  it.each([
    ['gone', undefined, /gone/],
    ['no picture', Buffer.from('<html>'), /no JPEG, PNG, WebP or BMP/],
    ['too large and no JPEG inside', jpeg(375_001), /cannot be read/],
  ])('are refused when %s', async (_why, photo, reason) => {
    const { platform, server } = await withPhoto(photo);
    expect(await platform.send(outbound('uploadPhoto'), signal)).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(reason),
    });
    expect(server.received).toHaveLength(0);
  });
});

describe('judging', () => {
  const delivered = { kind: 'delivered' };
  const refused = { kind: 'refused' };
  const retry = (scope: string, answered: boolean) => ({ kind: 'retry', scope, answered });
  it.each([
    ['200 as text', 200, { resultCode: '200', msg: '操作成功' }, delivered],
    ['200 as a number', 200, { resultCode: 200, msg: '' }, delivered],
    ['200 with unknown fields', 200, { resultCode: ' 200 ', msg: null, extra: { a: [1] } }, delivered],
    ['400', 200, { resultCode: '400', msg: '缺失参数' }, refused],
    ['204', 200, { resultCode: 204, msg: '操作失败' }, refused],
    ['204 for a record it has', 200, { resultCode: '204', msg: '流水号已存在' }, delivered],
    ['204 for a repeat', 200, { resultCode: '204', msg: 'Duplicate entry' }, delivered],
    ['400 that speaks of a repeat', 200, { resultCode: '400', msg: '参数重复' }, refused],
    ['500', 200, { resultCode: '500', msg: '服务器错误' }, retry('message', true)],
    ['500 for a record it has', 200, { resultCode: 500, msg: "Duplicate entry 'x' for key 'uid'" }, delivered],
    ['an unknown code', 200, { resultCode: 999, msg: '?' }, retry('message', true)],
    ['an unknown code for a record it has', 200, { resultCode: 409, msg: '流水号已存在' }, delivered],
    ['names in another case', 200, { ResultCode: '204', Msg: '流水号已存在' }, delivered],
    ['a byte order mark before it', 200, '\uFEFF{"resultCode":"200","msg":""}', delivered],
    ['no code', 200, { msg: 'ok' }, retry('link', false)],
    ['a code that is no number', 200, { resultCode: 'OK' }, retry('link', false)],
    ['a page of HTML', 200, '<html>login</html>', retry('link', false)],
    ['an empty answer', 200, '', retry('link', false)],
    ['JSON that is no object', 200, '[200]', retry('link', false)],
    ['HTTP 502', 502, '<html>bad gateway</html>', retry('link', false)],
    ['HTTP 503', 503, '', retry('link', false)],
    ['HTTP 500 with a code', 500, { resultCode: '500', msg: 'x' }, retry('message', true)],
    ['HTTP 500 that claims success', 500, { resultCode: '200', msg: '' }, retry('link', false)],
    ['HTTP 400 with a code', 400, { resultCode: '400', msg: '缺失参数' }, refused],
    ['HTTP 400', 400, 'Bad Request', refused],
    ['HTTP 413', 413, 'too large', refused],
    ['HTTP 401', 401, '', retry('link', true)],
    ['HTTP 404', 404, 'not found', retry('message', true)],
    ['HTTP 429', 429, 'slow down', retry('link', true)],
    ['a redirect', 302, '', retry('link', true)],
  ])('%s', async (_case, status, body, expected) => {
    const { platform } = await setUp(says(status, body));
    expect(await platform.send(outbound('uploadCarInData'), signal)).toMatchObject(expected);
  });

  it('204 after an attempt without an answer, where nobody asks first: said three times, the platform has it', async () => {
    const { platform } = await setUp(says(200, { resultCode: '204', msg: '操作失败' }), {
      outbox: { whenInDoubt: 'send' },
    });
    const again = () => platform.send(outbound('uploadCarInData', { attempt: 2, maybeDelivered: true }), signal);
    expect(await again()).toMatchObject(retry('message', true));
    expect(await again()).toMatchObject(retry('message', true));
    expect(await again()).toMatchObject(delivered);
  });

  it('400 stays a refusal even then', async () => {
    const { platform } = await setUp(says(200, { resultCode: '400', msg: '缺失参数' }));
    expect(
      await platform.send(outbound('uploadCarInData', { attempt: 2, maybeDelivered: true }), signal),
    ).toMatchObject(refused);
  });

  it('a connection cut after the request: it may be there', async () => {
    const { platform } = await setUp((_request, _response, raw) => raw.socket.destroy());
    expect(await platform.send(outbound('uploadCarInData'), signal)).toMatchObject(retry('link', false));
  });

  it('nobody there: it is certainly not', async () => {
    const { platform, server } = await setUp(says(200, {}));
    await server.close();
    expect(await platform.send(outbound('uploadCarInData'), signal)).toMatchObject(retry('link', true));
  });

  it('no answer in time: it may be there', async () => {
    const clock = new FakeClock();
    const { platform } = await setUp(() => undefined, { timeouts: { totalMs: 3000 } }, { clock });
    const pending = platform.send(outbound('uploadCarInData'), signal);
    for (let waited = 0; waited < 30; waited++) await clock.advance(100);
    expect(await pending).toMatchObject(retry('link', false));
  });
});

describe('duties', () => {
  const duty = (platform: ReturnType<typeof qingdao.create>, name: string) => {
    const found = platform.duties.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no duty ${name}`);
    return found;
  };

  it('send the free spaces of this moment every minute', async () => {
    const { platform, opened } = await setUp(says(200, { resultCode: '200', msg: '' }));
    const state = duty(platform, 'uploadParkingState');
    expect(state.everyMs).toBe(60_000);
    expect(await state.run(signal)).toMatchObject({ kind: 'delivered' });
    expect(opened()[0]).toMatchObject({
      path: '/api/v1/cp/uploadParkingState',
      data: {
        ...{ parkingCode: '1001', totalBerthNum: 150, openBerthNum: 130, freeBerthNum: 10 },
        uploadTime: '2026-03-02 08:05:09',
      },
    });
  });

  it.each([
    ['a named field', { serverTime: '2026-03-02 08:05:02' }, {}, 7000],
    ['a field of data', { data: { sysTime: '2026-03-02 08:05:19' } }, {}, -10_000],
    ['epoch milliseconds', { timestamp: Date.UTC(2026, 2, 2, 0, 5, 8) }, {}, 1000],
    ['epoch seconds as text', { time: String(Date.UTC(2026, 2, 2, 0, 5, 8) / 1000) }, {}, 1000],
    ['the HTTP date', {}, { date: 'Mon, 02 Mar 2026 00:05:06 GMT' }, 3000],
    ['the HTTP date when the field is nonsense', { time: 'noon' }, { date: 'Mon, 02 Mar 2026 00:05:06 GMT' }, 3000],
  ])('compare clocks by %s', async (_by, fields, headers, drift) => {
    const { platform } = await setUp(says(200, { resultCode: '200', msg: '', ...fields }, headers));
    const heartbeat = duty(platform, 'uploadHeartbeat');
    expect(heartbeat.everyMs).toBe(600_000);
    expect(platform.status().clockDriftMs).toBeNull();
    expect(await heartbeat.run(signal)).toMatchObject({ kind: 'delivered' });
    expect(platform.status().clockDriftMs).toBe(drift);
  });

  it('take our time half way between question and answer', async () => {
    const clock = new FakeClock();
    let release: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      release = resolve;
    });
    let answerNow: () => void = () => undefined;
    const slow: Answer = (_request, response) => {
      answerNow = () => response.end(JSON.stringify({ resultCode: 200, serverTime: '2026-03-02 08:05:11' }));
      release();
    };
    const { platform } = await setUp(slow, {}, { clock });
    const running = duty(platform, 'uploadHeartbeat').run(signal);
    await asked;
    await clock.advance(4000);
    answerNow();
    await running;
    expect(platform.status().clockDriftMs).toBe(0);
  });

  it('raise one alarm for a wrong clock, and clear it', async () => {
    const commands = new MemoryStation();
    const times = ['2026-03-02 08:05:03', '2026-03-02 08:05:03', '2026-03-02 08:05:09'];
    let asked = 0;
    const answer: Answer = (_request, response) =>
      response.end(JSON.stringify({ resultCode: 200, serverTime: times[asked++] }));
    const { platform } = await setUp(answer, {}, { commands });
    for (const _ of times) await duty(platform, 'uploadHeartbeat').run(signal);
    expect(commands.alarms.map(({ code, cleared }) => [code, cleared])).toEqual([
      ['clock-drift', false],
      ['clock-drift', true],
    ]);
  });

  it('learn nothing from a heartbeat that failed', async () => {
    const { platform } = await setUp(says(200, { resultCode: '500', msg: '', serverTime: '2020-01-01 00:00:00' }));
    expect(await duty(platform, 'uploadHeartbeat').run(signal)).toMatchObject({ kind: 'retry' });
    expect(platform.status().clockDriftMs).toBeNull();
  });
});

it('a stay without money sends 0 and 0 at its exit', async () => {
  const { platform, opened } = await setUp(says(200, { resultCode: 200 }));
  const free = stay({ chargeFen: 0, dueFen: 0, paidFen: 0 });
  for (const draft of platform.project(exited({ stay: free })))
    await platform.send(outbound(draft.message, { body: draft.body }), signal);
  expect(opened()[0].data).toMatchObject({ chargeFee: 0, shouldPay: 0 });
});
