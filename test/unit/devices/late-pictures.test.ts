import { beforeEach, describe, expect, it } from 'vitest';
import { DahuaCamera } from '../../../electron/station/devices/dahua/camera.ts';
import { dahua } from '../../../electron/station/devices/dahua/index.ts';
import type { Camera, DeviceDeps } from '../../../electron/station/devices/device.ts';
import { HikvisionCamera } from '../../../electron/station/devices/hikvision/camera.ts';
import { hikvision } from '../../../electron/station/devices/hikvision/index.ts';
import type { HttpStreamListener } from '../../../electron/station/devices/links.ts';
import { jpegOfSize, tinyJpeg } from '../../peers/jpeg.ts';
import { HIK_EVENT } from './hikvision-samples.ts';
import { Bench } from './recording.ts';

/** Cameras whose pictures come behind the plate, each in its own time: the arm is told before any of them. */

const SCENE = jpegOfSize(90_000);
const CUTOUT = tinyJpeg();
const DAHUA_EVENT = [
  ...['Events[0].EventBaseInfo.Code=TrafficJunction', 'Events[0].EventID=5012', 'Events[0].UTC=1795311000'],
  ...['Events[0].UTCMS=120', 'Events[0].TrafficCar.PlateNumber=粤B12345', ''],
].join('\r\n');
const INFO = '<DeviceInfo><serialNumber>S1</serialNumber><macAddress>44:19:b6:00:00:01</macAddress></DeviceInfo>';

const RAISED = '<BarrierGateStatus><barrierGateStatus>2</barrierGateStatus></BarrierGateStatus>';

const part = (type: string, body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`--boundary\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`),
    ...[body, Buffer.from('\r\n')],
  ]);
const picture = (jpeg: Buffer): Buffer => part('image/jpeg', jpeg);

let bench: Bench;
/** The stream that the camera listens to. */
let streams: HttpStreamListener[];
let asked: string[];
let isGone = false;
let camera: Camera;

const deps = (): DeviceDeps => ({
  ...bench.deps,
  links: {
    ...bench.links,
    http: {
      ask: async ({ method, url }) => {
        asked.push(`${method} ${new URL(url).pathname}`);
        if (url.endsWith('deviceInfo') && isGone) return { failed: 'none', detail: 'ECONNREFUSED' };
        const body = url.endsWith('deviceInfo') ? INFO : url.endsWith('barrierGateStatus') ? RAISED : 'OK';
        return { status: 200, headers: new Map(), body: Buffer.from(body) };
      },
      stream: (_question, listener) => {
        streams.push(listener);
        return () => undefined;
      },
    },
  },
});

describe.each([
  {
    name: 'hikvision',
    event: part('application/xml', Buffer.from(HIK_EVENT)),
    more: part('application/xml', Buffer.from(HIK_EVENT.replace('-0001<', '-0002<'))),
    opening: 'PUT /ISAPI/Parking/channels/1/barrierGate',
    make: () =>
      new HikvisionCamera(
        'cam1',
        hikvision.settings.parse({ serialNo: '44:19:b6:00:00:01', host: '192.168.1.64', password: 'p' }),
        deps(),
      ),
  },
  {
    name: 'dahua',
    event: part('text/plain', Buffer.from(DAHUA_EVENT)),
    more: part('text/plain', Buffer.from(DAHUA_EVENT.replace('5012', '5013'))),
    opening: 'GET /cgi-bin/trafficSnap.cgi',
    make: () =>
      new DahuaCamera(
        'cam1',
        dahua.settings.parse({ serialNo: 'ITC-1', host: '192.168.1.108', password: 'p' }),
        deps(),
      ),
  },
])('$name', ({ event, more, opening, make }) => {
  beforeEach(async () => {
    bench = new Bench();
    [streams, asked] = [[], []];
    camera = make();
    await camera.start();
    await bench.clock.advance(0);
    streams[0]?.head(200, new Map());
    asked.length = 0;
  });

  it('the arm is told while the first picture is still on its way', async () => {
    bench.onPlate = () => void camera.gate('open');
    const since = bench.clock.monotonic();
    const bytes = Buffer.concat([event, picture(SCENE)]);
    streams[0]?.data(bytes.subarray(0, event.length + 2_000));
    await bench.clock.advance(0);
    expect(asked).toContain(opening);
    expect(bench.clock.monotonic() - since).toBe(0);
    expect(bench.reads).toMatchObject([{ photo: null }]);
    bench.onPlate = () => undefined;
    // However long it takes: the picture finds its car.
    await bench.clock.advance(4_000);
    streams[0]?.data(bytes.subarray(event.length + 2_000));
    await bench.clock.advance(1_000);
    expect(bench.cars).toHaveLength(1);
    expect(Buffer.compare(bench.cars[0]?.photo ?? new Uint8Array(), SCENE)).toBe(0);
  });

  it('a picture belongs to the car before it, and to nobody once it comes late or behind a sign of life', async () => {
    streams[0]?.data(event);
    streams[0]?.data(more);
    streams[0]?.data(picture(CUTOUT));
    await bench.clock.advance(1_000);
    expect(bench.cars.map(({ photo }) => photo?.length ?? null)).toEqual([null, CUTOUT.length]);
    await bench.clock.advance(6_000);
    streams[0]?.data(picture(SCENE));
    await bench.clock.advance(6_000);
    expect(bench.cars.map(({ photo }) => photo?.length ?? null)).toEqual([null, CUTOUT.length]);
  });

  it('a car is told although the stream breaks within its picture', async () => {
    streams[0]?.data(Buffer.concat([event, picture(SCENE)]).subarray(0, event.length + 2_000));
    streams[0]?.end('断开');
    expect(bench.cars).toMatchObject([{ photo: null }]);
    await camera.stop();
  });
});

it('hikvision tells where its arm is, for as long as it is there', async () => {
  bench = new Bench();
  [streams, asked, isGone] = [[], [], false];
  const settings = hikvision.settings.parse({ serialNo: '44:19:b6:00:00:01', host: '192.168.1.64', password: 'p' });
  camera = new HikvisionCamera('cam1', settings, deps());
  expect(camera.arm?.()).toBe('unknown');
  await camera.start();
  await bench.clock.advance(1_000);
  expect([camera.arm?.(), bench.arms]).toEqual(['open', ['cam1 open']]);
  isGone = true;
  await bench.clock.advance(30_000);
  expect(camera.arm?.()).toBe('unknown');
  await camera.stop();
  isGone = false;
});
