import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openStation } from '../../../../electron/station/station.ts';
import { VzenithCamera } from '../../../peers/vzenith/index.ts';
import { provision } from '../../../support/provision.ts';
import { memoryLog } from '../../../support/silent-log.ts';
import { ADMIN, stablePort } from '../../../support/station-process.ts';
import { tempDirectory } from '../../../support/temp-store.ts';
import { DOWN, PARK_CODE, sealed, settingsInput } from './support.ts';

/** A whole station: at the entrance a camera on the network, at the exit a made-up one. Everything goes over sockets. */

const closers: (() => unknown)[] = [];
let url: string;
let camera: VzenithCamera;

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

beforeEach(async () => {
  const port = await stablePort();
  url = `http://127.0.0.1:${port}`;
  const directory = tempDirectory();
  closers.push(() => rmSync(directory, { recursive: true, force: true }));
  const plain = provision({ port });
  const platforms = { keytop: settingsInput({ photo: { publicUrl: `${url}/` }, gate: { photoMs: 1500 } }) };
  const devices = plain.devices.map((device) =>
    device.id === 'cam-out1' ? { ...device, driver: 'virtual', settings: {} } : device,
  );
  const provisionFile = join(directory, 'provision.json');
  writeFileSync(provisionFile, JSON.stringify({ ...plain, devices, platforms }));
  const station = await openStation({
    ...{ dataDirectory: directory, host: '127.0.0.1', port, provisionFile, demo: false, version: '0' },
    log: memoryLog(),
  });
  closers.push(() => station.stop());
  camera = new VzenithCamera({ serialno: 'SN-IN-1', ipaddr: '192.168.1.101', url: `${url}/devices/vzenith-http` });
  closers.push(() => camera.stop());
});

const answerSchema = z.strictObject({
  resCode: z.int(),
  resMsg: z.string(),
  data: z.array(z.strictObject({ imageUrl: z.url() })).nullable(),
});

async function photo(deviceCode: string, deviceType = 0) {
  const data = sealed({ parkCode: PARK_CODE, deviceCode, deviceType }, DOWN.key, Date.now());
  const headers = { user: DOWN.user, pwd: DOWN.password, 'content-type': 'application/json;charset=utf-8' };
  const response = await fetch(`${url}/api/ParkingManage/GetPhoto`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ data }),
  });
  expect(response.status).toBe(200);
  return answerSchema.parse(await response.json());
}

async function fetched(answer: z.output<typeof answerSchema>): Promise<Buffer> {
  const [row, ...more] = answer.data ?? [];
  expect([answer.resCode, answer.resMsg, more]).toEqual([0, '', []]);
  expect(row?.imageUrl.startsWith(`${url}/keytopPhoto/`)).toBe(true);
  const picture = await fetch(row?.imageUrl ?? '');
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  return Buffer.from(await picture.arrayBuffer());
}

const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/** Everything that was written down of cars. */
async function carsTold(): Promise<readonly string[]> {
  const session = await fetch(`${url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: ADMIN.name, password: ADMIN.password }),
  });
  const { token } = z.looseObject({ token: z.string() }).parse(await session.json());
  const events = await fetch(`${url}/api/v1/events?limit=200`, { headers: { authorization: `Bearer ${token}` } });
  const told = z.array(z.looseObject({ kind: z.string() })).parse(await events.json());
  return told.map(({ kind }) => kind);
}

test('a camera on the network takes the picture, which is fetched by its address', { timeout: 30_000 }, async () => {
  camera.startComet();
  for (const [code, kind] of [
    ['in1', 0],
    ['cam-in1', 0],
  ] as const) {
    const picture = await fetched(await photo(code, kind));
    expect(picture.equals(camera.view)).toBe(true);
  }
  expect(camera.snapshots).toHaveLength(2);
  // By the address that the camera tells of itself.
  await camera.push('粤B12345');
  expect((await fetched(await photo('192.168.1.101', 1))).subarray(0, 3)).toEqual(JPEG);
  expect(await photo('192.168.1.102', 1)).toMatchObject({ resCode: 1, data: null });
});

test('no car comes in or goes by it, wherever the camera stands', { timeout: 30_000 }, async () => {
  expect((await fetched(await photo('out1'))).subarray(0, 3)).toEqual(JPEG);
  const kinds = await carsTold();
  expect(kinds.filter((kind) => kind === 'photo-taken')).toHaveLength(1);
  for (const none of ['plate-read', 'vehicle-entered', 'vehicle-exited', 'passage-waiting', 'gate-commanded'])
    expect(kinds).not.toContain(none);
});

test('a camera that is away, and a lane that is nobody’s, are errors without a picture', {
  timeout: 30_000,
}, async () => {
  const started = performance.now();
  const { resCode, resMsg, data } = await photo('in1');
  expect([resCode, data]).toEqual([1, null]);
  expect(resMsg).toMatch(/^没有拍到照片：/);
  expect(performance.now() - started).toBeLessThan(5000);
  expect(await photo('in9')).toEqual({ resCode: 1, resMsg: '没有编码为 in9 的设备', data: null });
});
