import { beforeEach, describe, expect, it } from 'vitest';
import type { CommandOutcome, DeviceResponse } from '../../../electron/station/devices/device.ts';
import { VzenithCamera } from '../../../electron/station/devices/vzenith-http/camera.ts';
import { VzenithEndpoint } from '../../../electron/station/devices/vzenith-http/endpoint.ts';
import { vzenithHttp } from '../../../electron/station/devices/vzenith-http/index.ts';
import { Bench, json, request } from './recording.ts';
import { HEARTBEAT, PLATE_PUSH, SERIAL } from './vzenith-samples.ts';

const FORM = 'application/x-www-form-urlencoded';
const IDLE = { status: 'ok' };
const OPEN = { Response_AlarmInfoPlate: { info: 'ok', channelNum: 0 } };

let bench: Bench;
let camera: VzenithCamera;
let endpoint: VzenithEndpoint;

async function build(extra: object = {}): Promise<void> {
  bench = new Bench();
  camera = new VzenithCamera('cam1', vzenithHttp.settings.parse({ serialNo: SERIAL, ...extra }), bench.deps);
  endpoint = new VzenithEndpoint([camera], bench);
  await camera.start();
}

/** A comet request, and whether and when it was answered. */
function poll(signal?: AbortSignal): { answer: DeviceResponse | null; at: number } {
  const state: { answer: DeviceResponse | null; at: number } = { answer: null, at: -1 };
  const sent = request(HEARTBEAT, { contentType: FORM, ...(signal ? { signal } : {}) });
  endpoint.handle(sent).then(
    (response) => {
      state.answer = response;
      state.at = bench.clock.monotonic();
    },
    () => undefined,
  );
  return state;
}

const answerOf = (state: { answer: DeviceResponse | null }): unknown => (state.answer ? json(state.answer) : null);

beforeEach(() => build());

describe('a comet request', () => {
  it('is kept open for 4 seconds, below the 5 seconds after which cameras give up', async () => {
    const parked = poll();
    await bench.clock.advance(3999);
    expect(parked.answer).toBeNull();
    await bench.clock.advance(1);
    expect(answerOf(parked)).toEqual(IDLE);
  });

  it('is answered at once when there is a command', async () => {
    const parked = poll();
    await bench.clock.advance(500);
    const outcome = camera.gate('open');
    await bench.clock.advance(0);
    expect([answerOf(parked), parked.at]).toEqual([OPEN, 500]);
    parked.answer?.settled?.(true);
    expect(await outcome).toMatchObject({ outcome: 'done' });
  });

  it.each([
    ['close', { io: 1, value: 2, delay: 500 }],
    ['hold', { io: 0, value: 1, delay: 0 }],
    ['release-hold', { io: 0, value: 0, delay: 0 }],
  ] as const)('carries %s as relay control, never as an opening', async (action, ivs_ioctrl) => {
    void camera.gate(action);
    const fetched = poll();
    await bench.clock.advance(0);
    expect(answerOf(fetched)).toEqual({ Response_AlarmInfoPlate: { info: 'no', ivs_ioctrl } });
  });

  it('takes one gate command at a time, in the order in which they were given', async () => {
    void camera.gate('open');
    void camera.gate('close');
    void camera.snapshot();
    const first = poll();
    await bench.clock.advance(0);
    expect(answerOf(first)).toEqual({
      Response_AlarmInfoPlate: {
        ...OPEN.Response_AlarmInfoPlate,
        TriggerImage: {
          port: 8700,
          snapImageRelativeUrl: '/devices/vzenith-http/snapshot',
          snapImageAbsolutelyUrl: '',
        },
      },
    });
    const next = poll();
    await bench.clock.advance(0);
    expect(answerOf(next)).toMatchObject({ Response_AlarmInfoPlate: { info: 'no', ivs_ioctrl: { io: 1 } } });
  });

  it('gives way to a newer one', async () => {
    const older = poll();
    await bench.clock.advance(100);
    const newer = poll();
    await bench.clock.advance(100);
    expect(answerOf(older)).toEqual(IDLE);
    void camera.gate('open');
    await bench.clock.advance(0);
    expect(answerOf(newer)).toEqual(OPEN);
  });

  it('whose camera went away takes no command along, and the next one is kept open for a shorter time', async () => {
    const gone = new AbortController();
    poll(gone.signal);
    await bench.clock.advance(2500);
    gone.abort();
    await bench.clock.advance(0);
    void camera.gate('open');
    const next = poll();
    await bench.clock.advance(0);
    expect(answerOf(next)).toEqual(OPEN);
    const patient = poll();
    await bench.clock.advance(2000);
    expect([answerOf(patient), patient.at]).toEqual([IDLE, 4500]);
  });

  it('is never shortened below a second', async () => {
    const gone = new AbortController();
    poll(gone.signal);
    await bench.clock.advance(10);
    gone.abort();
    const next = poll();
    await bench.clock.advance(999);
    expect(next.answer).toBeNull();
    await bench.clock.advance(1);
    expect(answerOf(next)).toEqual(IDLE);
  });

  it('that is open while a plate comes in does not steal the opening from the reply', async () => {
    const parked = poll();
    bench.onPlate = () => void camera.gate('open');
    const reply = await endpoint.handle(request(PLATE_PUSH));
    expect(json(reply)).toEqual(OPEN);
    reply.settled?.(true);
    await bench.clock.advance(0);
    expect(parked.answer).toBeNull();
  });

  it('may be multipart, and the password in it is never written down', async () => {
    const boundary = '----cam';
    const field = (name: string, value: string) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const body = `${field('device_name', 'IN1')}${field('pass_wd', 'geheim')}${field('serialno', SERIAL)}--${boundary}--\r\n`;
    void camera.gate('open');
    const response = await endpoint.handle(request(body, { contentType: `multipart/form-data; boundary=${boundary}` }));
    expect(json(response)).toEqual(OPEN);
    await endpoint.handle(request(body.replace(SERIAL, 'stranger'), { contentType: 'multipart/form-data' }));
    expect(JSON.stringify(bench.lines)).toContain('stranger');
    expect(JSON.stringify(bench.lines)).not.toContain('geheim');
  });
});

describe('a command', () => {
  it('that nobody fetched in time is refused and never carried out late', async () => {
    const outcome = camera.gate('open');
    await bench.clock.advance(4_999);
    await bench.clock.advance(1);
    expect(await outcome).toMatchObject({ outcome: 'refused' });
    const late = poll();
    await bench.clock.advance(4000);
    expect(answerOf(late)).toEqual(IDLE);
  });

  it('on its way when the station stops is unknown; one still waiting is refused', async () => {
    const outcomes: Promise<CommandOutcome>[] = [camera.gate('open'), camera.gate('close')];
    poll();
    await bench.clock.advance(0);
    await camera.stop();
    expect((await Promise.all(outcomes)).map(({ outcome }) => outcome)).toEqual(['unknown', 'refused']);
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
  });

  it('ends as unknown when the server never learns what became of the reply', async () => {
    const outcome = camera.gate('open');
    poll();
    await bench.clock.advance(5_000);
    expect(await outcome).toMatchObject({ outcome: 'unknown' });
  });
});

describe('a camera with plain heartbeats', () => {
  it('is answered at once, and takes commands only in reply to a plate', async () => {
    await build({ heartbeat: 'normal' });
    const heartbeat = poll();
    await bench.clock.advance(0);
    expect(answerOf(heartbeat)).toEqual({ Response_AlarmInfoPlate: { info: 'no' } });
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    bench.onPlate = () => void camera.gate('open');
    expect(json(await endpoint.handle(request(PLATE_PUSH)))).toEqual(OPEN);
  });
});

describe('presence', () => {
  it('is reported once per change', async () => {
    await bench.clock.advance(90_000);
    expect(bench.states).toEqual(['cam1 offline']);
    await endpoint.handle(request(PLATE_PUSH));
    await endpoint.handle(request(PLATE_PUSH));
    expect(camera.lastSeenAt()).toBe(bench.clock.now());
    await bench.clock.advance(60_000);
    await endpoint.handle(request(PLATE_PUSH));
    await bench.clock.advance(89_999);
    expect(bench.states).toEqual(['cam1 offline', 'cam1 online']);
    await bench.clock.advance(1);
    await bench.clock.advance(200_000);
    expect(bench.states).toEqual(['cam1 offline', 'cam1 online', 'cam1 offline']);
  });
});

describe('a heartbeat without a serial number', () => {
  const anonymous = (body: string, extra: Parameters<typeof request>[1] = {}) =>
    endpoint.handle(request(body, { contentType: '', ...extra }));

  it.each([
    ['an empty poll', ''],
    ['a form that names only the address', 'device_name=IN1&ipaddr=192.168.1.100'],
  ])('(%s) belongs to the only camera that calls from there', async (_what, body) => {
    await endpoint.handle(request(PLATE_PUSH));
    const parked = anonymous(body);
    const outcome = camera.gate('open');
    const answer = await parked;
    expect([answer.status, json(answer)]).toEqual([200, OPEN]);
    answer.settled?.(true);
    expect(await outcome).toMatchObject({ outcome: 'done' });
  });

  it('is refused when nobody, or more than one camera, calls from there', async () => {
    expect((await anonymous('')).status).toBe(400);
    const settings = vzenithHttp.settings.parse({ serialNo: 'second' });
    const second = new VzenithCamera('cam2', settings, bench.deps);
    await second.start();
    endpoint = new VzenithEndpoint([camera, second], bench);
    await endpoint.handle(request(PLATE_PUSH));
    await endpoint.handle(request(PLATE_PUSH.replace(SERIAL, 'second')));
    expect((await anonymous('')).status).toBe(400);
    expect((await anonymous('hello=1')).status).toBe(400);
  });
});

it.each([
  ['under the content type of JSON', HEARTBEAT, 'application/json'],
  ['ended by a zero byte', `device_name=IN1&serialno=${SERIAL}\0`, FORM],
])('a heartbeat %s is one', async (_what, body, contentType) => {
  const parked = endpoint.handle(request(body, { contentType }));
  await bench.clock.advance(4000);
  expect(json(await parked)).toEqual(IDLE);
});
