import { afterEach, describe, expect, it } from 'vitest';
import { shenzhenSettingsSchema } from '../../../../electron/station/platforms/shenzhen/config.ts';
import { membersOf } from '../../../../electron/station/platforms/shenzhen/json-text.ts';
import { until } from '../../../support/until.ts';
import { ESCAPED } from './escaped-requests.ts';
import { LinkWorld, WallClock } from './link-world.ts';
import { framed, KEYS, type RawEnd, request } from './raw-city.ts';

/** The number of a request is not signed: what proves itself by the same signature is the same request. */

const CAR = { plate: '粤B12345' };
let world: LinkWorld;
let city: RawEnd;
afterEach(() => world.dispose());

async function open(options: Parameters<typeof LinkWorld.open>[0] = {}): Promise<void> {
  world = await LinkWorld.open(options);
  city = await world.end();
}
async function send(end: RawEnd, payload: string) {
  const before = end.answers.length;
  end.write(framed(payload));
  return (await end.answered(before + 1)).at(-1);
}
/** The same words under another number. */
const under = (payload: string, requestId: string, frame: object = {}): string =>
  JSON.stringify({ ...JSON.parse(payload), requestId, ...frame });

describe('what was overheard, under another number', () => {
  it('gets the answer of before with its own number, and is not carried out', async () => {
    await open();
    const first = request('orderPush', CAR, { requestId: 'r-1' });
    const told = await send(city, first);
    expect(await send(city, under(first, 'evil-1'))).toMatchObject({ requestId: 'evil-1', code: 0, data: told?.data });
    expect(await send(city, under(first, 'r-1'))).toMatchObject({ requestId: 'r-1', code: 0, data: told?.data });
    expect(world.done).toHaveLength(1);
  });

  it('nor after a restart', async () => {
    await open();
    const first = request('orderPush', CAR, { requestId: 'r-1' });
    await send(city, first);
    await world.restarted();
    city = await world.end();
    expect((await send(city, under(first, 'evil-1')))?.data['nth']).toBe(1);
    expect(world.done).toHaveLength(1);
  });

  it('nor while it is still being carried out', async () => {
    await open({ downlink: { replyMs: 150 } });
    const first = request('monthCard', {}, { requestId: 's-1' });
    expect(await send(city, first)).toMatchObject({ code: 500 });
    expect(await send(city, under(first, 'evil-0'))).toMatchObject({ code: 500 });
    const again = send(city, under(first, 'evil-1'));
    world.release();
    expect(await again).toMatchObject({ requestId: 'evil-1', code: 0, data: { nth: 1 } });
    expect(world.done).toEqual([{ plate: 'slow', requestId: 's-1' }]);
  });

  it('nor where the city itself sent it twice, signed anew: either signature is known', async () => {
    await open();
    await send(city, request('orderPush', CAR, { requestId: 'r-1' }));
    const again = request('orderPush', CAR, { requestId: 'r-1' });
    await send(city, again);
    await world.restarted();
    city = await world.end();
    expect((await send(city, under(again, 'evil-1')))?.data['nth']).toBe(1);
    expect(world.done).toHaveLength(1);
  });

  it('is no other request by capitals in its signature, or by other escapes', async () => {
    await open();
    const first = request('orderPush', CAR, { requestId: 'r-1' });
    await send(city, first);
    const { data } = JSON.parse(first);
    const lower = under(first, 'evil-1', { data: { ...data, signature: data.signature.toLowerCase() } });
    expect((await send(city, lower))?.data['nth']).toBe(1);
    expect((await send(city, under(first, 'evil-2').replace('粤', '\\u7ca4')))?.data['nth']).toBe(1);
    expect(world.done).toHaveLength(1);
  });

  it('is answered from memory where it only asks, and nothing is written down', async () => {
    await open();
    const first = request('feeQuery', { fill: 3 }, { requestId: 'q-1' });
    await send(city, first);
    expect(await send(city, under(first, 'evil-1'))).toMatchObject({ code: 0, data: { text: 'xxx' } });
    expect([...world.station.memory.keys()].filter((key) => /request|signed/.test(key))).toEqual([]);
  });

  it('is known as long as its number', async () => {
    const clock = new WallClock();
    await open({ clock, downlink: { rememberHours: 2, windowMs: 0 } });
    const first = request('orderPush', CAR, { requestId: 'r-1' });
    await send(city, first);
    clock.byMs = 2 * 3_600_000 - 60_000;
    expect((await send(city, under(first, 'r-2')))?.data['nth']).toBe(1);
    clock.byMs = 2 * 3_600_000 + 60_000;
    expect((await send(city, under(first, 'r-3')))?.data['nth']).toBe(2);
  });

  it.each([
    ['a request', request('orderPush', CAR), 'orderPush'],
    ['a question', request('feeQuery'), 'feeQuery'],
    ['a question, as another one', request('feeQuery', CAR), 'orderPush'],
    ['what could not be read', request('orderPush'), 'orderPush'],
    ['a login', request('login', { parkCode: KEYS.parkCode }), 'feeQuery'],
  ])('%s does not make a stranger the city', async (_what, words, method) => {
    await open({ role: 'server', downlink: { login: false, proveMs: 700 } });
    await send(city, words);
    const thief = await world.end();
    await send(thief, under(words, 'evil-1', { method }));
    await thief.cutOff();
    expect(city.closed).toBe(false);
    expect(await city.ask('orderPush', { plate: '粤B7' })).toMatchObject({ code: 0 });
  });
});

describe('escapes that another language writes', () => {
  it.each(Object.entries(ESCAPED))('are signed as they stand: %s', async (_how, payload) => {
    await open({ downlink: { windowMs: 0 } });
    expect(await send(city, payload)).toMatchObject({ code: 0 });
    expect(world.done).toMatchObject([{ plate: '粤B12345' }]);
    const changed = payload.replace(/5\.0/, '6.0');
    expect(changed).not.toBe(payload);
    expect(await send(city, under(changed, 'r-2', { method: 'feeQuery' }))).toMatchObject({ code: 401 });
  });

  it('a signature that is missing is none, whatever is escaped', async () => {
    await open();
    const data = `{"accessKey":"${KEYS.accessKey}","timestamp":${Date.now()},"plate":"a","l":["\\u4e2d"]}`;
    for (const unsigned of [data, data.replace('"l":["\\u4e2d"]', '"signature":""'), data.replace('\\u4e2d', 'x')])
      expect(
        await send(city, `{"type":"request","method":"orderPush","requestId":"r","data":${unsigned}}`),
      ).toMatchObject({ code: 401 });
  });
});

describe('whoever is no city', () => {
  it('does not learn which car park it is', async () => {
    await open();
    for (const parkCode of [KEYS.parkCode, '80019999'])
      expect(await send(city, request('orderPush', CAR, { parkCode, secret: 'x' }))).toMatchObject({ code: 401 });
  });

  it('does not fill the log by coming again and again', async () => {
    await open({ role: 'server', downlink: { login: false } });
    for (let nth = 0; nth < 20; nth += 1) {
      const end = await world.end();
      await end.ask('orderPush', CAR);
      end.socket.destroy();
      await until('it is gone', () => !world.line.online);
    }
    expect(world.log.lines.filter(({ message }) => message.startsWith('the line of the city')).length).toBe(2);
  });
});

describe('a frame of very many parts', () => {
  const of = (count: number, part: (nth: number) => string): string =>
    Array.from({ length: count }, (_, nth) => part(nth)).join(',');
  it.each([
    ['objects', `{${of(20_001, (nth) => `"x${nth}":{}`)}}`],
    ['members', `{"data":{${of(20_001, (nth) => `"x${nth}":1`)}}}`],
    ['elements', `{"data":{"a":[${of(20_001, () => '1')}]}}`],
    ['members of elements', `{"data":{"a":[${of(10_001, () => '{"a":1}')}]}}`],
  ])('is not read: %s', (_what, text) => {
    expect(() => membersOf(text)).toThrow('内容过多');
    expect(membersOf(text, 30_000).length).toBeGreaterThan(0);
  });

  it('is not read where the settings allow fewer', async () => {
    await open({ downlink: { maxValues: 100 } });
    const items = Array.from({ length: 101 }, () => 1);
    expect(await city.ask('orderPush', { ...CAR, items })).toMatchObject({ code: 400, requestId: '' });
    expect(await city.ask('orderPush', { ...CAR, items: items.slice(30) })).toMatchObject({ code: 0 });
  });
});

describe('settings that do not go together', () => {
  const parsed = (downlink: object) =>
    shenzhenSettingsSchema.safeParse({
      ...{ ...KEYS, baseUrl: 'http://127.0.0.1:1' },
      downlink: { host: '127.0.0.1', port: 1, ...downlink },
    });
  it.each([
    ['requests forgotten before they are too old', { rememberHours: 1, windowMs: 3_600_000 }, 'rememberHours'],
    ['one word for requests and answers', { fields: { request: 'msg', response: 'msg' } }, 'response'],
  ])('%s: named', (_what, downlink, name) => {
    expect(parsed(downlink).error?.issues.map(({ path }) => path.at(-1))).toEqual([name]);
  });
  it('are fine where they do', () => {
    expect(parsed({ rememberHours: 2, windowMs: 3_600_000 }).success).toBe(true);
  });
});

describe('heartbeats of ours', () => {
  it('may be as frequent as the settings say: their answers are not idle talk', async () => {
    await open({ downlink: { heartbeatMs: 100 } });
    const answered = new Set<string>();
    const reply = setInterval(() => {
      for (const beat of city.frames.filter(({ method }) => method === 'heartbeat')) {
        if (answered.has(beat.requestId)) continue;
        answered.add(beat.requestId);
        city.answer(beat);
      }
    }, 5);
    await city.asked('heartbeat', 8);
    const idle = framed('{"type":"event"}');
    city.write(Buffer.concat(Array.from({ length: 596 }, () => idle)));
    await city.asked('heartbeat', 14);
    clearInterval(reply);
    expect(city.closed).toBe(false);
    expect(await city.ask('orderPush', CAR)).toMatchObject({ code: 0 });
  });
});
