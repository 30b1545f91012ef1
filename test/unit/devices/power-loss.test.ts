import { afterEach, expect, it } from 'vitest';
import { VzenithCamera } from '../../../electron/station/devices/vzenith-http/camera.ts';
import { VzenithEndpoint } from '../../../electron/station/devices/vzenith-http/endpoint.ts';
import { vzenithHttp } from '../../../electron/station/devices/vzenith-http/index.ts';
import { mountDevices } from '../../../electron/station/inbound/device-routes.ts';
import { createHttpServer } from '../../../electron/station/inbound/http-server.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { tinyJpeg } from '../../peers/jpeg.ts';
import { VzenithCamera as Peer } from '../../peers/vzenith/index.ts';
import { A, B, DAY } from '../lanes/given.ts';
import { IN1, Rig } from '../lanes/runtime-rig.ts';
import { Bench } from './recording.ts';

const rig = new Rig();
const bench = new Bench();
const app = createHttpServer(bench.log, new SystemClock());
const serialNo = 'a1b2c3d4-e5f60718';
const camera = new VzenithCamera(IN1.camera ?? '', vzenithHttp.settings.parse({ serialNo }), {
  ...{ ...bench.deps, clock: rig.clock },
  events: { ...bench.deps.events, plate: (read) => void rig.lanes.plate(read) },
});
afterEach(async () => {
  await camera.stop();
  await app.close();
  rig.dispose();
});

it('after a power cut of its camera a car with the number of another one is let in, and has its own picture', async () => {
  await camera.start();
  const mounted = { endpoint: new VzenithEndpoint([camera], bench), paths: [] };
  mountDevices(app, new Map([['vzenith-http', mounted]]), () => undefined);
  const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/devices/vzenith-http`;
  const peer = new Peer({ serialno: serialNo, url });
  const now = rig.clock.now();
  peer.powerLoss();
  expect((await peer.push(A, { image: tinyJpeg() })).plateId).toBe(1);
  // Whatever is sent again of it is known.
  await peer.pushRecord({ plateId: 1, license: A, options: { image: tinyJpeg() }, capturedAt: 60_000 });
  expect(rig.moves).toEqual(['in1:open']);
  rig.lanes.safetyLoop(IN1.id, true);
  rig.lanes.safetyLoop(IN1.id, false);
  await rig.clock.advance(3 * DAY);
  peer.powerLoss();
  expect((await peer.push(B, { image: tinyJpeg() })).plateId).toBe(1);
  await peer.stop();
  expect(rig.moves).toEqual(['in1:open', 'in1:open']);
  expect(rig.events('plate-read')).toHaveLength(2);
  const stay = rig.store.read.stays.inside(B);
  expect(stay?.enteredAt).toBe(now + 3 * DAY);
  expect(rig.store.read.photos.ofStay(stay?.uid ?? '')).toHaveLength(1);
  expect(rig.events('gate-commanded').map(({ key }) => key)).toEqual([stay?.uid, rig.store.read.stays.inside(A)?.uid]);
});
