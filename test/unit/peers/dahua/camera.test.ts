import { afterEach, expect, test } from 'vitest';
import { DahuaCamera, type DahuaOptions, loginAnswer } from '../../../peers/dahua/index.ts';
import { tinyJpeg } from '../../../peers/jpeg.ts';
import { until } from '../../../support/until.ts';
import { ask, Ear, raw } from '../camera/client.ts';

const ATTACH =
  '/cgi-bin/snapManager.cgi?action=attachFileProc&channel=1&heartbeat=5&Flags[0]=Event&Events=[TrafficJunction]';
const OPEN = '/cgi-bin/trafficSnap.cgi?action=openStrobe&channel=1&info.openType=Normal&info.plateNumber=';
const LINES = [
  'EventBaseInfo.Code=TrafficJunction',
  'EventBaseInfo.Action=Pulse',
  'EventBaseInfo.Index=0',
  'EventID=5012',
  'GroupID=5012',
  'CountInGroup=1',
  'IndexInGroup=1',
  'UTC=1795311000',
  'UTCMS=120',
  'Lane=1',
  'TrafficCar.PlateNumber=粤B12345',
  'TrafficCar.PlateColor=Blue',
  'TrafficCar.VehicleColor=White',
  'OpenStrobeState=Close',
];
const READ = { plate: '粤B12345', capturedAt: 1_795_311_000_120, eventId: 5_012 };

let camera: DahuaCamera;
const start = async (options: DahuaOptions = {}): Promise<number> => {
  camera = new DahuaCamera(options);
  await camera.start();
  return camera.port;
};
afterEach(() => camera.stop());

/** Listens to an endless answer. */
async function listen(uri: string): Promise<{ readonly text: () => string; readonly end: Promise<unknown> }> {
  const answer = await ask(camera.port, 'GET', uri);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'multipart/x-mixed-replace; boundary=myboundary',
  ]);
  let heard = Buffer.alloc(0);
  const end = (async () => {
    for await (const chunk of answer.body ?? []) heard = Buffer.concat([heard, chunk]);
  })().catch(() => 'cut');
  return { text: () => heard.toString('utf8'), end };
}

test('tells what the document shows, then the pictures', async () => {
  await start();
  const stream = await listen(ATTACH);
  await camera.send({ ...READ, pictures: [tinyJpeg(), Buffer.from('ffd8ffd9', 'hex')] });
  await until('both pictures', () => stream.text().includes('Content-Length: 4\r\n\r\n'));
  const text = LINES.map((line) => `Events[0].${line}\r\n`).join('');
  expect(stream.text()).toContain(`--myboundary\r\nContent-Type: text/plain\r\nContent-Length: 438\r\n\r\n${text}`);
  expect(stream.text()).toContain('--myboundary\r\nContent-Type: image/jpeg\r\nContent-Length: 159\r\n\r\n');
});

test('other firmware: prefix, escaped brackets, local time as UTC', async () => {
  await start({ dialect: { prefix: 'ReturnEvents', localAsUtc: true }, brackets: 'escaped' });
  expect((await ask(camera.port, 'GET', OPEN)).status).toBe(200);
  const plain = await raw(camera.port, `GET ${ATTACH} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  expect(plain).toContain('401');
  const stream = await listen(ATTACH.replaceAll('[', '%5B').replaceAll(']', '%5D'));
  camera.streamFault.pieces = 3;
  await camera.send(READ);
  await until('the event', () => stream.text().includes('ReturnEvents[0].UTC=1795339800\r\n'));
  expect((await ask(camera.port, 'GET', ATTACH)).status).toBe(400);
});

test('beats, falls silent, and is cut inside a picture', async () => {
  await start({ heartbeatMs: 15 });
  const stream = await listen(ATTACH);
  await until('a heartbeat', () => /Content-Length: 11\r\n\r\nHeartbeat\r\n/.test(stream.text()));
  camera.streamFault.mute = true;
  camera.streamFault.cutAt = 700;
  await camera.send({ ...READ, pictures: [tinyJpeg(), tinyJpeg()] });
  expect(await stream.end).toBe('cut');
  const tail = stream.text().slice(stream.text().lastIndexOf('--myboundary'));
  expect(tail).toContain('image/jpeg');
  await until('it is gone', () => camera.streams.listeners() === 0);
});

test('events without pictures, and a picture by hand', async () => {
  await start();
  const codes = '[TrafficJunction,TrafficManualSnap]';
  const events = await listen(`/cgi-bin/eventManager.cgi?action=attach&codes=${codes}&heartbeat=5`);
  const snaps = await listen(ATTACH.replace('[TrafficJunction]', codes));
  const cars = await listen(ATTACH);
  const answer = await ask(camera.port, 'GET', '/cgi-bin/trafficSnap.cgi?action=manSnap&channel=1');
  expect(await answer.text()).toBe('OK\r\n');
  await until('both', () => snaps.text().includes('image/jpeg') && events.text().includes('"PlateNumber": ""'));
  expect(camera.streams.listeners('snap')).toBe(2);
  // Who did not ask for it is not told.
  expect(cars.text()).not.toContain('TrafficManualSnap');
});

test('opens and closes; the answer is lost after the relay moved', async () => {
  const port = await start();
  expect(await (await ask(port, 'GET', `${OPEN}${encodeURIComponent('粤B12345')}`)).text()).toBe('OK\r\n');
  await ask(port, 'GET', '/cgi-bin/trafficSnap.cgi?action=closeStrobe&channel=1');
  camera.faults.plan('openStrobe', { kind: 'answer-lost' });
  await expect(ask(port, 'GET', OPEN)).rejects.toThrow();
  expect(camera.body.moves.map(({ relay, ms }) => [relay, ms])).toEqual([
    [1, 500],
    [2, 500],
    [1, 500],
  ]);
  expect(camera.body.commands[0]).toMatchObject({ name: 'openStrobe', detail: '粤B12345' });
  expect(camera.complaints).toEqual([]);
  await ask(port, 'GET', '/cgi-bin/trafficSnap.cgi?action=openStrobe&channel=1');
  expect(camera.complaints).toEqual(['openStrobe: info.openType null']);
});

test('the challenge of the document', () => {
  const login = { user: 'admin', realm: 'Login to DEMO1234', password: 'Abc12345' };
  expect(loginAnswer(login, '305419896')).toBe('A945B0804F83FA7EC7CECF4A7418567A');
});

test('newer firmware opens by JSON-RPC alone, to who is logged in', async () => {
  let now = 0;
  const port = await start({ web5: true, rpc: { now: () => now } });
  const refused = await ask(port, 'GET', OPEN);
  expect([refused.status, await refused.text()]).toEqual([501, 'Error\r\nNot Implemented!\r\n']);
  const post = async (path: string, body: object): Promise<Record<string, unknown>> =>
    await (await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: JSON.stringify(body) })).json();
  const asked = await post('/RPC2_Login', {
    method: 'global.login',
    id: 1,
    params: { userName: 'admin', password: '' },
  });
  expect(asked).toMatchObject({ result: false, params: { realm: 'Login to DEMO1234', random: '305419896' } });
  const { session } = asked;
  const answer = { userName: 'admin', password: 'A945B0804F83FA7EC7CECF4A7418567A' };
  const wrong = { userName: 'admin', password: 'a945b0804f83fa7ec7cecf4a7418567a' };
  expect(await post('/RPC2_Login', { method: 'global.login', id: 2, session, params: wrong })).toMatchObject({
    result: false,
  });
  const open = { method: 'trafficSnap.openStrobe', params: { info: { openType: 'Normal', plateNumber: '粤B12345' } } };
  expect(await post('/RPC2', { ...open, id: 3, session, object: 1 })).toMatchObject({ result: false });
  expect(await post('/RPC2_Login', { method: 'global.login', id: 4, session, params: answer })).toMatchObject({
    result: true,
    params: { keepAliveInterval: 60 },
  });
  const { result: object } = await post('/RPC2', {
    method: 'trafficSnap.factory.instance',
    id: 5,
    session,
    params: { channel: 0 },
  });
  now = 59_000;
  expect(await post('/RPC2', { method: 'global.keepAlive', id: 6, session, params: {} })).toMatchObject({
    result: true,
  });
  now = 118_000;
  expect(await post('/RPC2', { ...open, id: 7, session, object })).toMatchObject({ id: 7, result: true });
  expect(camera.body.moves).toMatchObject([{ relay: 1, ms: 500, cause: 'dahua trafficSnap.openStrobe' }]);
  now = 180_000;
  expect(await post('/RPC2', { ...open, id: 8, session, object })).toMatchObject({ result: false });
  expect([camera.body.moves.length, camera.complaints]).toEqual([1, []]);
});

test('by ITSAPI it tells again until it is taken', async () => {
  const ear = new Ear();
  await ear.start();
  try {
    await start({ push: { url: ear.url, deviceId: 'DH0001', resends: 2, resendPauseMs: 1 } });
    ear.answer = { status: 200, body: '{"result":true}' };
    expect(await camera.pusher?.tollgate({ ...READ, pictures: [tinyJpeg()] })).toBe(false);
    ear.answer = { status: 200, body: '{"result":"true"}' };
    await camera.see({ plate: '粤B12345' });
    expect(await camera.pusher?.keepAlive()).toBe(true);
    expect(await camera.pusher?.deviceInfo()).toBe(true);
    expect(ear.heard.map(({ url }) => url.slice('/NotificationInfo/'.length))).toEqual([
      ...Array.from({ length: 4 }, () => 'TollgateInfo'),
      ...['KeepAlive', 'DeviceInfo'],
    ]);
    expect(JSON.parse(ear.heard[0]?.body.toString() ?? '')).toMatchObject({
      Picture: {
        Plate: { PlateNumber: '粤B12345', PlateColor: 'Blue' },
        SnapInfo: { DeviceID: 'DH0001', AccurateTime: '2026-11-22 09:30:00.120', LanNo: 1 },
        NormalPic: { Content: tinyJpeg().toString('base64') },
      },
    });
  } finally {
    await ear.stop();
  }
});
