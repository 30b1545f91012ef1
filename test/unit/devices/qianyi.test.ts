import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BrokerLink, BrokerListener, DeviceLinks, Written } from '../../../electron/station/devices/links.ts';
import { QianyiCamera } from '../../../electron/station/devices/qianyi/camera.ts';
import { QianyiEndpoint } from '../../../electron/station/devices/qianyi/endpoint.ts';
import { qianyi } from '../../../electron/station/devices/qianyi/index.ts';
import { UnfitError } from '../../../electron/station/runtime/errors.ts';
import { type AedesBroker, startAedes } from '../../peers/mqtt/index.ts';
import { QianyiCamera as QianyiPeer } from '../../peers/qianyi/index.ts';
import { until } from '../../support/until.ts';
import { Bench } from './recording.ts';

const RESULT =
  '{"cmd":"result","msg_id":"1795311000120a1b2c3d","sn":"QY0001","type":"online","plate_num":"粤B12345","inout":"in","confidence":97,"utc_ts":1795311000,"full_pic":"/9j/2Q==","plate_pic":""}';
const RESULT_TAKEN = '{"cmd":"result_rsp","msg_id":"1795311000120a1b2c3d","status":"ok"}';
const OPEN =
  '{"cmd":"iooutput","msg_id":"1795311000300e4f5a6b","sn":"QY0001","ionum":0,"action":"on","utc_ts":1795311000}';
const BEAT = '{"cmd":"mqtt_herat","msg_id":"b1","sn":"QY0001","utc_ts":1795311000}';
const REGISTER =
  '{"cmd":"camera_register","msg_id":"r1","sn":"QY0001","subtopic":"device/plate/QY0001","pubtopic":"aiot/plate/QY0001"}';
const UP = 'aiot/plate/QY0001';
const DOWN = 'device/plate/QY0001';
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
/** 请缴费5元 for a display on RS-485. */
const SPEECH = Buffer.from('0064FFFF300A01C7EBBDC9B7D135D4AA068C', 'hex');

/** A broker that does what a test says. */
class PaperBroker {
  readonly sent: { topic: string; payload: string; withinMs: number }[] = [];
  listener: BrokerListener | undefined;
  /** What becomes of the next messages. */
  written: Written | Promise<Written> = 'written';

  readonly open: DeviceLinks['mqtt'] = (_address, listener): BrokerLink => {
    this.listener = listener;
    return {
      isUp: true,
      publish: async (topic, payload, withinMs) => {
        this.sent.push({ topic, payload, withinMs });
        return this.written;
      },
      close: () => {
        this.listener = undefined;
      },
    };
  };

  says(payload: string, topic = UP): void {
    this.listener?.message(topic, Buffer.from(payload));
  }
}

let bench: Bench;
let broker: PaperBroker;
let camera: QianyiCamera;
const make = (id: string, settings: object): QianyiCamera =>
  new QianyiCamera(id, qianyi.settings.parse({ serialNo: 'QY0001', url: 'mqtt://192.168.1.2:1883', ...settings }), {
    ...bench.deps,
    links: { ...bench.links, mqtt: broker.open },
  });

beforeEach(async () => {
  bench = new Bench();
  broker = new PaperBroker();
  camera = make('cam1', {});
  await camera.start();
  broker.listener?.state(true, '已连接');
});
afterEach(() => camera.stop());

const sent = (): unknown[] => broker.sent.map(({ payload }) => JSON.parse(payload));
const changed = (sample: string, fields: object): string => JSON.stringify({ ...JSON.parse(sample), ...fields });

describe('a result', () => {
  it('becomes a read, and is answered once it is recorded', () => {
    bench.onPlate = () => expect(broker.sent).toEqual([]);
    broker.says(RESULT);
    expect(bench.reads).toEqual([
      {
        deviceId: 'cam1',
        serialNo: 'QY0001',
        plateId: '1795311000120a1b2c3d',
        plate: { text: '粤B12345', color: 'unknown', kind: 'ordinary' },
        confidence: 97,
        trigger: 'automatic',
        capturedAt: Date.parse('2026-11-22T09:30:00+08:00'),
        receivedAt: bench.clock.now(),
        stored: false,
        photo: JPEG,
      },
    ]);
    expect(broker.sent).toMatchObject([{ topic: DOWN, payload: RESULT_TAKEN }]);
  });

  it('that comes twice is one read, answered each time', () => {
    broker.says(RESULT);
    broker.says(RESULT);
    expect(new Set(bench.reads.map(({ plateId }) => plateId)).size).toBe(1);
    expect(sent()).toEqual([JSON.parse(RESULT_TAKEN), JSON.parse(RESULT_TAKEN)]);
  });

  it.each(['offline', '', 'history'])('of type "%s" is a stored one', (type) => {
    broker.says(changed(RESULT, { type }));
    expect(bench.reads[0]?.stored).toBe(true);
  });

  it.each(['null', ''])('with plate "%s" is an unread one', (plate_num) => {
    broker.says(changed(RESULT, { plate_num, full_pic: '', plate_pic: '/9j/2Q==' }));
    expect(bench.reads[0]).toMatchObject({ plate: { kind: 'unread' }, photo: JPEG });
  });

  it('that could not be recorded is not answered', () => {
    bench.onPlate = () => {
      throw new Error('disk full');
    };
    broker.says(RESULT);
    expect(broker.sent).toEqual([]);
  });

  it('that can never be recorded is answered, or it would come for ever; with a fault', () => {
    bench.onPlate = () => {
      throw new UnfitError('plate-read: no');
    };
    broker.says(RESULT);
    expect(sent()).toEqual([JSON.parse(RESULT_TAKEN)]);
    expect(bench.faults).toEqual([expect.stringContaining('cam1 firmware 有一次识别的内容无法保存')]);
  });

  it('that cannot be read is a fault until one can', () => {
    broker.says(`{${RESULT.slice(0, 80)}`);
    expect(bench.faults).toEqual([expect.stringContaining('cam1 firmware 相机上报的车牌消息读不懂')]);
    broker.says(RESULT);
    expect(bench.faults.at(-1)).toBe('cam1 firmware over');
  });

  it('has its opening sent before its answer', async () => {
    const opened: Promise<unknown>[] = [];
    bench.onPlate = () => opened.push(camera.gate('open'));
    broker.says(RESULT);
    expect(sent().map((message) => Object(message).cmd)).toEqual(['iooutput', 'result_rsp']);
    expect(await opened[0]).toEqual({ outcome: 'done', detail: '已交给相机' });
  });

  it.each([changed(RESULT, { sn: 'QY0002' }), 'open', '{"cmd":7}', '[]'])('is not what says %s', (payload) => {
    broker.says(payload);
    expect([bench.reads, broker.sent]).toEqual([[], []]);
    expect(bench.lines.map(({ level }) => level)).toEqual(['warn']);
  });
});

describe('a command', () => {
  beforeEach(() => broker.says(BEAT));

  it('travels as in the sample', async () => {
    bench.clock.jumpWall(Date.parse('2026-11-22T09:30:00.300+08:00') - bench.clock.now());
    const opening = camera.gate('open');
    expect(broker.sent).toHaveLength(1);
    const [{ topic, payload, withinMs } = { topic: '', payload: '', withinMs: 0 }] = broker.sent;
    const { msg_id: sample, ...fields } = JSON.parse(OPEN);
    const { msg_id: ours, ...told } = JSON.parse(payload);
    expect([topic, told, withinMs]).toEqual([DOWN, fields, 2_000]);
    expect(Object.keys(JSON.parse(payload))).toEqual(Object.keys(JSON.parse(OPEN)));
    expect(sample).toMatch(/^1795311000300[0-9a-f]{7}$/);
    expect(ours).toMatch(/^1795311000300[0-9a-f]{7}$/);
    expect(await opening).toMatchObject({ outcome: 'done' });
  });

  it('closes, holds, lets go, and passes bytes on', async () => {
    for (const action of ['close', 'hold', 'release-hold'] as const) await camera.gate(action);
    await camera.sendSerial(0, SPEECH);
    await camera.sendSerial(1, SPEECH);
    const rs485 = { cmd: 'rs485', encode_type: 'base64' };
    expect(sent()).toMatchObject([
      { cmd: 'iooutput', ionum: 2, action: 'on' },
      { cmd: 'barrierKeepOpen', isKeepOpen: 1 },
      { cmd: 'barrierKeepOpen', isKeepOpen: 0 },
      { ...rs485, rs485ch1_data: [{ data: 'AGT//zAKAcfrvcm30TXUqgaM' }] },
      { ...rs485, rs485ch2_data: [{ data: 'AGT//zAKAcfrvcm30TXUqgaM' }] },
    ]);
    expect(new Set(sent().map((message) => Object(message).msg_id)).size).toBe(5);
    expect(await camera.sendSerial(2, SPEECH)).toMatchObject({ outcome: 'refused' });
    expect(await camera.snapshot()).toMatchObject({ outcome: 'refused' });
  });

  it.each([
    ['none', 'refused'],
    ['some', 'unknown'],
  ] as const)('of which %s left is %s, and is not repeated', async (written, outcome) => {
    broker.written = written;
    expect(await camera.gate('open')).toMatchObject({ outcome });
    await bench.clock.advance(60_000);
    expect(broker.sent).toHaveLength(1);
  });

  it('is not sent to a camera that has not been heard of, is silent, or said goodbye', async () => {
    const fresh = make('cam2', { serialNo: 'QY0009' });
    await fresh.start();
    expect(await fresh.gate('open')).toMatchObject({ outcome: 'refused', detail: '还没有收到相机的消息' });
    await fresh.stop();
    await camera.start();
    broker.says(BEAT);
    await bench.clock.advance(75_000);
    expect(await camera.gate('open')).toMatchObject({ outcome: 'done' });
    // Not offline yet, but two and a half heartbeats are missing.
    await bench.clock.advance(1);
    expect(await camera.gate('open')).toEqual({ outcome: 'refused', detail: '相机 75 秒没有消息，指令没有发出' });
    expect(bench.states.at(-1)).toBe('cam1 online');
    await bench.clock.advance(20_000);
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    broker.says(BEAT);
    broker.says('{"cmd":"offline","msg_id":"w","sn":"QY0001"}');
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused', detail: '相机与 MQTT 服务器断开' });
    expect(broker.sent).toHaveLength(1);
  });

  it('to a camera that has answered once is unknown without an answer', async () => {
    const answer = (status?: string): void =>
      broker.says(JSON.stringify({ cmd: 'iooutput_rsp', msg_id: Object(sent().at(-1)).msg_id, sn: 'QY0001', status }));
    expect(await camera.gate('open')).toMatchObject({ outcome: 'done', detail: '已交给相机' });
    answer('ok');
    const second = camera.gate('open');
    answer('ok');
    expect(await second).toEqual({ outcome: 'done', detail: '相机已应答' });
    const third = camera.gate('open');
    answer('parameter error');
    expect(await third).toMatchObject({ outcome: 'unknown', detail: expect.stringContaining('parameter error') });
    expect(bench.lines.map(({ message }) => message)).toEqual(['a camera did not take a command']);
    const fourth = camera.gate('open');
    await bench.clock.advance(3_000);
    expect(await fourth).toMatchObject({ outcome: 'unknown', detail: '相机没有应答，结果未知' });
    expect(bench.delays).toHaveLength(2);
    expect(broker.sent).toHaveLength(4);
  });
});

describe('a camera', () => {
  it('is answered when it registers', () => {
    broker.says(REGISTER, '/serverAll');
    expect(broker.sent).toMatchObject([
      { topic: DOWN, payload: '{"cmd":"camera_register_rsp","msg_id":"r1","status":"ok"}' },
    ]);
    expect(bench.states).toEqual(['cam1 online']);
  });

  it('that registers anew while it holds an arm was away, so that whoever holds does so again', async () => {
    const registers = (msg_id: string): void => broker.says(changed(REGISTER, { msg_id }), '/serverAll');
    registers('r1');
    registers('r2');
    expect(bench.states).toEqual(['cam1 online']);
    void camera.gate('hold');
    // The same message once more is nothing new.
    registers('r2');
    expect(bench.states).toEqual(['cam1 online']);
    registers('r3');
    expect(bench.states).toEqual(['cam1 online', 'cam1 offline', 'cam1 online']);
    void camera.gate('release-hold');
    registers('r4');
    expect(bench.states).toHaveLength(3);
  });

  it('with other topics than are set is away, and the log says why', () => {
    for (let turn = 0; turn < 2; turn += 1) broker.says(changed(REGISTER, { subtopic: 'my/topic' }), '/serverAll');
    expect([broker.sent, bench.states]).toEqual([[], []]);
    expect(bench.lines).toMatchObject([{ level: 'warn', fields: { subtopic: 'my/topic' } }]);
  });

  it('may speak on topics of its own', async () => {
    const other = make('cam2', { serialNo: 'QY0002', topicUp: 'gate/{sn}/up', topicDown: 'gate/{sn}/down' });
    await other.start();
    expect(broker.listener?.topics).toEqual(['/serverAll', 'gate/QY0002/up']);
    broker.says('{"cmd":"mqtt_herat","sn":"QY0002"}', 'gate/QY0002/up');
    await other.gate('open');
    expect(broker.sent.map(({ topic }) => topic)).toEqual(['gate/QY0002/down']);
    await other.stop();
  });

  it('is offline with its last will, with its broker, and in silence', async () => {
    broker.says(BEAT);
    broker.says('{"cmd":"offline","sn":"QY0001"}');
    broker.says(BEAT);
    broker.listener?.state(false, 'ECONNREFUSED');
    expect(await camera.gate('open')).toMatchObject({
      outcome: 'refused',
      detail: '没有连上 MQTT 服务器：ECONNREFUSED',
    });
    broker.listener?.state(true, '已连接');
    broker.says(BEAT);
    await bench.clock.advance(91_000);
    expect(bench.states.map((state) => state.replace('cam1 ', ''))).toEqual([
      ...['online', 'offline', 'online', 'offline', 'online', 'offline'],
    ]);
  });

  it('that nobody configured is found at the broker, once for all who listen there', async () => {
    const second = make('cam2', { serialNo: 'QY0002' });
    const door = new QianyiEndpoint([camera, second], bench);
    for (const serial of ['QY0002', 'QY0007', 'QY0007']) broker.says(changed(REGISTER, { sn: serial }), '/serverAll');
    expect(bench.strangers).toMatchObject([
      { serialNo: 'QY0007', address: 'mqtt://192.168.1.2:1883' },
      { serialNo: 'QY0007' },
    ]);
    expect(bench.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    expect(broker.sent).toEqual([]);
    expect((await door.handle()).status).toBe(404);
    expect(() => new QianyiEndpoint([camera, make('cam3', {})], bench)).toThrow('cam1 and cam3');
  });

  it('says in its self-test that the driver is experimental', async () => {
    const codes = async () => (await camera.selfTest()).map(({ step, said }) => `${step} ${said?.code}`);
    broker.says(BEAT);
    expect(await codes()).toEqual([
      ...['connection connected', 'reachable heard', 'clock clock-ahead', 'relay relay-unseen', 'driver experimental'],
    ]);
    broker.listener?.state(false, 'ECONNREFUSED');
    expect(await codes()).toEqual(['connection not-connected', 'driver experimental']);
  });
});

describe('through a real broker', () => {
  let real: AedesBroker;
  let peer: QianyiPeer;
  let driven: QianyiCamera;

  beforeEach(async () => {
    real = await startAedes({ users: { gate: 'secret-of-a-test', QY0001: 'x' } });
    const settings = { serialNo: 'QY0001', url: real.url, username: 'gate', password: 'secret-of-a-test' };
    driven = new QianyiCamera('cam1', qianyi.settings.parse(settings), bench.deps);
    bench.states.length = 0;
    await driven.start();
    await until('the station', () => real.subscriptions.some(({ topic }) => topic === UP));
    peer = new QianyiPeer({
      ...{ url: real.url, username: 'QY0001', password: 'x' },
      ...{ heartbeatMs: 0, registerMs: 50, resendMs: 50, resends: 20 },
    });
    await peer.start();
  });
  afterEach(async () => {
    await peer.stop();
    await driven.stop();
    await real.stop();
  });

  it('registers, tells, obeys, and is missed', async () => {
    await until('the registration', () => peer.registered);
    const opened: Promise<unknown>[] = [];
    bench.onPlate = () => {
      if (bench.reads.length === 1) opened.push(driven.gate('open'));
    };
    const result = peer.see({ plate: '粤B12345', full: JPEG });
    await until('the answer', () => result.answered);
    peer.repeat(result);
    await until('it again', () => bench.reads.length >= 2);
    expect(new Set(bench.reads.map(({ plateId }) => plateId))).toEqual(new Set([result.msgId]));
    expect(await opened[0]).toMatchObject({ outcome: 'done' });
    await until('the relay', () => peer.body.moves.length > 0);
    for (const action of ['close', 'hold', 'release-hold'] as const)
      expect(await driven.gate(action)).toMatchObject({ outcome: 'done' });
    expect(await driven.sendSerial(0, SPEECH)).toMatchObject({ outcome: 'done' });
    await until('the bytes', () => peer.body.serialOut.length > 0);
    expect(peer.body.moves.map(({ relay, on, ms }) => [relay, on, ms === null ? 'stays' : 'pulse'])).toEqual([
      [0, true, 'pulse'],
      [2, true, 'pulse'],
      [0, true, 'stays'],
      [0, false, 'stays'],
    ]);
    expect(peer.body.serialOut[0]?.bytes).toEqual(SPEECH);
    expect(peer.complaints).toEqual([]);
    await peer.powerCut();
    await until('the last will', () => bench.states.at(-1) === 'cam1 offline');
    expect(await driven.gate('open')).toMatchObject({ outcome: 'refused' });
    expect(JSON.stringify(bench.exchanges)).not.toContain('secret-of-a-test');
  });
});
