import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import forge from 'node-forge';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { listEntryViewSchema } from '../../shared/contract/lists.ts';
import { shanghaiDateTime } from '../../shared/domain/time.ts';
import { type AedesBroker, startAedes } from '../peers/mqtt/index.ts';
import type { PublishOptions, SpecialCar } from '../peers/qingdao/index.ts';
import { listen, OpenSockets, shut } from '../peers/sockets.ts';
import { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';

const entries = pageOf(listEntryViewSchema);
const links = z.array(z.object({ downlink: z.string() }));
const QUICK = { reconnectFirstMs: 100, reconnectMaxMs: 1000, connectTimeoutMs: 2000 };
const MINUTE = 60_000;

const listed = async (park: CarPark, plate: string) =>
  (await park.station.get(entries, `/lists?plate=${encodeURIComponent(plate)}`)).items;

const black = (plateNo: string, more: Partial<SpecialCar> = {}): SpecialCar => ({
  ...{ plateNo, operateType: 0, operate: 0 },
  ...more,
});

/** Publishes a change of lists, and resolves when it was confirmed as done, in time. */
async function confirmed(park: CarPark, car: SpecialCar, options: PublishOptions = {}): Promise<void> {
  const notice = await park.city.publishSpecialCar(car, options);
  const confirm = await park.city.waitForConfirm(notice.requestId, 10_000);
  expect(confirm).toMatchObject({ requestId: notice.requestId, success: true, params: notice.body });
  expect(park.city.late()).toEqual([]);
}

async function broker(): Promise<AedesBroker> {
  const started = await startAedes();
  onTestFinished(() => started.stop());
  return started;
}

async function listening(settings: object, brokerUrl: string): Promise<CarPark> {
  const park = await CarPark.open({ city: { brokerUrl, settings: { ...settings } } });
  onTestFinished(() => park.close());
  return park;
}

describe('notices as the standard spells them', () => {
  let hub: AedesBroker;
  let park: CarPark;
  beforeAll(async () => {
    hub = await startAedes();
    park = await CarPark.open({ city: { brokerUrl: hub.url, sharesTime: true } });
    await park.hearing();
  });
  afterAll(async () => {
    await park.close();
    await hub.stop();
  });

  test.for(['9223372036854775807', '1234567890123456789', '9007199254740993', '0'])(
    'number %s comes back digit by digit',
    async (requestId) => {
      await confirmed(park, black(`鲁BN${requestId.slice(-4).padStart(4, '0')}`), { requestId });
      const [confirm] = park.city.downlink.confirms.filter((each) => each.requestId === requestId);
      expect(confirm?.notice?.requestId).toBe(requestId);
    },
  );

  test('a topic with a slash in front of it is the same topic', async () => {
    await confirmed(park, black('鲁BS0001'), { leadingSlash: true });
    expect(await listed(park, '鲁BS0001')).toHaveLength(1);
  });

  test('an entry counts from its beginning to its end', async () => {
    const from = park.now() + 30 * MINUTE;
    const car = black('鲁BV0001', { startTime: shanghaiDateTime(from), endTime: shanghaiDateTime(from + 60 * MINUTE) });
    await confirmed(park, car);
    const entered = async (plate: string) => (await park.entry.push(plate)).reply?.info;
    expect(await entered('鲁BV0001')).toBe('ok');
    expect((await park.exit.push('鲁BV0001')).reply?.info).toBe('ok');
    await park.pass(45);
    expect(await entered('鲁BV0001')).toBe('no');
    await park.order('in1', 'cancel', { reason: '劝返' });
    await park.pass(60);
    expect(await entered('鲁BV0001')).toBe('ok');
  });

  test('two requests of the same second both act; the same one again acts no more', async () => {
    const timestamp = shanghaiDateTime(park.now());
    await confirmed(park, black('鲁BT0001', { remark: '一' }), { requestId: '501', timestamp });
    await confirmed(park, black('鲁BT0001', { operate: 2, remark: '二' }), { requestId: '502', timestamp });
    expect(await listed(park, '鲁BT0001')).toMatchObject([{ remark: '二' }]);
    const first = park.city.downlink.notices.find(({ requestId }) => requestId === '501');
    if (!first) throw new Error('no such notice');
    await park.city.downlink.repeat(first);
    await until('confirmed once more', () => park.city.downlink.answers.of(first).length === 2);
    expect(await listed(park, '鲁BT0001')).toMatchObject([{ remark: '二' }]);
  });

  test('forged, garbled and senseless ones are dropped; the line lives on', async () => {
    await park.city.publishSpecialCar(black('鲁BX0001'), { requestId: '601', badSign: true });
    await park.city.publishSpecialCar(black('鲁BX0002'), { requestId: '602', garbage: true });
    await park.city.publishSpecialCar(black('鲁BX0003'), { requestId: '603', payload: 'not even JSON' });
    await confirmed(park, black('鲁BX0004'));
    for (const plate of ['鲁BX0001', '鲁BX0002', '鲁BX0003']) expect(await listed(park, plate)).toEqual([]);
    const alarms = (await park.events('alarm')).map(({ body }) => String(body['code']));
    expect(alarms.some((code) => code.includes('sign'))).toBe(true);
  });

  test('a hundred at once are all confirmed in time', async () => {
    const cars = Array.from({ length: 100 }, (_, index) => black(`鲁BH${String(1000 + index)}`));
    await Promise.all(cars.map((car) => confirmed(park, car)));
    expect(park.city.unconfirmed()).toEqual([]);
    expect(park.city.late()).toEqual([]);
    await park.outboxEmpty();
    expect(park.city.violations).toEqual([]);
  });
});

test('an operator of several car parks, on its third node, with the old names of topics', async () => {
  const hub = await broker();
  const mqtt = { url: hub.url, ...QUICK, scope: 'platform', node: 3, legacyTopics: true };
  const park = await listening({ mqtt }, hub.url);
  await park.hearing();
  expect(hub.logins.map(({ clientId, username }) => [clientId, username])).toContainEqual(['234_3', '234_3']);
  await confirmed(park, black('鲁BM0001'), { node: 3 });

  const { uid } = await park.register('鲁BM0002', 60);
  const contract = { plateNo: '鲁BM0002', noSense: 1, departurePay: 1, moneyLimit: 900 } as const;
  const told = await park.city.publishDeparturePayInfo(contract, { node: 3, legacy: true });
  expect(told.topic).toBe('/qdpark/v1/nosenseinfo/234_3/1001');
  expect(await park.city.waitForConfirm(told.requestId)).toMatchObject({
    ...{ interface: 'confirmDeparturePayInfo', success: true },
  });
  expect(uid).not.toBe('');

  // Of another car park, on a topic that nobody knows, to another node: none of our business.
  await park.city.publishSpecialCar(black('鲁BM0003'), { node: 3, parkingCode: '2002' });
  const topic = 'qdpark/v1/specialCar/234_3/1001/and/more';
  await park.city.publishSpecialCar(black('鲁BM0004'), { topic });
  await park.city.publishSpecialCar(black('鲁BM0005'), { topic: 'qdpark/v1/holidaySet/234_3/1001' });
  await park.city.publishSpecialCar(black('鲁BM0006'), { topic: 'qdpark/v1/specialCar/234_4/1001' });
  await confirmed(park, black('鲁BM0007'), { node: 3 });
  for (const plate of ['鲁BM0003', '鲁BM0004', '鲁BM0005', '鲁BM0006']) expect(await listed(park, plate)).toEqual([]);
  await until('the unknown topic is in the log', () =>
    park.station.logs().some((line) => line['topic'] === topic && /topic/.test(line.msg)),
  );
  await park.outboxEmpty();
  expect(park.city.violations).toEqual([]);
  expect(park.city.downlink.confirms.filter(({ notice }) => notice?.confirmation !== 'must')).toEqual([]);
});

/** An authority of our own and a certificate of the broker that it signed. */
function certificates(): { readonly ca: string; readonly key: string; readonly cert: string } {
  const make = (name: string, signer?: { readonly key: forge.pki.rsa.PrivateKey; readonly name: string }) => {
    const keys = forge.pki.rsa.generateKeyPair(2048);
    const cert = forge.pki.createCertificate();
    cert.publicKey = keys.publicKey;
    cert.serialNumber = signer ? '02' : '01';
    cert.validity.notBefore = new Date(Date.now() - 86_400_000);
    cert.validity.notAfter = new Date(Date.now() + 86_400_000);
    cert.setSubject([{ name: 'commonName', value: name }]);
    cert.setIssuer([{ name: 'commonName', value: signer?.name ?? name }]);
    cert.setExtensions(
      signer
        ? [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }]
        : [{ name: 'basicConstraints', cA: true }],
    );
    cert.sign(signer?.key ?? keys.privateKey, forge.md.sha256.create());
    return { keys, pem: forge.pki.certificateToPem(cert) };
  };
  const authority = make('Test Authority');
  const server = make('broker', { key: authority.keys.privateKey, name: 'Test Authority' });
  return { ca: authority.pem, key: forge.pki.privateKeyToPem(server.keys.privateKey), cert: server.pem };
}

test('over TLS with an authority of our own, and not at all without it', async () => {
  const hub = await broker();
  const { ca, ...server } = certificates();
  const sockets = new OpenSockets();
  // The broker's own port with TLS before it.
  const door = createServer(server, (socket) => {
    const inner = connect(hub.port, '127.0.0.1');
    sockets.add(socket);
    sockets.add(inner);
    socket.pipe(inner).pipe(socket);
  });
  const port = await listen(door, 0);
  onTestFinished(() => shut(door, sockets).then(() => undefined));
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-ca-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, ca);
  const mqtt = { url: `mqtts://127.0.0.1:${port}`, ...QUICK };

  const trusting = await listening({ mqtt: { ...mqtt, caFile } }, hub.url);
  await trusting.hearing();
  await confirmed(trusting, black('鲁BL0001'), { requestId: '9223372036854775806' });
  await trusting.close();

  const before = hub.logins.length;
  const wary = await listening({ mqtt }, hub.url);
  const warned = await until('it says why', () =>
    wary.station.logs().find((line) => /certificate|CERT/.test(JSON.stringify(line))),
  );
  expect(JSON.stringify(warned)).toContain('qingdao');
  expect((await wary.station.get(links, '/outbox/summary'))[0]?.downlink).toBe('offline');
  // Only the city itself has logged in since.
  expect(hub.logins.slice(before).map(({ clientId }) => clientId)).toEqual([expect.stringMatching(/^city-/)]);
  // Nobody hears, and what is to be sent is sent all the same.
  const { uid } = await wary.register('鲁BL0002', 10);
  await wary.city.waitFor(() => wary.city.books.stay(uid).entry, 'entry');
});
