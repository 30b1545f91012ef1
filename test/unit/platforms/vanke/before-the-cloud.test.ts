import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Cloud, startCloud } from '../../../peers/vanke/index.ts';
import { HOUR, MINUTE, VankeWorld } from './vanke-world.ts';

/** What we push, before a cloud that was written from the specification alone and checks each field of each message. */

const PHOTO = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xd9]);
let cloud: Cloud;
let world: VankeWorld;
let door: ReturnType<typeof createServer>;
/** Time of the test, which the cloud shares. */
let now = (): number => 0;

/** A request of the cloud, at the inbound door of the platform. */
async function callsIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '', headers } = request;
  const answer = await world.platform.inbound.handle({
    ...{ method, path: url, query: '', remote: '127.0.0.1', headers: {} },
    ...{ contentType: headers['content-type'] ?? '', body: await buffer(request) },
  });
  response.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.body);
}

beforeEach(async () => {
  cloud = await startCloud({ now: () => now() });
  door = createServer((request, response) => void callsIn(request, response));
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const at = door.address();
  const publicUrl = `http://127.0.0.1:${typeof at === 'object' ? at?.port : 0}`;
  world = await VankeWorld.open({
    settings: { baseUrl: cloud.baseUrl, photo: { publicUrl }, abnormal: { checkMs: 5 * MINUTE } },
  });
  now = () => world.clock.now();
  cloud.address = publicUrl;
});
afterEach(async () => {
  await world.dispose();
  await cloud.close();
  door.closeAllConnections();
  await new Promise((resolve) => door.close(resolve));
});

/** A car comes, is dealt with for so long, and crosses if the arm was opened for it. */
async function passes(lane: 'in1' | 'out1', text: string, seconds = 4): Promise<boolean> {
  const before = world.told('gate-commanded').length;
  world.arrives(lane, text, PHOTO);
  await world.settled();
  for (let second = 0; second < seconds; second += 1) await world.pass(1000);
  const opened = world.told('gate-commanded').length > before;
  world.loop(lane, 'trigger-loop', false);
  if (opened) world.loop(lane, 'safety-loop', true);
  await world.settled();
  for (let second = 0; second < 20; second += 1) await world.pass(1000);
  if (opened) world.loop(lane, 'safety-loop', false);
  await world.pass(MINUTE);
  return opened;
}

it('a day of cars, refusals, silences and faults breaks no rule, and each car is known exactly once', async () => {
  cloud.plate('粤B00002').set({ decision: { refuse: 3 } });
  cloud.plate('粤B00003').set({ decision: 'refuse' });
  const opened = [
    await passes('in1', '粤B00001'),
    await passes('in1', '粤B00002', 9),
    await passes('in1', '粤B00003', 9),
    await passes('in1', ''),
  ];
  expect(opened).toEqual([true, true, false, true]);
  const allowed = cloud.recognitions().find(({ plateNumber }) => plateNumber === '粤B00001');
  await cloud.picture(allowed?.uuid ?? '');

  // The cloud goes: the car is released after five times; its crossing fails, too, and so does what a device has to say.
  await cloud.goAway();
  expect(await passes('in1', '粤B00004', 21)).toBe(true);
  world.device('cam-out1', 'camera', 'offline');
  await world.pass(6 * MINUTE, 12);
  world.device('led-in1', 'display', 'offline');
  await world.pass(6 * MINUTE, 12);
  await cloud.comeBack();
  expect((await cloud.checkConnect()).answer?.respCode).toBe('0');
  await world.comes('the reports', () => cloud.abnormals().length === 2);

  // Questions that end in nonsense, and crossings whose answer is lost; then it goes on.
  cloud.fault({ kind: 'answer-lost' }, { interface: 'receiveCrossGate', times: 2 });
  cloud.fault({ kind: 'http-status', status: 502 }, { interface: 'receivePlateNumber', times: 1 });
  cloud.fault({ kind: 'resp-code', value: '2' }, { interface: 'receivePlateNumber', times: 1 });
  expect(await passes('out1', '粤B00001', 12)).toBe(true);

  // Somebody stands under an open arm whom nobody read.
  world.loop('out1', 'safety-loop', true);
  await world.settled();
  await world.pass(MINUTE, 2);
  world.loop('out1', 'safety-loop', false);
  await world.pass(HOUR, 10);

  const from = world.clock.now() - 24 * HOUR;
  await cloud.allUnPushRecognition(from, world.clock.now());
  await cloud.allUnPushCross(from, world.clock.now());
  expect(cloud.violations).toEqual([]);
  expect(cloud.doubts).toEqual([]);
  expect(cloud.books.differences()).toEqual([]);
  expect(cloud.crossedUnallowed()).toEqual([]);
  expect(cloud.abnormals().map(({ code }) => code)).toEqual(['1201', '1101', '1401']);
  expect([...cloud.books.fetchedRecognitions.values()]).toMatchObject([{ plateNumber: '粤B00004' }]);
  expect([...cloud.books.fetchedCrossings.values()]).toMatchObject([{ plateNumber: '粤B00004' }]);
}, 30_000);
