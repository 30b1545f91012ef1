import { randomUUID } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MqttPool, topicMatches } from '../../../electron/station/devices/links/mqtt-pool.ts';
import type { BrokerLink } from '../../../electron/station/devices/links.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { type AedesBroker, startAedes } from '../../peers/mqtt/index.ts';
import { until } from '../../support/until.ts';
import { type LogLine, recordingLog } from './recording.ts';

const lines: LogLine[] = [];
let broker: AedesBroker;
let pool: MqttPool;
let other: MqttClient | undefined;
let links: BrokerLink[];

beforeEach(async () => {
  lines.length = 0;
  links = [];
  broker = await startAedes({ users: { station: 'secret' } });
  pool = new MqttPool({
    ...{ clock: new SystemClock(), log: recordingLog(lines), entropy: { random: () => 0 } },
    ids: { next: (prefix) => `${prefix}_${randomUUID()}` },
  });
});
afterEach(async () => {
  for (const link of links) link.close();
  await other?.endAsync(true);
  other = undefined;
  await broker.stop();
});

interface Heard {
  readonly link: BrokerLink;
  readonly messages: string[];
  readonly states: string[];
}
function join(topics: readonly string[], about: { url?: string; password?: string; fails?: boolean } = {}): Heard {
  const messages: string[] = [];
  const states: string[] = [];
  const link = pool.open(
    { url: about.url ?? broker.url, username: 'station', password: about.password ?? 'secret' },
    {
      topics,
      message: (topic, payload) => {
        messages.push(`${topic} ${Buffer.from(payload).toString()}`);
        if (about.fails) throw new Error('device');
      },
      state: (up, detail) => {
        states.push(`${up ? 'up' : 'down'}`);
        if (about.fails) throw new Error(detail);
      },
    },
  );
  links.push(link);
  return { link, messages, states };
}
async function outsider(): Promise<MqttClient> {
  other = await connectAsync(broker.url, { username: 'station', password: 'secret' });
  return other;
}
const subscribed = (count: number) => until('subscriptions', () => broker.subscriptions.length >= count);

describe('a broker', () => {
  it('is one connection for two devices; each hears its own, and one that fails costs the other nothing', async () => {
    const first = join(['device/a/up/+'], { fails: true });
    const second = join(['device/b/up/+', 'device/a/up/x']);
    await subscribed(3);
    expect(broker.clients()).toHaveLength(1);
    const client = await outsider();
    await client.publishAsync('device/b/up/y', 'two', { qos: 1 });
    await client.publishAsync('device/a/up/x', 'one', { qos: 1 });
    await until('both', () => first.messages.length > 0 && second.messages.length > 1);
    expect(first.messages).toEqual(['device/a/up/x one']);
    expect([...second.messages].sort()).toEqual(['device/a/up/x one', 'device/b/up/y two']);
    expect([first.states, second.states]).toEqual([['up'], ['up']]);
  });

  it('stays for those who are left; what only the other listened to is heard no longer', async () => {
    const first = join(['a/+', 'both']);
    const second = join(['b/+', 'both']);
    await subscribed(4);
    first.link.close();
    const client = await outsider();
    for (const topic of ['a/x', 'both', 'b/x']) await client.publishAsync(topic, '.', { qos: 1 });
    await until('the last', () => second.messages.includes('b/x .'));
    expect(second.messages).toEqual(['both .', 'b/x .']);
    expect(first.messages).toEqual([]);
    second.link.close();
    await until('gone', () => broker.clients().every(({ clientId }) => clientId === client.options.clientId));
  });

  it('that went away is found again, and everything is heard again', async () => {
    const { link, messages, states } = join(['device/+']);
    await subscribed(1);
    await broker.pause();
    await until('down', () => states.at(-1) === 'down');
    expect([link.isUp, await link.publish('x', 'late', 500)]).toEqual([false, 'none']);
    await broker.resume();
    await until('up', () => states.at(-1) === 'up');
    expect(states).toEqual(['up', 'down', 'up']);
    await subscribed(2);
    const client = await outsider();
    const said: string[] = [];
    client.on('message', (topic) => said.push(topic));
    await client.subscribeAsync('#', { qos: 1 });
    await client.publishAsync('device/1', 'again', { qos: 1 });
    await until('the message', () => messages.length === 1);
    expect(await link.publish('y', 'now', 2_000)).toBe('written');
    await until('heard', () => said.includes('y'));
    // What was given while nobody was there never leaves.
    expect(said).not.toContain('x');
  });

  it('keeps what it was told for whoever comes: that is of before, and is not heard', async () => {
    const client = await outsider();
    await client.publishAsync('device/old', 'an old read', { qos: 1, retain: true });
    const { messages } = join(['device/+']);
    await subscribed(1);
    await client.publishAsync('device/new', 'a read', { qos: 1 });
    await until('the new one', () => messages.length > 0);
    expect(messages).toEqual(['device/new a read']);
  });

  it('that does not let us in is away, told once with no password in the reason', async () => {
    const { link, states } = join(['a'], { password: 'geheim' });
    await until('down', () => states.length > 0);
    await until('a second attempt', () => broker.logins.filter(({ accepted }) => !accepted).length > 1);
    expect([states, link.isUp]).toEqual([['down'], false]);
    expect(JSON.stringify(lines)).not.toContain('geheim');
  });

  it('is told of to who comes later', async () => {
    const first = join(['a']);
    await until('up', () => first.states.length > 0);
    const second = join(['b']);
    await until('told', () => second.states.length > 0);
    expect(second.states).toEqual(['up']);
    expect(broker.logins).toHaveLength(1);
  });
});

describe('a broker that takes in and confirms nothing', () => {
  const CONNACK = Buffer.from([0x20, 2, 0, 0]);
  let sockets: Socket[];
  /** What came on each connection. */
  let received: string[];
  let server: ReturnType<typeof createServer>;
  let url: string;

  beforeEach(async () => {
    sockets = [];
    received = [];
    server = createServer((socket) => {
      const at = received.push('') - 1;
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        received[at] += bytes.toString('latin1');
      });
      socket.once('data', () => socket.write(CONNACK));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `mqtt://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  });
  afterEach(async () => {
    for (const link of links.splice(0)) link.close();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('costs a publication its certainty and is left; the next connection does not repeat it', async () => {
    const { link, states } = join(['topic/a'], { url });
    await until('up', () => states.length > 0);
    expect(await link.publish('gate', 'open-the-gate', 100)).toBe('some');
    expect([states.at(-1), link.isUp]).toEqual(['down', false]);
    expect(received[0]).toContain('open-the-gate');
    await until('up again', () => states.at(-1) === 'up');
    await until('subscribed', () => received[1]?.includes('topic/a'));
    expect(received[1]).not.toContain('open-the-gate');
  });

  it('and breaks ends what is on its way at once', async () => {
    const { link, states } = join(['a'], { url });
    await until('up', () => states.length > 0);
    const written = link.publish('gate', 'open', 60_000);
    sockets[0]?.resetAndDestroy();
    expect(await written).toBe('some');
  });
});

it.each([
  ['a/+/c', 'a/b/c', true],
  ['a/+/c', 'a/b/c/d', false],
  ['a/+', 'a', false],
  ['a/#', 'a/b/c', true],
  ['a/#', 'a', true],
  ['a/b', 'a/bc', false],
  ['+/b', '/b', true],
])('%s and %s: %s', (filter, topic, matches) => {
  expect(topicMatches(filter, topic)).toBe(matches);
});
