import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { testStepSchema } from '../../shared/domain/connection-test.ts';
import { KEPT_SECRET } from '../../shared/domain/setting.ts';
import { type AedesBroker, startAedes } from '../peers/mqtt/index.ts';
import { createKeys } from '../peers/qingdao/index.ts';
import { listen } from '../peers/sockets.ts';
import { CarPark } from '../support/car-park.ts';
import { stablePort } from '../support/station-process.ts';
import { until } from '../support/until.ts';

const answer = z.object({ steps: z.array(testStepSchema) });

let broker: AedesBroker;
let park: CarPark;
beforeAll(async () => {
  broker = await startAedes();
  park = await CarPark.open({ city: { brokerUrl: broker.url } });
});
afterAll(async () => {
  await park.close();
  await broker.stop();
});

/** With the stored key; where address or user are others, with the key itself: the stored one goes nowhere else. */
const settings = (part: object = {}) => ({
  ...{ enabled: true, baseUrl: park.city.baseUrl, accessId: '234', parkingCode: '1001' },
  ...{ platformPublicKey: park.keys.platformPublicKey, mqtt: { url: broker.url } },
  userPrivateKey: 'baseUrl' in part || 'accessId' in part ? park.keys.userPrivateKey : KEPT_SECRET,
  ...part,
});

/** `line step outcome` of each step, with the detail of the one that failed. */
async function tried(part: object = {}): Promise<{ readonly steps: readonly string[]; readonly detail: string }> {
  const { steps } = await park.station.send(answer, '/platforms/qingdao/test', { settings: settings(part) });
  return {
    steps: steps.map(({ line, step, outcome }) => `${line} ${step} ${outcome}`),
    detail: steps.find(({ outcome }) => outcome === 'failed')?.detail ?? '',
  };
}

const up = (...outcomes: readonly string[]) =>
  ['address', 'tcp', 'http', 'keys', 'credentials'].map(
    (step, index) => `uplink ${step} ${outcomes[index] ?? 'skipped'}`,
  );
const down = (...outcomes: readonly string[]) =>
  ['address', 'tcp', 'connect', 'subscribe'].map((step, index) => `downlink ${step} ${outcomes[index] ?? 'skipped'}`);
const [OK, FAILED] = ['ok', 'failed'];

test('with the right settings every step succeeds, and the line in use is not cut', async () => {
  const online = () => broker.clients().filter(({ clientId }) => clientId === '234').length;
  await until('the station hears its broker', () => online() === 1 || undefined);
  expect(await tried()).toEqual({ steps: [...up(OK, OK, OK, OK, OK), ...down(OK, OK, OK, OK)], detail: '' });
  expect(online()).toBe(1);
});

test('a name that does not exist', async () => {
  const { steps, detail } = await tried({
    baseUrl: 'http://nowhere.invalid/api/v1/cp',
    mqtt: { url: 'mqtt://nowhere.invalid' },
  });
  expect(steps).toEqual([...up(FAILED), ...down(FAILED)]);
  expect(detail).toMatch(/域名不存在|DNS/);
});

test('a port where nobody listens', async () => {
  const port = await stablePort();
  const { steps, detail } = await tried({
    baseUrl: `http://127.0.0.1:${port}/api/v1/cp`,
    mqtt: { url: `mqtt://127.0.0.1:${port}` },
  });
  expect(steps).toEqual([...up(OK, FAILED), ...down(OK, FAILED)]);
  expect(detail).toContain('拒绝连接');
});

test('a server that does not speak TLS', async () => {
  const { steps } = await tried({ baseUrl: park.city.baseUrl.replace('http:', 'https:'), mqtt: undefined });
  expect(steps).toEqual([
    ...['uplink address ok', 'uplink tcp ok', 'uplink tls failed', 'uplink http skipped'],
    ...['uplink keys skipped', 'uplink credentials skipped'],
  ]);
});

test('a server that answers something else', async () => {
  const fault = park.city.fault({ kind: 'html' });
  const { steps, detail } = await tried({ mqtt: undefined });
  fault.clear();
  expect(steps).toEqual(up(OK, OK, FAILED));
  expect(detail).toContain('HTTP');
});

test('a private key that is not ours', async () => {
  const { steps, detail } = await tried({ userPrivateKey: createKeys().userPrivateKey, mqtt: undefined });
  expect(steps).toEqual(up(OK, OK, OK, FAILED));
  expect(detail).toContain('平台答复');
});

test('an access number that the platform does not know, and a car park that is not ours', async () => {
  for (const part of [{ accessId: '999' }, { parkingCode: '4711' }]) {
    const { steps, detail } = await tried({ ...part, mqtt: undefined });
    expect(steps).toEqual(up(OK, OK, OK, 'skipped', FAILED));
    expect(detail).toContain('平台答复');
  }
});

test('a broker that never answers: within the time that a person waits, and cars pass meanwhile', async () => {
  const silent = createServer(() => undefined);
  const port = await stablePort();
  await listen(silent, port);
  const began = Date.now();
  const waiting = tried({ mqtt: { url: `mqtt://127.0.0.1:${port}`, connectTimeoutMs: 2000 } });
  expect((await park.entry.push('鲁B01T01')).reply?.info).toBe('ok');
  expect((await waiting).steps).toEqual([...up(OK, OK, OK, OK, OK), ...down(OK, OK, FAILED)]);
  expect(Date.now() - began).toBeLessThan(15_000);
  silent.close();
});

test('the stored key is not used at another address', async () => {
  const { steps, detail } = await tried({ baseUrl: 'http://127.0.0.1:9/api/v1/cp', userPrivateKey: KEPT_SECRET });
  expect(steps).toEqual(['uplink settings failed']);
  expect(detail).toMatch(/^“用户私钥”：须重新填写：.*不会发给新的地址/);
});

test('settings that cannot be are named, and no secret is told', async () => {
  const { steps, detail } = await tried({ baseUrl: 'ftp://x', userPrivateKey: 'not a key' });
  expect(steps).toEqual(['uplink settings failed']);
  expect(detail).toMatch(/“接口地址”.*“用户私钥”/);
  expect(detail).not.toContain('not a key');
});
