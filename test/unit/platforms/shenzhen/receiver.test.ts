import { afterEach, describe, expect, it } from 'vitest';
import { LinkWorld, WallClock } from './link-world.ts';
import { framed, KEYS, type RawEnd, request, sign } from './raw-city.ts';

const CAR = { plate: '粤B12345' };
let world: LinkWorld;
let city: RawEnd;
afterEach(() => world.dispose());

async function open(options: Parameters<typeof LinkWorld.open>[0] = {}): Promise<void> {
  world = await LinkWorld.open(options);
  city = await world.end();
}
const raw = async (payload: string) => {
  const before = city.answers.length;
  city.write(framed(payload));
  return (await city.answered(before + 1)).at(-1);
};

describe('a request of the city', () => {
  it('is answered with its own method and number', async () => {
    await open();
    const answer = await city.ask('orderPush', CAR, { requestId: 'r-1' });
    expect(answer).toEqual({
      ...{ type: 'response', method: 'orderPush', requestId: 'r-1', code: 0, msg: 'success' },
      timestamp: expect.any(Number),
      data: { plate: '粤B12345', nth: 1 },
    });
    expect(Math.abs(Date.now() - (answer.timestamp ?? 0))).toBeLessThan(60_000);
  });

  it('is signed over its text as it stood on the wire', async () => {
    await open();
    const at = Date.now();
    const plain = `accessKey=${KEYS.accessKey}&list=[{"10":1.50,"9":"粤 B"}]&money=12.30&plate=粤B12345&timestamp=${at}`;
    const { createHash } = await import('node:crypto');
    const signature = createHash('sha1')
      .update(plain + KEYS.accessSecret)
      .digest('hex');
    const answer = await raw(`{ "type":"request","method":"orderPush",\n"requestId":"r","data":{ "timestamp":${at},
      "list" : [ {"10": 1.50, "9":"\\u7ca4 B"} ], "money":12.30, "gone":null,
      "plate":"\\u7ca4B12345","accessKey":"${KEYS.accessKey}","signature":"${signature}"}}`);
    expect(answer?.code).toBe(0);
    expect(world.done).toHaveLength(1);
  });

  it.each([
    ['with another secret', 401, () => request('orderPush', CAR, { secret: 'guess' })],
    ['with another accessKey', 401, () => request('orderPush', { ...CAR, accessKey: 'ffffffffffffffff' })],
    ['without a signature', 401, () => unsigned(CAR)],
    ['changed on its way', 401, () => request('orderPush', CAR).replace('粤B12345', '粤B54321')],
    ['of another car park', 404, () => request('orderPush', CAR, { parkCode: '80019999' })],
    ['with a record of another car park', 404, () => request('orderPush', { ...CAR, parkId: '80019999' })],
    ['of six minutes ago', 408, () => request('orderPush', { ...CAR, timestamp: Date.now() - 360_000 })],
    ['of six minutes from now', 408, () => request('orderPush', { ...CAR, timestamp: Date.now() + 360_000 })],
    ['without a time', 400, () => request('orderPush', { ...CAR, timestamp: '' })],
    ['with a word for a time', 400, () => request('orderPush', { ...CAR, timestamp: 'now' })],
    ['that we do not have', 405, () => request('openGate', CAR)],
    ['that is a word of the language', 405, () => request('constructor', CAR)],
    ['without a number', 400, () => request('orderPush', CAR, { requestId: '' })],
    ['with a number of 37 characters', 400, () => request('orderPush', CAR, { requestId: 'x'.repeat(37) })],
    ['without data', 400, () => request('orderPush', CAR, { frame: { data: undefined } })],
    ['whose data is a list', 400, () => request('orderPush', CAR, { frame: { data: [1] } })],
    ['without a type', 400, () => request('orderPush', CAR, { frame: { type: undefined } })],
    ['that is not JSON', 400, () => 'hello'],
    ['that is a list', 400, () => '[1,2]'],
    ['with a field that is none', 400, () => request('orderPush', { plate: 7 })],
    ['without a field', 400, () => request('orderPush')],
    ['whose field is null', 400, () => withNull()],
    ['that our own fault ends', 500, () => request('orderPush', { plate: 'FAULT' })],
  ])('%s is answered with %i, and changes nothing', async (_what, code, make) => {
    await open();
    const answer = await raw(make());
    expect(answer?.code).toBe(code);
    expect(answer?.msg).not.toBe('');
    expect(world.done).toEqual([]);
    expect(world.station.memory.has('shenzhen/request:r')).toBe(false);
    const words = JSON.stringify([answer, world.log.lines]);
    for (const secret of [KEYS.accessSecret, 'secret words', '粤B'])
      expect(JSON.stringify(answer)).not.toContain(secret);
    expect(words).not.toContain(KEYS.accessSecret);
  });

  it('has its number told back whole, or not at all', async () => {
    await open();
    expect(await city.ask('orderPush', CAR, { requestId: 'r'.repeat(36) })).toMatchObject({
      requestId: 'r'.repeat(36),
    });
    expect(await city.ask('orderPush', CAR, { requestId: 'r'.repeat(37) })).toMatchObject({ requestId: '', code: 400 });
  });

  it('is told which field is wrong', async () => {
    await open();
    expect((await city.ask('orderPush', { plate: '' })).msg).toContain('plate');
  });

  it.each([
    ['in lower case', () => lower()],
    ['with seconds for a time', () => request('orderPush', { ...CAR, timestamp: Math.floor(Date.now() / 1000) })],
    ['with a time as a text', () => request('orderPush', { ...CAR, timestamp: String(Date.now()) })],
    ['without a car park around it', () => request('orderPush', CAR, { parkCode: null })],
    ['with our own car park in it', () => request('orderPush', { ...CAR, parkId: KEYS.parkCode })],
    [
      'with fields that no table has',
      () => request('orderPush', { ...CAR, extra: { a: [1] } }, { frame: { v: '1.0' } }),
    ],
    ['with a number for its number', () => request('orderPush', CAR, { frame: { requestId: 12345 } })],
    [
      'with a name that means something to a program',
      () => request('orderPush', CAR).replace('"type"', '"__proto__":{"plate":"x"},"type"'),
    ],
  ])('%s is carried out', async (_what, make) => {
    await open();
    expect(await raw(make())).toMatchObject({ code: 0 });
    expect(world.done).toHaveLength(1);
  });

  it('may come at any time where nobody looks at the time', async () => {
    await open({ downlink: { windowMs: 0 } });
    expect(await city.ask('orderPush', { ...CAR, timestamp: 1_000_000_000 })).toMatchObject({ code: 0 });
  });

  it('goes by what the city calls it', async () => {
    const fields = { type: 'k', method: 'code', requestId: 'oprNum', parkCode: 'park', data: 'body' };
    world = await LinkWorld.open({
      role: 'server',
      downlink: { login: false, methods: { CPS3004: 'orderPush' }, fields },
    });
    city = await world.end();
    const { data } = JSON.parse(request('orderPush', CAR));
    const bytes = framed(
      JSON.stringify({ k: 'request', code: 'CPS3004', oprNum: '7', park: KEYS.parkCode, body: data }),
    );
    city.socket.removeAllListeners('data');
    const [reply] = await new Promise<Buffer[]>((resolve) => {
      city.socket.once('data', (...chunk) => resolve(chunk));
      city.write(bytes);
    });
    const said = JSON.parse(String(reply?.subarray(4)));
    expect(said).toMatchObject({ k: 'response', code: 0, oprNum: '7', body: { plate: '粤B12345' } });
  });

  it('answers are signed where the city wants it, and so is what stands around its data', async () => {
    await open({ downlink: { signHeader: true, signReplies: true } });
    expect(await city.ask('orderPush', CAR)).toMatchObject({ code: 401 });
    const frame = JSON.parse(request('orderPush', CAR));
    const answer = await raw(JSON.stringify({ ...frame, signature: sign(frame) }));
    expect(answer).toMatchObject({ code: 0 });
    expect(answer?.['signature']).toBe(sign(answer ?? {}));
  });
});

describe('the same request again', () => {
  it('gets the same answer, and is not carried out again', async () => {
    await open();
    const first = await city.ask('orderPush', CAR, { requestId: 'r-1' });
    // Signed anew, at another time, its members in another order.
    const again = await city.ask('orderPush', { timestamp: Date.now() + 5, ...CAR }, { requestId: 'r-1' });
    expect(again).toMatchObject({ code: 0, data: first.data });
    expect(world.done).toHaveLength(1);
  });

  it('nor after a restart', async () => {
    await open();
    const first = await city.ask('orderPush', CAR, { requestId: 'r-1' });
    await world.restarted();
    city = await world.end();
    expect((await city.ask('orderPush', CAR, { requestId: 'r-1' })).data).toEqual(first.data);
    expect(world.done).toHaveLength(1);
  });

  it('is refused when something else stands in it', async () => {
    await open();
    await city.ask('orderPush', CAR, { requestId: 'r-1' });
    expect(await city.ask('orderPush', { plate: '粤B99999' }, { requestId: 'r-1' })).toMatchObject({ code: 400 });
    expect(await city.ask('feeQuery', {}, { requestId: 'r-1' })).toMatchObject({ code: 400 });
    expect(world.done).toHaveLength(1);
  });

  it('is a new one after the time that it is remembered for', async () => {
    const clock = new WallClock();
    await open({ clock, downlink: { rememberHours: 2, windowMs: 0 } });
    await city.ask('orderPush', CAR, { requestId: 'r-1' });
    clock.byMs = 2 * 3_600_000 - 60_000;
    expect((await city.ask('orderPush', CAR, { requestId: 'r-1' })).data['nth']).toBe(1);
    clock.byMs = 2 * 3_600_000 + 60_000;
    expect((await city.ask('orderPush', CAR, { requestId: 'r-1' })).data['nth']).toBe(2);
  });

  it('gets the same refusal as before', async () => {
    await open();
    const first = await city.ask('orderPush', { plate: 'NONE' }, { requestId: 'r-1' });
    expect(first).toMatchObject({ code: 404, msg: '没有这辆车' });
    expect(await city.ask('orderPush', { plate: 'NONE' }, { requestId: 'r-1' })).toMatchObject({ code: 404 });
  });

  it('may be mended where it could not be read', async () => {
    await open();
    expect(await city.ask('orderPush', {}, { requestId: 'r-1' })).toMatchObject({ code: 400 });
    expect(await city.ask('orderPush', CAR, { requestId: 'r-1' })).toMatchObject({ code: 0 });
  });

  it('leaves nothing on disk where nothing was changed', async () => {
    await open();
    await city.ask('feeQuery', {}, { requestId: 'q-1' });
    expect([...world.station.memory.keys()].filter((key) => key.includes('q-1'))).toEqual([]);
    await city.ask('orderPush', CAR, { requestId: 'r-1' });
    expect(JSON.parse(world.station.memory.get('shenzhen/request:r-1') ?? '{}')).toMatchObject({
      until: expect.any(Number),
    });
  });

  it('is carried out again after an answer that the disk did not take, and said to be our fault', async () => {
    await open();
    world.station.broken = true;
    expect(await city.ask('feeQuery')).toMatchObject({ code: 500 });
    world.station.broken = false;
    await city.ask('feeQuery');
    world.station.broken = true;
    expect(await city.ask('orderPush', CAR, { requestId: 'r-1' })).toMatchObject({ code: 500 });
    world.station.broken = false;
    expect(await city.ask('orderPush', CAR, { requestId: 'r-1' })).toMatchObject({ code: 0 });
  });
});

describe('a request that takes longer than its answer may', () => {
  it('is answered once, finished, and told when it is asked again', async () => {
    await open({ downlink: { replyMs: 150 } });
    const late = await city.ask('monthCard', {}, { requestId: 's-1' });
    expect(late).toMatchObject({ code: 500 });
    expect(world.done).toEqual([]);
    const waiting = city.ask('monthCard', {}, { requestId: 's-1' });
    world.release();
    expect(await waiting).toMatchObject({ code: 0, data: { nth: 1 } });
    expect(await city.ask('monthCard', {}, { requestId: 's-1' })).toMatchObject({ code: 0, data: { nth: 1 } });
    expect(world.done).toHaveLength(1);
    expect(city.answers).toHaveLength(3);
  });

  it('holds the next one up no longer than that', async () => {
    await open({ downlink: { replyMs: 150 } });
    city.write(Buffer.concat([framed(request('monthCard')), framed(request('orderPush', CAR))]));
    const answers = await city.answered(2);
    expect(answers.map(({ method, code }) => [method, code])).toEqual([
      ['monthCard', 500],
      ['orderPush', 0],
    ]);
  });
});

function unsigned(data: object): string {
  return JSON.stringify({
    ...{ type: 'request', method: 'orderPush', requestId: 'r' },
    data: { accessKey: KEYS.accessKey, timestamp: Date.now(), ...data },
  });
}
function lower(): string {
  const frame = JSON.parse(request('orderPush', CAR));
  return JSON.stringify({ ...frame, data: { ...frame.data, signature: frame.data.signature.toLowerCase() } });
}
function withNull(): string {
  const frame = JSON.parse(request('orderPush'));
  return JSON.stringify({ ...frame, data: { ...frame.data, plate: null } });
}
