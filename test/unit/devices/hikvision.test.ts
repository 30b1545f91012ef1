import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceResponse } from '../../../electron/station/devices/device.ts';
import { HikvisionCamera } from '../../../electron/station/devices/hikvision/camera.ts';
import { HikvisionEndpoint } from '../../../electron/station/devices/hikvision/endpoint.ts';
import { settingsSchema } from '../../../electron/station/devices/hikvision/settings.ts';
import { UnfitError } from '../../../electron/station/runtime/errors.ts';
import { type HikvisionOptions, HikvisionCamera as Peer } from '../../peers/hikvision/index.ts';
import { jpegOfSize, tinyJpeg } from '../../peers/jpeg.ts';
import { until } from '../../support/until.ts';
import { HIK_BOUNDARY, HIK_EVENT, hikForm } from './hikvision-samples.ts';
import { HurriedClock } from './hurried-clock.ts';
import { Bench, request } from './recording.ts';

const MAC = '44:19:b6:00:00:01';
const SCENE = { type: 'detectionPicture', bytes: jpegOfSize(9_000) } as const;
const CUTOUT = { type: 'licensePlatePicture', bytes: tinyJpeg() } as const;

let bench: Bench;
let peer: Peer;
let camera: HikvisionCamera;
const clock = new HurriedClock();

beforeEach(() => {
  bench = new Bench();
});
afterEach(async () => {
  await camera.stop();
  await peer.stop();
});

const make = (settings: Record<string, unknown> = {}): HikvisionCamera => {
  const known = { serialNo: MAC, host: '127.0.0.1', port: peer.port, password: 'Abc12345', pulseMs: 100 };
  return new HikvisionCamera('cam1', settingsSchema.parse({ ...known, ...settings }), { ...bench.deps, clock });
};
const setUp = async (settings: Record<string, unknown> = {}, options: HikvisionOptions = {}): Promise<void> => {
  peer = new Peer(options);
  await peer.start();
  camera = make(settings);
};
/** Up and listening. */
const begin = async (settings: Record<string, unknown> = {}, options: HikvisionOptions = {}): Promise<void> => {
  await setUp(settings, options);
  await camera.start();
  await until('it is online', () => bench.states.includes('cam1 online'));
  if (camera.settings.receive !== 'push') await until('it listens', () => peer.stream.listeners === 1);
};
const moves = () => peer.body.moves.map(({ relay, on, ms }) => `${relay} ${on ? 'on' : 'off'} ${ms ?? 'stays'}`);
const read = (count = 1) => until(`${count} cars`, () => bench.cars.length >= count);
const pictured = (count = 1) =>
  until(`${count} pictures`, () => bench.cars.filter(({ photo }) => photo).length >= count);

describe('commands', () => {
  it('opens and closes by the barrier command, with one request each once it is logged in', async () => {
    await begin();
    const before = peer.body.commands.length;
    expect(await camera.gate('open')).toMatchObject({ outcome: 'done' });
    expect(await camera.gate('close')).toMatchObject({ outcome: 'done' });
    expect(peer.body.commands.slice(before).map(({ name, detail }) => `${name} ${detail}`)).toEqual([
      ...['barrierGate open', 'barrierGate close'],
    ]);
    expect(moves()).toEqual(['1 on 500', '2 on 500']);
    expect(bench.delays.length).toBe(2);
    expect(peer.complaints).toEqual([]);
    expect(peer.door.badLogins).toBe(0);
  });

  it('says how a command ended, and never gives it twice', async () => {
    await begin({ receive: 'push' });
    const outcome = async (plan: () => void): Promise<string> => {
      plan();
      return (await camera.gate('open')).outcome;
    };
    expect(await outcome(() => peer.faults.plan('barrierGate', { kind: 'answer-lost' }))).toBe('unknown');
    expect(await outcome(() => peer.faults.plan('barrierGate', { kind: 'request-lost' }))).toBe('unknown');
    expect(await outcome(() => peer.faults.plan('barrierGate', { kind: 'refused', code: 2 }))).toBe('refused');
    expect(await outcome(() => peer.faults.plan('barrierGate', { kind: 'refused', code: 3 }))).toBe('unknown');
    expect(await outcome(() => peer.faults.plan('barrierGate', { kind: 'slow', ms: 50 }))).toBe('done');
    expect(moves().length).toBe(2);
    peer.door.expire();
    expect(await outcome(() => undefined)).toBe('done');
    expect(moves().length).toBe(3);
    await peer.refuse();
    expect(await outcome(() => undefined)).toBe('refused');
    expect(peer.complaints).toEqual([]);
  });

  it.each(['unsupported', 'missing'] as const)(
    'goes over to the relay where the model has no barrier command (%s)',
    async (gate) => {
      await begin({}, { gate });
      expect(await camera.gate('open')).toMatchObject({ outcome: 'done' });
      await until('the pulse is over', () => peer.body.moves.length === 2);
      expect(await camera.gate('close')).toMatchObject({ outcome: 'done' });
      await until('the pulse is over', () => peer.body.moves.length === 4);
      expect(moves()).toEqual(['1 on stays', '1 off stays', '2 on stays', '2 off stays']);
      expect(peer.complaints).toEqual([]);
    },
  );

  it('says so where only the barrier command is wanted and the model has none', async () => {
    await begin({ gate: 'barrierGate' }, { gate: 'unsupported' });
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    expect(bench.faults[0]).toContain('cam1 firmware');
    expect(moves()).toEqual([]);
  });

  it('a pulse is ended even when its order was lost, and until the camera took it', async () => {
    await begin({ gate: 'relay' });
    await until('relays are off', () => peer.body.moves.length === 2);
    peer.faults.plan('trigger', { kind: 'answer-lost' });
    peer.faults.plan('trigger', { kind: 'request-lost' });
    expect(await camera.gate('open')).toMatchObject({ outcome: 'unknown' });
    await until('the relay is off again', () => peer.body.moves.length === 4);
    expect(moves().slice(2)).toEqual(['1 on stays', '1 off stays']);
    expect(bench.lines.some(({ message }) => message.includes('switched off'))).toBe(true);
  });

  it('a pulse that is not over when the station stops is ended; one that the camera ends is not', async () => {
    await begin({ gate: 'relay', pulseMs: 5_000 });
    await until('relays are off', () => peer.body.moves.length === 2);
    await camera.gate('open');
    await camera.stop();
    expect(moves().slice(-2)).toEqual(['1 on stays', '1 off stays']);
    camera = make({ gate: 'relay', relayPulse: 'camera' });
    await camera.start();
    const before = peer.body.moves.length;
    await camera.gate('open');
    await camera.stop();
    expect(moves().slice(before)).toEqual(['1 on stays']);
  });

  it('holds by lock, by relay, or not at all', async () => {
    await begin({ hold: 'lock' });
    expect(await camera.gate('hold')).toMatchObject({ outcome: 'done' });
    expect(await camera.gate('release-hold')).toMatchObject({ outcome: 'done' });
    expect(moves()).toEqual(['1 on stays', '1 off stays']);
    await camera.stop();
    camera = make({ hold: 'relay', gate: 'relay', holdRelay: 1, openRelay: 1 });
    await camera.start();
    const before = peer.body.moves.length;
    await camera.gate('hold');
    await camera.gate('open');
    await new Promise((resolve) => setTimeout(resolve, 150));
    // An opening while it is held up does not let it fall.
    expect(
      moves()
        .slice(before)
        .filter((move) => move.startsWith('1')),
    ).toEqual(['1 on stays', '1 on stays']);
    await camera.gate('release-hold');
    expect(moves().at(-1)).toBe('1 off stays');
    await camera.stop();
    camera = make();
    await camera.start();
    expect(await camera.gate('hold')).toMatchObject({ outcome: 'refused' });
  });

  it('does not close on its own safety loop, and tells inputs and arm', async () => {
    await begin({
      inputPollMs: 100,
      inputs: [
        { number: 1, role: 'trigger-loop' },
        { number: 2, role: 'safety-loop' },
      ],
    });
    await until('it knows its inputs', () => bench.inputs.length === 2);
    expect(bench.inputs).toEqual(['cam1 trigger-loop off', 'cam1 safety-loop off']);
    peer.body.press(2, true);
    await until('the loop is pressed', () => bench.inputs.includes('cam1 safety-loop on'));
    expect(await camera.gate('close')).toMatchObject({ outcome: 'refused' });
    expect(moves()).toEqual([]);
    peer.body.press(2, false);
    await until('the loop is free', () => bench.inputs.filter((line) => line === 'cam1 safety-loop off').length === 2);
    expect(await camera.gate('close')).toMatchObject({ outcome: 'done' });
    expect(camera.facts().inputs).toEqual(['trigger-loop', 'safety-loop']);
  });

  it('a picture comes in the answer', async () => {
    await begin();
    expect(await camera.snapshot()).toMatchObject({ outcome: 'done' });
    expect(bench.snapshots.map((each) => Buffer.from(each))).toEqual([peer.body.view]);
    peer.faults.plan('snapshot', { kind: 'refused', code: 2 });
    expect(await camera.snapshot()).toMatchObject({ outcome: 'refused' });
  });

  it('another camera at the address is not ours: nothing is ordered of it', async () => {
    await setUp({ serialNo: '44:19:b6:00:00:99' });
    await camera.start();
    await until('it is offline', () => bench.states.includes('cam1 offline'));
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    expect(moves()).toEqual([]);
    const detail = `该地址上是另一台相机（${MAC}）`;
    expect(await camera.snapshot()).toEqual({ outcome: 'refused', detail });
    expect(bench.snapshots).toEqual([]);
    expect((await camera.selfTest())[0]).toMatchObject({ step: 'reachable', result: 'failed', detail });
  });
});

describe('login', () => {
  it('a wrong password is tried once, told as a fault, and shown to nobody', async () => {
    await setUp({ password: 'Secret99' });
    await camera.start();
    await until('it is told', () => bench.faults.length === 1);
    expect(bench.faults[0]).toContain('login-refused');
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    expect(await camera.snapshot()).toMatchObject({ outcome: 'refused' });
    expect(peer.door.badLogins).toBe(1);
    expect(moves()).toEqual([]);
    expect((await camera.selfTest()).find(({ step }) => step === 'login')).toMatchObject({ result: 'failed' });
    expect(JSON.stringify([bench.exchanges, bench.lines, bench.faults, bench.states])).not.toMatch(
      /Secret99|Digest |response=/,
    );
  });
});

describe('the self-test', () => {
  it('finds everything well, or says what is not', async () => {
    await begin({ inputs: [{ number: 1, role: 'trigger-loop' }], inputPollMs: 100 });
    await until('it knows its input', () => bench.inputs.length === 1);
    const results = async () => Object.fromEntries((await camera.selfTest()).map(({ step, result }) => [step, result]));
    expect(await results()).toEqual({
      ...{ reachable: 'ok', login: 'ok', clock: 'ok', connection: 'ok', inputs: 'ok', relay: 'skipped' },
    });
    peer.clockOffsetMs = 3_600_000;
    expect(await results()).toMatchObject({ clock: 'warning' });
    expect(camera.facts()).toMatchObject({ firmware: 'V5.2.0' });
    await peer.refuse();
    expect(await results()).toMatchObject({ reachable: 'failed', login: 'skipped' });
    expect(moves()).toEqual([]);
  });
});

describe('the alarm stream', () => {
  it('gives each car once, with its whole picture, however the bytes are cut', async () => {
    await begin();
    peer.streamFault.pieces = 7;
    await peer.see({ plate: '粤B12345', pictures: [CUTOUT, SCENE] });
    await pictured();
    expect(bench.cars[0]).toMatchObject({ deviceId: 'cam1', serialNo: MAC, stored: false, confidence: 97 });
    expect(bench.cars[0]?.plate).toMatchObject({ text: '粤B12345', color: 'blue' });
    expect(Buffer.from(bench.cars[0]?.photo ?? [])).toEqual(SCENE.bytes);
    expect(bench.reads[0]?.photo).toBeNull();
    const event = await peer.see({ plate: 'unknown' });
    await read(2);
    await peer.send(event);
    await peer.see({ plate: '粤B22222', uuid: null });
    await read(3);
    expect(bench.cars.map(({ plate }) => plate.kind)).toEqual(['ordinary', 'unread', 'ordinary']);
    expect(bench.cars[2]?.plateId).toContain('粤B22222');
  });

  it('a plate that comes ahead of its picture is one car, at once; the picture follows', async () => {
    await begin({}, { plateFirst: true });
    await peer.see({ plate: '粤B12345', pictures: [SCENE] });
    await pictured();
    expect(bench.cars.length).toBe(1);
    expect(bench.reads[0]?.photo).toBeNull();
    expect(Buffer.from(bench.cars[0]?.photo ?? [])).toEqual(SCENE.bytes);
    expect(bench.snapshots).toEqual([]);
  });

  it('what the camera kept is stored, and told as such', async () => {
    await begin();
    peer.keep({ plate: '粤B12345' });
    await peer.sendKept();
    await read();
    expect(bench.reads[0]?.stored).toBe(true);
  });

  it('cut inside a picture, the car is told without it, and the stream comes back', async () => {
    await begin();
    peer.streamFault.cutAt = 3_000;
    await peer.see({ plate: '粤B12345', pictures: [SCENE] });
    await read();
    expect(bench.reads[0]?.photo).toBeNull();
    await until('it listens again', () => peer.stream.opened === 2);
    await peer.see({ plate: '粤B22222', pictures: [SCENE] });
    await read(2);
    expect(bench.states).toEqual(['cam1 online']);
    expect(peer.complaints).toEqual([]);
  });

  it('pictures by address are fetched from the camera, and from nowhere else', async () => {
    await begin();
    await peer.see({ plate: '粤B12345', pictures: [{ ...SCENE, byUrl: true }] });
    await pictured();
    expect(bench.reads[0]?.photo).toBeNull();
    expect(Buffer.from(bench.cars[0]?.photo ?? [])).toEqual(SCENE.bytes);
    expect(peer.complaints).toEqual([]);
  });

  it('a read that could not be stored is kept, with the picture behind it', async () => {
    await begin();
    bench.onPlate = () => {
      throw new Error('disk full');
    };
    await peer.see({ plate: '粤B12345', pictures: [SCENE] });
    await until('it failed, and failed again with its picture', () => bench.reads.length >= 2);
    bench.onPlate = () => undefined;
    await pictured();
    expect(bench.cars).toMatchObject([{ plate: { text: '粤B12345' } }]);
    expect(Buffer.from(bench.cars[0]?.photo ?? [])).toEqual(SCENE.bytes);
  });

  it('a camera that answers while its events cannot be heard is as good as gone', async () => {
    await setUp();
    peer.faults.plan('alertStream', { kind: 'refused', code: 2 }, 100);
    await camera.start();
    await until('it answers', () => bench.states.length === 1);
    clock.aheadMs += 20_000;
    await until('it is offline', () => bench.states.length === 2);
    peer.faults.clear();
    await until('it is back', () => bench.states.length === 3);
    expect(bench.states).toEqual(['cam1 online', 'cam1 offline', 'cam1 online']);
  });

  it('a camera that is gone is told so, and found again', async () => {
    await begin();
    await peer.refuse();
    await camera.gate('open');
    await until('it is offline', () => bench.states.includes('cam1 offline'));
    await peer.start();
    await until('it is back', () => bench.states.length === 3, 8_000);
    expect(bench.states).toEqual(['cam1 online', 'cam1 offline', 'cam1 online']);
  });
});

describe('pushes', () => {
  let endpoint: HikvisionEndpoint;
  const push = (
    xml = HIK_EVENT,
    pictures: readonly Uint8Array[] = [],
    remote = '192.168.1.64',
  ): Promise<DeviceResponse> =>
    endpoint.handle(
      request(hikForm(xml, pictures), { contentType: `multipart/form-data; boundary=${HIK_BOUNDARY}`, remote }),
    );
  beforeEach(async () => {
    await begin({ receive: 'both' });
    endpoint = new HikvisionEndpoint([camera], bench);
  });

  it('are answered after they were stored; told again they are the same car', async () => {
    const first = await push(HIK_EVENT, [tinyJpeg()]);
    expect(first.status).toBe(200);
    expect(String(first.body)).toContain('<statusCode>1</statusCode>');
    expect(bench.reads[0]).toMatchObject({
      plateId: 'b6c0f7a2-0001 2026-11-22T09:30:00+08:00',
      capturedAt: Date.UTC(2026, 10, 22, 1, 30),
    });
    expect((await push(HIK_EVENT, [tinyJpeg()])).status).toBe(200);
    expect(bench.cars.length).toBe(1);
  });

  it('of a firmware that never changes its UUID are each a car of its own', async () => {
    await push();
    await push(HIK_EVENT.replace('09:30:00', '09:30:07').replace('粤B12345', '粤B22222'));
    await push(HIK_EVENT.replace(/<dateTime>.*<\/dateTime>/, ''));
    await push();
    expect(bench.cars.map(({ plate }) => plate.text)).toEqual(['粤B12345', '粤B22222', '粤B12345']);
  });

  it('that could not be stored are answered with 500, never 503', async () => {
    bench.onPlate = () => {
      throw new Error('disk full');
    };
    const failed = await push();
    expect([failed.status, String(failed.body)]).toEqual([500, expect.stringContaining('<statusCode>3</statusCode>')]);
    bench.onPlate = () => undefined;
    expect((await push()).status).toBe(200);
    await camera.stop();
    expect((await push(HIK_EVENT.replace('0001<', '0002<'))).status).toBe(500);
    expect(bench.reads.length).toBe(2);
  });

  it('that can never be stored are answered as taken, and somebody hears of it', async () => {
    bench.onPlate = () => {
      throw new UnfitError('plate-read: no');
    };
    expect(await push(HIK_EVENT, [tinyJpeg()])).toMatchObject({ status: 200, body: expect.stringContaining('>1<') });
    expect(bench.lines.find(({ level }) => level === 'error')?.fields).toMatchObject({
      ...{ device: 'cam1', isForGood: true, raw: expect.stringContaining('<licensePlate>粤B12345<') },
    });
    expect(bench.faults).toEqual([expect.stringContaining('cam1 firmware 有一次识别的内容无法保存')]);
    bench.onPlate = () => undefined;
    await push(HIK_EVENT.replace('0001<', '0002<'));
    expect(bench.faults.at(-1)).toBe('cam1 firmware over');
  });

  it('of strangers move nothing and are found; what is no event is refused', async () => {
    const other = await push(HIK_EVENT.replace(MAC, '44:19:b6:00:00:02'), [tinyJpeg()]);
    expect(other.status).toBe(200);
    expect(bench.strangers[0]).toMatchObject({ serialNo: '44:19:b6:00:00:02', plate: { text: '粤B12345' } });
    expect(bench.strangers[0]?.picture()).toEqual(new Uint8Array(tinyJpeg()));
    expect(await endpoint.handle(request('hello', { contentType: 'text/plain' }))).toMatchObject({
      ...{ status: 400, body: expect.stringContaining('<statusCode>5</statusCode>') },
    });
    expect((await push(HIK_EVENT.replace('<channelID>1<', '<channelID>2<'))).status).toBe(200);
    expect(bench.reads.length).toBe(0);
  });

  it('without a MAC address are told by their address', async () => {
    const nameless = HIK_EVENT.replace(/<macAddress>.*?<\/macAddress>/, '');
    await push(nameless.replace('192.168.1.64', '10.0.0.9'), [], '10.0.0.9');
    expect(bench.strangers.length).toBe(1);
    await push(nameless, [], '127.0.0.1');
    expect(bench.reads.length).toBe(1);
  });

  it('name pictures elsewhere in vain', async () => {
    const away = HIK_EVENT.replace(
      '<dataType>0</dataType>',
      '<dataType>1</dataType><pictureURL>http://127.0.0.1:1/x.jpg</pictureURL>',
    );
    await push(away);
    await until('it is told', () => bench.lines.some(({ fields }) => fields['why'] !== undefined));
    expect(bench.reads.map(({ photo }) => photo)).toEqual([null]);
    expect(bench.lines.some(({ fields }) => fields['why'] === '图片地址不在相机上')).toBe(true);
  });
});

describe('a camera that shall push', () => {
  const here = { receive: 'push', stationAddress: '192.168.1.10', stationPort: 8701 };
  const commands = () => peer.body.commands.map(({ name }) => name);
  const told = (name: string) => commands().filter((each) => each === name).length;

  it('is told where to once, and that it shall each time that it comes back', async () => {
    await begin(here, { needsBaseline: true });
    await until('it is told', () => told('alarmHttpPushProtocol') === 1);
    expect(peer.host).toMatchObject({ ipAddress: '192.168.1.10', portNo: 8701, url: '/devices/hikvision' });
    await camera.stop();
    camera = make(here);
    await camera.start();
    await until('it is told again', () => told('alarmHttpPushProtocol') === 2);
    expect(told('httpHosts')).toBe(1);
    expect([peer.complaints, bench.faults]).toEqual([[], []]);
  });

  it('and lost that one request gets it again, and somebody hears of it until then', async () => {
    await setUp(here, { needsBaseline: true });
    peer.faults.plan('alarmHttpPushProtocol', { kind: 'request-lost' });
    camera = make(here);
    await camera.start();
    await until('it is a fault', () => bench.faults.length === 1);
    expect(bench.faults[0]).toContain('cam1 firmware 相机没有接受推送协议的设置');
    expect(told('alarmHttpPushProtocol')).toBe(0);
    // An order that fails makes the driver look whether the camera is there, which is the next occasion.
    peer.faults.plan('barrierGate', { kind: 'refused', code: 2 });
    await camera.gate('open');
    await until('it is told', () => told('alarmHttpPushProtocol') === 1);
    await until('it is over', () => bench.faults.at(-1) === 'cam1 firmware over');
  });

  it('and has its address typed in by hand is told as well that it shall', async () => {
    await begin({ receive: 'push' }, { needsBaseline: true });
    await until('it is told', () => told('alarmHttpPushProtocol') === 1);
    expect(told('httpHosts')).toBe(0);
  });

  it('and refuses the address is a fault', async () => {
    await setUp(here);
    peer.faults.plan('httpHosts', { kind: 'refused', code: 4 }, 3);
    camera = make(here);
    await camera.start();
    await until('it is a fault', () => bench.faults.length === 1);
    expect(bench.faults[0]).toContain('cam1 firmware 相机没有接受推送地址');
  });

  it('and pushes nothing is a fault after eight hours, and not after seven, until it pushes', async () => {
    await begin({ receive: 'push' });
    clock.aheadMs += 7 * 3_600_000;
    await camera.gate('open');
    expect(bench.faults).toEqual([]);
    clock.aheadMs += 3_600_000;
    peer.faults.plan('barrierGate', { kind: 'refused', code: 2 });
    await camera.gate('open');
    await until('it is a fault', () => bench.faults.length === 1);
    expect(bench.faults[0]).toContain('一次推送也没有收到');
    const endpoint = new HikvisionEndpoint([camera], bench);
    await endpoint.handle(request(HIK_EVENT, { contentType: 'application/xml' }));
    expect(bench.faults.at(-1)).toBe('cam1 firmware over');
  });
});
