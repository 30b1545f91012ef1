import { beforeEach, describe, expect, it } from 'vitest';
import type { DeviceResponse } from '../../../electron/station/devices/device.ts';
import { VzenithCamera } from '../../../electron/station/devices/vzenith-http/camera.ts';
import { VzenithEndpoint } from '../../../electron/station/devices/vzenith-http/endpoint.ts';
import { vzenithHttp } from '../../../electron/station/devices/vzenith-http/index.ts';
import { Bench, json, request } from './recording.ts';
import { HEARTBEAT, INPUT_PUSH, PLATE_PUSH, platePush, SERIAL, SPEECH } from './vzenith-samples.ts';

const FORM = 'application/x-www-form-urlencoded';
const NO = { Response_AlarmInfoPlate: { info: 'no' } };

let bench: Bench;
let camera: VzenithCamera;
let endpoint: VzenithEndpoint;

async function build(extra: object = {}): Promise<void> {
  bench = new Bench();
  camera = new VzenithCamera('cam1', vzenithHttp.settings.parse({ serialNo: SERIAL, ...extra }), bench.deps);
  endpoint = new VzenithEndpoint([camera], bench);
  await camera.start();
}
const poll = (): Promise<DeviceResponse> => endpoint.handle(request(HEARTBEAT, { contentType: FORM }));
const fetched = async (): Promise<unknown> => json(await poll());

beforeEach(() => build());

describe('bytes from RS-485', () => {
  const push = (fields: object) =>
    endpoint.handle(request(JSON.stringify({ SerialData: { serialno: SERIAL, ...fields } })));

  it('reach those who listen to that channel, until they stop listening', async () => {
    const heard: string[] = [];
    const ear = (name: string) => (bytes: Uint8Array) =>
      void heard.push(`${name} ${Buffer.from(bytes).toString('hex')}`);
    const stop = camera.onSerial(0, ear('first'));
    camera.onSerial(1, ear('second'));
    const data = 'AGT//zAKAcfrvcm30TXUqgaM';
    expect(json(await push({ serialChannel: 0, data, dataLen: 18 }))).toEqual(NO);
    await push({ serialChannel: 1, data: 'AQI=', dataLen: 2 });
    stop();
    await push({ serialChannel: 0, data, dataLen: 18 });
    expect(heard).toEqual([`first ${Buffer.from(SPEECH).toString('hex')}`, 'second 0102']);
  });

  it('that are not base64 are dropped, and one who fails does not cost the others theirs', async () => {
    const heard: number[] = [];
    camera.onSerial(0, () => {
      throw new Error('board');
    });
    camera.onSerial(0, (bytes) => heard.push(bytes.byteLength));
    expect((await push({ serialChannel: 0, data: '*', dataLen: 1 })).status).toBe(200);
    expect((await push({ serialChannel: 0, data: 'AQI=', dataLen: 2 })).status).toBe(200);
    expect(heard).toEqual([2]);
  });
});

describe('what a camera saw of the way of a car', () => {
  it.each([
    [1, undefined],
    [64, 'arrived'],
    [66, 'turned-back'],
  ])('trigger %d is %s', async (triggerType, motion) => {
    await endpoint.handle(request(platePush({ triggerType })));
    expect(bench.reads[0]?.motion).toBe(motion);
  });

  it.each([
    [0, NO],
    [1, { Response_AlarmInfoPlate: { info: 'no', ContinuePushOffline: { plateid: 10234, continue: 1 } } }],
  ])('a car that stayed and is gone (65, isoffline %d) is no car at the lane', async (isoffline, answer) => {
    const response = await endpoint.handle(request(platePush({ triggerType: 65, isoffline })));
    expect(json(response)).toEqual(answer);
    expect(bench.reads).toEqual([]);
  });
});

describe('one reply', () => {
  it('carries the opening before serial bytes that were queued earlier, and these in order', async () => {
    void camera.sendSerial(0, Uint8Array.of(1));
    void camera.sendSerial(1, Uint8Array.of(2));
    void camera.gate('open');
    void camera.sendSerial(0, Uint8Array.of(3));
    const reply = String((await poll()).body);
    expect(JSON.parse(reply)).toEqual({
      Response_AlarmInfoPlate: {
        info: 'ok',
        channelNum: 0,
        serialData: [
          { serialChannel: 0, data: 'AQ==', dataLen: 1 },
          { serialChannel: 1, data: 'Ag==', dataLen: 1 },
          { serialChannel: 0, data: 'Aw==', dataLen: 1 },
        ],
      },
    });
    expect(reply.indexOf('"info"')).toBeLessThan(reply.indexOf('serialData'));
  });

  it('takes 4 KB of serial bytes, the rest leaves with the next in order; an opening never waits for them', async () => {
    const lengths = (reply: unknown): unknown =>
      JSON.parse(JSON.stringify(reply)).Response_AlarmInfoPlate.serialData.map(
        (entry: { dataLen: number }) => entry.dataLen,
      );
    for (const size of [3_000, 1_097, 1]) void camera.sendSerial(0, new Uint8Array(size));
    void camera.gate('open');
    const first = await fetched();
    expect(lengths(first)).toEqual([3_000]);
    expect(first).toMatchObject({ Response_AlarmInfoPlate: { info: 'ok' } });
    expect(lengths(await fetched())).toEqual([1_097, 1]);
  });

  it('asks to recognise again', async () => {
    void camera.recognise();
    expect(await fetched()).toEqual({ Response_AlarmInfoPlate: { info: 'no', manualTrigger: 'ok' } });
  });

  it('opens by relay control where the pulse of the firmware is too short', async () => {
    await build({ openWith: 'ioctl', openPulseMs: 1500, openChannel: 2 });
    void camera.gate('open');
    expect(await fetched()).toEqual({
      Response_AlarmInfoPlate: { info: 'no', ivs_ioctrl: { io: 2, value: 2, delay: 1500 } },
    });
  });
});

describe('a command', () => {
  it.each([
    ['to a port that is not there', 2, 1],
    ['of no bytes', 0, 0],
    ['of more bytes than a display takes', 0, 4_097],
  ])('%s is refused at once', async (_what, channel, size) => {
    expect(await camera.sendSerial(channel, new Uint8Array(size))).toMatchObject({ outcome: 'refused' });
  });

  it('is refused when 64 wait for a camera that does not come; an opening is not', async () => {
    for (let n = 0; n < 64; n++) void camera.sendSerial(0, Uint8Array.of(n));
    expect(await camera.snapshot()).toMatchObject({ outcome: 'refused' });
    void camera.gate('open');
    expect(await fetched()).toMatchObject({ Response_AlarmInfoPlate: { info: 'ok' } });
  });

  it.each(['open', 'hold'] as const)('to lower the arm that was not fetched yet gives way to %s', async (action) => {
    const close = camera.gate('close');
    void camera.gate(action);
    expect(await close).toMatchObject({ outcome: 'refused' });
    expect(JSON.stringify(await fetched())).not.toContain('"io":1');
  });

  it.each(['open', 'hold'] as const)('to end a hold that was not fetched yet gives way to %s', async (action) => {
    const release = camera.gate('release-hold');
    void camera.gate(action);
    expect(await release).toEqual({ outcome: 'refused', detail: '已改为抬杆，没有解除常抬' });
    expect(await fetched()).toMatchObject({
      Response_AlarmInfoPlate: action === 'open' ? { info: 'ok' } : { ivs_ioctrl: { io: 0, value: 1 } },
    });
  });
});

describe('while a car is under the arm', () => {
  const safety = (value: 0 | 1) => endpoint.handle(request(INPUT_PUSH.replace('"value":1', `"value":${value}`)));
  beforeEach(() => build({ inputs: [{ source: 0, role: 'safety-loop' }] }));

  it('the arm is not lowered, nor by a command that was not fetched yet', async () => {
    const early = camera.gate('close');
    await safety(1);
    expect(await early).toMatchObject({ outcome: 'refused' });
    expect(await camera.gate('close')).toMatchObject({ outcome: 'refused' });
    void camera.gate('open');
    expect(await fetched()).toMatchObject({ Response_AlarmInfoPlate: { info: 'ok' } });
  });

  it('a hold is not let go of by a command that was not fetched yet', async () => {
    const early = camera.gate('release-hold');
    await safety(1);
    expect(await early).toEqual({ outcome: 'refused', detail: '防砸地感上有车，没有解除常抬' });
    void camera.gate('open');
    expect(await fetched()).toMatchObject({ Response_AlarmInfoPlate: { info: 'ok' } });
  });

  it('and gone, it is', async () => {
    await safety(1);
    await safety(0);
    void camera.gate('close');
    expect(await fetched()).toMatchObject({ Response_AlarmInfoPlate: { ivs_ioctrl: { io: 1, value: 2 } } });
  });
});

it.each([
  ['a form', `device_name=IN1&pass_wd=geheim&serialno=${SERIAL}`, FORM, ''],
  ['a form that hides the name', `device_name=IN1&pass%5Fwd=geheim&serialno=${SERIAL}`, FORM, ''],
  ['the query', '', '', `serialno=${SERIAL}&PASS_WD=geheim`],
  [
    'a part',
    `--b\r\nContent-Disposition: form-data; name="pass_wd"\r\nContent-Type: text/plain\r\n\r\ngeheim\r\n--b\r\nContent-Disposition: form-data; name="serialno"\r\n\r\n${SERIAL}\r\n--b--\r\n`,
    'multipart/form-data; boundary=b',
    '',
  ],
])('the password of the camera is in no trace of %s', async (_where, body, contentType, query) => {
  void camera.gate('open');
  const response = await endpoint.handle(request(body, { contentType, query }));
  expect(json(response)).toMatchObject({ Response_AlarmInfoPlate: { info: 'ok' } });
  const told = bench.exchanges.map(({ head, bytes }) => `${head}\n${Buffer.from(bytes).toString('utf8')}`).join('\n');
  expect(told).toContain(SERIAL);
  expect(told).toContain('[已隐藏]');
  expect(told).not.toContain('geheim');
});

it('a plate is traced as it came', async () => {
  await endpoint.handle(request(PLATE_PUSH));
  expect(Buffer.from(bench.exchanges[0]?.bytes ?? '').toString('utf8')).toBe(PLATE_PUSH);
});
