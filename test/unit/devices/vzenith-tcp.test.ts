import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandOutcome, DeviceDeps } from '../../../electron/station/devices/device.ts';
import { VzenithTcpCamera } from '../../../electron/station/devices/vzenith-tcp/camera.ts';
import { vzenithTcp } from '../../../electron/station/devices/vzenith-tcp/index.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { jpegOfSize } from '../../peers/jpeg.ts';
import { VzenithTcpCamera as Peer, toGbk, type VzenithTcpOptions } from '../../peers/vzenith-tcp/index.ts';
import { until } from '../../support/until.ts';
import { Bench } from './recording.ts';
import { ScriptedLinks } from './scripted-links.ts';
import { SERIAL, SPEECH } from './vzenith-samples.ts';

type Fields = Record<string, unknown>;
let bench: Bench;
let links: ScriptedLinks;
let camera: VzenithTcpCamera;

/** A message of the camera, its frame written out by hand. */
const framed = (message: object, seq = 1): Buffer => framedText(JSON.stringify(message), seq);
const framedText = (message: string, seq = 1): Buffer => {
  const text = toGbk(message);
  const head = Buffer.from([0x56, 0x5a, 0, seq, 0, 0, 0, 0]);
  head.writeUInt32BE(text.length, 4);
  return Buffer.concat([head, text]);
};
const isHeartbeat = (bytes: Buffer): boolean => bytes.toString('hex') === '565a010000000000';
const asked = (): { seq: number; body: Fields }[] =>
  links.sent
    .filter((bytes) => !isHeartbeat(bytes))
    .map((bytes) => {
      const body: Fields = JSON.parse(bytes.subarray(8).toString('latin1'));
      return { seq: bytes.readUInt8(3), body };
    });
const last = (cmd: string) => {
  const found = asked().findLast(({ body }) => body['cmd'] === cmd);
  if (!found) throw new Error(`nobody asked ${cmd}`);
  return found;
};
const answer = (cmd: string, fields: Fields = { state_code: 200 }): Promise<void> => {
  const { seq, body } = last(cmd);
  links.data(framed({ cmd, id: body['id'], ...fields }, seq));
  return bench.clock.advance(0);
};

async function build(extra: object = {}): Promise<void> {
  bench = new Bench();
  links = new ScriptedLinks();
  let ids = 0;
  const deps: DeviceDeps = {
    ...bench.deps,
    ids: { next: (prefix) => `${prefix}_${++ids}` },
    links: { ...bench.links, line: links.line },
  };
  const settings = vzenithTcp.settings.parse({ serialNo: SERIAL, host: '192.168.1.100', ...extra });
  camera = new VzenithTcpCamera('cam1', settings, deps);
  await camera.start();
}
async function greeted(extra: object = {}): Promise<void> {
  await build(extra);
  links.up();
  await answer('getsn', { state_code: 200, value: SERIAL });
  await answer('ivsresult');
}
/** The outcome, or null while there is none. */
function watched(outcome: Promise<CommandOutcome>): { ended: CommandOutcome | null } {
  const state: { ended: CommandOutcome | null } = { ended: null };
  void outcome.then((ended) => {
    state.ended = ended;
  });
  return state;
}

describe('a result that cannot be read', () => {
  const good = { cmd: 'ivs_result', id: 9, PlateResult: { license: '粤B12345', plateid: 9 } };

  it.each([
    ['in an envelope of another protocol', framed({ cmd: 'ivs_result', id: 7, AlarmInfoPlate: { result: {} } })],
    ['in words of its own', framed({ cmd: 'ivs_result', id: 8, result: { PlateResult: { license: 'A' } } })],
    ['that is no JSON', framedText('{"cmd":"ivs_result","id":8,"PlateResult":{"license":"A"')],
  ])('%s, is a fault, logged once, until one can be read', async (_how, odd) => {
    await greeted();
    links.data(Buffer.concat([odd, odd]));
    expect(bench.faults).toEqual([expect.stringContaining('cam1 firmware 相机上报的车牌消息读不懂')]);
    expect(bench.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    expect(bench.exchanges.filter(({ head }) => head === 'unread').map(({ bytes }) => bytes)).toEqual([odd, odd]);
    links.data(framed(good));
    expect([bench.reads.length, bench.faults.at(-1)]).toEqual([1, 'cam1 firmware over']);
  });
});

describe('who is there', () => {
  it('is asked first; then the results are asked for', async () => {
    await build();
    expect(links.address).toEqual({ kind: 'tcp', host: '192.168.1.100', port: 8131 });
    links.up();
    expect(asked().map(({ body }) => body['cmd'])).toEqual(['getsn']);
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    await answer('getsn', { state_code: 200, value: SERIAL.toUpperCase() });
    expect(bench.states).toEqual(['cam1 online']);
    expect(last('ivsresult').body).toMatchObject({ enable: true, format: 'json', image: true, image_type: 0 });
  });

  it.each([
    ['another camera', { state_code: 200, value: 'other-1' }, 'other-1'],
    ['one that tells no number', { state_code: 200 }, '没有给出序列号'],
    ['one that does not know the question', { state_code: 404 }, '没有给出序列号'],
  ])(
    'is %s: offline, its plates count for nothing, nothing opens, and the reason is told once',
    async (_who, told, why) => {
      await build();
      const details: string[] = [];
      bench.deps.events.state = (_id, state, detail) => void details.push(`${state} ${detail}`);
      links.up();
      links.data(framed({ cmd: 'ivs_result', id: 1, PlateResult: { license: '_无_' } }));
      await answer('getsn', told);
      expect(links.resets).toHaveLength(1);
      links.up();
      links.data(framed({ cmd: 'ivs_result', id: 1, PlateResult: { license: '_无_' } }));
      await answer('getsn', told);
      expect(bench.reads).toEqual([]);
      expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
      expect(asked().map(({ body }) => body['cmd'])).toEqual(['getsn', 'getsn']);
      expect(details).toEqual([expect.stringContaining(why)]);
    },
  );

  it('nobody: told once, with the reason, and that it came back', async () => {
    await build();
    links.down('connect ECONNREFUSED');
    links.down('connect ECONNREFUSED');
    links.up();
    await bench.clock.advance(3_000);
    expect(bench.states).toEqual(['cam1 offline', 'cam1 offline']);
    links.up();
    await answer('getsn', { state_code: 200, value: SERIAL });
    expect(bench.states).toEqual(['cam1 offline', 'cam1 offline', 'cam1 online']);
  });

  it('one that will not tell results, is a fault; one that does not answer that, is asked anew', async () => {
    await greeted();
    links.down('x');
    links.up();
    await answer('getsn', { state_code: 200, value: SERIAL });
    await answer('ivsresult', { state_code: 403 });
    expect(bench.faults.at(-1)).toMatch(/^cam1 firmware .*403/);
    links.down('x');
    links.up();
    await answer('getsn', { state_code: 200, value: SERIAL });
    await bench.clock.advance(3_000);
    expect(links.resets).toEqual(['相机没有应答识别结果的订阅']);
  });
});

describe('a command to the arm', () => {
  beforeEach(() => greeted({ openPulseMs: 500, closePulseMs: 3000 }));

  it('leaves before the call returns, as the document has it', () => {
    void camera.gate('open');
    const { seq, body } = last('ioctl_resp');
    const text = `{"cmd":"ioctl_resp","id":"${String(body['id'])}","io":0,"value":2,"delay":500}`;
    const head = Buffer.from([0x56, 0x5a, 0, seq, 0, 0, 0, text.length]);
    expect(links.sent.at(-1)?.equals(Buffer.concat([head, Buffer.from(text)]))).toBe(true);
  });

  it.each([
    ['open', { io: 0, value: 2, delay: 500 }],
    ['close', { io: 1, value: 2, delay: 3000 }],
    ['hold', { io: 0, value: 1 }],
    ['release-hold', { io: 0, value: 0 }],
  ] as const)('%s', async (action, move) => {
    const state = watched(camera.gate(action));
    expect(last('ioctl_resp').body).toMatchObject(move);
    await bench.clock.advance(70);
    await answer('ioctl_resp');
    expect(state.ended?.outcome).toBe('done');
    expect(bench.delays).toEqual([70]);
  });

  it.each([
    ['refused', { state_code: 400 }, 'refused'],
    ['refused inside', { state_code: 500 }, 'refused'],
    ['answered without a result', {}, 'unknown'],
  ])('%s', async (_how, fields, outcome) => {
    const state = watched(camera.gate('open'));
    await answer('ioctl_resp', fields);
    expect(state.ended?.outcome).toBe(outcome);
  });

  it('is told by its id, also when the number of the frame is another; by the number where there is no id', async () => {
    const [first, second] = [watched(camera.gate('open')), watched(camera.gate('hold'))];
    const [one, two] = asked().slice(-2);
    links.data(framed({ cmd: 'ioctl_resp', id: two?.body['id'], state_code: 200 }, (one?.seq ?? 0) + 100));
    await bench.clock.advance(0);
    expect([first.ended, second.ended?.outcome]).toEqual([null, 'done']);
    links.data(framed({ cmd: 'ioctl_resp', id: 'somebody', state_code: 200 }, one?.seq));
    await bench.clock.advance(0);
    expect(first.ended).toBeNull();
    links.data(framed({ cmd: 'ioctl_resp', state_code: 200 }, one?.seq));
    await bench.clock.advance(0);
    expect(first.ended?.outcome).toBe('done');
  });

  it('without an answer is unknown, never repeated, and a line on which nothing came is given up', async () => {
    const state = watched(camera.gate('open'));
    await bench.clock.advance(3_000);
    expect(state.ended?.outcome).toBe('unknown');
    expect(links.resets).toEqual(['相机没有应答指令']);
    links.up();
    await answer('getsn', { state_code: 200, value: SERIAL });
    expect(asked().filter(({ body }) => body['cmd'] === 'ioctl_resp')).toHaveLength(1);
  });

  it('without an answer on a line that lives leaves the line alone', async () => {
    const state = watched(camera.gate('open'));
    await bench.clock.advance(1_000);
    links.data(Buffer.from('565A010000000000', 'hex'));
    await bench.clock.advance(2_000);
    expect([state.ended?.outcome, links.resets]).toEqual(['unknown', []]);
  });

  it('is unknown when the connection breaks, or the bytes may have left, or the station stops', async () => {
    const broken = watched(camera.gate('open'));
    links.down('对方关闭了连接');
    await bench.clock.advance(0);
    expect(broken.ended?.outcome).toBe('unknown');
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    await greeted();
    links.written = 'some';
    expect(await camera.gate('open')).toMatchObject({ outcome: 'unknown' });
    await greeted();
    const stopped = watched(camera.gate('open'));
    await camera.stop();
    await bench.clock.advance(0);
    expect([stopped.ended?.outcome, links.closed]).toEqual(['unknown', true]);
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
  });

  it('is refused when none of it could leave', async () => {
    links.written = 'none';
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
  });
});

describe('the line', () => {
  it('gets a heartbeat every 5 seconds, and is given up after 15 seconds of silence', async () => {
    await greeted();
    const beats = () => links.sent.filter(isHeartbeat).length;
    expect(beats()).toBe(1);
    await bench.clock.advance(10_000);
    expect(beats()).toBe(3);
    links.data(Buffer.from('565A010000000000', 'hex'));
    await bench.clock.advance(14_999);
    expect(links.resets).toEqual([]);
    await bench.clock.advance(1);
    expect(links.resets).toEqual(['15 秒没有收到相机的消息']);
    expect(bench.states).toEqual(['cam1 online', 'cam1 offline']);
  });

  it('is asked to watch us only where that is set', async () => {
    await greeted();
    expect(asked().map(({ body }) => body['cmd'])).not.toContain('reg_offline_check');
    await greeted({ offlineCheckSeconds: 30 });
    expect(last('reg_offline_check').body).toMatchObject({ interval: 30 });
  });

  it('that brings a read which cannot be recorded goes on', async () => {
    await greeted();
    bench.onPlate = () => {
      throw new Error('disk full');
    };
    const read = (id: number) => framed({ cmd: 'ivs_result', id, PlateResult: { license: '_无_', plateid: id } });
    links.data(Buffer.concat([read(1), Buffer.from('noise'), read(2)]));
    expect(new Set(bench.reads.map(({ plateId }) => plateId))).toEqual(new Set(['1', '2']));
    bench.onPlate = () => undefined;
    await bench.clock.advance(1_000);
    expect(bench.cars.map(({ plateId, stored }) => [plateId, stored])).toEqual([
      ['1', false],
      ['2', false],
    ]);
  });

  it('tells of a car before its pictures are there, and then of its picture', async () => {
    await greeted();
    const json = toGbk(JSON.stringify({ cmd: 'ivs_result', id: 9, PlateResult: { license: '_无_', plateid: 9 } }));
    const picture = jpegOfSize(2_000);
    const head = Buffer.from([0x56, 0x5a, 0, 1, 0, 0, 0, 0]);
    head.writeUInt32BE(json.length + 1 + picture.length, 4);
    const frame = Buffer.concat([head, json, Buffer.of(0), picture]);
    links.data(frame.subarray(0, 600));
    // Not a moment went by, and only a part of the picture is there.
    expect(bench.reads).toMatchObject([{ plateId: '9', photo: null }]);
    await bench.clock.advance(4_000);
    links.data(frame.subarray(600));
    expect(bench.cars).toHaveLength(1);
    expect(Buffer.compare(bench.cars[0]?.photo ?? new Uint8Array(), picture)).toBe(0);
  });

  it('that breaks within a picture has told of the car', async () => {
    await greeted();
    const frame = framed({ cmd: 'ivs_result', id: 9, PlateResult: { license: '_无_', plateid: 9 } });
    frame.writeUInt32BE(50_000, 4);
    links.data(Buffer.concat([frame, Buffer.of(0, 0xff, 0xd8)]));
    links.down('断开');
    expect(bench.cars).toMatchObject([{ plateId: '9', photo: null }]);
  });
});

describe('inputs', () => {
  const inputs = [
    { source: 0, role: 'trigger-loop' },
    { source: 1, role: 'safety-loop', inverted: true },
  ];

  it('are asked for after each connection, and told where that is news', async () => {
    await greeted({ inputs });
    await answer('get_gpio_value', { state_code: 200, value: 0 });
    await answer('get_gpio_value', { state_code: 200, value: 1 });
    expect(bench.inputs).toEqual(['cam1 trigger-loop off', 'cam1 safety-loop off']);
    links.data(framed({ cmd: 'gpio_trigger', gpio: 0, value: 1 }));
    links.data(framed({ cmd: 'gpio_trigger', gpio: 3, value: 1 }));
    expect(bench.inputs.slice(2)).toEqual(['cam1 trigger-loop on']);
  });

  it('of before a reconnect keep the arm up until they are read again', async () => {
    const wired = { inputs: [{ source: 1, role: 'safety-loop' }] };
    const closes = () => asked().filter(({ body }) => body['cmd'] === 'ioctl_resp').length;
    await greeted(wired);
    expect(await camera.gate('close')).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining('没有读到'),
    });
    await answer('get_gpio_value', { state_code: 200, value: 0 });
    void camera.gate('close');
    expect(closes()).toBe(1);
    links.down('x');
    links.up();
    await answer('getsn', { state_code: 200, value: SERIAL });
    expect(bench.states.at(-1)).toBe('cam1 online');
    expect(await camera.gate('close')).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining('没有读到'),
    });
    // It opens all the same.
    void camera.gate('open');
    expect([closes(), last('ioctl_resp').body]).toEqual([2, expect.objectContaining({ io: 0 })]);
    // Asked by the order that was refused; it is as it was, which is no news.
    await answer('get_gpio_value', { state_code: 200, value: 0 });
    void camera.gate('close');
    expect([closes(), bench.inputs]).toEqual([3, ['cam1 safety-loop off']]);
  });

  it('keep the arm up while a car is under it', async () => {
    await greeted({ inputs });
    links.data(framed({ cmd: 'gpio_trigger', gpio: 1, value: 0 }));
    expect(await camera.gate('close')).toMatchObject({ outcome: 'refused' });
    links.data(framed({ cmd: 'gpio_trigger', gpio: 1, value: 1 }));
    void camera.gate('close');
    expect(last('ioctl_resp').body).toMatchObject({ io: 1 });
  });
});

it('what a head that was none has swallowed is heard when nothing more comes', async () => {
  await greeted({ inputs: [{ source: 0, role: 'trigger-loop' }] });
  const falseHead = Buffer.from('565a000100080000', 'hex');
  links.data(Buffer.concat([falseHead, Buffer.from('{'), framed({ cmd: 'gpio_trigger', gpio: 0, value: 1 })]));
  await bench.clock.advance(4_900);
  expect(bench.inputs).toEqual([]);
  await bench.clock.advance(200);
  expect(bench.inputs).toEqual(['cam1 trigger-loop on']);
  links.data(framed({ cmd: 'gpio_trigger', gpio: 0, value: 0 }));
  expect(bench.inputs.slice(1)).toEqual(['cam1 trigger-loop off']);
});

it('a car that stayed and is gone (65) is no read; one that turned back (66) says so', async () => {
  await greeted();
  for (const triggerType of [65, 66])
    links.data(framed({ cmd: 'ivs_result', id: triggerType, PlateResult: { license: '_无_', triggerType } }));
  expect(bench.reads).toMatchObject([{ plateId: '66', motion: 'turned-back', trigger: 'turned-back' }]);
});

describe('with a camera on a real socket', () => {
  let peer: Peer;
  const deadline = { answerMs: 1_000 };
  const start = async (options: VzenithTcpOptions = {}, extra: object = {}): Promise<void> => {
    peer = new Peer({ serialNo: SERIAL, ...options });
    await peer.start();
    bench = new Bench();
    const deps: DeviceDeps = {
      ...bench.deps,
      clock: new SystemClock(),
      ids: { next: (prefix) => `${prefix}_${randomUUID().slice(0, 8)}` },
    };
    const wiring = { inputs: [{ source: 0, role: 'trigger-loop' }], pictures: 'both', ...deadline };
    const settings = vzenithTcp.settings.parse({
      ...{ serialNo: SERIAL, host: '127.0.0.1', port: peer.port },
      ...{ ...wiring, ...extra },
    });
    camera = new VzenithTcpCamera('cam1', settings, deps);
    await camera.start();
  };
  const online = () => until('online', () => bench.states.at(-1) === 'cam1 online');
  const subscribed = () => until('input read', () => bench.inputs.length > 0);
  afterEach(async () => {
    await camera.stop();
    expect(peer.complaints).toEqual([]);
    await peer.stop();
  });

  it.each(['full-first', 'clip-first'] as const)(
    'reads come whole in pieces of 7 bytes, pictures %s',
    async (pictureOrder) => {
      await start({ pictureOrder });
      await subscribed();
      peer.line.fragment = 7;
      const [full, clip] = [jpegOfSize(900), jpegOfSize(300)];
      const capturedAt = Date.now();
      peer.see({ license: '粤B12345', full, clip, capturedAt });
      await until('the picture', () => bench.cars[0]?.photo != null);
      expect(bench.cars).toHaveLength(1);
      expect(bench.cars[0]).toMatchObject({
        ...{ serialNo: SERIAL, plateId: '1', capturedAt, stored: false, confidence: 97 },
        plate: { text: '粤B12345', color: 'blue' },
      });
      expect(Buffer.compare(bench.cars[0]?.photo ?? new Uint8Array(), full)).toBe(0);
    },
  );

  it('opens, holds, speaks on RS-485, takes a picture, and tests itself without moving anything', async () => {
    await start();
    await subscribed();
    expect(await camera.gate('open')).toMatchObject({ outcome: 'done' });
    expect(await camera.gate('hold')).toMatchObject({ outcome: 'done' });
    expect(await camera.gate('release-hold')).toMatchObject({ outcome: 'done' });
    expect(peer.body.moves.map(({ relay, on, ms }) => [relay, on, ms])).toEqual([
      [0, true, 500],
      [0, true, null],
      [0, false, null],
    ]);
    expect(await camera.sendSerial(0, SPEECH)).toMatchObject({ outcome: 'done' });
    expect(await camera.sendSerial(1, Uint8Array.of(7))).toMatchObject({ outcome: 'done' });
    await until('the bytes', () => peer.body.serialOut.length === 2);
    expect(peer.body.serialOut.map(({ channel, bytes }) => [channel, bytes.toString('hex')])).toEqual([
      [0, Buffer.from(SPEECH).toString('hex')],
      [1, '07'],
    ]);
    expect(await camera.snapshot()).toMatchObject({ outcome: 'done' });
    expect(bench.snapshots.map((jpeg) => Buffer.compare(jpeg, peer.body.view))).toEqual([0]);
    const steps = await camera.selfTest();
    expect(steps.map(({ step, result }) => `${step} ${result}`)).toEqual([
      'connection ok',
      'commands ok',
      'clock skipped',
      'relay skipped',
      'driver skipped',
    ]);
    expect(peer.body.moves).toHaveLength(3);
  });

  it('a lost answer is unknown and the relay moved once; the camera comes back and may be told to hold again', async () => {
    await start();
    await subscribed();
    peer.faults.plan('ioctl_resp', { kind: 'answer-lost' });
    expect(await camera.gate('open')).toMatchObject({ outcome: 'unknown' });
    expect(peer.body.moves).toHaveLength(1);
    await until('offline', () => bench.states.includes('cam1 offline'));
    await online();
    expect(await camera.gate('hold')).toMatchObject({ outcome: 'done' });
    peer.faults.plan('ioctl_resp', { kind: 'refused', code: 500 });
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    expect(peer.body.moves).toHaveLength(2);
  });

  it('garbage and a late answer change nothing', async () => {
    await start({ strangeSeq: true, heartbeatMs: 100 });
    await subscribed();
    peer.garbage(Buffer.from('565a000000ffffff7b00565a', 'hex'));
    peer.faults.plan('ioctl_resp', { kind: 'slow', ms: 1_100 });
    expect(await camera.gate('open')).toMatchObject({ outcome: 'unknown' });
    expect(await camera.gate('hold')).toMatchObject({ outcome: 'done' });
    peer.see({ license: '_无_' });
    await until('the read', () => bench.reads.length === 1);
  });

  it('another camera at the address is not ours', async () => {
    await start({ serialNo: 'other' });
    await until('offline', () => bench.states.length > 0);
    peer.see({ license: '粤B12345' });
    expect(await camera.gate('open')).toMatchObject({ outcome: 'refused' });
    expect([bench.states, bench.reads, peer.body.moves]).toEqual([['cam1 offline'], [], []]);
    expect((await camera.selfTest()).map(({ result }) => result)).toEqual(['failed']);
  });
});
