import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { type ListEntryView, listEntryViewSchema } from '../../shared/contract/lists.ts';
import { type AedesBroker, startAedes, startMosquitto } from '../peers/mqtt/index.ts';
import { CarPark } from '../support/car-park.ts';
import { ACCESS_ID } from '../support/provision.ts';
import { until } from '../support/until.ts';

const WITHIN_MS = 5_000;
const BLACK = 0;
const WHITE = 1;
const ADD = 0;
const DELETE = 1;
const UPDATE = 2;
/** Beyond what a JavaScript number holds: the last digits would change. */
const BIG_ID = '9007199254740993123';

const entries = pageOf(listEntryViewSchema);
const links = z.array(z.object({ platform: z.string(), downlink: z.string() }));

async function listed(park: CarPark, plate: string): Promise<ListEntryView[]> {
  return (await park.station.get(entries, `/lists?plate=${encodeURIComponent(plate)}`)).items;
}

/** Resolves when the station hears its broker. */
async function hearing(park: CarPark): Promise<void> {
  const online = async () => (await park.station.get(links, '/outbox/summary'))[0]?.downlink === 'online';
  await until('the line to the broker', online, 10_000);
}

async function confirmed(park: CarPark, requestId: string): Promise<void> {
  const confirm = await park.city.waitForConfirm(requestId, 10_000);
  const notice = park.city.downlink.notices.find((sent) => sent.requestId === requestId);
  expect(confirm).toMatchObject({ interface: 'confirmSpecialCar', requestId, success: true });
  // Every field as it was sent, none more and none less.
  expect(confirm.params).toEqual(notice?.body);
  expect(confirm.latencyMs).toBeLessThan(WITHIN_MS);
}

describe('the black and white list by MQTT', () => {
  let broker: AedesBroker;
  let park: CarPark;
  beforeAll(async () => {
    broker = await startAedes();
    park = await CarPark.open({ city: { brokerUrl: broker.url } });
    await hearing(park);
  });
  afterAll(async () => {
    await park.close();
    await broker.stop();
  });

  test('the station signs in with its access number, and the broker keeps its session', () => {
    const { keys } = park;
    const login = broker.logins.find(({ clientId }) => clientId === ACCESS_ID);
    const line = keys.userPrivateKey.replace(/-----[^-]+-----|\s/g, '');
    expect(login).toMatchObject({ username: ACCESS_ID, password: line, accepted: true });
    const topics = broker.subscriptions.filter(({ clientId }) => clientId === ACCESS_ID);
    expect(topics.map(({ topic, qos }) => [topic, qos])).toEqual(
      expect.arrayContaining([
        ['qdpark/v1/specialCar/234/1001', 1],
        ['/qdpark/v1/specialCar/234/1001', 1],
      ]),
    );
  });

  test('a plate is put on the black list: it is confirmed digit by digit, and the car waits at the entrance', async () => {
    const car = { plateNo: '鲁B01B01', operateType: BLACK, operate: ADD, remark: '欠费，中文备注' } as const;
    await park.city.publishSpecialCar(car, { requestId: BIG_ID });
    await confirmed(park, BIG_ID);
    expect(await listed(park, '鲁B01B01')).toMatchObject([
      { list: 'black', source: 'qingdao', remark: '欠费，中文备注' },
    ]);

    const pushed = await park.entry.push('鲁B01B01');
    expect(pushed.reply?.info).toBe('no');
    const lane = await park.lane('in1');
    expect(lane).toMatchObject({ phase: 'attention', passage: { attention: 'blacklisted' } });
    expect(await park.stays('鲁B01B01')).toEqual([]);
    await park.order('in1', 'cancel', { reason: '劝返', passageId: lane.passage?.id });
  });

  test('taken off the list again, it may enter; taking off what is not there is confirmed too', async () => {
    const car = { plateNo: '鲁B01B01', operateType: BLACK, operate: DELETE } as const;
    for (const requestId of ['700001', '700002']) {
      await park.city.publishSpecialCar(car, { requestId });
      await confirmed(park, requestId);
    }
    expect(await listed(park, '鲁B01B01')).toEqual([]);
    expect((await park.entry.push('鲁B01B01')).reply?.info).toBe('ok');
  });

  test('a plate on the white list leaves free, and the city is told a special stay of 0', async () => {
    const { city, exit } = park;
    const { uid } = await park.register('鲁B01W01', 120);
    await city.publishSpecialCar({ plateNo: '鲁B01W01', operateType: WHITE, operate: ADD }, { requestId: '700010' });
    await confirmed(park, '700010');
    expect((await exit.push('鲁B01W01')).reply?.info).toBe('ok');
    expect(await park.stayOf('鲁B01W01')).toMatchObject({ status: 'left', paidFen: 0 });
    await city.waitFor(() => city.books.stay(uid).exit, 'exit');
    expect(city.books.money(uid)).toMatchObject({ payments: 0, exitShouldPay: 0 });
  });

  test('an update replaces the entry; the newest notice wins, whatever comes late', async () => {
    const { city } = park;
    const car = { plateNo: '鲁B01U01', operateType: WHITE, operate: ADD, remark: '一' } as const;
    await city.publishSpecialCar(car, { requestId: '700020', timestamp: '2026-03-02 10:00:00' });
    await confirmed(park, '700020');
    const update = { ...car, operate: UPDATE, remark: '二', endTime: '2027-01-01 00:00:00' } as const;
    await city.publishSpecialCar(update, { requestId: '700021', timestamp: '2026-03-02 10:00:05' });
    await confirmed(park, '700021');
    await city.publishSpecialCar({ ...car, remark: '迟到' }, { requestId: '700022', timestamp: '2026-03-02 10:00:02' });
    await confirmed(park, '700022');
    expect(await listed(park, '鲁B01U01')).toMatchObject([
      { remark: '二', validTo: expect.stringMatching(/^2027-01-01T00:00:00.*\+08:00$/) },
    ]);
  });

  test('the same notice again is confirmed and changes nothing', async () => {
    const { city } = park;
    const notice = await city.publishSpecialCar(
      { plateNo: '鲁B01R01', operateType: BLACK, operate: ADD },
      { requestId: '700030' },
    );
    await confirmed(park, '700030');
    const changes = (await park.events('list-changed')).length;
    await city.downlink.repeat(notice);
    await city.downlink.repeat(notice);
    // A later notice is confirmed after the earlier ones were seen.
    await city.publishSpecialCar({ plateNo: '鲁B01R02', operateType: BLACK, operate: ADD }, { requestId: '700031' });
    await confirmed(park, '700031');
    await park.outboxEmpty();
    expect(await listed(park, '鲁B01R01')).toHaveLength(1);
    const after = await park.events('list-changed');
    expect(after.slice(0, after.length - changes)).toMatchObject([{ body: { entry: { plate: '鲁B01R02' } } }]);
  });

  test('a notice with a wrong signature is not acted on, not confirmed, and raises an alarm', async () => {
    const { city } = park;
    const car = { plateNo: '鲁B01X01', operateType: BLACK, operate: ADD } as const;
    await city.publishSpecialCar(car, { requestId: '700040', badSign: true });
    const alarm = await until('an alarm', async () =>
      (await park.events('alarm')).find(({ body }) => /sign/.test(String(body['code'])) && body['cleared'] === false),
    );
    expect(alarm.body['subject']).toContain('qingdao');
    // The line is alive, and the next one is taken.
    await city.publishSpecialCar({ ...car, plateNo: '鲁B01X02' }, { requestId: '700041' });
    await confirmed(park, '700041');
    expect(await listed(park, '鲁B01X01')).toEqual([]);
    expect(city.downlink.confirms.filter(({ requestId }) => requestId === '700040')).toEqual([]);
  });

  test('a notice that makes no sense is confirmed as failed', async () => {
    const { city } = park;
    await city.publishSpecialCar(
      {
        plateNo: '鲁B01F01',
        operateType: BLACK,
        operate: ADD,
        startTime: '2026-05-01 00:00:00',
        endTime: '2026-04-01 00:00:00',
      },
      { requestId: '700050' },
    );
    const confirm = await city.waitForConfirm('700050');
    expect(confirm.success).toBe(false);
    expect(await listed(park, '鲁B01F01')).toEqual([]);
  });

  test('the broker goes and comes back: what was sent meanwhile arrives', async () => {
    const { city } = park;
    await broker.pause();
    const gone = async () => (await park.station.get(links, '/outbox/summary'))[0]?.downlink === 'offline';
    await until('the loss is noticed', gone);
    const published = city.publishSpecialCar(
      { plateNo: '鲁B01A01', operateType: BLACK, operate: ADD },
      { requestId: '700060' },
    );
    await broker.resume();
    await published;
    await confirmed(park, '700060');
    expect(await listed(park, '鲁B01A01')).toHaveLength(1);
  });

  test('a notice that came while the station was off waits at the broker', async () => {
    const { city } = park;
    expect(await park.station.sigterm()).toBe(0);
    await until('the station left', () => !broker.clients().some(({ clientId }) => clientId === ACCESS_ID));
    await city.publishSpecialCar({ plateNo: '鲁B01S01', operateType: BLACK, operate: ADD }, { requestId: '700070' });
    await park.restart();
    await confirmed(park, '700070');
    expect(await listed(park, '鲁B01S01')).toHaveLength(1);
    expect((await park.entry.push('鲁B01S01')).reply?.info).toBe('no');
  });

  test('killed while notices come: none is lost, all are confirmed, each acts once', async () => {
    const { city } = park;
    const ids = Array.from({ length: 12 }, (_, index) => String(700_100 + index));
    const send = (requestId: string) =>
      city.publishSpecialCar({ plateNo: `鲁B1${requestId.slice(2)}`, operateType: WHITE, operate: ADD }, { requestId });
    for (const requestId of ids.slice(0, 6)) await send(requestId);
    await park.station.kill9();
    for (const requestId of ids.slice(6)) await send(requestId);
    await park.restart();
    for (const requestId of ids) {
      expect((await city.waitForConfirm(requestId, 10_000)).success).toBe(true);
      expect(await listed(park, `鲁B1${requestId.slice(2)}`)).toHaveLength(1);
    }
    const added = (await park.events('list-changed')).filter(({ body }) => body['change'] === 'added');
    const plates = added.map(({ body }) => z.object({ plate: z.string() }).parse(body['entry']).plate);
    expect(plates.filter((plate) => plate.startsWith('鲁B101')).sort()).toEqual(
      ids.map((id) => `鲁B1${id.slice(2)}`).sort(),
    );
  });

  test('after all of it the city has nothing to object to', async () => {
    await park.outboxEmpty();
    expect(park.city.violations).toEqual([]);
    expect((await park.outbox('&status=refused')).total).toBe(0);
  });
});

test('the same with the real mosquitto, over a restart of the station', async (ctx) => {
  const broker = await startMosquitto();
  if ('unavailable' in broker) return ctx.skip(broker.unavailable);
  onTestFinished(() => broker.stop());
  const park = await CarPark.open({ city: { brokerUrl: broker.url } });
  onTestFinished(() => park.close());
  await hearing(park);
  const { city } = park;
  await city.publishSpecialCar({ plateNo: '鲁B02B01', operateType: BLACK, operate: ADD }, { requestId: BIG_ID });
  await confirmed(park, BIG_ID);
  expect((await park.entry.push('鲁B02B01')).reply?.info).toBe('no');

  expect(await park.station.sigterm()).toBe(0);
  await city.publishSpecialCar({ plateNo: '鲁B02B02', operateType: BLACK, operate: ADD }, { requestId: '800002' });
  await city.publishSpecialCar({ plateNo: '鲁B02B01', operateType: BLACK, operate: DELETE }, { requestId: '800003' });
  await park.restart();
  await confirmed(park, '800002');
  await confirmed(park, '800003');
  expect(await listed(park, '鲁B02B')).toMatchObject([{ plate: '鲁B02B02' }]);
  await park.outboxEmpty();
  expect(city.violations).toEqual([]);
});
