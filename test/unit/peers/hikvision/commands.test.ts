import { afterEach, expect, test } from 'vitest';
import { HikvisionCamera, type HikvisionOptions } from '../../../peers/hikvision/index.ts';
import { ask, authorization, raw } from '../camera/client.ts';

const GATE = '/ISAPI/Parking/channels/1/barrierGate';
const gate = (mode: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><BarrierGate><ctrlMode>${mode}</ctrlMode></BarrierGate>`;

let camera: HikvisionCamera;
const start = async (options: HikvisionOptions = {}): Promise<number> => {
  camera = new HikvisionCamera(options);
  await camera.start();
  return camera.port;
};
afterEach(() => camera.stop());
const codeOf = async (answer: Response): Promise<string | undefined> =>
  /<statusCode>(\d)<\/statusCode>/.exec(await answer.text())?.[1];

test('the request of the document is let in and opens', async () => {
  const port = await start({ digest: { firstNonce: '4d7a1c9e0b2f4e6a8c0d1e2f3a4b5c6d' } });
  const head = [
    `PUT ${GATE} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Content-Type: application/xml',
    'Content-Length: 90',
    'Connection: close',
  ];
  expect(await raw(port, `${head.join('\r\n')}\r\n\r\n${gate('open')}`)).toContain(
    'www-authenticate: Digest qop="auth", realm="DS-DEMO", nonce="4d7a1c9e0b2f4e6a8c0d1e2f3a4b5c6d"',
  );
  const login =
    'Authorization: Digest username="admin", realm="DS-DEMO", nonce="4d7a1c9e0b2f4e6a8c0d1e2f3a4b5c6d", ' +
    'uri="/ISAPI/Parking/channels/1/barrierGate", qop=auth, nc=00000001, cnonce="0a4f113b", ' +
    'response="83ddfd8e34323bf9b36b152be888186c"';
  const answer = await raw(port, `${[...head, login].join('\r\n')}\r\n\r\n${gate('open')}`);
  expect(answer).toContain('HTTP/1.1 200');
  expect(answer).toContain('<statusCode>1</statusCode><statusString>OK</statusString>');
  expect(camera.body.moves).toMatchObject([{ relay: 1, on: true, ms: 500, cause: 'hikvision barrierGate open' }]);
  expect(camera.complaints).toEqual([]);
});

test('an old nonce is stale, a count that was used is not taken again, and neither is a bad login', async () => {
  let now = 0;
  const port = await start({ digest: { nonceLifeMs: 1_000, now: () => now, upperHex: true } });
  const send = (login: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/ISAPI/System/deviceInfo`, { headers: { authorization: login } });
  const challenge = (await fetch(`http://127.0.0.1:${port}/`)).headers.get('www-authenticate') ?? '';
  const login = (nc: string): string => authorization(challenge.slice(7), 'GET', '/ISAPI/System/deviceInfo', nc);
  expect((await send(login('00000001'))).status).toBe(200);
  const again = await send(login('00000001'));
  expect([again.status, again.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('stale=true')]);
  now = 1_001;
  expect((await send(login('00000002'))).headers.get('www-authenticate')).toContain('stale=true');
  expect([camera.door.badLogins, camera.complaints]).toEqual([0, ['digest nc 00000001 a second time']]);
});

test('five bad logins lock the door, and the answer tells for how long', async () => {
  let now = 0;
  const port = await start({ digest: { now: () => now } });
  const login = { user: 'admin', password: 'wrong' };
  for (let turn = 0; turn < 5; turn += 1)
    expect((await ask(port, 'GET', '/ISAPI/System/deviceInfo', undefined, { login })).status).toBe(401);
  now = 60_000;
  const locked = await ask(port, 'GET', '/ISAPI/System/deviceInfo');
  expect([locked.status, locked.headers.get('www-authenticate')]).toEqual([401, null]);
  expect(await locked.text()).toContain('<lockStatus>lock</lockStatus><unlockTime>1740</unlockTime>');
  now = 30 * 60_000;
  expect((await ask(port, 'GET', '/ISAPI/System/deviceInfo')).status).toBe(200);
});

test('a model without gate control says so, in either way', async () => {
  let port = await start({ gate: 'unsupported' });
  const refused = await ask(port, 'PUT', GATE, gate('open'));
  expect(refused.status).toBe(403);
  expect(await refused.text()).toMatch(/<statusCode>4<.*<subStatusCode>notSupport</);
  await camera.stop();
  port = await start({ gate: 'missing' });
  expect((await ask(port, 'PUT', GATE, gate('open'))).status).toBe(404);
  const relay = '/ISAPI/System/IO/outputs/1/trigger';
  for (const state of ['high', 'low'])
    await ask(port, 'PUT', relay, `<IOPortData><outputState>${state}</outputState></IOPortData>`);
  expect(camera.body.moves).toMatchObject([
    { relay: 1, on: true, ms: null },
    { relay: 1, on: false, ms: null },
  ]);
});

test('lock holds the contact until unlock, or keeps the arm shut, as the model has it', async () => {
  let port = await start();
  for (const mode of ['lock', 'unlock']) expect(await codeOf(await ask(port, 'PUT', GATE, gate(mode)))).toBe('1');
  expect(camera.body.moves).toMatchObject([
    { relay: 1, on: true, ms: null },
    { relay: 1, on: false, ms: null },
  ]);
  await camera.stop();
  port = await start({ lockHolds: 'down' });
  await ask(port, 'PUT', GATE, gate('lock'));
  expect(await codeOf(await ask(port, 'PUT', GATE, gate('open')))).toBe('4');
  expect(camera.body.moves).toMatchObject([{ relay: 2 }]);
});

test('the answer is lost after the relay moved; 503 moves nothing', async () => {
  const port = await start();
  camera.faults.plan('barrierGate', { kind: 'answer-lost' });
  camera.faults.plan('barrierGate', { kind: 'refused', code: 3 });
  await expect(ask(port, 'PUT', GATE, gate('open'))).rejects.toThrow();
  expect(camera.body.moves).toHaveLength(1);
  expect((await ask(port, 'PUT', GATE, gate('open'))).status).toBe(503);
  expect(camera.body.moves).toHaveLength(1);
  await camera.refuse();
  await expect(ask(port, 'PUT', GATE, gate('open'))).rejects.toThrow();
  await camera.start();
  expect([camera.port, (await ask(port, 'PUT', GATE, gate('open'))).status]).toEqual([port, 200]);
});

test('inputs, picture, clock, facts and display', async () => {
  const port = await start();
  camera.body.press(1, true);
  expect(await (await ask(port, 'GET', '/ISAPI/System/IO/inputs/1/status')).text()).toContain('>active<');
  expect(await (await ask(port, 'GET', '/ISAPI/System/IO/inputs/2/status')).text()).toContain('>inactive<');
  expect(await (await ask(port, 'GET', `${GATE}/barrierGateStatus`)).text()).toContain('<barrierGateStatus>0<');
  const picture = await ask(port, 'GET', '/ISAPI/Streaming/channels/101/picture');
  expect(Buffer.from(await picture.arrayBuffer())).toEqual(camera.body.view);
  await ask(port, 'PUT', '/ISAPI/System/time', '<Time><localTime>2026-11-22T09:30:00+08:00</localTime></Time>');
  expect(await (await ask(port, 'GET', '/ISAPI/System/time')).text()).toContain('2026-11-22T09:30:0');
  expect(await (await ask(port, 'GET', '/ISAPI/System/deviceInfo')).text()).toContain('<model>DS-TCG405-E</model>');
  const scene = '/ISAPI/Parking/channels/1/LEDConfigurations/multiScene/1?format=json';
  await ask(port, 'PUT', scene, '{"a":1}', { type: 'application/json' });
  expect(camera.led.get(1)).toEqual({ a: 1 });
  expect(camera.complaints).toEqual([]);
});

test('complains of what no camera takes', async () => {
  const port = await start();
  await ask(port, 'PUT', GATE, gate('raise'));
  await ask(port, 'PUT', GATE, '<BarrierGate><ctrlMode>open</BarrierGate>');
  await ask(port, 'PUT', GATE, gate('open'), { type: 'text/plain' });
  await ask(port, 'GET', '/ISAPI/Nothing');
  expect(camera.complaints).toEqual([
    'barrierGate: ctrlMode "raise"',
    `${GATE}: body is not well-formed XML`,
    `${GATE}: Content-Type text/plain`,
    'unknown request GET /ISAPI/Nothing',
  ]);
  expect(camera.body.moves).toEqual([]);
});
