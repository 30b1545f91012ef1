import { connectAsync } from 'mqtt';
import { afterEach, expect, test } from 'vitest';
import { startAedes, startMosquitto, type TestBroker } from '../../../peers/mqtt/index.ts';

const running: TestBroker[] = [];
afterEach(async () => {
  for (const broker of running.splice(0)) await broker.stop();
});
const users = { '234': '密码 1' };
const login = (broker: TestBroker, clientId: string, password: string) =>
  connectAsync(broker.url, { clientId, username: '234', password, reconnectPeriod: 0 }, false);

async function checkAccess(broker: TestBroker): Promise<void> {
  await expect(login(broker, 'wrong', 'nonsense')).rejects.toThrow();
  const client = await login(broker, '234', '密码 1');
  await expect.poll(() => broker.clients()).toEqual([{ clientId: '234', username: '234' }]);
  const arrived = new Promise((resolve) =>
    client.once('message', (topic, payload) => resolve(`${topic} ${payload.toString()}`)),
  );
  await client.subscribeAsync('qdpark/#', { qos: 1 });
  await client.publishAsync('qdpark/v1/x', '鲁B', { qos: 1 });
  expect(await arrived).toBe('qdpark/v1/x 鲁B');
  await client.endAsync();
  await expect.poll(() => broker.clients()).toEqual([]);
}

test('aedes lets in whom it knows, and tells who came and what they asked for', async () => {
  const broker = await startAedes({ users });
  running.push(broker);
  await checkAccess(broker);
  expect(broker.logins).toEqual([
    { clientId: 'wrong', username: '234', password: 'nonsense', accepted: false },
    { clientId: '234', username: '234', password: '密码 1', accepted: true },
  ]);
  expect(broker.subscriptions).toEqual([{ clientId: '234', topic: 'qdpark/#', qos: 1 }]);
});

test('aedes keeps sessions and their messages through a pause', async () => {
  const broker = await startAedes();
  running.push(broker);
  const settings = { clientId: 'park', clean: false, reconnectPeriod: 0 };
  const park = await connectAsync(broker.url, settings);
  await park.subscribeAsync('t', { qos: 1 });
  await broker.pause();
  await expect.poll(() => broker.clients()).toEqual([]);
  await expect(connectAsync(broker.url, { reconnectPeriod: 0 }, false)).rejects.toThrow();
  await broker.resume();
  const city = await connectAsync(broker.url);
  await city.publishAsync('t', 'kept', { qos: 1 });
  await city.endAsync();
  const arrived = new Promise((resolve) => {
    park.once('message', (_topic, payload) => resolve(payload.toString()));
  });
  park.reconnect();
  expect(await arrived).toBe('kept');
  await park.endAsync(true);
});

test('mosquitto does the same with its own password file', async (ctx) => {
  const broker = await startMosquitto({ users });
  if ('unavailable' in broker) return ctx.skip(broker.unavailable);
  running.push(broker);
  await checkAccess(broker);
});
