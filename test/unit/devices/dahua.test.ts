import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DahuaCamera } from '../../../electron/station/devices/dahua/camera.ts';
import { DahuaEndpoint } from '../../../electron/station/devices/dahua/endpoint.ts';
import { settingsSchema } from '../../../electron/station/devices/dahua/settings.ts';
import { UnfitError } from '../../../electron/station/runtime/errors.ts';
import { type DahuaOptions, DahuaCamera as Peer } from '../../peers/dahua/index.ts';
import { jpegOfSize, tinyJpeg } from '../../peers/jpeg.ts';
import { until } from '../../support/until.ts';
import { HurriedClock } from './hurried-clock.ts';
import { Bench, request } from './recording.ts';

const SCENE = jpegOfSize(9_000);

let bench: Bench;
let peer: Peer;
let camera: DahuaCamera;
const clock = new HurriedClock();

beforeEach(() => {
  bench = new Bench();
});
afterEach(async () => {
  await camera.stop();
  await peer.stop();
});

const make = (settings: Record<string, unknown> = {}): DahuaCamera => {
  const known = { serialNo: 'ITC-1', host: '127.0.0.1', port: peer.port, password: 'Abc12345' };
  return new DahuaCamera('cam1', settingsSchema.parse({ ...known, ...settings }), { ...bench.deps, clock });
};
const begin = async (settings: Record<string, unknown> = {}, options: DahuaOptions = {}): Promise<void> => {
  peer = new Peer({ heartbeatMs: 100, ...options });
  await peer.start();
  camera = make(settings);
  await camera.start();
  if (settings['receive'] !== 'push') await until('it is online', () => bench.states.includes('cam1 online'));
};
const relays = () => peer.body.moves.map(({ relay }) => relay);
const read = (count = 1) => until(`${count} cars`, () => bench.cars.length >= count);
const pictured = (count = 1) =>
  until(`${count} pictures`, () => bench.cars.filter(({ photo }) => photo).length >= count);

describe('events', () => {
  it('each car is told once, with the whole scene, however the bytes are cut', async () => {
    await begin();
    peer.streamFault.pieces = 11;
    const event = await peer.see({ plate: '粤B12345', pictures: [tinyJpeg(), SCENE] });
    await read();
    await peer.send(event);
    await peer.see({ plate: '', lane: 2 });
    await read(2);
    await pictured();
    expect(bench.cars.map(({ plate }) => plate.kind)).toEqual(['ordinary', 'unread']);
    expect(bench.cars[0]).toMatchObject({ serialNo: 'ITC-1', capturedAt: event.capturedAt, stored: false });
    expect(Buffer.from(bench.cars[0]?.photo ?? [])).toEqual(SCENE);
    expect(bench.reads[0]?.photo).toBeNull();
    expect(bench.cars[1]?.photo).toBeNull();
    expect(peer.complaints).toEqual([]);
  });

  it('local time written as UTC is recognised, and the other prefix read', async () => {
    await begin({}, { dialect: { prefix: 'ReturnEvents', localAsUtc: true } });
    const event = await peer.see({ plate: '粤B12345' });
    await read();
    expect(bench.reads[0]?.capturedAt).toBe(event.capturedAt);
    expect((await camera.selfTest()).find(({ step }) => step === 'clock')?.result).toBe('ok');
  });

  it.each([
    ['plain', 400, 1],
    ['escaped', 500, 2],
    ['events-escaped', 404, 3],
    ['flags-escaped', 501, 4],
  ] as const)('finds out how the camera wants its brackets (%s, else %d)', async (brackets, misspeltStatus, asked) => {
    await begin({}, { brackets, misspeltStatus });
    await peer.see({ plate: '粤B12345' });
    await read();
    const urls = bench.exchanges.filter(({ head }) => head === 'GET snapManager');
    expect([urls.length, peer.complaints]).toEqual([asked, []]);
    expect(await camera.snapshot()).toMatchObject({ outcome: 'done' });
    await until('the picture is there', () => bench.snapshots.length === 1);
  });

  it('cut inside a picture, the car is told without it, and the stream comes back', async () => {
    await begin();
    peer.streamFault.cutAt = 2_000;
    await peer.see({ plate: '粤B12345', pictures: [SCENE] });
    await read();
    expect(bench.reads[0]?.photo).toBeNull();
    await until('it listens again', () => peer.streams.opened === 2);
    await peer.see({ plate: '粤B22222', pictures: [SCENE] });
    await pictured();
    expect(bench.cars[0]?.photo).toBeNull();
    expect(Buffer.from(bench.cars[1]?.photo ?? [])).toEqual(SCENE);
    expect(bench.states).toEqual(['cam1 online']);
  });

  it('what the camera kept is stored; that it opened by itself is said', async () => {
    await begin();
    await peer.see({ plate: '粤B12345', extra: { IsOffline: 'true' } });
    await peer.see({ plate: '粤B22222', openStrobeState: 'Auto' });
    await read(2);
    expect(bench.cars.map(({ stored }) => stored)).toEqual([true, false]);
    expect(bench.cars.map(({ openedByCamera }) => openedByCamera)).toEqual([undefined, true]);
    expect(bench.lines.some(({ message }) => message.includes('opened by itself'))).toBe(true);
    expect((await camera.selfTest()).find(({ step }) => step === 'relay')?.result).toBe('warning');
  });

  it('an arm that is up by our own order was not opened by the camera', async () => {
    await begin();
    expect(await camera.gate('open')).toMatchObject({ outcome: 'done' });
    await peer.see({ plate: '粤B22222', openStrobeState: 'Normal' });
    await read();
    expect(bench.cars[0]?.openedByCamera).toBeUndefined();
    expect(bench.lines.filter(({ message }) => message.includes('opened by itself'))).toEqual([]);
  });

  it('a second opening for one order was not ours, nor was one that comes late', async () => {
    await begin();
    expect(await camera.gate('open')).toMatchObject({ outcome: 'done' });
    await peer.see({ plate: '粤B22222', openStrobeState: 'Normal' });
    await peer.see({ plate: '粤B33333', openStrobeState: 'Normal' });
    await read(2);
    expect(bench.cars.map(({ openedByCamera }) => openedByCamera)).toEqual([undefined, true]);
  });

  it('a picture that was asked for is no car', async () => {
    await begin();
    expect(await camera.snapshot()).toMatchObject({ outcome: 'done' });
    await until('the picture is there', () => bench.snapshots.length === 1);
    expect(Buffer.from(bench.snapshots[0] ?? [])).toEqual(peer.body.view);
    expect(bench.reads).toEqual([]);
    // The document's own list is what it is listened to for cars; for the picture alone somebody listened besides.
    expect(peer.body.commands.filter(({ name }) => name === 'attach').map(({ detail }) => detail)).toEqual([
      ...['snap [TrafficJunction]', 'snap [TrafficManualSnap]'],
    ]);
    await until('that is over', () => peer.streams.listeners() === 1);
  });

  it('is offline where nobody answers, and found once somebody does', async () => {
    await begin();
    await camera.stop();
    await peer.refuse();
    camera = make();
    await camera.start();
    await until('it is offline', () => bench.states.at(-1) === 'cam1 offline');
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    await peer.start();
    await until('it is back', () => bench.states.at(-1) === 'cam1 online');
  });
});

describe('commands by CGI', () => {
  it('opens, closes, and refuses what the protocol does not offer', async () => {
    await begin();
    expect(await camera.gate('open')).toMatchObject({ outcome: 'done' });
    expect(await camera.gate('close')).toMatchObject({ outcome: 'done' });
    expect(await camera.gate('hold')).toMatchObject({ outcome: 'refused' });
    expect(await camera.gate('release-hold')).toMatchObject({ outcome: 'refused' });
    expect(relays()).toEqual([1, 2]);
    expect(bench.delays.length).toBe(2);
    expect(peer.complaints).toEqual([]);
    expect(peer.door.badLogins).toBe(0);
  });

  it('says how an opening ended, and never gives it twice', async () => {
    await begin();
    const outcome = async (plan: () => void): Promise<string> => {
      plan();
      return (await camera.gate('open')).outcome;
    };
    expect(await outcome(() => peer.faults.plan('openStrobe', { kind: 'answer-lost' }))).toBe('unknown');
    expect(await outcome(() => peer.faults.plan('openStrobe', { kind: 'request-lost' }))).toBe('unknown');
    expect(await outcome(() => peer.faults.plan('openStrobe', { kind: 'refused', code: 400 }))).toBe('refused');
    expect(await outcome(() => peer.faults.plan('openStrobe', { kind: 'refused', code: 500 }))).toBe('unknown');
    expect(relays()).toEqual([1]);
    peer.door.expire();
    expect(await outcome(() => undefined)).toBe('done');
    expect(relays()).toEqual([1, 1]);
  });

  it('a wrong password is tried once, told as a fault, and shown to nobody', async () => {
    await begin();
    await camera.stop();
    camera = make({ password: 'Secret99' });
    await camera.start();
    await until('it is told', () => bench.faults.length === 1);
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    expect(peer.door.badLogins).toBe(1);
    expect(JSON.stringify([bench.exchanges, bench.lines, bench.faults])).not.toMatch(/Secret99|Digest /);
  });
});

describe('commands by RPC2', () => {
  it('are used once the CGI says that it knows no such order, with one session', async () => {
    await begin({}, { web5: true });
    expect(await camera.gate('open')).toMatchObject({ outcome: 'done' });
    expect(await camera.gate('close')).toMatchObject({ outcome: 'done' });
    expect(relays()).toEqual([1, 2]);
    expect(peer.rpc.sessions.size).toBe(1);
    expect(peer.complaints).toEqual([]);
    const [session] = peer.rpc.sessions.keys();
    expect(JSON.stringify(bench.exchanges)).not.toContain(session);
    expect(JSON.stringify(bench.exchanges)).not.toMatch(/A945B0804F83FA7EC7CECF4A7418567A/);
  });

  it('are refused where only the CGI is wanted', async () => {
    await begin({ strobe: 'cgi' }, { web5: true });
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    expect(bench.faults[0]).toContain('cam1 firmware');
    expect(relays()).toEqual([]);
  });

  it('an expired session is made anew and the order given once; a lost answer is unknown', async () => {
    await begin({ strobe: 'rpc2' }, { web5: true });
    await until('it is logged in', () => peer.rpc.sessions.size === 1);
    expect(await camera.gate('open')).toMatchObject({ outcome: 'done' });
    peer.rpc.expire();
    expect(await camera.gate('open')).toMatchObject({ outcome: 'done' });
    expect(relays()).toEqual([1, 1]);
    peer.faults.plan('RPC2', { kind: 'answer-lost' });
    expect(await camera.gate('open')).toMatchObject({ outcome: 'unknown' });
    peer.faults.plan('RPC2', { kind: 'request-lost' });
    expect(await camera.gate('open')).toMatchObject({ outcome: 'unknown' });
    peer.rpc.expire();
    peer.faults.plan('RPC2_Login', { kind: 'request-lost' });
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    expect(relays()).toEqual([1, 1, 1]);
    expect(peer.complaints).toEqual([]);
  });

  it('the session is kept alive', async () => {
    await begin({ strobe: 'rpc2' }, { web5: true, rpc: { keepAliveSeconds: 1 } });
    await until('it is logged in', () => peer.rpc.sessions.size === 1);
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(await camera.gate('open')).toMatchObject({ outcome: 'done' });
    expect(peer.rpc.sessions.size).toBe(1);
  });

  it('a wrong password is tried once', async () => {
    await begin({ strobe: 'rpc2', password: 'Secret99', receive: 'push' }, { web5: true });
    await until('it is told', () => bench.faults.length === 1);
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    expect(JSON.stringify([bench.exchanges, bench.faults, bench.lines])).not.toContain('Secret99');
    expect(relays()).toEqual([]);
    // A login takes two requests.
    expect(bench.exchanges.filter(({ head }) => head.startsWith('POST /RPC2_Login')).length).toBe(2);
  });
});

describe('pushes', () => {
  it('are taken after they were stored, told again until then, and told once', async () => {
    await begin({ receive: 'push' });
    const endpoint = new DahuaEndpoint([camera], bench);
    const picture = {
      NormalPic: { Content: SCENE.toString('base64') },
      CutoutPic: { Content: tinyJpeg().toString('base64') },
    };
    const body = (DeviceID: string): string =>
      JSON.stringify({
        Picture: {
          Plate: { IsExist: true, PlateNumber: '粤B12345', PlateColor: 'Blue' },
          SnapInfo: { DeviceID, AccurateTime: '2026-11-22 09:30:00.120', LanNo: 1 },
          ...picture,
        },
      });
    const tell = (text: string) => endpoint.handle(request(text, { path: '/NotificationInfo/TollgateInfo' }));
    bench.onPlate = () => {
      throw new Error('disk full');
    };
    expect(await tell(body('ITC-1'))).toMatchObject({ status: 500, body: '{"result":"false"}' });
    bench.onPlate = () => undefined;
    expect(await tell(body('ITC-1'))).toMatchObject({ status: 200, body: '{"result":"true"}' });
    expect(await tell(body('ITC-1'))).toMatchObject({ status: 200 });
    bench.onPlate = () => {
      throw new UnfitError('plate-read: no');
    };
    expect(await tell(body('ITC-1').replace('09:30:00', '09:30:09'))).toMatchObject({ body: '{"result":"true"}' });
    expect(bench.faults).toEqual([expect.stringContaining('有一次识别的内容无法保存')]);
    bench.onPlate = () => undefined;
    expect(await tell(body('ITC-1'))).toMatchObject({ status: 200 });
    expect(bench.cars.length).toBe(1);
    expect(Buffer.from(bench.cars[0]?.photo ?? [])).toEqual(SCENE);
    expect(bench.states).toEqual(['cam1 online']);
    expect(await tell('{"Active":"keepAlive","DeviceID":"ITC-1"}')).toMatchObject({ body: '{"result":"true"}' });
    expect(await tell(body('ITC-2'))).toMatchObject({ status: 200 });
    expect(bench.strangers[0]).toMatchObject({ serialNo: 'ITC-2', plate: { text: '粤B12345' } });
    expect(await tell('hello')).toMatchObject({ status: 400, body: '{"result":"false"}' });
    // What came whole is taken: it can never be read.
    expect(await tell('{"Picture":7}')).toMatchObject({ status: 200, body: '{"result":"true"}' });
    expect(bench.cars.length).toBe(1);
  });
});
