import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { tinyJpeg } from '../../../peers/jpeg.ts';
import { type AedesBroker, startAedes } from '../../../peers/mqtt/index.ts';
import { VzenithMqttCamera, type VzenithMqttOptions } from '../../../peers/vzenith-mqtt/index.ts';
import { until } from '../../../support/until.ts';

const SN = 'a1b2c3d4-e5f60718';
const GOLDEN_RESULT = `{"id":"u-0001","bv":16771,"sn":"a1b2c3d4-e5f60718","name":"ivs_result","version":"1.0","timestamp":1795311000,"payload":{"AlarmInfoPlate":{"channel":0,"deviceName":"SU4x","ipaddr":"192.168.1.100","serialno":"a1b2c3d4-e5f60718","user_data":"",
 "result":{"PlateResult":{"license":"57KkQjEyMzQ1","type":1,"colorType":1,"confidence":97,"direction":4,"triggerType":1,"plateid":10234,"isoffline":0,"timeStamp":{"Timeval":{"sec":1795311000,"usec":0}},
 "imagePath":"L3NuYXBzaG90L2xwci90cmlfc25hcF8yNC5qcGc=","full_image_content":"/9j/2Q==","small_image_content":""}}}}}`;
const GOLDEN_ASK =
  '{"id":"m-0001","sn":"a1b2c3d4-e5f60718","name":"gpio_out","version":"1.0","timestamp":1795311000,"payload":{"type":"gpio_out","body":{"io":0,"value":2,"delay":1500}}}';
const GOLDEN_ANSWER =
  '{"id":"m-0001","sn":"a1b2c3d4-e5f60718","name":"gpio_out","version":"1.0","timestamp":1795311000,"code":200,"payload":{"type":"gpio_out","body":{}}}';
const NOW = 1_795_311_000_000;

let broker: AedesBroker;
let pc: MqttClient;
let camera: VzenithMqttCamera;
const heard: { topic: string; text: string }[] = [];

beforeAll(async () => {
  broker = await startAedes();
  pc = await connectAsync(broker.url, { reconnectPeriod: 0 });
  pc.on('message', (topic, payload) => heard.push({ topic, text: payload.toString('latin1') }));
  await pc.subscribeAsync('#', { qos: 1 });
});
afterAll(async () => {
  await pc.endAsync();
  await broker.stop();
});
beforeEach(() => {
  heard.length = 0;
});
afterEach(() => camera.stop());

async function start(options: Partial<VzenithMqttOptions> = {}): Promise<void> {
  camera = new VzenithMqttCamera({ url: broker.url, keepAliveMs: 0, now: () => NOW, ...options });
  await camera.start();
}
const topics = (): string[] => heard.map(({ topic }) => topic);
const hear = (end: string): Promise<Record<string, unknown>> =>
  until(end, () => {
    const found = heard.find(({ topic }) => topic.endsWith(end));
    return found && JSON.parse(Buffer.from(found.text, 'latin1').toString('utf8'));
  });
const down = (name: string, body: object, id = `m-${name}`): Promise<unknown> =>
  pc.publishAsync(
    `device/${SN}/message/down/${name}`,
    JSON.stringify({ id, sn: SN, name, version: '1.0', timestamp: 1795311000, payload: { type: name, body } }),
    { qos: 1 },
  );

test('the messages of the document', async () => {
  await start({ firstPlateId: 10_234 });
  camera.see({ license: '粤B12345', full: Buffer.from('ffd8ffd9', 'hex'), imagePath: '/snapshot/lpr/tri_snap_24.jpg' });
  expect(await hear(`device/${SN}/message/up/ivs_result`)).toEqual(JSON.parse(GOLDEN_RESULT));
  await pc.publishAsync(`device/${SN}/message/down/gpio_out`, GOLDEN_ASK, { qos: 1 });
  expect(await hear(`device/${SN}/message/down/gpio_out/reply`)).toEqual(JSON.parse(GOLDEN_ANSWER));
  expect(camera.body.moves).toMatchObject([{ relay: 0, on: true, ms: 1500, cause: 'vzenith-mqtt gpio_out m-0001' }]);
  expect(broker.logins.at(-1)?.clientId).toBe(SN);
  expect(camera.complaints).toEqual([]);
});

test('the other order of topics, a byte ahead of the heartbeat, a preview, a duplicate', async () => {
  await start({ topicOrder: 'sn-first', leadingZero: true, preview: true });
  camera.keepAlive();
  const event = camera.see({ license: '_无_', full: tinyJpeg() });
  camera.send(event);
  await until('all', () => heard.length === 5);
  const [first] = heard;
  expect([first?.topic, first?.text.charCodeAt(0), first?.text[1]]).toEqual([
    `${SN}/device/message/up/keep_alive`,
    0,
    '{',
  ]);
  const names = ['quick_ivs_result', 'ivs_result', 'quick_ivs_result', 'ivs_result'];
  expect(topics().slice(1)).toEqual(names.map((name) => `${SN}/device/message/up/${name}`));
  expect(heard[1]?.text).toContain('"full_image_content":""');
  await pc.publishAsync(`${SN}/device/message/down/gpio_out`, GOLDEN_ASK, { qos: 1 });
  await hear(`${SN}/device/message/down/gpio_out/reply`);
});

test('a command without a reply, with a late one, and with a bad one', async () => {
  await start();
  camera.faults.plan('gpio_out', { kind: 'answer-lost' });
  camera.faults.plan('gpio_out', { kind: 'slow', ms: 30 });
  camera.faults.plan('gpio_out', { kind: 'refused', code: 500 });
  const pulse = { io: 0, value: 2, delay: 500 };
  for (const id of ['a', 'b', 'c']) await down('gpio_out', pulse, id);
  await until('two replies', () => topics().filter((topic) => topic.endsWith('/reply')).length === 2);
  const replies = heard.filter(({ topic }) => topic.endsWith('/reply')).map(({ text }) => JSON.parse(text));
  expect(replies.map(({ id, code }) => [id, code])).toEqual([
    ['c', 500],
    ['b', 200],
  ]);
  expect(camera.body.moves).toHaveLength(2);
});

test('a lock holds the output until it is freed', async () => {
  await start();
  await down('set_io_lock_status', { ioout: 0, status: 1 }, 'l1');
  await down('gpio_out', { io: 0, value: 2, delay: 500 }, 'g');
  await down('set_io_lock_status', { ioout: 0, status: 0 }, 'l0');
  await until('three replies', () => topics().filter((topic) => topic.endsWith('/reply')).length === 3);
  expect(JSON.parse(heard.find(({ topic }) => topic.endsWith('gpio_out/reply'))?.text ?? '{}').code).toBe(500);
  expect(camera.body.moves).toMatchObject([
    { relay: 0, on: true, ms: null },
    { relay: 0, on: false, ms: null },
  ]);
});

test('display, picture, input and clock', async () => {
  await start();
  await down('serial_data', { serialData: [{ serialChannel: 0, data: 'AGT//zAKAcfrvcm30TXUqgaM', dataLen: 18 }] });
  await down('snapshot', {});
  camera.body.press(1, true);
  camera.gateStatus(true);
  expect(await hear('/up/snapshot')).toMatchObject({
    payload: { TriggerImage: { imageFile: tinyJpeg().toString('base64') } },
  });
  expect(await hear('/up/gpio_in')).toMatchObject({
    payload: { AlarmGioIn: { result: { TriggerResult: { source: 1, value: 1 } } } },
  });
  expect(await hear('/up/barr_gate_status')).toMatchObject({ payload: { gate_status: 1 } });
  expect(camera.body.serialOut[0]?.bytes.toString('hex')).toBe('0064ffff300a01c7ebbdc9b7d135d4aa068c');
  await down('set_time', { timestamp: 1_795_311_060 });
  await hear('/set_time/reply');
  expect([camera.now(), camera.complaints]).toEqual([NOW + 60_000, []]);
});

test('lost, it keeps reads and the broker speaks its will; rebooted, it comes back', async () => {
  await start({ will: { topic: `device/${SN}/message/up/offline`, payload: '{"sn":"x"}' }, rebootMs: 80 });
  camera.line.drop();
  await hear('/up/offline');
  await until('it is back', () => camera.line.connections === 2 && camera.line.connected);
  await down('reboot_dev', {});
  await until('it went', () => !camera.line.connected);
  const event = camera.see({ license: '粤B12345' });
  await until('it is back again', () => camera.line.connections === 3);
  camera.sendKept();
  expect(await hear('/up/offline_record')).toMatchObject({
    payload: { AlarmInfoPlate: { result: { PlateResult: { plateid: event.plateId, isoffline: 1 } } } },
  });
});

test('after a power loss its clock is in 1970 and its counter at the first number', async () => {
  await start({ firstPlateId: 7 });
  expect(camera.see({ license: '粤B12345' }).plateId).toBe(7);
  camera.powerLoss();
  const again = camera.see({ license: '粤B12346' });
  expect([again.plateId, Math.floor(again.capturedAt / 60_000)]).toEqual([7, 1]);
});

test('complains of what no camera takes', async () => {
  await start();
  await pc.publishAsync(`device/${SN}/message/down/gpio_out`, 'open', { qos: 1 });
  await pc.publishAsync(`device/${SN}/message/down/gpio_out`, GOLDEN_ASK.replace(`"sn":"${SN}"`, '"sn":"other"'));
  await down('gpio_out', { io: 0, value: 2, delay: 50 }, 'x');
  await down('gate_direct_open', {}, 'x');
  await hear('gate_direct_open/reply');
  expect(camera.complaints).toEqual([
    'gpio_out: not JSON',
    'gpio_out: sn',
    'gpio_out: delay 50',
    'gate_direct_open: id x a second time',
    'unknown command gate_direct_open',
  ]);
  expect(camera.body.moves).toEqual([]);
});
