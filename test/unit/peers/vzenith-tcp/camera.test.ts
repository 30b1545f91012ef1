import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { jpegOfSize, tinyJpeg } from '../../../peers/jpeg.ts';
import { toGbk, VzenithTcpCamera, type VzenithTcpOptions } from '../../../peers/vzenith-tcp/index.ts';
import { until } from '../../../support/until.ts';

const GOLDEN_ASK = Buffer.concat([
  Buffer.from('565a00070000003b', 'hex'),
  Buffer.from('{"cmd":"ioctl_resp","id":"a1","io":0,"value":2,"delay":500}'),
]);
const GOLDEN_ANSWER = Buffer.concat([
  Buffer.from('565a00070000002f', 'hex'),
  Buffer.from('{"cmd":"ioctl_resp","id":"a1","state_code":200}'),
]);
const HEARTBEAT = Buffer.from('565a010000000000', 'hex');

let camera: VzenithTcpCamera;
let socket: Socket;
let heard = Buffer.alloc(0);
let chunks = 0;

async function start(options: VzenithTcpOptions = {}): Promise<void> {
  camera = new VzenithTcpCamera({ heartbeatMs: 0, ...options });
  await camera.start();
  await dial();
}
async function dial(): Promise<void> {
  heard = Buffer.alloc(0);
  chunks = 0;
  socket = connect(camera.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    chunks += 1;
    heard = Buffer.concat([heard, bytes]);
  });
  await new Promise((resolve) => socket.once('connect', resolve));
}
afterEach(async () => {
  socket.destroy();
  await camera.stop();
});

/** Written out by hand, byte by byte as the document has it. */
const say = (message: object, seq = 1): void => {
  const text = toGbk(JSON.stringify(message));
  const length = text.length.toString(16).padStart(8, '0');
  socket.write(Buffer.concat([Buffer.from(`565a00${seq.toString(16).padStart(2, '0')}${length}`, 'hex'), text]));
};
const payloadOf = (bytes: Buffer): Buffer => bytes.subarray(8, 8 + bytes.readUInt32BE(4));
const answered = (): Promise<unknown> =>
  until('an answer', () => heard.length >= 8 && heard.length >= 8 + heard.readUInt32BE(4));
const said = async (message: object): Promise<Record<string, unknown>> => {
  heard = Buffer.alloc(0);
  say(message);
  await answered();
  return JSON.parse(new TextDecoder('gbk').decode(payloadOf(heard)));
};

test('the messages of the document', async () => {
  await start();
  socket.write(GOLDEN_ASK);
  await answered();
  expect(heard).toEqual(GOLDEN_ANSWER);
  expect(camera.body.moves).toMatchObject([{ relay: 0, on: true, ms: 500, cause: 'vzenith-tcp ioctl_resp a1' }]);
  socket.write(HEARTBEAT);
  await until('the heartbeat', () => camera.heartbeats === 1);
  expect(camera.complaints).toEqual([]);
});

test('messages that come in pieces or together', async () => {
  await start();
  const two = Buffer.concat([HEARTBEAT, GOLDEN_ASK, GOLDEN_ASK]);
  for (const byte of two.subarray(0, 20)) socket.write(Buffer.from([byte]));
  socket.write(two.subarray(20));
  await until('both', () => camera.body.moves.length === 2 && heard.length === 2 * GOLDEN_ANSWER.length);
  expect(camera.heartbeats).toBe(1);
  camera.garbage(Buffer.from('0d0a', 'hex'));
  await until('garbage', () => heard.subarray(-2).toString('hex') === '0d0a');
});

test('heartbeats of its own, and the end of a PC that is silent', async () => {
  await start({ heartbeatMs: 10, deadMs: 60 });
  await until('two heartbeats', () => heard.length >= 16);
  expect(heard.subarray(0, 8)).toEqual(HEARTBEAT);
  await until('it is cut off', () => socket.closed || socket.destroyed);
  expect(camera.complaints).toEqual(['nothing heard for 60 ms']);
});

test('after a power loss its clock is in 1970 and its counter at the first number', async () => {
  await start();
  expect(camera.see({ license: '粤B12345' }).plateId).toBe(1);
  camera.powerLoss();
  const again = camera.see({ license: '粤B12346' });
  expect([again.plateId, Math.floor(again.capturedAt / 60_000)]).toEqual([1, 1]);
});

test('pictures behind the text, in either order', async () => {
  for (const pictureOrder of ['full-first', 'clip-first'] as const) {
    await start({ pictureOrder });
    const asked = await said({ cmd: 'ivsresult', id: 'r', enable: true, format: 'json', image: true, image_type: 2 });
    expect(asked).toEqual({ cmd: 'ivsresult', id: 'r', state_code: 200 });
    heard = Buffer.alloc(0);
    camera.line.fragment = 64;
    const clip = Buffer.from('ffd8ffd9', 'hex');
    camera.see({ license: '粤B12345', capturedAt: 1_795_311_000_000, full: tinyJpeg(), clip });
    await answered();
    const payload = payloadOf(heard);
    expect(chunks).toBeGreaterThan(2);
    const end = payload.indexOf(0);
    const json = JSON.parse(new TextDecoder('gbk').decode(payload.subarray(0, end)));
    expect(json).toMatchObject({ cmd: 'ivs_result', fullImgSize: 159, clipImgSize: 4 });
    expect(json.PlateResult).toMatchObject({
      license: '粤B12345',
      plateid: 1,
      timeStamp: { Timeval: { sec: 1795311000 } },
    });
    const pictures = pictureOrder === 'full-first' ? [tinyJpeg(), clip] : [clip, tinyJpeg()];
    expect(payload.subarray(end + 1)).toEqual(Buffer.concat(pictures));
    expect(payload.indexOf(Buffer.from('d4c1', 'hex'))).toBeGreaterThan(0);
    if (pictureOrder === 'full-first') {
      socket.destroy();
      await camera.stop();
    }
  }
});

test('two results leave as one piece, and one is larger than a megabyte', async () => {
  await start();
  await said({ cmd: 'ivsresult', id: 'r', enable: true, format: 'json', image: true, image_type: 0 });
  heard = Buffer.alloc(0);
  camera.line.hold = true;
  camera.see({ license: '粤B12345' });
  camera.see({ license: '_无_', full: jpegOfSize(1_100_000) });
  camera.flush();
  await until('both', () => heard.length > 1_100_000);
  const first = 8 + heard.readUInt32BE(4);
  expect(heard.subarray(first, first + 2).toString('hex')).toBe('565a');
  expect(heard.readUInt32BE(first + 4)).toBeGreaterThan(1_100_000);
});

test('inputs, number, picture and lists', async () => {
  await start();
  camera.body.press(1, true);
  await answered();
  expect(JSON.parse(payloadOf(heard).toString())).toEqual({ cmd: 'gpio_trigger', gpio: 1, value: 1 });
  expect(await said({ cmd: 'get_gpio_value', id: 'g', gpio: 1 })).toMatchObject({ gpio: 1, value: 1, state_code: 200 });
  expect(await said({ cmd: 'getsn', id: 's' })).toMatchObject({ value: 'a1b2c3d4-e5f60718' });
  expect(await said({ cmd: 'get_snapshot', id: 'p' })).toMatchObject({ imgdata: tinyJpeg().toString('base64') });
  expect(await said({ cmd: 'trigger', id: 't' })).toEqual({ cmd: 'trigger', id: 't', state_code: 200 });
  expect([camera.recognitions, camera.complaints]).toEqual([1, []]);
});

test('bytes for the display go out once the port is open', async () => {
  const board: string[] = [];
  await start({
    serial: (channel, bytes) => {
      board.push(`${channel} ${bytes.toString('hex')}`);
      return [];
    },
  });
  const send = { cmd: 'ttransmission', subcmd: 'send', comm: 'rs485-1', datalen: 18, data: 'AGT//zAKAcfrvcm30TXUqgaM' };
  say(send);
  await until('the complaint', () => camera.complaints.length === 1);
  await said({ cmd: 'ttransmission', id: 'i', subcmd: 'init', comm: 'rs485-1' });
  say(send);
  say({ ...send, datalen: 17 });
  await until('the second complaint', () => camera.complaints.length === 2);
  expect(board).toEqual(['0 0064ffff300a01c7ebbdc9b7d135d4aa068c']);
  expect(camera.complaints).toEqual([
    'ttransmission: rs485-1 was not opened',
    'ttransmission: datalen 17, 18 bytes decoded',
  ]);
});

test('what goes wrong with a command, and ioctl that is never answered', async () => {
  await start({ strangeSeq: true });
  camera.faults.plan('ioctl_resp', { kind: 'refused', code: 500 });
  socket.write(GOLDEN_ASK);
  await answered();
  expect(heard.readUInt8(3)).toBe(108);
  expect(JSON.parse(payloadOf(heard).toString())).toMatchObject({ state_code: 500 });
  expect(camera.body.moves).toEqual([]);
  say({ cmd: 'ioctl', id: 'b', io: 0, value: 1, delay: 0 });
  await until('the relay', () => camera.body.moves.length === 1);
  camera.faults.plan('ioctl_resp', { kind: 'answer-lost' });
  heard = Buffer.alloc(0);
  socket.write(GOLDEN_ASK);
  await until('the end', () => socket.destroyed);
  expect([camera.body.moves.length, heard.length]).toEqual([2, 0]);
});

test('complains of nonsense, and ends the line', async () => {
  await start();
  expect(await said({ cmd: 'ioctl_resp', id: 'x', io: 9, value: 2, delay: 500 })).toMatchObject({ state_code: 400 });
  expect(await said({ cmd: 'dance', id: 'y' })).toMatchObject({ state_code: 404 });
  expect(await said({ cmd: 'ioctl_resp', id: 'z', io: 0, value: 2, delay: 50 })).toMatchObject({ state_code: 400 });
  socket.write(Buffer.from('GET / HTTP/1.1\r\n'));
  await until('the end', () => socket.destroyed);
  expect(camera.complaints).toEqual([
    'ioctl_resp: io 9, value 2',
    'unknown cmd dance',
    'ioctl_resp: delay 50',
    'no message: 4745',
  ]);
});
