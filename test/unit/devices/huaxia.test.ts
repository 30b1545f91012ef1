import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceEndpoint } from '../../../electron/station/devices/device.ts';
import { HuaxiaCamera } from '../../../electron/station/devices/huaxia/camera.ts';
import { HuaxiaEndpoint } from '../../../electron/station/devices/huaxia/endpoint.ts';
import { huaxia } from '../../../electron/station/devices/huaxia/index.ts';
import { mountDevices } from '../../../electron/station/inbound/device-routes.ts';
import { createHttpServer } from '../../../electron/station/inbound/http-server.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { UnfitError } from '../../../electron/station/runtime/errors.ts';
import { HuaxiaCamera as HuaxiaPeer } from '../../peers/huaxia/index.ts';
import { Bench, recordingLog, request } from './recording.ts';

const SAMPLE =
  'type=online&plate_num=%E7%B2%A4B12345&plate_color=%E8%93%9D&start_time=1795311000&park_id=P1&cam_id=44-19-b6-00-00-02&cam_ip=192.168.1.101&picture=_9j_2Q..&closeup_pic=';
const TAKEN = '{"error_num":0,"error_str":""}';
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
const CAM = '44-19-b6-00-00-02';

let bench: Bench;
let camera: HuaxiaCamera;
let endpoint: HuaxiaEndpoint;

beforeEach(async () => {
  bench = new Bench();
  camera = new HuaxiaCamera('cam1', huaxia.settings.parse({ serialNo: '44-19-B6-00-00-02' }), bench.deps);
  endpoint = new HuaxiaEndpoint([camera], bench);
  await camera.start();
});
afterEach(() => camera.stop());

const post = (form: string) => endpoint.handle(request(form, { contentType: 'application/x-www-form-urlencoded' }));
const sample = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields).reduce(
    (form, [name, value]) => form.replace(new RegExp(`(^|&)${name}=[^&]*`), `$1${name}=${value}`),
    SAMPLE,
  );

describe('a read', () => {
  it('becomes one in our words, and is answered as the plain parser of the camera wants', async () => {
    const response = await post(SAMPLE);
    expect([response.status, response.body]).toEqual([200, TAKEN]);
    expect(bench.reads).toEqual([
      {
        deviceId: 'cam1',
        serialNo: '44-19-B6-00-00-02',
        plateId: '1795311000-粤B12345',
        plate: { text: '粤B12345', color: 'blue', kind: 'ordinary' },
        confidence: null,
        trigger: 'automatic',
        capturedAt: Date.parse('2026-11-22T09:30:00+08:00'),
        receivedAt: bench.clock.now(),
        stored: false,
        photo: JPEG,
      },
    ]);
    expect(bench.states).toEqual(['cam1 online']);
  });

  it('comes in the address too', async () => {
    await endpoint.handle({ ...request(''), method: 'GET', query: SAMPLE });
    expect(bench.reads[0]).toMatchObject({ plateId: '1795311000-粤B12345', photo: JPEG });
  });

  it('that is repeated is the same one; another second is another', async () => {
    for (const form of [SAMPLE, sample({ type: 'offline' }), sample({ start_time: '1795311001' })]) await post(form);
    const [first, again, later] = bench.reads.map(({ plateId }) => plateId);
    expect(again).toBe(first);
    expect(later).not.toBe(first);
  });

  it.each(['offline', 'OFFLINE', 'history'])('of type %s is a stored one', async (type) => {
    await post(sample({ type }));
    expect(bench.reads.map(({ stored }) => stored)).toEqual([true]);
  });

  // 鲁 and 豫 are each a character of UTF-8 as well.
  it.each([
    ['%D4%C1B12345', '%C0%B6', '粤B12345', 'blue'],
    ['%C2%B3A12345', '%B0%D7', '鲁A12345', 'white'],
    ['%C2%B3A12345', '', '鲁A12345', 'unknown'],
    ['%D4%A5AD12345', '%C2%CC', '豫AD12345', 'green'],
  ])('in GBK, %s, is read as such', async (number, color, text, name) => {
    await post(sample({ plate_num: number, plate_color: color }));
    expect(bench.reads[0]?.plate).toMatchObject({ text, color: name });
  });

  it.each([
    ['%E9%BB%84%E7%BB%BF', 'yellow-green'],
    ['%E9%BB%84%E8%89%B2', 'yellow'],
    ['7', 'unknown'],
  ])('with colour %s has %s', async (color, name) => {
    await post(sample({ plate_color: color }));
    expect(bench.reads[0]?.plate.color).toBe(name);
  });

  it.each(['', '%E6%97%A0%E7%89%8C%E8%BD%A6', '_%E6%97%A0_'])('with plate "%s" is an unread one', async (number) => {
    await post(sample({ plate_num: number }));
    expect(bench.reads[0]?.plate.kind).toBe('unread');
  });

  it('has no identity where the clock of the camera was never set', async () => {
    await post(sample({ start_time: '86400' }));
    expect(bench.reads[0]).toMatchObject({ plateId: null, capturedAt: null });
  });

  it('takes the plate where the whole picture is none, and drops what is no JPEG', async () => {
    await post(sample({ picture: '', closeup_pic: '_9j_2Q..' }));
    await post(sample({ picture: '%2F9j%2F2Q%3D%3D' }));
    await post(sample({ picture: 'bm90IGE.' }));
    expect(bench.reads.map(({ photo }) => photo)).toEqual([JPEG, JPEG, null]);
  });

  it('that could not be recorded is not taken', async () => {
    bench.onPlate = () => {
      throw new Error('disk full');
    };
    const response = await post(SAMPLE);
    expect(response.status).toBe(500);
    expect(response.body).not.toContain('"error_num":0');
  });

  it('that can never be recorded is taken, or it would come for ever; with a fault, and what it was in the log', async () => {
    bench.onPlate = () => {
      throw new UnfitError('plate-read: no');
    };
    const response = await post(sample({ picture: '_9j_'.repeat(100) }));
    expect([response.status, response.body]).toEqual([200, TAKEN]);
    expect(bench.faults).toEqual([expect.stringContaining('cam1 firmware 有一次识别的内容无法保存')]);
    expect(bench.lines.at(-1)).toMatchObject({
      level: 'error',
      fields: { raw: expect.stringContaining('type=online') },
    });
    expect(JSON.stringify(bench.lines)).not.toContain('_9j_');
  });

  it('is shown without its picture', async () => {
    await post(sample({ picture: '_9j_'.repeat(100) }));
    expect(Buffer.from(bench.exchanges[0]?.bytes ?? '').toString()).toContain('&picture=[400 characters]&closeup_pic=');
  });
});

describe('a camera', () => {
  it('is kept online by its heartbeats, and goes without them', async () => {
    const beat = `type=heartbeat&park_id=P1&cam_id=${CAM}&cam_ip=192.168.1.101`;
    expect((await post(beat)).body).toBe(TAKEN);
    await bench.clock.advance(60_000);
    await post(beat);
    await bench.clock.advance(60_000);
    expect(bench.states).toEqual(['cam1 online']);
    await bench.clock.advance(60_000);
    expect(bench.states).toEqual(['cam1 online', 'cam1 offline']);
    expect(bench.reads).toEqual([]);
  });

  it('moves no arm, and says why', async () => {
    await post(SAMPLE);
    expect(await camera.gate()).toEqual({ outcome: 'refused', detail: expect.stringContaining('继电器板') });
    expect(await camera.sendSerial()).toMatchObject({ outcome: 'refused' });
    expect(await camera.snapshot()).toMatchObject({ outcome: 'refused' });
    const steps = await camera.selfTest();
    expect(steps.map(({ step, said }) => `${step} ${said?.code}`)).toEqual([
      'reachable heard',
      'clock clock-ahead',
      'relay relay-board-needed',
      'driver experimental',
    ]);
  });

  it('that nobody configured is found, and its reads go nowhere', async () => {
    for (let turn = 0; turn < 2; turn += 1) expect((await post(SAMPLE.replace(CAM, 'aa-bb'))).body).toBe(TAKEN);
    expect(bench.reads).toEqual([]);
    expect(bench.strangers[0]).toMatchObject({ serialNo: 'aa-bb', address: '192.168.1.101' });
    expect(bench.strangers[0]?.plate?.text).toBe('粤B12345');
    expect(bench.strangers[0]?.picture()).toEqual(JPEG);
    expect(bench.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  it.each(['', 'type=online&plate_num=1', '{"cam_id":"x"}', '%', `cam_id=${'x'.repeat(61)}`])(
    'does not send "%s"',
    async (form) => {
      expect((await post(form)).status).toBe(400);
      expect(bench.strangers).toEqual([]);
    },
  );

  it('cannot have the id of another', () => {
    const twin = new HuaxiaCamera('cam2', huaxia.settings.parse({ serialNo: CAM }), bench.deps);
    expect(() => new HuaxiaEndpoint([camera, twin], bench)).toThrow('cam1 and cam2');
  });
});

describe('with a camera on a socket', () => {
  const log = recordingLog([]);
  const app = createHttpServer(log, new SystemClock());
  let url: string;
  beforeAll(async () => {
    const door: DeviceEndpoint = { handle: (incoming) => endpoint.handle(incoming) };
    mountDevices(app, new Map([['huaxia', { endpoint: door, paths: [] }]]), () => undefined);
    url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/devices/huaxia`;
  });
  afterAll(() => app.close());

  it.each(['POST', 'GET'] as const)(
    '%s: each answer is one to it, and what it tells twice is one read',
    async (method) => {
      const peer = new HuaxiaPeer({ url, method, resends: 2 });
      peer.deaf = 1;
      await peer.see({ plate: '鲁A12345', plateBytes: Buffer.from('c2b3413132333435', 'hex'), picture: JPEG });
      await peer.heartbeat();
      await peer.see({ plate: '豫AD12345', plateColor: '绿', offline: true });
      await peer.stop();
      expect(peer.complaints).toEqual([]);
      expect(peer.pushes.map(({ accepted }) => accepted)).toEqual([false, true, true, true]);
      expect(bench.reads.map(({ plate, stored }) => [plate.text, stored])).toEqual([
        ['鲁A12345', false],
        ['鲁A12345', false],
        ['豫AD12345', true],
      ]);
      expect(new Set(bench.reads.map(({ plateId }) => plateId)).size).toBe(2);
    },
  );
});
