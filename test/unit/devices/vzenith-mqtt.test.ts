import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cameraBarrier } from '../../../electron/station/devices/camera-barrier/index.ts';
import { CAR_UNDER_ARM } from '../../../electron/station/devices/command-end.ts';
import type { CommandOutcome, DeviceDeps } from '../../../electron/station/devices/device.ts';
import { isBarrier } from '../../../electron/station/devices/narrow.ts';
import { VzenithMqttCamera } from '../../../electron/station/devices/vzenith-mqtt/camera.ts';
import { vzenithMqtt } from '../../../electron/station/devices/vzenith-mqtt/index.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { UnfitError } from '../../../electron/station/runtime/errors.ts';
import { jpegOfSize } from '../../peers/jpeg.ts';
import { type AedesBroker, startAedes } from '../../peers/mqtt/index.ts';
import { VzenithMqttCamera as Peer, type VzenithMqttOptions } from '../../peers/vzenith-mqtt/index.ts';
import { until } from '../../support/until.ts';
import { Bench } from './recording.ts';
import { ScriptedLinks } from './scripted-links.ts';
import { SERIAL, SPEECH } from './vzenith-samples.ts';

/** As the document has them. */
const RESULT = `{"id":"u-0001","bv":16771,"sn":"a1b2c3d4-e5f60718","name":"ivs_result","version":"1.0","timestamp":1795311000,"payload":{"AlarmInfoPlate":{"channel":0,"deviceName":"SU4x","ipaddr":"192.168.1.100","serialno":"a1b2c3d4-e5f60718","user_data":"",
 "result":{"PlateResult":{"license":"57KkQjEyMzQ1","type":1,"colorType":1,"confidence":97,"direction":4,"triggerType":1,"plateid":10234,"isoffline":0,"timeStamp":{"Timeval":{"sec":1795311000,"usec":0}},
 "imagePath":"L3NuYXBzaG90L2xwci90cmlfc25hcF8yNC5qcGc=","full_image_content":"/9j/2Q==","small_image_content":""}}}}}`;
const COMMAND =
  '{"id":"m-0001","sn":"a1b2c3d4-e5f60718","name":"gpio_out","version":"1.0","timestamp":1795311000,"payload":{"type":"gpio_out","body":{"io":0,"value":2,"delay":1500}}}';
const REPLY =
  '{"id":"m-0001","sn":"a1b2c3d4-e5f60718","name":"gpio_out","version":"1.0","timestamp":1795311000,"code":200,"payload":{"type":"gpio_out","body":{}}}';

const UP = `device/${SERIAL}/message/up`;
const DOWN = `device/${SERIAL}/message/down`;

let bench: Bench;
let links: ScriptedLinks;
let camera: VzenithMqttCamera;

async function build(extra: object = {}): Promise<void> {
  bench = new Bench();
  bench.clock.jumpWall(1_795_311_000_000 - bench.clock.now());
  links = new ScriptedLinks();
  let ids = 0;
  const deps: DeviceDeps = {
    ...bench.deps,
    ids: { next: () => `m-${String(++ids).padStart(4, '0')}` },
    links: { ...bench.links, mqtt: links.mqtt },
  };
  const settings = vzenithMqtt.settings.parse({ serialNo: SERIAL, url: 'mqtt://192.168.1.2:1883', ...extra });
  camera = new VzenithMqttCamera('cam1', settings, deps);
  await camera.start();
}
const alive = (timestamp = Math.floor(bench.clock.now() / 1000)): void =>
  links.message(`${UP}/keep_alive`, `\0{"id":"u-1","sn":"${SERIAL}","name":"keep_alive","timestamp":${timestamp}}`);
async function there(extra: object = {}): Promise<void> {
  await build(extra);
  links.up();
  alive();
  await bench.clock.advance(0);
}
const sent = () =>
  links.published.map(({ topic, payload }) => {
    const message: { id: string; payload: { type: string; body: object } } = JSON.parse(payload);
    return { topic, id: message.id, cmd: message.payload.type, body: message.payload.body };
  });
const reply = async (fields: object = { code: 200 }): Promise<void> => {
  const asked = sent().at(-1);
  links.message(`${asked?.topic}/reply`, JSON.stringify({ id: asked?.id, ...fields }));
  await bench.clock.advance(0);
};
function watched(outcome: Promise<CommandOutcome>): { ended: CommandOutcome | null } {
  const state: { ended: CommandOutcome | null } = { ended: null };
  void outcome.then((ended) => {
    state.ended = ended;
  });
  return state;
}

describe('the messages of the document', () => {
  beforeEach(() => there());

  it('are understood: a read', () => {
    links.message(`${UP}/ivs_result`, RESULT);
    expect(bench.reads).toEqual([
      {
        ...{ deviceId: 'cam1', serialNo: SERIAL, plateId: '10234', confidence: 97, trigger: 'automatic' },
        plate: { text: '粤B12345', color: 'blue', kind: 'ordinary' },
        capturedAt: Date.parse('2026-11-22T09:30:00+08:00'),
        receivedAt: bench.clock.now(),
        stored: false,
        photo: Buffer.from([0xff, 0xd8, 0xff, 0xd9]),
      },
    ]);
  });

  it('are what we send, before the call returns, and their reply ends it', async () => {
    const state = watched(camera.gate('open'));
    expect(links.published.at(-1)).toEqual({ topic: `${DOWN}/gpio_out`, payload: COMMAND });
    await bench.clock.advance(300);
    links.message(`${DOWN}/gpio_out/reply`, REPLY);
    await bench.clock.advance(0);
    expect([state.ended?.outcome, bench.delays]).toEqual(['done', [300]]);
  });
});

describe('what it tells', () => {
  beforeEach(() =>
    there({
      inputs: [
        { source: 0, role: 'trigger-loop' },
        { source: 1, role: 'safety-loop' },
      ],
    }),
  );

  it.each([
    ['device first', UP],
    ['serial number first', `${SERIAL}/device/message/up`],
  ])('is heard with the %s', (_order, root) => {
    expect(links.topics).toContain(`${root}/+`);
    links.message(`${root}/ivs_result`, RESULT);
    expect(bench.reads).toHaveLength(1);
  });

  it('early, as a preview, is no read; kept by it, is a stored one; of another camera, is none', () => {
    links.message(`${UP}/quick_ivs_result`, RESULT);
    expect(bench.reads).toEqual([]);
    links.message(`${UP}/offline_record`, RESULT);
    links.message(`${UP}/ivs_result`, RESULT.replace('"isoffline":0', '"isoffline":1'));
    expect(bench.reads.map(({ stored }) => stored)).toEqual([true, true]);
    links.message(`${UP}/ivs_result`, RESULT.replace('"serialno":"a1', '"serialno":"b1'));
    links.message(`${UP}/ivs_result`, RESULT.replace('"triggerType":1', '"triggerType":65'));
    expect(bench.reads).toHaveLength(2);
  });

  it.each([
    ['_无_', ''],
    ['X+ZfOl8=', ''],
    ['粤B12345', '粤B12345'],
    ['', ''],
  ])('names a plate "%s" as "%s"', (license, text) => {
    const plain = license === 'X+ZfOl8=' ? Buffer.from('_无_').toString('base64') : license;
    links.message(`${UP}/ivs_result`, RESULT.replace('57KkQjEyMzQ1', plain));
    expect(bench.reads[0]?.plate.text).toBe(text);
  });

  it('of inputs, of the arm, of the port and of a picture goes where it belongs', () => {
    const heard: string[] = [];
    camera.onSerial(1, (bytes) => heard.push(Buffer.from(bytes).toString('hex')));
    const up = (name: string, payload: object) => links.message(`${UP}/${name}`, JSON.stringify({ payload }));
    up('gpio_in', { AlarmGioIn: { result: { TriggerResult: { source: 0, value: 1 } } } });
    up('gpio_in', { source: 1, value: 1 });
    up('gpio_in', { source: 3, value: 1 });
    up('barr_gate_status', { gate_status: 1 });
    up('barr_gate_status', { gate_status: 0 });
    up('barr_gate_status', { gate_status: 7 });
    up('serial_data', { SerialData: { serialChannel: 1, data: 'AQI=', dataLen: 2 } });
    up('snapshot', { TriggerImage: { imageFile: '/9j/2Q==' } });
    up('snapshot', { TriggerImage: { imageFile: 'AAAA' } });
    expect(bench.inputs).toEqual(['cam1 trigger-loop on', 'cam1 safety-loop on']);
    expect(bench.arms).toEqual(['cam1 open', 'cam1 closed']);
    expect([heard, bench.snapshots.length]).toEqual([['0102'], 1]);
  });

  it('of its arm counts for as long as it is there; so for the barrier that hangs on it', () => {
    bench.devices.set('cam1', camera);
    const barrier = cameraBarrier.create('bar1', cameraBarrier.settings.parse({ camera: 'cam1' }), bench.deps);
    const position = (): unknown => isBarrier(barrier) && barrier.arm();
    expect(position()).toBe('unknown');
    links.message(`${UP}/barr_gate_status`, '{"payload":{"gate_status":1}}');
    expect([camera.arm(), position()]).toEqual(['open', 'open']);
    links.down('x');
    expect(position()).toBe('unknown');
    links.up();
    alive();
    expect(position()).toBe('unknown');
    links.message(`${UP}/barr_gate_status`, '{"payload":{"gate_status":0}}');
    expect(position()).toBe('closed');
  });

  it('and cannot be stored is kept, and stored without opening once it is late', async () => {
    bench.onPlate = () => {
      throw new Error('disk full');
    };
    links.message(`${UP}/ivs_result`, RESULT);
    await bench.clock.advance(5_000);
    bench.onPlate = () => undefined;
    await bench.clock.advance(60_000);
    expect(bench.cars).toMatchObject([
      { plateId: '10234', stored: true, photo: Buffer.from([0xff, 0xd8, 0xff, 0xd9]) },
    ]);
  });

  it('and cannot be read changes nothing', () => {
    for (const payload of ['', '{', '[]', '{"payload":{}}', '{"payload":{"AlarmInfoPlate":{}}}', '\0\0'])
      for (const name of ['ivs_result', 'gpio_in', 'keep_alive', 'snapshot', 'unheard_of'])
        links.message(`${UP}/${name}`, payload);
    links.message(`${DOWN}/gpio_out/reply`, '{"code":200}');
    expect([bench.reads, bench.inputs, bench.snapshots, bench.states]).toEqual([[], [], [], ['cam1 online']]);
  });
});

describe('a plate that it tells', () => {
  beforeEach(() => there());

  it('is read where the firmware wraps it as commands are', () => {
    links.message(`${UP}/ivs_result`, `${RESULT.replace('"payload":{', '"payload":{"type":"ivs_result","body":{')}}`);
    expect(bench.reads).toMatchObject([{ plateId: '10234', plate: { text: '粤B12345' } }]);
  });

  it('and that cannot be read is a fault, logged once, until one can', () => {
    const odd = RESULT.replace('PlateResult', 'PlateResults');
    links.message(`${UP}/ivs_result`, odd);
    links.message(`${UP}/offline_record`, '{"cut');
    expect(bench.faults).toEqual([expect.stringContaining('cam1 firmware 相机上报的车牌消息读不懂')]);
    expect(bench.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    expect(bench.exchanges.some(({ bytes }) => String(bytes) === odd)).toBe(true);
    links.message(`${UP}/gpio_in`, '{}');
    links.message(`${UP}/gpio_in`, '{}');
    expect(bench.lines.filter(({ level }) => level === 'warn')).toHaveLength(2);
    links.message(`${UP}/ivs_result`, RESULT);
    expect(bench.faults.at(-1)).toBe('cam1 firmware over');
  });

  it('and that can never be stored is a fault, too, and is not tried again', async () => {
    bench.onPlate = () => {
      throw new UnfitError('plate-read: no');
    };
    links.message(`${UP}/ivs_result`, RESULT);
    await bench.clock.advance(60_000);
    expect(bench.reads).toHaveLength(1);
    expect(bench.faults).toEqual([expect.stringContaining('cam1 firmware 有一次识别的内容无法保存')]);
  });
});

describe('the safety loop', () => {
  const under = { inputs: [{ source: 1, role: 'safety-loop' }] };
  const told = (on: 0 | 1) => reply({ code: 200, payload: { body: { ioin: [0, on, 0, 0] } } });
  const asked = () => sent().map(({ cmd }) => cmd);

  it('is read first, before the arm is told to fall', async () => {
    await there(under);
    expect(asked()).toEqual(['get_io_status']);
    expect(await camera.gate('close')).toMatchObject({
      ...{ outcome: 'refused', detail: expect.stringContaining('没有读到防砸地感') },
    });
    expect(asked()).toEqual(['get_io_status', 'get_io_status']);
    await told(0);
    void camera.gate('close');
    expect(asked().at(-1)).toBe('gpio_out');
  });

  it('is read again when the camera was silent, though it is not offline: what happened meanwhile may be lost', async () => {
    await there(under);
    await told(0);
    await bench.clock.advance(25_001);
    alive();
    expect(bench.states).toEqual(['cam1 online']);
    expect(await camera.gate('close')).toMatchObject({ outcome: 'refused' });
    expect(asked()).not.toContain('gpio_out');
    await told(1);
    expect(bench.inputs.at(-1)).toBe('cam1 safety-loop on');
    expect(await camera.gate('close')).toMatchObject({ detail: CAR_UNDER_ARM });
  });

  it('needs no reading when nothing was missed, nor once it has told of itself', async () => {
    await there(under);
    links.message(`${UP}/gpio_in`, '{"payload":{"source":1,"value":0}}');
    await bench.clock.advance(25_000);
    alive();
    void camera.gate('close');
    expect(asked()).toEqual(['get_io_status', 'gpio_out']);
  });
});

describe('a command', () => {
  it.each([
    ['open', 'gpio_out', { io: 0, value: 2, delay: 1500 }],
    ['close', 'gpio_out', { io: 1, value: 2, delay: 500 }],
    ['hold', 'set_io_lock_status', { ioout: 0, status: 1 }],
    ['release-hold', 'set_io_lock_status', { ioout: 0, status: 0 }],
  ] as const)('to %s is %s', async (action, cmd, body) => {
    await there();
    const state = watched(camera.gate(action));
    expect(sent()).toMatchObject([{ topic: `${DOWN}/${cmd}`, cmd, body }]);
    await reply();
    expect([state.ended?.outcome, sent().length]).toEqual(['done', 1]);
  });

  it('to end a hold is followed by one pulse where that is set, and only then', async () => {
    await there({ pulseAfterUnlock: true, openPulseMs: 700 });
    const refused = watched(camera.gate('release-hold'));
    await reply({ code: 500 });
    expect([refused.ended?.outcome, sent().length]).toEqual(['refused', 1]);
    const state = watched(camera.gate('release-hold'));
    await reply();
    expect(sent().at(-1)).toMatchObject({ cmd: 'gpio_out', body: { io: 0, value: 2, delay: 700 } });
    expect(state.ended).toBeNull();
    await reply();
    expect(state.ended?.outcome).toBe('done');
    const half = watched(camera.gate('release-hold'));
    await reply();
    await reply({ code: 500 });
    expect(half.ended?.outcome).toBe('unknown');
  });

  it.each([
    [{ code: 400 }, 'refused'],
    [{ code: 500 }, 'refused'],
    [{}, 'unknown'],
  ])('answered %j is %s', async (fields, outcome) => {
    await there();
    const state = watched(camera.gate('open'));
    await reply(fields);
    expect(state.ended?.outcome).toBe(outcome);
  });

  it('without a reply in 10 seconds is unknown, and not repeated; a late reply changes nothing', async () => {
    await there();
    const state = watched(camera.gate('open'));
    await bench.clock.advance(9_999);
    expect(state.ended).toBeNull();
    await bench.clock.advance(1);
    expect(state.ended?.outcome).toBe('unknown');
    await reply();
    expect([state.ended?.outcome, sent().length]).toEqual(['unknown', 1]);
  });

  it('is refused, and nothing leaves, while the camera was never heard of, is away, or the broker is', async () => {
    await build();
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    links.up();
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    alive();
    await bench.clock.advance(90_000);
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    alive();
    links.down('连接中断');
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    links.up();
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    expect(sent()).toEqual([]);
    expect(bench.states).toEqual(['cam1 online', 'cam1 offline', 'cam1 online', 'cam1 offline']);
  });

  it('on its way when the broker is lost, or that may have left, or when the station stops, is unknown', async () => {
    await there();
    const lost = watched(camera.gate('open'));
    links.down('连接中断');
    await bench.clock.advance(0);
    expect(lost.ended?.outcome).toBe('unknown');
    await there();
    links.written = 'some';
    expect(await camera.gate('open')).toMatchObject({ outcome: 'unknown' });
    await there();
    links.written = 'none';
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    await there();
    const stopped = watched(camera.gate('open'));
    await camera.stop();
    await bench.clock.advance(0);
    expect([stopped.ended?.outcome, links.closed]).toEqual(['unknown', true]);
  });

  it('to hold is written again every 30 seconds until the hold ends: a camera that restarted meanwhile forgot it', async () => {
    await there();
    const locks = () => sent().flatMap(({ cmd, body }) => (cmd === 'set_io_lock_status' ? [body] : []));
    const pass = async (): Promise<void> => {
      for (let seconds = 0; seconds < 60; seconds += 10) {
        await bench.clock.advance(10_000);
        alive();
        if (sent().at(-1)?.cmd === 'set_io_lock_status') await reply();
      }
    };
    await pass();
    expect(sent()).toEqual([]);
    void camera.gate('hold');
    await reply();
    await pass();
    const high = { ioout: 0, status: 1 };
    expect(locks()).toEqual([high, high, high]);
    // Nothing else moves meanwhile, and a lock that is refused leaves the hold as it is.
    expect(sent()).toHaveLength(3);
    void camera.gate('release-hold');
    await reply({ code: 500 });
    await pass();
    expect(locks().slice(3)).toEqual([{ ioout: 0, status: 0 }, high, high]);
    void camera.gate('release-hold');
    await reply();
    await pass();
    expect(locks().slice(6)).toEqual([{ ioout: 0, status: 0 }]);
    // One that was refused never began.
    void camera.gate('hold');
    await reply({ code: 500 });
    await pass();
    expect(locks().slice(7)).toEqual([high]);
  });

  it('to hold is not written again to a camera that is away', async () => {
    await there();
    void camera.gate('hold');
    await reply();
    await bench.clock.advance(300_000);
    expect(sent()).toHaveLength(1);
    await camera.stop();
    await bench.clock.advance(60_000);
    expect(sent()).toHaveLength(1);
  });

  it('does not lower the arm onto a car', async () => {
    await there({ inputs: [{ source: 1, role: 'safety-loop' }] });
    links.message(`${UP}/gpio_in`, JSON.stringify({ payload: { source: 1, value: 1 } }));
    expect(await camera.gate('close')).toMatchObject({ outcome: 'refused' });
  });

  it('goes out on the topics that the camera listens to, and on no other', async () => {
    await there({ commandTopics: 'sn-first' });
    void camera.gate('open');
    expect(sent().map(({ topic }) => topic)).toEqual([`${SERIAL}/device/message/down/gpio_out`]);
  });

  it('is refused, and nothing leaves, after signs of life were missed, though the camera is not offline yet', async () => {
    await there({ offlineAfterMs: 600_000 });
    await bench.clock.advance(25_000);
    watched(camera.gate('open'));
    await bench.clock.advance(1);
    for (const action of ['open', 'close', 'hold', 'release-hold'] as const)
      expect(await camera.gate(action)).toEqual({ outcome: 'refused', detail: '相机 25 秒没有消息，指令没有发出' });
    expect([sent().length, bench.states]).toEqual([1, ['cam1 online']]);
    alive();
    watched(camera.gate('open'));
    expect(sent()).toHaveLength(2);
  });

  it('may come later to a camera that says less often that it is there', async () => {
    await there({ keepAliveSeconds: 30 });
    await bench.clock.advance(45_000);
    watched(camera.gate('open'));
    await bench.clock.advance(1);
    expect(await camera.gate('open')).toEqual({ outcome: 'refused', detail: '相机 45 秒没有消息，指令没有发出' });
    expect(sent()).toHaveLength(1);
  });
});

describe('the clock of the camera', () => {
  it('is set where it is off, once in ten minutes, and never where that is not wanted', async () => {
    await there();
    const far = () => alive(Math.floor(bench.clock.now() / 1000) - 60);
    expect(sent()).toEqual([]);
    far();
    far();
    expect(sent()).toMatchObject([{ cmd: 'set_time', body: { timestamp: 1_795_311_000 } }]);
    for (let n = 0; n < 10; n++) {
      await bench.clock.advance(60_000);
      far();
    }
    expect(sent().filter(({ cmd }) => cmd === 'set_time')).toHaveLength(2);
    await there({ setClock: false });
    far();
    expect(sent()).toEqual([]);
  });
});

it('settings name a broker without a password in its address', () => {
  const base = { serialNo: SERIAL };
  expect(vzenithMqtt.settings.safeParse({ ...base, url: 'mqtt://user:geheim@host' }).success).toBe(false);
  expect(vzenithMqtt.settings.safeParse({ ...base, url: 'mqtts://host:8883' }).success).toBe(true);
  expect(vzenithMqtt.settings.safeParse({ serialNo: '+/x', url: 'mqtt://host' }).success).toBe(false);
});

describe('with a camera behind a real broker', () => {
  let broker: AedesBroker;
  let peer: Peer;
  const start = async (options: Partial<VzenithMqttOptions> = {}, extra: object = {}): Promise<void> => {
    broker = await startAedes({ users: { station: 'secret', [SERIAL]: 'cam' } });
    peer = new Peer({ url: broker.url, sn: SERIAL, username: SERIAL, password: 'cam', keepAliveMs: 0, ...options });
    bench = new Bench();
    const deps: DeviceDeps = {
      ...bench.deps,
      clock: new SystemClock(),
      ids: { next: (prefix) => `${prefix}_${randomUUID().slice(0, 8)}` },
    };
    const login = { url: broker.url, username: 'station', password: 'secret' };
    const settings = vzenithMqtt.settings.parse({ serialNo: SERIAL, ...login, answerMs: 1_000, ...extra });
    camera = new VzenithMqttCamera('cam1', settings, deps);
    await camera.start();
    await until('subscribed', () => broker.subscriptions.length >= 4);
    await peer.start();
    peer.keepAlive();
    await until('online', () => bench.states.at(-1) === 'cam1 online');
  };
  afterEach(async () => {
    await camera.stop();
    expect(peer.complaints).toEqual([]);
    await peer.stop();
    await broker.stop();
  });

  it.each([
    ['device-first', true],
    ['sn-first', false],
  ] as const)('works with topics %s', async (topicOrder, leadingZero) => {
    await start({ topicOrder, leadingZero, preview: true }, { inputs: [{ source: 0, role: 'trigger-loop' }] });
    await until('inputs', () => bench.inputs.length === 1);
    const full = jpegOfSize(900);
    peer.see({ license: '粤B12345', full });
    await until('the read', () => bench.reads.length === 1);
    expect(bench.reads[0]).toMatchObject({ plate: { text: '粤B12345' }, plateId: '1', stored: false });
    expect(Buffer.compare(bench.reads[0]?.photo ?? new Uint8Array(), full)).toBe(0);
    expect(await camera.gate('open')).toMatchObject({ outcome: 'done' });
    expect(await camera.gate('hold')).toMatchObject({ outcome: 'done' });
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    expect(await camera.gate('release-hold')).toMatchObject({ outcome: 'done' });
    expect(peer.body.moves.map(({ relay, on, ms }) => [relay, on, ms])).toEqual([
      [0, true, 1500],
      [0, true, null],
      [0, false, null],
    ]);
    expect(await camera.sendSerial(0, SPEECH)).toMatchObject({ outcome: 'done' });
    expect(peer.body.serialOut.map(({ channel, bytes }) => [channel, bytes.toString('hex')])).toEqual([
      [0, Buffer.from(SPEECH).toString('hex')],
    ]);
    expect(await camera.snapshot()).toMatchObject({ outcome: 'done' });
    await until('the picture', () => bench.snapshots.length === 1);
    expect(bench.reads).toHaveLength(1);
  });

  it('a reply that never comes is unknown, and the relay moved once; what was kept comes as stored', async () => {
    await start();
    peer.faults.plan('gpio_out', { kind: 'silent' });
    expect(await camera.gate('open')).toMatchObject({ outcome: 'unknown' });
    peer.faults.plan('gpio_out', { kind: 'refused', code: 500 });
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    expect(peer.body.moves).toHaveLength(1);
    peer.kept.push({ license: '粤B12345', plateId: 7, capturedAt: Date.now() });
    peer.sendKept();
    await until('the record', () => bench.reads.length === 1);
    expect(bench.reads[0]).toMatchObject({ plateId: '7', stored: true });
  });

  it('sets its clock, and tests itself without moving anything', async () => {
    await start();
    peer.clockOffsetMs = -3_600_000;
    peer.keepAlive();
    await until('the clock', () => Math.abs(peer.clockOffsetMs) < 2_000);
    const steps = await camera.selfTest();
    expect(steps.map(({ step, result }) => `${step} ${result}`)).toEqual([
      'connection ok',
      'heartbeat ok',
      'commands ok',
      'clock warning',
      'relay skipped',
      'driver skipped',
    ]);
    expect(peer.body.moves).toEqual([]);
  });
});
