import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../../electron/station/store/database.ts';
import { createKeys, startQingdaoPlatform } from '../peers/qingdao/index.ts';
import { freePort, listen } from '../peers/sockets.ts';
import { ACCESS_ID, PARKING_CODE, provision } from '../support/provision.ts';
import { ADMIN, runToEnd, StationProcess, type StationStart, tempDirectory } from '../support/station-process.ts';

function directory(): string {
  const path = tempDirectory();
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function start(options: StationStart = {}): Promise<StationProcess> {
  const station = await StationProcess.start({ data: directory(), ...options });
  onTestFinished(() => station.dispose());
  return station;
}

function file(content: unknown): string {
  const path = join(directory(), 'provision.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const statusSchema = z.object({ state: z.string(), time: z.string(), siteName: z.string(), demo: z.boolean() });
const statusOf = async (station: StationProcess) =>
  statusSchema.parse(await (await station.raw('/api/v1/status')).json());

describe('exit codes', () => {
  test.for([true, false])(
    '0: told to stop, also with readers and cameras hanging on; from sources: %s',
    async (sources) => {
      const station = await start({ provision: provision(), sources });
      const token = await station.signIn();
      const live = await fetch(`${station.url}/api/v1/live`, { headers: { authorization: `Bearer ${token}` } });
      expect(live.status).toBe(200);
      const form = 'serialno=SN-IN-1&ipaddr=192.168.1.100';
      const poll = fetch(station.cameraUrl, {
        ...{ method: 'POST', body: form },
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }).catch(() => undefined);
      const since = performance.now();
      expect(await station.sigterm()).toBe(0);
      expect(performance.now() - since).toBeLessThan(4_000);
      await poll;
      await live.body?.cancel().catch(() => undefined);
      expect(station.stdout).toHaveLength(1);
    },
  );

  test.for<readonly [string, readonly string[], RegExp]>([
    ['no data directory', [], /--data/],
    ['a port that is no number', ['--data', '/tmp/x', '--port', 'abc'], /--port/],
    ['a port beyond the last', ['--data', '/tmp/x', '--port', '70000'], /--port/],
    ['an option that nobody knows', ['--data', '/tmp/x', '--colour', 'red'], /colour/],
  ])('2: %s', async ([, args, complaint]) => {
    const ended = await runToEnd(args);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(complaint);
    expect(ended.stderr).toContain('usage: serve');
  });

  test('2: a provision file that is not there, or is no JSON', async () => {
    const data = directory();
    const missing = await runToEnd(['--data', data, '--port', '0', '--provision', join(data, 'nothing.json')]);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('nothing.json');
    const broken = await runToEnd(['--data', data, '--port', '0', '--provision', file('{"site":')]);
    expect(broken.code).toBe(2);
    expect(broken.stderr).toContain('provision.json');
  });

  test('2: every fault of a provision file is named with its path', async () => {
    const good = provision();
    const shapes = await runToEnd([
      ...['--data', directory(), '--port', '0', '--provision'],
      file({
        ...good,
        site: { ...good.site, code: '', openSpaces: 151 },
        lanes: [{ ...good.lanes[0], direction: 'up' }, good.lanes[1], { id: 'x' }],
        users: [{ name: 'x', password: 'short', role: 'god' }],
        colour: 'red',
      }),
    ]);
    expect(shapes).toMatchObject({ code: 2, stdout: '' });
    for (const path of [
      'site.code',
      'lanes[0].direction',
      'lanes[2].name',
      'lanes[2].area',
      'users[0].password',
      'users[0].role',
      'colour',
    ])
      expect(shapes.stderr).toContain(path);

    const keys = createKeys();
    const references = await runToEnd([
      ...['--data', directory(), '--port', '0', '--provision'],
      file({
        ...good,
        lanes: [
          { ...good.lanes[0], camera: 'cam-9', area: 'a9', tariff: 't9' },
          { ...good.lanes[1], barrier: 'cam-in1' },
        ],
        devices: [
          { ...good.devices[0], settings: { serialNo: '' } },
          { ...good.devices[1], driver: 'nobody' },
          { ...good.devices[2], settings: { camera: 'cam-8' } },
          good.devices[3],
        ],
        platforms: { qingdao: { baseUrl: 'nonsense', platformPublicKey: keys.platformPublicKey } },
      }),
    ]);
    expect(references).toMatchObject({ code: 2, stdout: '' });
    for (const path of [
      'lanes[0].camera',
      'lanes[0].area',
      'lanes[0].tariff',
      'lanes[1].barrier',
      'devices[0].settings.serialNo',
      'devices[1].driver',
      'devices[2].settings.camera',
      'platforms.qingdao.baseUrl',
      'platforms.qingdao.accessId',
      'platforms.qingdao.userPrivateKey',
    ])
      expect(references.stderr).toContain(path);
  });

  test('2: a provision that is refused leaves the stored one as it was', async () => {
    const data = directory();
    const first = await start({ data, provision: provision() });
    expect(await first.sigterm()).toBe(0);
    const bad = file({ ...provision(), lanes: [{ id: 'x' }] });
    expect((await runToEnd(['--data', data, '--port', '0', '--provision', bad])).code).toBe(2);
    const again = await start({ data });
    expect(await again.get(z.array(z.object({ id: z.string() })), '/lanes')).toEqual([{ id: 'in1' }, { id: 'out1' }]);
  });

  test('3: the port is taken; the data directory is free again', async () => {
    const data = directory();
    const server = createServer();
    const port = await listen(server, 0);
    onTestFinished(() => void server.close());
    const ended = await runToEnd(['--data', data, '--port', String(port)]);
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    expect(ended.stderr).toContain(String(port));
    await start({ data });
  });

  test('4: a damaged database is reported and left exactly as it is', async () => {
    const data = directory();
    const garbage = Buffer.from('this is not a database, but somebody may still need it '.repeat(500));
    writeFileSync(join(data, 'gatehouse.db'), garbage);
    const ended = await runToEnd(['--data', data, '--port', '0']);
    expect(ended).toMatchObject({ code: 4, stdout: '' });
    expect(ended.stderr).toContain('gatehouse.db');
    expect(readFileSync(join(data, 'gatehouse.db')).equals(garbage)).toBe(true);
  });

  test('4: a database that was cut off in the middle is reported and left exactly as it is', async () => {
    const data = directory();
    const station = await start({ data, provision: provision() });
    expect(await station.sigterm()).toBe(0);
    const path = join(data, 'gatehouse.db');
    const whole = readFileSync(path);
    const cut = whole.subarray(0, Math.floor(whole.length / 2 / 4096) * 4096 + 100);
    writeFileSync(path, cut);
    const ended = await runToEnd(['--data', data, '--port', '0']);
    expect(ended).toMatchObject({ code: 4, stdout: '' });
    expect(readFileSync(path).equals(cut)).toBe(true);
  });

  test('4: a database of a newer program is refused and not touched', async () => {
    const data = directory();
    const path = join(data, 'gatehouse.db');
    const db = openDatabase(path);
    db.pragma('user_version = 999999');
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    const before = readFileSync(path);
    const ended = await runToEnd(['--data', data, '--port', '0']);
    expect(ended).toMatchObject({ code: 4, stdout: '' });
    expect(ended.stderr).toContain('999999');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('4: a data directory that is a file, and one that another station has', async () => {
    const taken = join(directory(), 'file');
    writeFileSync(taken, 'x');
    expect((await runToEnd(['--data', taken, '--port', '0'])).code).toBe(4);
    const first = await start({ provision: provision() });
    const second = await runToEnd(['--data', first.data, '--port', '0']);
    expect(second).toMatchObject({ code: 4, stdout: '' });
    expect(second.stderr).toContain('another station');
    expect((await first.raw('/api/v1/health')).status).toBe(200);
  });
});

test('a second start without a provision file knows the car park and its users', async () => {
  const data = directory();
  const first = await start({ data, provision: provision() });
  expect(await first.sigterm()).toBe(0);
  rmSync(join(data, 'given-provision.json'));
  const second = await start({ data });
  expect(await statusOf(second)).toMatchObject({ state: 'ready', siteName: '测试停车场', demo: false });
  const lanes = await second.get(z.array(z.object({ id: z.string(), devices: z.array(z.unknown()) })), '/lanes');
  expect(lanes.map(({ id, devices }) => [id, devices.length])).toEqual([
    ['in1', 2],
    ['out1', 2],
  ]);
});

test('no password and no key is written down or printed, whatever happens', async () => {
  const data = directory();
  const keys = createKeys();
  const city = await startQingdaoPlatform({ keys, accessId: ACCESS_ID, parkingCode: PARKING_CODE });
  onTestFinished(() => city.close());
  const users = [{ name: '小李', password: 'swordfish swordfish', role: 'attendant' }];
  const brokerUrl = `mqtt://127.0.0.1:${await freePort()}`;
  const document = provision({ users, qingdao: { city, keys, brokerUrl } });
  const station = await start({ data, provision: document, args: ['--log-level', 'debug'] });
  await station.raw('/api/v1/sign-in', { method: 'POST', body: { name: '小李', password: 'a wrong password 1' } });
  await station.raw('/api/v1/sign-in', { method: 'POST', body: { name: '小李', password: users[0]?.password } });
  await station.raw('/api/v1/sign-in', { method: 'POST', body: { password: 'password without name' } });
  await fetch(station.cameraUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'serialno=SN-NOBODY&user_name=admin&pass_wd=camera-secret-1',
  });
  await city.waitFor(() => city.received('uploadHeartbeat')[0], 'heartbeat');
  expect(await station.sigterm()).toBe(0);

  const printed = [...station.stdout, ...station.stderr].join('\n');
  const keyLines = keys.userPrivateKey.split('\n').filter((line) => line.length > 40);
  const secrets = [
    ADMIN.password,
    'swordfish',
    'a wrong password 1',
    'password without name',
    'camera-secret-1',
    ...keyLines,
  ];
  expect(keyLines.length).toBeGreaterThan(5);
  for (const secret of secrets) expect(printed).not.toContain(secret);
  // Keys the station needs again; passwords nobody needs.
  const stored = readdirSync(data)
    .filter((name) => name.startsWith('gatehouse.db'))
    .map((name) => readFileSync(join(data, name)).toString('latin1'))
    .join('');
  for (const secret of [ADMIN.password, 'swordfish', 'camera-secret-1']) expect(stored).not.toContain(secret);

  // A key in the wrong place is complained about, not quoted.
  const swapped = file({
    ...document,
    platforms: { qingdao: { ...document.platforms.qingdao, platformPublicKey: keyLines.join(''), accessId: '' } },
  });
  const ended = await runToEnd(['--data', directory(), '--port', '0', '--provision', swapped]);
  expect(ended.code).toBe(2);
  for (const line of keyLines) expect(ended.stdout + ended.stderr).not.toContain(line);
});

test('times carry the offset of Shanghai, whatever the zone of the PC', async () => {
  const station = await start({ provision: provision(), env: { TZ: 'America/New_York' } });
  const { time } = await statusOf(station);
  expect(time).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?\+08:00$/);
  expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(5_000);
  const body = { plate: '鲁B80001', laneId: 'in1', enteredAt: '2026-03-01T23:30:00+08:00' };
  const stay = await station.send(z.object({ uid: z.string(), enteredAt: z.string() }), '/sessions', body);
  expect(stay.uid).toBe('1001120260301233000000');
  expect(Date.parse(stay.enteredAt)).toBe(Date.parse(body.enteredAt));
  expect(stay.enteredAt).toMatch(/\+08:00$/);
  const utc = await station.get(
    z.object({ total: z.int() }),
    `/sessions?from=${encodeURIComponent('2026-03-01T15:30:00Z')}&to=${encodeURIComponent('2026-03-01T15:30:01Z')}`,
  );
  expect(utc.total).toBe(1);
});

test('a data directory is readable for its owner only', async () => {
  const data = join(directory(), 'deep');
  mkdirSync(data, { mode: 0o755 });
  await start({ data, provision: provision() });
  expect(statSync(data).mode & 0o077).toBe(0);
});
