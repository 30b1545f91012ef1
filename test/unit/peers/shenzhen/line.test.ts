import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { CloudOptions, Framing } from '../../../peers/shenzhen/index.ts';
import { FrameReader, frameOf } from '../../../peers/shenzhen/index.ts';
import { Caller } from './caller.ts';
import { broken, onlineWorld, rules, type World, world } from './support.ts';
import { KEYS, NOW, sign } from './wire.ts';

async function caller(w: World, framing?: Framing): Promise<Caller> {
  const before = w.cloud.connections.length;
  const made = new Caller(w.cloud, w.clock, framing);
  onTestFinished(() => {
    made.socket.destroy();
  });
  await w.cloud.waitFor(() => w.cloud.connections.length > before, 'connection');
  return made;
}

async function connected(options: CloudOptions = {}): Promise<World & { caller: Caller }> {
  const w = await world(options);
  return { ...w, caller: await caller(w, options.tcp?.framing) };
}

describe('frames', () => {
  test.each<Framing>(['len4be', 'len4le', 'line'])('%s in any pieces', (framing) => {
    const bytes = Buffer.concat(['{"a":1}', '{"b":"粤"}'].map((text) => frameOf(framing, Buffer.from(text))));
    for (const size of [1, 2, 5, bytes.length]) {
      const reader = new FrameReader(framing);
      const frames: string[] = [];
      for (let from = 0; from < bytes.length; from += size)
        frames.push(...reader.push(bytes.subarray(from, from + size)).map((frame) => frame.toString('utf8')));
      expect(frames).toEqual(['{"a":1}', '{"b":"粤"}']);
      expect(reader.pending).toBe(0);
    }
  });

  test('length first, the most significant byte before the others', () => {
    expect(frameOf('len4be', Buffer.from('{}')).toString('hex')).toBe('000000027b7d');
    expect(frameOf('len4le', Buffer.from('{}')).toString('hex')).toBe('020000007b7d');
    expect(() => new FrameReader('len4be').push(frameOf('len4be', Buffer.from('{}'), 10_485_761))).toThrow('10485761');
    expect(() => new FrameReader('len4be').push(frameOf('len4be', Buffer.from('{}'), -1))).toThrow();
  });
});

describe('login', () => {
  test.each<Framing>(['len4be', 'len4le', 'line'])('over %s', async (framing) => {
    const w = await onlineWorld({ tcp: { framing } });
    expect(await w.caller.said('login')).toMatchObject({ type: 'response', requestId: 'login-1', code: 0 });
    expect(broken(w)).toEqual([]);
  });

  test.each<[string, object, number, string[]]>([
    ['another key', { accessKey: 'x' }, 401, ['access-key']],
    ['another secret', { signature: 'A'.repeat(40) }, 401, ['signature']],
    ['long ago', { timestamp: NOW - 600_000 }, 408, ['timestamp']],
    ['another park', { parkCode: '8' }, 404, ['park-code']],
    ['no nonce', { noncestr: '' }, 400, ['format']],
    ['a text', { timestamp: String(NOW) }, 400, ['type']],
  ])('%s', async (_, change, code, expected) => {
    const w = await connected();
    w.caller.login({ ...change });
    expect(await w.caller.said('login')).toMatchObject({ code });
    expect([broken(w), w.cloud.online]).toEqual([expected, false]);
  });

  test('refused, in silence, and late', async () => {
    const w = await connected();
    w.cloud.tcp.will.login = 'refuse';
    w.caller.login();
    expect(await w.caller.said('login')).toMatchObject({ code: 401, msg: '登录失败' });
    w.caller.socket.destroy();
    await w.cloud.waitFor(() => !w.cloud.tcp.connected, 'the end');
    w.cloud.tcp.will.login = 'accept';
    w.cloud.tcp.will.loginDelayMs = 1_000;
    await w.clock.advance(2_000);
    const next = await caller(w);
    next.login();
    await w.cloud.waitFor(() => w.cloud.connections[1]?.frames === 1, 'login frame');
    expect(w.cloud.online).toBe(false);
    await w.clock.advance(1_000);
    await w.cloud.whenOnline();
    expect(broken(w)).toEqual([]);
  });

  test('something else first, and the secret', async () => {
    const w = await connected();
    w.caller.request('heartbeat', {});
    await w.caller.said('heartbeat');
    w.caller.request('hello', { a: KEYS.accessSecret });
    await w.cloud.waitFor(() => w.cloud.violations.length === 3, 'violations');
    expect(broken(w)).toEqual(['login', 'secret', 'frame']);
  });
});

describe('the connection', () => {
  const beat = async (w: World & { caller: Caller }): Promise<void> => {
    const before = w.cloud.connections[0]?.heartbeats.length ?? 0;
    w.caller.request('heartbeat', {});
    await w.cloud.waitFor(() => (w.cloud.connections[0]?.heartbeats.length ?? 0) > before, 'heartbeat');
  };

  test('a heartbeat every thirty seconds', async () => {
    const w = await onlineWorld();
    for (const pause of [30_000, 30_000, 50_000, 10_000]) {
      await w.clock.advance(pause);
      await beat(w);
    }
    expect([broken(w), rules(w.cloud.doubts)]).toEqual([['heartbeat'], ['heartbeat']]);
  });

  test('ninety seconds without a word are the end', async () => {
    const w = await onlineWorld();
    await w.clock.advance(60_000);
    await beat(w);
    await w.clock.advance(90_000);
    await w.clock.advance(90_000);
    await w.cloud.waitFor(() => !w.cloud.tcp.connected, 'the end');
    expect(w.cloud.connections[0]).toMatchObject({ closedBy: 'cloud', why: 'no frame for 90000 ms' });
  });

  test('it comes back after 1, 2, 4 seconds, and not sooner', async () => {
    const w = await onlineWorld();
    w.cloud.tcp.drop();
    for (const pause of [1_000, 2_000, 4_000]) {
      await w.clock.advance(pause);
      (await caller(w)).socket.destroy();
      await w.cloud.waitFor(() => !w.cloud.tcp.connected, 'the end');
    }
    expect(broken(w)).toEqual([]);
    await w.clock.advance(4_000);
    const last = await caller(w);
    expect(broken(w)).toEqual(['reconnect']);
    await caller(w);
    expect(broken(w)).toEqual(['reconnect', 'connection']);
    await vi.waitFor(() => expect(last.closed).toBe(true));
  });

  test('an oversized frame, and one that is not JSON', async () => {
    const w = await onlineWorld();
    w.caller.write(frameOf('len4be', Buffer.from('hello')));
    await w.cloud.waitFor(() => w.cloud.violations.length === 1, 'the first');
    w.caller.write(frameOf('len4be', Buffer.from('{}'), 20_000_000));
    await w.cloud.waitFor(() => !w.cloud.tcp.connected, 'the end');
    expect(broken(w)).toEqual(['frame', 'frame']);
  });

  test('signed by another is no login', async () => {
    const w = await connected();
    w.caller.request('login', { signature: sign({}) });
    expect(await w.caller.said('login')).toMatchObject({ code: 400 });
  });
});
