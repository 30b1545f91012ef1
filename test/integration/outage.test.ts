import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { messageViewSchema } from '../../shared/contract/outbox.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import type { Fault } from '../peers/qingdao/index.ts';
import { CarPark } from '../support/car-park.ts';
import { median, until } from '../support/until.ts';

/** Long enough for the slow case to be a delay and short enough for the silent one to be a time-out. */
const timeouts = { connectMs: 1000, headersMs: 1500, bodyMs: 1500, totalMs: 1500 };

let park: CarPark;
let calm: number;
beforeAll(async () => {
  park = await CarPark.open({ city: { settings: { timeouts } } });
  const { replies } = await traffic('calm', 12);
  calm = median(replies);
  await delivered();
});
afterAll(async () => {
  await park.close();
});
afterEach(() => {
  park.city.clearFaults();
  expect(park.city.violations.map(({ interface: name, detail }) => `${name}: ${detail}`)).toEqual([]);
});

let cars = 0;
const nextPlate = (): string => `鲁B5${String(++cars).padStart(4, '0')}`;
const image = jpegOfSize(20_000);

/** Cars that enter while a car leaves after each second one; the time of every answer to a camera. */
async function traffic(what: string, count: number): Promise<{ replies: number[]; uids: string[] }> {
  const { entry, exit } = park;
  const replies: number[] = [];
  const uids: string[] = [];
  for (let index = 0; index < count; index++) {
    const plate = nextPlate();
    const entered = await entry.push(plate, { image });
    expect([what, plate, entered.reply?.info]).toEqual([what, plate, 'ok']);
    replies.push(...entered.attempts.map(({ ms }) => ms));
    uids.push((await park.stayOf(plate)).uid);
    if (index % 2 === 0) continue;
    const leaving = nextPlate();
    uids.push((await park.register(leaving, 90)).uid);
    const pushed = await exit.push(leaving, { image });
    replies.push(...pushed.attempts.map(({ ms }) => ms));
    const before = exit.arm.openings.length;
    await park.collect(700);
    await exit.waitFor(() => exit.arm.openings.length > before, `opening during ${what}`);
  }
  return { replies, uids };
}

/** Nothing waits, and each of the stays is complete at the city, in order. */
async function delivered(uids: readonly string[] = []): Promise<void> {
  await park.outboxEmpty(20_000);
  expect((await park.outbox('&status=refused')).total).toBe(0);
  for (const uid of uids) {
    const stay = await park.stay(uid);
    const file = park.city.books.stay(uid);
    expect(file.entry, uid).toBeDefined();
    expect(file.photos, uid).toHaveLength(stay.photos.length);
    expect(file.exit !== undefined, uid).toBe(stay.status === 'left');
    expect(park.city.books.money(uid).actualPay, uid).toBe(stay.paidFen);
    const taken = park.city.log.filter(
      (line) => line.body?.['uid'] === uid && line.interface !== 'uploadPhoto' && line.outcome === 'accepted',
    );
    const whole = ['uploadCarInData', 'uploadPayRecord', 'uploadCarOutData'];
    expect(taken.map((line) => line.interface)).toEqual(stay.status === 'left' ? whole : whole.slice(0, 1));
  }
}

/** The answers to cameras took no longer than without trouble, give or take what a busy machine does to a few milliseconds. */
function expectCalm(what: string, replies: readonly number[]): void {
  const troubled = median(replies);
  expect(troubled, `median answer during ${what}, ${calm.toFixed(1)} ms without`).toBeLessThan(calm * 3 + 40);
}

const waiting = async (): Promise<number> => (await park.outbox('&status=waiting')).total;

test('the city is gone and comes back on the same port', async () => {
  await park.city.stop();
  const repeats = park.city.repeats.length;
  const { replies, uids } = await traffic('down', 6);
  expect(await waiting()).toBeGreaterThan(10);
  const [link] = await park.station.get(
    z.array(z.object({ state: z.string(), oldestWaitingSeconds: z.number().nullable() })),
    '/outbox/summary',
  );
  expect(link?.state).toBe('offline');
  await park.city.start();
  await delivered(uids);
  expectCalm('an outage', replies);
  // What was on its way when the lines were cut may have arrived; nothing of these stays was.
  expect(park.city.repeats.slice(repeats).filter(({ uid }) => uids.includes(uid))).toEqual([]);
});

const neverTaken: readonly (readonly [string, Fault])[] = [
  ['HTTP 500', { kind: 'http-status', status: 500 }],
  ['resultCode 500', { kind: 'result-code', code: 500 }],
  ['garbage', { kind: 'garbage' }],
  ['a page of HTML', { kind: 'html' }],
  ['connections that are reset', { kind: 'down' }],
];
test.for(neverTaken)(
  '%s instead of an answer: lanes do not notice, all arrives later, nothing twice',
  async ([what, fault]) => {
    const set = park.city.fault(fault);
    const repeats = park.city.repeats.length;
    const { replies, uids } = await traffic(what, 4);
    await until('the city was asked', () => set.hits > 0);
    expect(await waiting()).toBeGreaterThan(0);
    park.city.clearFaults();
    await delivered(uids);
    expectCalm(what, replies);
    expect(park.city.repeats.slice(repeats)).toEqual([]);
  },
);

test('answers that get lost: the city is asked what it has, and nothing that is there is sent again', async () => {
  const { city } = park;
  const repeats = city.repeats.length;
  const asked = city.received('downloadUID').length;
  const lost = city.fault({ kind: 'answer-lost' });
  const { replies, uids } = await traffic('lost answers', 4);
  await until('several answers were lost', () => lost.hits >= 3, 10_000);
  city.clearFaults();
  await delivered(uids);
  expectCalm('lost answers', replies);
  expect(city.repeats.slice(repeats)).toEqual([]);
  expect(city.received('downloadUID').length).toBeGreaterThan(asked);
});

test('a city that does not tell what it has gets the record again under the same identity, and 204 is as good as done', async () => {
  const { city } = park;
  const repeats = city.repeats.length;
  city.repeatAnswer = 'duplicate-204';
  city.fault({ kind: 'result-code', code: 400 }, { interface: 'downloadUID' });
  const lost = city.fault({ kind: 'answer-lost' }, { times: 2, interface: 'uploadCarInData' });
  const { uids } = await traffic('204', 3);
  await delivered(uids);
  city.repeatAnswer = 'success';
  const again = city.repeats.slice(repeats);
  expect(again.length).toBe(lost.hits);
  expect(again.flatMap(({ changed }) => changed)).toEqual([]);
});

test('a slow city: lanes do not notice', async () => {
  const { city } = park;
  const repeats = city.repeats.length;
  city.fault({ kind: 'delay', ms: 700 });
  const { replies, uids } = await traffic('slowness', 4);
  await delivered(uids.slice(0, 1));
  city.clearFaults();
  await delivered(uids);
  expectCalm('slowness', replies);
  expect(city.repeats.slice(repeats)).toEqual([]);
});

test('a silent city: requests are given up, and sent again', async () => {
  const { city } = park;
  const repeats = city.repeats.length;
  const silent = city.fault({ kind: 'delay', ms: 2500 });
  const { replies, uids } = await traffic('silence', 3);
  await until('somebody waits', () => silent.hits > 0);
  city.clearFaults();
  await delivered(uids);
  expectCalm('silence', replies);
  expect(city.repeats.slice(repeats).flatMap(({ changed }) => changed)).toEqual([]);
});

test('a record that is refused waits for a person and holds back its own stay only', async () => {
  const { city, entry, exit } = park;
  const plate = nextPlate();
  city.fault({ kind: 'result-code', code: 400, msg: '参数错误' }, { times: 1, interface: 'uploadCarInData' });
  const { uid } = await park.register(plate, 90);
  const refused = await until('a dead letter', async () => (await park.outbox('&status=refused')).items[0]);
  expect(refused).toMatchObject({ message: 'uploadCarInData', key: uid, status: 'refused', attempts: 1 });
  expect(refused.lastError).toContain('参数错误');

  await exit.push(plate, { image });
  await park.collect(700);
  await exit.waitFor(() => exit.arm.state === 'open', 'open arm');
  const { uids } = await traffic('a dead letter', 2);
  await until('the others are through', () => uids.every((other) => city.books.stay(other).photos.length === 1));
  const held = await park.outbox(`&key=${uid}&status=waiting`);
  expect(held.items.every(({ held: isHeld }) => isHeld)).toBe(true);
  expect(new Set(held.items.map(({ message }) => message))).toEqual(
    new Set(['uploadPayRecord', 'uploadCarOutData', 'uploadPhoto']),
  );
  expect(city.log.filter((line) => line.body?.['uid'] === uid && line.interface !== 'uploadCarInData')).toEqual([]);
  const raised = (await park.events('alarm')).find((event) => event.body['code'] === 'message-refused');
  expect(raised?.body).toMatchObject({ cleared: false });

  await park.station.send(messageViewSchema, `/outbox/${refused.id}/retry`, {});
  await delivered([uid, ...uids]);
  const last = (await park.events('alarm')).find((event) => event.body['code'] === 'message-refused');
  expect(last?.body).toMatchObject({ cleared: true });
  expect(entry.protocolFaults).toEqual([]);
});
