import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AedesBroker, startAedes } from '../peers/mqtt/index.ts';
import { type Pty, startPty } from '../peers/pty.ts';
import {
  dahuaStream,
  dahuaWeb5,
  hikvisionPush,
  hikvisionStream,
  huaxia,
  qianyi,
  vzenithHttp,
  vzenithMqtt,
  vzenithTcp,
} from '../support/hardware-families.ts';
import type { HardwareLane } from '../support/hardware-lane.ts';
import { HardwareSite } from '../support/hardware-site.ts';
import { type Car, LaneTraffic, shuffled, troublesOf } from '../support/hardware-traffic.ts';
import { seeded } from '../support/random.ts';
import { stablePort } from '../support/station-process.ts';

const SEED = Number(process.env['LANES_SEED'] ?? Math.floor(Math.random() * 1e6));

let broker: AedesBroker;
let site: HardwareSite;
let ptys: Pty[] = [];
beforeAll(async () => {
  broker = await startAedes();
  const made = await Promise.all([startPty(), startPty()]);
  ptys = made.flatMap((pty) => ('unavailable' in pty ? [] : [pty]));
  const [one, two] = ptys;
  if (!one || !two) throw new Error('no pty');
  const stationPort = await stablePort();
  const around = { stationPort, brokerUrl: broker.url };
  const lanes = await Promise.all([
    vzenithHttp(around),
    vzenithTcp(),
    vzenithMqtt(around),
    hikvisionPush(around, one),
    hikvisionStream(),
    dahuaStream(),
    dahuaWeb5(around),
    huaxia(around, two),
    qianyi(around),
  ]);
  site = await HardwareSite.open({ port: stationPort, lanes });
});
afterAll(async () => {
  await site.close();
  await broker.stop();
  for (const pty of ptys) await pty.stop();
});

let count = 0;
const plates = (letter: string) => () => `鲁${letter}${String(++count).padStart(5, '0')}`;

test(`cars (seed ${SEED})`, { retry: 0 }, async () => {
  const random = seeded(SEED);
  const t0 = Date.now();
  await site.online(['cam-tcp', 'cam-mqtt', 'cam-http', 'cam-hik-push', 'cam-hik-stream', 'cam-dahua-stream', 'cam-qianyi']);
  console.log('online', Date.now() - t0);
  const of = (way: 'in' | 'out'): HardwareLane[] => site.lanes.filter((lane) => lane.way === way);
  const newPlate = plates('L');
  const ghost = plates('G');
  const plan = (lane: HardwareLane, cars: () => { plate: string; hasCard: boolean }): Car[] =>
    (['none', ...shuffled(troublesOf(lane), random)] as const).map((trouble) => ({ trouble, ...cars() }));
  const traffics = new Map(site.lanes.map((lane) => [lane, new LaneTraffic(site, lane, ghost)]));
  const inside: { plate: string; hasCard: boolean }[] = [];
  const entering = of('in').map((lane) => ({
    lane,
    cars: plan(lane, () => {
      const car = { plate: newPlate(), hasCard: random() < 0.3 };
      inside.push(car);
      return car;
    }),
  }));
  await Promise.all(inside.filter(({ hasCard }) => hasCard).map(({ plate }) => site.card(plate)));
  const results = await Promise.allSettled(entering.map(({ lane, cars }) => traffics.get(lane)?.run(cars)));
  for (const r of results) if (r.status === 'rejected') console.log(String(r.reason));
  console.log('entered', Date.now() - t0);
  const results2 = await Promise.allSettled(
    of('out').map((lane) => {
      const cars = plan(lane, () => inside.pop() ?? { plate: 'x', hasCard: false });
      return traffics.get(lane)?.run(cars);
    }),
  );
  for (const r of results2) if (r.status === 'rejected') console.log(String(r.reason));
  console.log('left', Date.now() - t0);
  for (const lane of site.lanes) console.log(lane.id, lane.iron.risings, lane.iron.through.length, lane.iron.collisions, lane.complaints(), lane.led?.spoken.map(({ text }) => text));
  const alarms = await site.events('alarm');
  console.log(alarms.map(({ body }) => `${body['code']} ${body['subject']} ${body['cleared']} ${body['detail']}`).join('\n'));
  console.log(site.station.stderr.filter((line) => !line.includes('"level":30') && !line.includes('"level":20')).slice(0, 30).join('\n'));
  expect(results.every(({ status }) => status === 'fulfilled')).toBe(true);
  expect(results2.every(({ status }) => status === 'fulfilled')).toBe(true);
}, 120_000);
