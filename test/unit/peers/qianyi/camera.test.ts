import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type AedesBroker, startAedes } from '../../../peers/mqtt/index.ts';
import { QianyiCamera, type QianyiOptions } from '../../../peers/qianyi/index.ts';
import { until } from '../../../support/until.ts';

const GOLDEN_RESULT =
  '{"cmd":"result","msg_id":"1795311000120a1b2c3d","sn":"QY0001","type":"online","plate_num":"粤B12345","inout":"in","confidence":97,"utc_ts":1795311000,"full_pic":"/9j/2Q==","plate_pic":""}';
const GOLDEN_OPEN =
  '{"cmd":"iooutput","msg_id":"1795311000300e4f5a6b","sn":"QY0001","ionum":0,"action":"on","utc_ts":1795311000}';
const NOW = 1_795_311_000_120;
type Message = Readonly<Record<string, unknown>>;

let broker: AedesBroker;
let pc: MqttClient;
let camera: QianyiCamera;
const heard: { topic: string; message: Message }[] = [];

beforeAll(async () => {
  broker = await startAedes();
  pc = await connectAsync(broker.url, { reconnectPeriod: 0 });
  pc.on('message', (topic, payload) => heard.push({ topic, message: JSON.parse(payload.toString()) }));
  await pc.subscribeAsync(['/serverAll', 'aiot/plate/+'], { qos: 1 });
});
afterAll(async () => {
  await pc.endAsync();
  await broker.stop();
});
beforeEach(() => {
  heard.length = 0;
});
afterEach(() => camera.stop());

async function start(options: Partial<QianyiOptions> = {}): Promise<void> {
  camera = new QianyiCamera({ url: broker.url, heartbeatMs: 0, now: () => NOW, ...options });
  await camera.start();
}
const say = (message: Message | string): Promise<unknown> =>
  pc.publishAsync('device/plate/QY0001', typeof message === 'string' ? message : JSON.stringify(message), { qos: 1 });
const all = (cmd: string): Message[] =>
  heard.filter(({ message }) => message['cmd'] === cmd).map(({ message }) => message);
const hear = (cmd: string): Promise<Message> => until(cmd, () => all(cmd)[0]);

test('registers until it is answered', async () => {
  await start({ registerMs: 10 });
  const asked = await hear('camera_register');
  expect(asked).toMatchObject({ sn: 'QY0001', subtopic: 'device/plate/QY0001', pubtopic: 'aiot/plate/QY0001' });
  expect(heard[0]?.topic).toBe('/serverAll');
  await until('a second time', () => all('camera_register').length > 1);
  await until('the answer', async () => {
    await say({ cmd: 'camera_register_rsp', msg_id: all('camera_register').at(-1)?.['msg_id'], status: 'ok' });
    return camera.registered;
  });
});

test('tells a result until it is answered, the same each time', async () => {
  await start({ resendMs: 15, resends: 50 });
  const result = camera.see({ plate: '粤B12345', capturedAt: NOW, full: Buffer.from('ffd8ffd9', 'hex') });
  await until('three of it', () => all('result').length >= 3);
  expect(new Set(all('result').map((message) => JSON.stringify(message))).size).toBe(1);
  const { msg_id: _ours, ...golden } = JSON.parse(GOLDEN_RESULT);
  expect(all('result')[0]).toEqual({ ...golden, msg_id: result.msgId });
  expect(result.msgId).toMatch(/^1795311000120[0-9a-z]{7}$/);
  await say({ cmd: 'result_rsp', msg_id: result.msgId, status: 'ok' });
  await until('the answer', () => result.answered);
  expect(camera.see({ plate: null, offline: true }).message).toMatchObject({ type: 'offline', plate_num: 'null' });
});

test('opens, closes, holds, and passes bytes on', async () => {
  await start({ answers: true });
  await say(GOLDEN_OPEN);
  expect(await hear('iooutput_rsp')).toMatchObject({ msg_id: '1795311000300e4f5a6b', status: 'ok' });
  await say({ cmd: 'iooutput', msg_id: 'c', sn: 'QY0001', ionum: 2, action: 'on' });
  for (const [msg_id, isKeepOpen] of [['k1', 1] as const, ['k0', 0] as const])
    await say({ cmd: 'barrierKeepOpen', msg_id, isKeepOpen });
  await say({
    cmd: 'rs485',
    msg_id: 'r',
    encode_type: 'base64',
    rs485ch1_data: [{ data: 'AGT//zAKAcfrvcm30TXUqgaM' }],
  });
  await hear('rs485_rsp');
  expect(camera.body.moves).toMatchObject([
    { relay: 0, ms: 500, cause: 'qianyi iooutput 1795311000300e4f5a6b' },
    { relay: 2, ms: 500 },
    { relay: 0, ms: null, on: true },
    { relay: 0, ms: null, on: false },
  ]);
  expect(camera.body.serialOut[0]?.bytes.toString('hex')).toBe('0064ffff300a01c7ebbdc9b7d135d4aa068c');
  expect(camera.complaints).toEqual([]);
});

test('answers no command where nobody says that it does', async () => {
  await start();
  await say(GOLDEN_OPEN);
  await until('the relay', () => camera.body.moves.length === 1);
  camera.heartbeat();
  await hear('mqtt_herat');
  expect(all('iooutput_rsp')).toEqual([]);
});

test('an answer that is lost, a heartbeat, and the last will', async () => {
  await start({ answers: true });
  camera.faults.plan('iooutput', { kind: 'answer-lost' });
  await say(GOLDEN_OPEN);
  await until('the relay', () => camera.body.moves.length === 1);
  camera.heartbeat();
  await hear('mqtt_herat');
  expect(all('iooutput_rsp')).toEqual([]);
  await camera.powerCut();
  expect(await hear('offline')).toMatchObject({ sn: 'QY0001' });
});

test('complains of what no camera takes', async () => {
  await start();
  await say('open');
  await say({ cmd: 'iooutput', msg_id: 'a', ionum: 7, action: 'on' });
  await say({ cmd: 'barrierKeepOpen', msg_id: 'a', isKeepOpen: true });
  await say({ cmd: 'rs485', msg_id: 'b', encode_type: 'base64', rs485ch1_data: [{ data: '%' }] });
  await say({ cmd: 'result_rsp', msg_id: 'nobody', status: 'ok' });
  await say(GOLDEN_OPEN.replace('QY0001', 'QY0002'));
  await until('all', () => camera.complaints.length === 7);
  expect(camera.complaints).toEqual([
    'message without cmd or msg_id',
    'iooutput: ionum 7, action on',
    'barrierKeepOpen: msg_id a a second time',
    'barrierKeepOpen: isKeepOpen true',
    'rs485: data is not strict base64',
    'result_rsp: unknown msg_id nobody',
    'iooutput: sn QY0002',
  ]);
  expect(camera.body.moves).toEqual([]);
});
