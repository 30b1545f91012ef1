import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dahua } from '../../../electron/station/devices/dahua/index.ts';
import type { DeviceRequest } from '../../../electron/station/devices/device.ts';
import { mountDevices } from '../../../electron/station/inbound/device-routes.ts';
import { createHttpServer, type FastifyInstance, listen } from '../../../electron/station/inbound/http-server.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { until } from '../../support/until.ts';
import { Bench } from '../devices/recording.ts';

/** As section 1.5 of the protocol's description has it; its numbers are made up. */
const TOLLGATE =
  '{"Picture":{"Plate":{"PlateNumber":"粤B12345","PlateColor":"Blue"},"SnapInfo":{"DeviceID":"ITC-1","AccurateTime":"2026-11-22 09:30:00.120","LanNo":1},"NormalPic":{"PicName":"a","Content":"/9j/2Q=="}}}';

let app: FastifyInstance;
let url: string;
let bench: Bench;
const seen: DeviceRequest[] = [];
let stopping = false;
let letGo: () => void;

beforeEach(async () => {
  bench = new Bench();
  seen.length = 0;
  const settings = dahua.settings.parse({ serialNo: 'ITC-1', host: '127.0.0.1', password: 'x', receive: 'push' });
  const camera = dahua.create('cam1', settings, bench.deps);
  await camera.start();
  const endpoint = dahua.endpoint?.([camera], bench);
  app = createHttpServer(bench.log, new FakeClock());
  const noting = {
    handle: async (request: DeviceRequest) => {
      seen.push(request);
      return (await endpoint?.handle(request)) ?? { status: 500, contentType: '', body: '' };
    },
  };
  mountDevices(app, new Map([['dahua', { endpoint: noting, paths: dahua.paths ?? [] }]]), () => undefined);
  app.post('/hello', async () => 'hello');
  // Stopping takes as long as the test says.
  stopping = false;
  const mayEnd = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  app.addHook('preClose', () => {
    stopping = true;
    return mayEnd;
  });
  url = await listen(app, '127.0.0.1', 0);
});
afterEach(async () => {
  letGo();
  await app.close();
});

interface Told {
  readonly status: number | undefined;
  readonly body: string;
}

function tell(path: string, options: { headers?: Record<string, string>; body?: string } = {}): Promise<Told> {
  return new Promise((resolve, reject) => {
    const { headers = { 'content-type': 'application/json' }, body = TOLLGATE } = options;
    const sent = httpRequest(new URL(path, url), { method: 'POST', headers }, (response) => {
      let text = '';
      response.on('data', (bytes: Buffer) => {
        text += bytes.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

it.each([
  ['/NotificationInfo/TollgateInfo', '/NotificationInfo/TollgateInfo'],
  ['/devices/dahua/NotificationInfo/TollgateInfo', '/NotificationInfo/TollgateInfo'],
  ['/devices/dahua', ''],
])('a Dahua camera may push to %s', async (path, told) => {
  expect(await tell(path)).toEqual({ status: 200, body: '{"result":"true"}' });
  expect(bench.reads).toMatchObject([{ deviceId: 'cam1', plate: { text: '粤B12345' } }]);
  expect(seen[0]?.path).toBe(told);
});

it('its signs of life come by its own path, too', async () => {
  const body = '{"Active":"keepAlive","DeviceID":"ITC-1"}';
  expect(await tell('/NotificationInfo/KeepAlive', { body })).toEqual({ status: 200, body: '{"result":"true"}' });
  expect(bench.states).toEqual(['cam1 online']);
});

it('no browser and no flood of bytes comes in there', async () => {
  const browser = await tell('/NotificationInfo/TollgateInfo', { headers: { origin: 'http://elsewhere' } });
  expect(browser.status).toBe(403);
  const headers = { 'content-type': 'application/json', 'content-length': String(11 * 1024 * 1024) };
  const flood = await tell('/NotificationInfo/TollgateInfo', { headers, body: '' });
  expect(flood.status).toBe(413);
  expect(bench.reads).toEqual([]);
});

it('while we stop a push is left unanswered, so that the camera keeps it; others are told', async () => {
  const closed = app.close();
  await until('it stops', () => stopping);
  await expect(tell('/NotificationInfo/TollgateInfo')).rejects.toThrow(/socket hang up|ECONNRESET/);
  await expect(tell('/devices/dahua')).rejects.toThrow(/socket hang up|ECONNRESET/);
  expect((await tell('/hello')).status).toBe(503);
  expect(seen).toEqual([]);
  letGo();
  await closed;
});
