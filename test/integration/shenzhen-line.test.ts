import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { platformLinkSchema } from '../../shared/contract/outbox.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import type { Call, CallOptions } from '../peers/shenzhen/index.ts';
import { CarPark } from '../support/car-park.ts';
import { selfSigned } from '../support/certificates.ts';
import { wholeJournal } from '../support/keytop-books.ts';
import { recordOf } from '../support/shenzhen-books.ts';
import { stablePort } from '../support/station-process.ts';
import { until } from '../support/until.ts';

const image = jpegOfSize(3_000);
const links = z.array(platformLinkSchema);
const provision = { site: { samePlateSeconds: 1 } };
/** Heartbeats, and how long a silent line is borne, in a test's length. */
const QUICK = { heartbeatMs: 300, deadAfterMs: 1_200, loginMs: 500, reconnectSeconds: [1, 2], frameMs: 1_000 };

/** A car through both lanes, by their arms; how long it stood there is of no account. */
async function passes(park: CarPark, plate: string): Promise<void> {
  const { entry, exit } = park;
  const before = [entry, exit].map(({ arm }) => arm.openings.length);
  await entry.push(plate, { image });
  await until(`${plate} drives in`, () => entry.arm.openings.length === (before[0] ?? 0) + 1, 2_000);
  await exit.push(plate, { image });
  await until(`${plate} drives out`, () => exit.arm.openings.length === (before[1] ?? 0) + 1, 2_000);
}

const downlinkOf = async (park: CarPark): Promise<string | undefined> =>
  (await park.station.get(links, '/outbox/summary')).find(({ platform }) => platform === 'shenzhen')?.downlink;

/** What the journal says that the city did, and whatever else happened to this stay. */
const done = async (park: CarPark, uid = ''): Promise<string[]> =>
  (await wholeJournal(park))
    .filter(({ actor, key }) => actor.name === 'shenzhen' || key === uid)
    .map(({ seq, kind }) => `${seq} ${kind}`);

describe('the line of a car park that calls the city', () => {
  let park: CarPark;
  beforeAll(async () => {
    park = await CarPark.open({ provision, shenzhen: { downlink: QUICK } });
    Object.assign(park.shenzhen.pace, {
      ...{ heartbeatMs: QUICK.heartbeatMs, reconnectMs: [1_000, 2_000], deadMs: 60_000, toleranceMs: 250 },
    });
    await park.shenzhen.whenOnline();
  });
  afterAll(() => park.close());
  afterEach(() => {
    const { shenzhen } = park;
    expect(shenzhen.violations).toEqual([]);
    expect(shenzhen.doubts).toEqual([]);
    expect(shenzhen.failures).toEqual([]);
  });
  const back = (): Promise<boolean> => park.shenzhen.whenOnline(10_000);

  test('login refused, or met with silence: it comes again after the pauses, and lanes do not mind', async () => {
    const { tcp } = park.shenzhen;
    for (const [login, tries] of [['refuse', 2] as const, ['silence', 1] as const]) {
      tcp.will.login = login;
      const known = tcp.connections.length;
      tcp.drop();
      await until('it tries', () => tcp.connections.length >= known + tries, 8_000);
      expect(await downlinkOf(park)).toBe('offline');
      await passes(park, `粤D1000${known % 10}`);
      tcp.will.login = 'accept';
      await back();
    }
    await until('the station says so', async () => (await downlinkOf(park)) === 'online');
    // Once it was let in, the first pause is the short one again: the cloud measures it.
    tcp.drop();
    await back();
  });

  test('a line on which nothing comes any more is given up, also where the other end is still open', async () => {
    const { shenzhen: cloud } = park;
    const { tcp } = cloud;
    await until('heartbeats', () => (tcp.connections.at(-1)?.heartbeats.length ?? 0) >= 2);
    const known = tcp.connections.length;
    tcp.will.heartbeat = 'silence';
    await until('it comes anew', () => tcp.connections.length > known, 6_000);
    tcp.will.heartbeat = 'answer';
    expect(tcp.connections[known - 1]).toMatchObject({ closedBy: 'car-park' });
    await back();
    const alive = tcp.connections.length;
    tcp.halfOpen(true);
    await until('a new line beside the dead one', () => tcp.connections.length > alive, 6_000);
    await passes(park, '粤D20001');
    tcp.halfOpen(false);
    tcp.drop();
    await back();
    expect((await cloud.gateStatus('bar-in1')).code).toBe(0);
  });

  test('the city goes away and comes back: it is found again, and what was to be told is told', async () => {
    const { shenzhen: cloud } = park;
    await cloud.goAway();
    await passes(park, '粤D30001');
    await cloud.comeBack();
    await back();
    const stay = await park.stayOf('粤D30001');
    await cloud.waitFor(() => recordOf(cloud, stay)?.exit, 'the exit');
    await park.outboxEmpty();
    expect(cloud.received('parkRecordExit').filter(({ outcome }) => outcome === 'accepted')).toHaveLength(
      cloud.state.records.size,
    );
  });

  /** Each with the code that it has to be answered with; `cut`: nobody can answer that. */
  const WRONG: readonly (readonly [what: string, code: number | 'cut', how: CallOptions])[] = [
    ['another accessKey', 401, { accessKey: 'ffffffffffffffff' }],
    ['no signature', 401, { signature: 'absent' }],
    ['a wrong signature', 401, { signature: 'F'.repeat(40) }],
    ['other content than was signed', 401, { tampered: { freeHour: '1' } }],
    ['an hour ago', 408, { clockOffsetMs: -3_600_000 }],
    ['in an hour', 408, { clockOffsetMs: 3_600_000 }],
    ['another car park', 404, { parkCode: '80019999' }],
    ['an unknown method', 405, { method: 'openTheGate' }],
    ['a field missing', 400, { omit: ['freeHour'] }],
    ['a word for a number', 400, { set: { freeHour: '两小时' } }],
    ['less than nothing', 400, { set: { freeHour: '-1' } }],
    ['an object for a number', 400, { set: { freeHour: { hours: 1 } } }],
    ['a colour that there is not', 400, { set: { plateColor: '99' } }],
    ['a list for data', 400, { data: [] }],
    ['a number of 37 characters', 400, { requestId: 'r'.repeat(37) }],
    ['no number', 400, { requestId: '' }],
    ['no JSON', 400, { payload: 'hello' }],
    ['a list', 400, { payload: '[1]' }],
    ['bytes', 400, { payload: Buffer.from([0xff, 0xfe, 0x00, 0x80]) }],
    ['brackets without an end', 400, { payload: '['.repeat(100_000) }],
    ['a length of zero', 'cut', { length: 0 }],
    ['a length beyond all', 'cut', { length: 10_485_761 }],
    ['a negative length', 'cut', { length: -5 }],
  ];

  test('what nobody may act on is answered with its code or cut off, and nothing is done', async () => {
    const { shenzhen: cloud } = park;
    await park.register('粤D40001', 90);
    const stay = await park.stayOf('粤D40001');
    await cloud.waitFor(() => recordOf(cloud, stay)?.entry, 'the entry');
    await park.outboxEmpty();
    const recordCode = recordOf(cloud, stay)?.recordCode ?? '';
    const before = await done(park, stay.uid);
    for (const [what, code, how] of WRONG) {
      const call = await cloud.freeTimeDown({ recordCode, freeHour: '2' }, { timeoutMs: 1_500, ...how });
      // What is no request at all has no number to be answered under: that may be answered or cut off.
      const said = call.outcome === 'answered' ? call.code : 'cut';
      if (how.payload === undefined) expect([what, said]).toEqual([what, code]);
      expect([what, call.ok]).toEqual([what, false]);
      await back();
    }
    expect(await done(park, stay.uid)).toEqual(before);
    expect((await cloud.feeQuery(recordCode)).answer?.data).toMatchObject({ shouldPay: 700, agioMoney: 0 });
    expect((await cloud.freeTimeDown({ recordCode, freeHour: '2' })).answer?.data).toEqual({
      recordCode,
      shouldPay: 0,
    });
  }, 30_000);

  test('one number for another request is refused, the very same is answered as before', async () => {
    const { shenzhen: cloud } = park;
    const entry = { plateNumber: '粤D50001' };
    const first = await cloud.blackWhiteDown(entry);
    const before = await done(park);
    expect((await cloud.replay(first)).answer?.code).toBe(0);
    const { requestId } = first;
    const other = await cloud.blackWhiteDown({ plateNumber: '粤D50002' }, { requestId, legal: false });
    expect(other.code).toBe(400);
    expect(await done(park)).toEqual(before);
  });

  test('noise and floods while cars pass: the arms open as fast as ever, memory stays, and the city is heard right after', async () => {
    const { shenzhen: cloud } = park;
    const memory = park.station.memory() ?? 0;
    let cars = 0;
    const noises: readonly (() => Promise<unknown>)[] = [
      () => cloud.flood(300, 'bar-in1'),
      () => cloud.tcp.write(randomBytes(200_000)),
      () => cloud.gateStatus('bar-in1', { length: 9_000_000, timeoutMs: 100 }),
      () => cloud.tcp.write(Buffer.from('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')),
      () =>
        cloud.gateStatus('bar-in1', { payload: `{"type":"request","data":${'{"a":'.repeat(50_000)}`, timeoutMs: 500 }),
      () => cloud.gateStatus('bar-in1', { payload: `"${'长'.repeat(1_500_000)}"`, timeoutMs: 500 }),
    ];
    for (const noise of noises) {
      const noisy = noise();
      cars += 1;
      await passes(park, `粤D6${String(cars).padStart(4, '0')}`);
      await noisy;
      await back();
    }
    expect((await cloud.gateStatus('bar-in1')).code).toBe(0);
    await park.outboxEmpty();
    // By now it is long told where one drives in and out, and which devices are there.
    const ways = [...cloud.state.entrances.values()].map(({ type, equipments }) => [
      type,
      equipments?.match(/cam|bar/g),
    ]);
    expect(ways).toEqual([
      ['1', ['cam', 'bar']],
      ['2', ['cam', 'bar']],
    ]);
    expect((park.station.memory() ?? 0) - memory).toBeLessThan(150 * 2 ** 20);
  }, 40_000);
});

test('role server: who is on the list and proves to be the city is heard, nobody else, and one at a time', async () => {
  const port = await stablePort();
  const park = await CarPark.open({
    provision,
    shenzhen: {
      cloud: { tcp: { port: await stablePort(), role: 'client' } },
      downlink: { ...QUICK, role: 'server', port, allow: ['127.0.0.1'], proveMs: 700 },
    },
  });
  onTestFinished(() => park.close());
  const { shenzhen: cloud } = park;
  Object.assign(cloud.pace, { heartbeatMs: QUICK.heartbeatMs });
  const connects = () =>
    cloud.connect(`127.0.0.1:${port}`).then(
      () => true,
      () => false,
    );
  await until('the station listens', connects);
  // Somebody who says nothing, and somebody who says a lot.
  const strangers = ['', 'hello, it is me\n'].map((words) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('error', () => undefined).resume();
    socket.write(words);
    return new Promise<void>((resolve) => socket.once('close', () => resolve()));
  });
  await cloud.whenOnline();
  expect((await cloud.gateStatus('bar-out1', { fragment: 3 })).code).toBe(0);
  await Promise.all(strangers);
  expect((await cloud.blackWhiteDown({ plateNumber: '粤E10001' })).code).toBe(0);
  await passes(park, '粤E20002');
  expect(cloud.violations).toEqual([]);
});

test('role server, and nobody is on the list: nobody is let in', async () => {
  const port = await stablePort();
  const downlink = { role: 'server', port, allow: ['10.1.2.3'] };
  const cloud = { tcp: { port: await stablePort(), role: 'client' as const } };
  const park = await CarPark.open({ provision, shenzhen: { cloud, downlink } });
  onTestFinished(() => park.close());
  await park.shenzhen.connect(`127.0.0.1:${port}`).catch(() => undefined);
  await until('it is closed', () => !park.shenzhen.tcp.connected);
  const call: Call = await park.shenzhen.gateStatus('bar-out1', { timeoutMs: 300 });
  expect(call.ok).toBe(false);
  expect(park.shenzhen.connections.flatMap(({ frames }) => frames)).not.toContain(1);
});

test('over TLS: a city with a certificate of our authority is called, any other hears nothing of us', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'shenzhen-tls-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const [right, other] = [selfSigned({ ownKey: true }), selfSigned({ ownKey: true })];
  const caFile = join(directory, 'ca.pem');
  writeFileSync(caFile, right.cert);
  const [plain, front] = [await stablePort(), await stablePort()];
  const sockets: Socket[] = [];
  const heard: number[] = [];
  const server = createTlsServer({ cert: other.cert, key: other.key }, (outside) => {
    const inside = connect({ host: '127.0.0.1', port: plain });
    for (const socket of [outside, inside]) {
      sockets.push(socket);
      socket.on('error', () => undefined);
    }
    outside.on('data', (chunk: Buffer) => heard.push(chunk.length));
    outside.pipe(inside).pipe(outside);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(front, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const park = await CarPark.open({
    provision,
    shenzhen: {
      cloud: { tcp: { port: plain } },
      downlink: { ...QUICK, port: front, tls: true },
      settings: { http: { caFile } },
    },
  });
  onTestFinished(() => park.close());
  const { shenzhen: cloud } = park;
  Object.assign(cloud.pace, { heartbeatMs: QUICK.heartbeatMs, reconnectMs: [1_000, 2_000] });
  await until('it was turned away', () => park.station.stderr.some((line) => line.includes('self-signed')), 8_000);
  expect(heard).toEqual([]);
  expect(cloud.connections).toEqual([]);
  server.setSecureContext({ cert: right.cert, key: right.key });
  await cloud.whenOnline(10_000);
  expect((await cloud.gateStatus('bar-in1')).code).toBe(0);
  expect(cloud.violations).toEqual([]);
});

// Somebody else has the port that the city is to be called at: whatever he says is no city.
test('a stranger in the place of the city gets a login that is of no use, and nothing else', async () => {
  const port = await stablePort();
  const heard: string[] = [];
  const stranger = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      heard.push(chunk.toString('utf8'));
      socket.write('220 smtp ready\r\n'.repeat(100));
    });
  });
  await new Promise<void>((resolve) => stranger.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void stranger.close());
  const park = await CarPark.open({ provision, shenzhen: { downlink: { ...QUICK, port } } });
  onTestFinished(() => park.close());
  await until('he was called', () => heard.length > 0);
  await passes(park, '粤E30003');
  expect(heard.every((text) => text.includes('"login"'))).toBe(true);
  expect(heard.join()).not.toContain(park.shenzhen.keys.accessSecret);
  expect(await downlinkOf(park)).toBe('offline');
});
