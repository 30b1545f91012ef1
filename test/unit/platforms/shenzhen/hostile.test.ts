import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../../support/until.ts';
import { LinkWorld } from './link-world.ts';
import { framed, KEYS, type RawEnd, rawEnd, request, sign } from './raw-city.ts';

/** Whoever reaches the port, or stands where the city should: cut off or answered, never a crash, never much memory. */

const CAR = { plate: '粤B12345' };
const MB = 1_048_576;
const TIMES = { frameMs: 700, proveMs: 20_000, deadAfterMs: 20_000, heartbeat: false, reconnectSeconds: [1] };

let world: LinkWorld;
const faults: unknown[] = [];
const crashed = (error: unknown): void => void faults.push(error);
beforeEach(() => {
  process.on('uncaughtException', crashed);
  process.on('unhandledRejection', crashed);
});
afterEach(async () => {
  await world.dispose();
  process.off('uncaughtException', crashed);
  process.off('unhandledRejection', crashed);
  expect(faults.splice(0)).toEqual([]);
  expect(world.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

const open = async (role: 'client' | 'server' = 'server', downlink = {}) => {
  world = await LinkWorld.open({ role, downlink: { ...TIMES, ...downlink } });
};

/** What is kept once nobody needs the rest. */
function keptBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** What was let go goes a while after: buffers are swept in the background. */
const keptAtMost = (before: number, bytes: number): Promise<boolean> =>
  until(`at most ${bytes} bytes more are kept`, () => keptBytes() - before < bytes, 10_000);

/** The real city asks, on a connection of its own, and is answered. */
async function cityWorks(): Promise<void> {
  const before = world.done.length;
  const city = await (world.city
    ? world.city.letIn(world.city.ends.findIndex(({ closed }) => !closed) + 1)
    : world.end());
  await city.ask('orderPush', CAR);
  expect(world.done).toHaveLength(before + 1);
  city.socket.destroy();
}

/** The city of the other role is at a connection that it did not choose: the next one that is not closed. */
async function afterwards(attacker: RawEnd): Promise<void> {
  attacker.socket.destroy();
  await attacker.cutOff();
  if (world.city) await world.city.came(world.city.ends.length + 1);
  await cityWorks();
}

const head = (length: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length >>> 0);
  return bytes;
};
const TLS_HELLO = Buffer.concat([Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]), Buffer.alloc(508, 7)]);
const garbage = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919 + 13) % 256));

const cutOffAtOnce: readonly (readonly [what: string, bytes: Buffer])[] = [
  ['an oversized length', head(10_485_761)],
  ['the largest length there is', head(0xffff_ffff)],
  ['a negative length', head(-1)],
  ['a length of zero', head(0)],
  ['binary garbage', Buffer.concat([head(0x8000_0001), garbage])],
  ['a TLS hello', TLS_HELLO],
  ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
  ['an SSH banner', Buffer.from('SSH-2.0-OpenSSH_9.6\r\n')],
];

describe.each(['server', 'client'] as const)('as %s', (role) => {
  it.each(cutOffAtOnce)('%s: cut off at once, and the city is heard right after', async (_what, bytes) => {
    await open(role);
    const attacker = await world.end();
    attacker.write(bytes);
    await attacker.cutOff();
    await afterwards(attacker);
  });
});

const wrong: readonly (readonly [what: string, payload: string | Buffer])[] = [
  ['bytes that are no text', garbage.subarray(0, 500)],
  [
    'text that is not UTF-8',
    Buffer.concat([Buffer.from('{"type":"'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')]),
  ],
  ['100000 brackets', '['.repeat(100_000)],
  [
    '100000 brackets within',
    `{"type":"request","method":"orderPush","requestId":"r","data":{"a":${'['.repeat(100_000)}`,
  ],
  ['100000 braces', '{"a":'.repeat(50_000)],
  ['a text of 200 kB without an end', `{"type":"${'x'.repeat(200_000)}`],
  ['a number of 200 kB', `{"type":${'9'.repeat(200_000)}}`],
  ['20000 members', `{${Array.from({ length: 20_000 }, (_, at) => `"k${at}":1`).join(',')}}`],
  ['a name that comes twice', request('orderPush', CAR).replace('"data":', '"data":{},"data":')],
  ['NaN', request('orderPush', CAR).replace(/"timestamp":\d+/, '"timestamp":NaN')],
  ['a request that is not signed', JSON.stringify({ type: 'request', method: 'orderPush', requestId: 'r', data: CAR })],
  ['a request signed with another key', request('orderPush', CAR, { secret: 'x' })],
  ['a stale request', request('orderPush', { ...CAR, timestamp: 1_506_496_739_000 })],
  ['a signature that is an object', request('orderPush', CAR).replace(/"signature":"[^"]*"/, '"signature":{"a":[]}')],
  [
    'a signature of 100 kB',
    request('orderPush', CAR).replace(/"signature":"[^"]*"/, `"signature":"${'A'.repeat(100_000)}"`),
  ],
  ['a method that is a list', request('orderPush', CAR, { frame: { method: [1] } })],
  ['a requestId that is an object', request('orderPush', CAR, { frame: { requestId: {} } })],
  ['a requestId of 100 kB', request('orderPush', CAR, { requestId: 'r'.repeat(100_000) })],
];

describe('as lines', () => {
  it.each([
    ['a line without an end', Buffer.alloc(5000, 65)],
    ['an empty line', Buffer.from('\n')],
    ['an HTTP request', Buffer.from('POST / HTTP/1.1\r\nHost: x\r\n\r\n{}')],
    ['lines of nothing', Buffer.from('x\n'.repeat(20))],
    ['no text at all', Buffer.concat([garbage, Buffer.from('\n')])],
  ])('%s: cut off', async (_what, bytes) => {
    await open('server', { framing: 'line', maxFrame: 2048, login: false });
    const attacker = await world.end();
    attacker.socket.removeAllListeners('data');
    attacker.socket.resume();
    attacker.write(bytes);
    await attacker.cutOff();
    const city = await world.end();
    city.socket.removeAllListeners('data');
    const said = new Promise<string>((resolve) => city.socket.once('data', (chunk) => resolve(String(chunk))));
    city.write(`${request('orderPush', CAR)}\n`);
    expect(JSON.parse(await said)).toMatchObject({ code: 0 });
    city.socket.destroy();
  });
});

describe('requests that are none', () => {
  it.each(wrong)('%s: answered, changes nothing, and cut off when it does not end', async (_what, payload) => {
    await open();
    const attacker = await world.end();
    attacker.write(framed(payload));
    const [answer] = await attacker.answered(1);
    expect(answer?.code).not.toBe(0);
    expect(JSON.stringify(answer).length).toBeLessThan(500);
    expect(world.done).toEqual([]);
    // What is signed is the city's, however wrong it is otherwise.
    if (answer?.code !== 401 && answer?.code !== 400) return;
    const isSigned = typeof payload === 'string' && payload.startsWith('{"type":"request"') && answer.code === 400;
    if (isSigned) return;
    for (let n = 0; n < 10; n += 1) attacker.write(framed(payload));
    await attacker.cutOff();
    await afterwards(attacker);
  });

  it('__proto__ pollutes nothing', async () => {
    await open();
    const attacker = await world.end();
    const own = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"plate":"粤B1"}');
    const fields = { ...own, accessKey: KEYS.accessKey, timestamp: Date.now() };
    Object.defineProperty(fields, '__proto__', { value: { polluted: 1 }, enumerable: true });
    const data = JSON.stringify({ ...fields, signature: sign(fields) });
    attacker.write(
      framed(`{"__proto__":{"method":"x"},"type":"request","method":"orderPush","requestId":"r","data":${data}}`),
    );
    await attacker.answered(1);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    await afterwards(attacker);
  });

  it('what was overheard is answered from memory, or refused as too old, and nothing is done twice', async () => {
    await open();
    const bytes = framed(request('orderPush', CAR));
    const city = await world.end();
    city.write(bytes);
    await city.answered(1);
    const attacker = await world.end();
    for (let n = 0; n < 20; n += 1) attacker.write(bytes);
    await attacker.answered(20);
    expect(world.done).toHaveLength(1);
  });

  it('answers and unknown types that nobody asked for are ignored, until there are too many', async () => {
    await open('server', { login: false });
    const attacker = await world.end();
    const response = framed(JSON.stringify({ type: 'response', method: 'login', requestId: 'x', code: 0, data: {} }));
    attacker.write(Buffer.concat([response, framed('{"type":"event"}'), framed('{"type":"event","data":[1]}')]));
    expect(await attacker.ask('orderPush', CAR)).toMatchObject({ code: 0 });
    expect(attacker.frames).toHaveLength(1);
    attacker.write(Buffer.concat(Array.from({ length: 700 }, () => response)));
    await attacker.cutOff();
    await afterwards(attacker);
  });
});

describe('bytes that come oddly', () => {
  it('one by one: a request is a request', async () => {
    await open();
    const city = await world.end();
    city.socket.setNoDelay(true);
    for (const byte of framed(request('orderPush', CAR))) {
      city.write(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await city.answered(1))[0]).toMatchObject({ code: 0 });
  });

  it('100 requests in one piece, and half of the next: each is answered once, in order', async () => {
    await open();
    const city = await world.end();
    const ids = Array.from({ length: 100 }, (_, at) => `r-${at}`);
    const last = framed(request('orderPush', CAR, { requestId: 'last' }));
    city.write(
      Buffer.concat([
        ...ids.map((requestId) => framed(request('orderPush', CAR, { requestId }))),
        last.subarray(0, 50),
      ]),
    );
    expect((await city.answered(100)).map(({ requestId }) => requestId)).toEqual(ids);
    city.write(last.subarray(50));
    expect((await city.answered(101)).at(-1)).toMatchObject({ requestId: 'last', code: 0 });
    expect(world.done).toHaveLength(101);
  });

  it('a frame that comes too slowly is cut off, and nothing of it is kept', async () => {
    await open();
    const attacker = await world.end();
    const began = performance.now();
    attacker.write(head(1000));
    const drip = setInterval(() => attacker.write('x'), 50);
    await attacker.cutOff();
    clearInterval(drip);
    expect(performance.now() - began).toBeLessThan(5000);
    await afterwards(attacker);
  });

  it('a connection that breaks in the middle of a frame does nothing', async () => {
    await open();
    const city = await world.end();
    const bytes = framed(request('orderPush', CAR));
    city.write(bytes.subarray(0, bytes.length - 1));
    city.socket.destroy();
    await cityWorks();
    expect(world.done).toHaveLength(1);
  });

  it('a half-open connection, on which nobody says anything any more, is cut off', async () => {
    await open('server', { deadAfterMs: 1000 });
    const city = await world.end();
    await city.ask('orderPush', CAR);
    await city.cutOff();
    await cityWorks();
  });
});

describe('memory and time', () => {
  it('who never reads is cut off, and his answers are not kept', async () => {
    await open();
    const before = keptBytes();
    const greedy = await world.end();
    greedy.socket.removeAllListeners('data');
    greedy.socket.pause();
    for (let n = 0; n < 400; n += 1) greedy.write(framed(request('feeQuery', { fill: 100_000 })));
    const stopped = until(
      'he is cut off',
      () => world.log.lines.some(({ message }) => message.includes('gone')),
      15_000,
    );
    await stopped;
    expect(world.line.online).toBe(false);
    greedy.socket.destroy();
    await keptAtMost(before, 10 * MB);
    await cityWorks();
  });

  it('many half frames of all sizes leave nothing behind', async () => {
    await open();
    const before = keptBytes();
    for (let round = 0; round < 30; round += 1) {
      const attackers = await Promise.all([1, 2, 3, 4].map(() => rawEnd(world.port)));
      for (const attacker of attackers) {
        attacker.write(head(262_000));
        attacker.write(Buffer.alloc(100_000, 65));
      }
      await keptAtMost(before, 20 * MB);
      for (const { socket } of attackers) socket.destroy();
    }
    await cityWorks();
    await keptAtMost(before, 5 * MB);
  });

  it('who comes again and again is served again and again', async () => {
    await open();
    const before = keptBytes();
    for (let round = 0; round < 300; round += 1) {
      const attacker = await rawEnd(world.port);
      attacker.write(round % 2 === 0 ? head(0) : framed(request('orderPush', CAR, { secret: 'x' })));
      attacker.socket.destroy();
    }
    await cityWorks();
    await keptAtMost(before, 10 * MB);
    // A line a minute of each kind, whatever there was.
    expect(world.log.lines.filter(({ level }) => level === 'warn').length).toBeLessThan(20);
  });

  it('the largest frames, full of anything, hold the lanes up only for moments', async () => {
    await open('client');
    const attacker = await world.end();
    let longest = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const text = `{"type":"request","method":"orderPush","requestId":"r","data":{"a":"${'粤'.repeat(3_400_000)}"}}`;
    attacker.write(framed(text));
    await attacker.answered(1);
    clearInterval(watch);
    expect(longest).toBeLessThan(2000);
    // Nobody reads a second one.
    await attacker.cutOff();
    await afterwards(attacker);
  }, 20_000);
});
