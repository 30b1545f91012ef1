import { beforeEach, describe, expect, it } from 'vitest';
import { DevicePark } from '../../../electron/station/device-park.ts';
import { cameraBarrier } from '../../../electron/station/devices/camera-barrier/index.ts';
import { VzenithCamera } from '../../../electron/station/devices/vzenith-http/camera.ts';
import { VzenithEndpoint } from '../../../electron/station/devices/vzenith-http/endpoint.ts';
import { vzenithHttp } from '../../../electron/station/devices/vzenith-http/index.ts';
import { GateKeeper } from '../../../electron/station/lanes/gate-keeper.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { IN } from '../../support/lane-world.ts';
import { Bench, request } from './recording.ts';
import { HEARTBEAT, platePush, SERIAL } from './vzenith-samples.ts';

let bench: Bench;
let camera: VzenithCamera;
let endpoint: VzenithEndpoint;
const FORM = { contentType: 'application/x-www-form-urlencoded' };

const results = async (of: { selfTest(): Promise<readonly { step: string; result: string }[]> }) =>
  Object.fromEntries((await of.selfTest()).map(({ step, result }) => [step, result]));

beforeEach(async () => {
  bench = new Bench();
  camera = new VzenithCamera('cam1', vzenithHttp.settings.parse({ serialNo: SERIAL }), bench.deps);
  endpoint = new VzenithEndpoint([camera], bench);
  bench.devices.set('cam1', camera);
  await camera.start();
});

describe('the self-test of a camera that calls us', () => {
  it('says that it never called', async () => {
    expect(await results(camera)).toEqual({
      ...{ reachable: 'failed', heartbeat: 'failed', clock: 'skipped', commands: 'failed', relay: 'skipped' },
    });
  });

  it('is content while a request stands open, and moves nothing', async () => {
    const answer = endpoint.handle(request(HEARTBEAT, FORM));
    expect(await results(camera)).toMatchObject({ reachable: 'ok', heartbeat: 'ok', commands: 'ok' });
    await bench.clock.advance(4_000);
    expect(JSON.parse(String((await answer).body))).toEqual({ status: 'ok' });
  });

  it('finds a heartbeat that stopped, and a camera that is gone', async () => {
    void endpoint.handle(request(HEARTBEAT, FORM));
    await bench.clock.advance(70_000);
    expect(await results(camera)).toMatchObject({ reachable: 'ok', heartbeat: 'warning', commands: 'failed' });
    await bench.clock.advance(30_000);
    expect(await results(camera)).toMatchObject({ reachable: 'failed' });
  });

  it('says in Chinese who called', async () => {
    const told: string[] = [];
    const state = (_id: string, _state: string, detail: string): void => void told.push(detail);
    const deps = { ...bench.deps, events: { ...bench.deps.events, state } };
    const called = new VzenithCamera('cam1', vzenithHttp.settings.parse({ serialNo: SERIAL }), deps);
    await called.start();
    await new VzenithEndpoint([called], bench).handle(request(platePush({})));
    expect(told).toEqual(['收到来自 192.168.1.100 的请求']);
    await called.stop();
  });

  it('tells how far the clock of the camera is off', async () => {
    await endpoint.handle(request(platePush({})));
    const [clock] = (await camera.selfTest()).filter(({ step }) => step === 'clock');
    const offset = Math.abs((bench.reads[0]?.receivedAt ?? 0) - (bench.reads[0]?.capturedAt ?? 0));
    expect(clock?.result).toBe(offset > 3_000 ? 'warning' : 'ok');
    expect(clock?.detail).toContain(String(Math.round(offset / 1000)));
  });
});

it('a barrier on the relays of a camera is as reachable as the camera, and says that its arm cannot be tested', async () => {
  const barrier = cameraBarrier.create('bar1', cameraBarrier.settings.parse({ camera: 'cam1' }), bench.deps);
  expect(await barrier.selfTest?.()).toMatchObject([
    { step: 'reachable', result: 'failed' },
    { step: 'commands', result: 'failed' },
    { step: 'relay', result: 'skipped' },
  ]);
});

it('a camera that no picture can be asked of is not asked for one', async () => {
  const settings = { serialNo: '44-19-b6-00-00-02' };
  const park = new DevicePark([{ id: 'cam1', kind: 'camera', driver: 'huaxia', settings }], bench.deps);
  await park.start();
  const [device] = park.list();
  if (!device) throw new Error('no camera');
  expect((await park.selfTest(device)).filter(({ step }) => step === 'picture')).toMatchObject([
    { result: 'skipped', said: { code: 'not-offered' } },
  ]);
  const lanes = new GateKeeper({
    ...bench.deps,
    find: park.find,
    alarms: new Alarms(
      () => 0,
      () => undefined,
    ),
  });
  expect(lanes.snapshot({ ...IN, camera: 'cam1' })).toBeNull();
  await park.stop();
});

describe('what a camera exchanges with us', () => {
  it('is all in the trace: what came, and what was answered', async () => {
    await endpoint.handle(request(platePush({}), { path: '/plate.php' }));
    expect(bench.exchanges.map(({ direction }) => direction)).toEqual(['in', 'out']);
    expect(bench.exchanges[0]?.head).toBe('POST /plate.php application/json');
    expect(String(bench.exchanges[1]?.bytes)).toContain('Response_AlarmInfoPlate');
  });

  it('tells how long a command took to be handed over', async () => {
    const outcome = camera.gate('open');
    await bench.clock.advance(700);
    (await endpoint.handle(request(HEARTBEAT, FORM))).settled?.(true);
    expect(await outcome).toMatchObject({ outcome: 'done' });
    expect(bench.delays).toEqual([700]);
  });

  it('counts no command that was never fetched', async () => {
    const outcome = camera.gate('open');
    await bench.clock.advance(15_000);
    expect(await outcome).toMatchObject({ outcome: 'refused' });
    expect(bench.delays).toEqual([]);
  });
});

describe('a camera that nobody configured', () => {
  it('is found with its address, its name and its picture, and opens nothing', async () => {
    await endpoint.handle(request('device_name=%E5%8D%97%E9%97%A8&serialno=NEW-1&pass_wd=secret', FORM));
    const answer = await endpoint.handle(
      request(platePush({}).replaceAll(SERIAL, 'NEW-1'), { remote: '192.168.1.77' }),
    );
    expect(JSON.parse(String(answer.body))).toEqual({ Response_AlarmInfoPlate: { info: 'no' } });
    expect(bench.strangers).toMatchObject([
      { serialNo: 'NEW-1', address: '192.168.1.100', name: '南门', plate: null },
      { serialNo: 'NEW-1', address: '192.168.1.77' },
    ]);
    expect(bench.strangers[1]?.plate?.text).not.toBe('');
    expect(bench.strangers[1]?.picture()?.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    expect(bench.reads).toEqual([]);
    expect(bench.exchanges).toEqual([]);
  });
});
