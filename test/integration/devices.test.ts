import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { deviceStateSchema, exchangeSchema, foundDeviceSchema, pictureSchema } from '../../shared/contract/devices.ts';
import { selfTestStepSchema } from '../../shared/domain/device-test.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { VzenithCamera } from '../peers/vzenith/index.ts';
import { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';

const PASSWORD = 'camera-secret-9';
const states = z.array(deviceStateSchema);
const traced = z.object({ exchanges: z.array(exchangeSchema) });
const tested = z.object({ steps: z.array(selfTestStepSchema) });

let park: CarPark;
beforeAll(async () => {
  park = await CarPark.open({ camera: { password: PASSWORD } });
});
afterAll(() => park.close());

const device = (id: string) => park.station.get(deviceStateSchema, `/devices/${id}`);
const found = () => park.station.get(z.array(foundDeviceSchema), '/found-devices');
/** Once the camera's request stands open, a command leaves at once. */
const connected = () => until('the camera is online', async () => (await device('cam-out1')).state === 'online');

test('every device tells its lane, its link and what can be asked of it', async () => {
  await connected();
  const all = await park.station.get(states, '/devices');
  expect(all.map(({ id }) => id)).toEqual(['cam-in1', 'cam-out1', 'bar-in1', 'bar-out1']);
  const [camera, barrier] = [all[1], all[3]];
  expect(camera).toMatchObject({
    ...{ serialNo: 'SN-OUT-1', address: '192.168.1.102', reconnects: 0, firmware: null },
    lanes: [{ id: 'out1', role: 'camera' }],
    can: { selfTest: true, snapshot: true, pulse: false, show: false },
  });
  // The arm hangs on the camera's relays, and is as well as the camera is.
  expect(barrier).toMatchObject({ via: 'cam-out1', state: 'online', arm: 'unknown', can: { pulse: true } });
});

test('the trace shows what the camera said and what we answered, without its password and its picture', async () => {
  const picture = jpegOfSize(30_000);
  await park.exit.heartbeat();
  await park.exit.push('鲁B77777', { image: picture });
  const { exchanges } = await park.station.get(traced, '/devices/cam-out1/trace');
  const text = exchanges.map(({ base64 }) => Buffer.from(base64, 'base64').toString('utf8'));
  expect(text.join()).not.toContain(PASSWORD);
  expect(text.join()).not.toContain(picture.toString('base64').slice(1000, 1100));
  const push = exchanges.findIndex((_, index) => text[index]?.includes('鲁B77777'));
  expect(exchanges[push]).toMatchObject({ direction: 'in' });
  expect(exchanges[push]?.bytes).toBeGreaterThan(40_000);
  expect(
    exchanges
      .slice(push + 1)
      .some(({ direction }, at) => direction === 'out' && text[push + 1 + at]?.includes('Response_AlarmInfoPlate')),
  ).toBe(true);
  // Following asks only for what is new.
  const last = exchanges.at(-1)?.seq ?? 0;
  await park.exit.heartbeat();
  const more = await park.station.get(traced, `/devices/cam-out1/trace?afterSeq=${last}`);
  expect(more.exchanges.every(({ seq }) => seq > last)).toBe(true);
  expect(more.exchanges.length).toBeGreaterThanOrEqual(2);
});

test('the self-test of a camera gets a picture over the very way that commands take, and opens nothing', async () => {
  await connected();
  const openings = park.exit.arm.openings.length;
  const { steps } = await park.station.send(tested, '/devices/cam-out1/self-test', {});
  const results = Object.fromEntries(steps.map(({ step, result }) => [step, result]));
  expect(results).toMatchObject({ reachable: 'ok', commands: 'ok', picture: 'ok', relay: 'skipped' });
  expect(park.exit.arm.openings).toHaveLength(openings);
  expect((await device('cam-out1')).delay?.lastMs).toBeLessThan(2_000);
});

test('a picture that was asked for is shown, and is the evidence of nobody', async () => {
  await connected();
  park.exit.view = jpegOfSize(12_345);
  const before = await park.events('photo-taken');
  const picture = await park.station.send(pictureSchema, '/devices/cam-out1/snapshot', {});
  expect(Buffer.from(picture.base64, 'base64').equals(park.exit.view)).toBe(true);
  expect(await park.events('photo-taken')).toEqual(before);
});

test('raising the arm for a test is an opening by hand: with reason, and in the journal where it was ordered', async () => {
  await connected();
  const openings = park.exit.arm.openings.length;
  const unconfirmed = await park.station.raw('/api/v1/devices/bar-out1/pulse', {
    ...{ method: 'POST', token: await park.station.signIn(), body: { reason: '检修测试' } },
  });
  expect(unconfirmed.status).toBe(400);
  await park.station.send(deviceStateSchema, '/devices/bar-out1/pulse', { reason: '检修测试', confirmed: true });
  await park.exit.waitFor(() => park.exit.arm.openings.length > openings, 'open arm');
  const [opened] = (await park.events('gate-commanded')).filter(({ body }) => body['reason'] === '检修测试');
  expect(opened).toMatchObject({ laneId: 'out1', body: { origin: 'manual', action: 'open', place: 'device-page' } });
  const refused = await park.station.raw('/api/v1/devices/cam-out1/pulse', {
    ...{ method: 'POST', token: await park.station.signIn(), body: { reason: 'x', confirmed: true } },
  });
  expect(refused.status).toBe(409);
});

test('a camera that nobody configured is found, with its picture, ready to be taken in', async () => {
  const url = park.station.cameraUrl;
  const stranger = new VzenithCamera({ serialno: 'NEW-CAMERA-42', url, deviceName: 'GATE3', resends: 0 });
  try {
    expect(await found()).toEqual([]);
    await stranger.heartbeat();
    await stranger.push('鲁B33333', { image: jpegOfSize(9_000) });
    expect(stranger.arm.openings).toEqual([]);
    const [camera, ...others] = await found();
    expect(others).toEqual([]);
    expect(camera).toMatchObject({
      ...{ kind: 'camera', driver: 'vzenith-http', serialNo: 'NEW-CAMERA-42', name: 'GATE3', hasPicture: true },
      plate: { text: '鲁B33333' },
      suggestion: { id: 'cam-CAMERA42', driver: 'vzenith-http', settings: { serialNo: 'NEW-CAMERA-42' } },
    });
    const picture = await park.station.get(pictureSchema, '/found-devices/vzenith-http/NEW-CAMERA-42/picture');
    expect(Buffer.from(picture.base64, 'base64')).toHaveLength(9_000);
  } finally {
    await stranger.stop();
  }
});
