import { DahuaCamera, type DahuaEvent } from '../peers/dahua/index.ts';
import { startFaultProxy } from '../peers/fault-proxy.ts';
import { type HikEvent, HikvisionCamera } from '../peers/hikvision/index.ts';
import { HuaxiaCamera } from '../peers/huaxia/index.ts';
import { Lane, type LaneOptions, type LoopName, wireInputs, wireRelays } from '../peers/lane/index.ts';
import { RelayBoard } from '../peers/modbus/index.ts';
import { OlmBoard } from '../peers/olm/index.ts';
import type { Pty } from '../peers/pty.ts';
import { QianyiCamera, type QianyiResult } from '../peers/qianyi/index.ts';
import { pause } from '../peers/timers.ts';
import { VzenithCamera } from '../peers/vzenith/index.ts';
import { VzenithMqttCamera } from '../peers/vzenith-mqtt/index.ts';
import { VzenithTcpCamera } from '../peers/vzenith-tcp/index.ts';
import { arm, cam, type HardwareLane, led, photo, type Surroundings, TornWires } from './hardware-lane.ts';
import { until } from './until.ts';

const HOST = '127.0.0.1';
const PASSWORD = 'Abc12345';
const OUTAGE_MS = 150;
/** A station looks for what it lost after a tenth of a second, then after one, then after two. */
const FOUND_MS = 10_000;
/** A board at which nobody polls needs no more than this under its arm. */
const QUICK_MS = 80;
const POLLED_MS = 500;
const LOOPS = ['trigger-loop', 'safety-loop'] as const;
const cameraInputs = LOOPS.map((role, source) => ({ source, role }));

const onCamera = (id: string): object[] => [
  { id: arm(id), kind: 'barrier', driver: 'camera', settings: { camera: cam(id) } },
  { id: led(id), kind: 'display', driver: 'olm-camera', settings: { camera: cam(id), channel: 0 } },
];
const camera = (id: string, driver: string, settings: object): object => ({
  ...{ id: cam(id), kind: 'camera', driver, settings },
});
const serialOf =
  (board: OlmBoard) =>
  (channel: number, bytes: Buffer): readonly Buffer[] =>
    channel === 0 ? board.receive(bytes) : [];

/** Counts how often somebody asked how its loops are. */
class AskedLane extends Lane {
  asked = 0;

  override loop(name: LoopName): boolean {
    this.asked += 1;
    return super.loop(name);
  }
}

/** The relays, loops and limit switches of a lane on a board of its own. */
export function boardOn(iron: Lane, through?: TornWires['through']): RelayBoard {
  const inputs = { 0: 'trigger', 1: 'safety', 2: 'arm-up', 3: 'arm-down' } as const;
  return new RelayBoard({
    relays: wireRelays(iron, { 0: 'open', 1: 'close' }),
    inputs: wireInputs(iron, inputs, { count: 8 }),
    ...(through && { through }),
  });
}
export const boardSettings = {
  ...{ closeCoil: 1, pollMs: 50, debounceMs: 20 },
  inputs: [...LOOPS, 'arm-up', 'arm-down'].map((role, input) => ({ input, role })),
};

export interface HttpParts {
  /** As `see`, but the first answer is lost on its way: the camera hears nothing of it, and asks again. */
  seeUnheard(plate: string): Promise<unknown>;
}

/** 臻识 over HTTP with comet: relays, loops and the display on the camera. */
export async function vzenithHttp({ stationPort }: Surroundings): Promise<HardwareLane & HttpParts> {
  const [id, iron, board] = ['http', new Lane(), new OlmBoard()];
  const serialno = 'SN-HTTP-1';
  const line = await startFaultProxy(stationPort);
  const peer = new VzenithCamera({
    ...{ serialno, url: `http://${HOST}:${line.port}/devices/vzenith-http`, cometErrorPauseMs: 100 },
    wires: { lane: iron, serial: serialOf(board) },
  });
  let plateId = 1_000;
  let last: Parameters<VzenithCamera['pushRecord']>[0] | undefined;
  const settings = { serialNo: serialno, inputs: cameraInputs, snapshotPort: stationPort };
  peer.startComet();
  const see = (license: string): Promise<unknown> => {
    plateId += 1;
    const options = license === '' ? { image: photo, type: 31, colorType: 0 } : { image: photo };
    last = { plateId, license: license || '_无_', options, capturedAt: Date.now() };
    return peer.pushRecord(last);
  };
  return {
    ...{ id, way: 'in', iron, passMs: QUICK_MS, led: board },
    devices: [camera(id, 'vzenith-http', settings), ...onCamera(id)],
    names: { camera: cam(id), barrier: arm(id), display: led(id) },
    see,
    seeUnheard: async (license) => {
      const attempts = peer.attempts.length;
      line.set({ cutAfter: { down: 20 } });
      const seen = see(license);
      await until('an answer is lost', () => peer.attempts.length > attempts);
      line.set({});
      return seen;
    },
    again: async () => last && peer.pushRecord(last),
    history: async (license) => {
      peer.keep(license, { image: photo, capturedAt: Date.now() - 60_000 });
      await peer.deliverStored();
      await until('the camera has nothing stored', () => peer.stored.length === 0);
    },
    complaints: () => [...peer.protocolFaults, ...board.complaints],
    stop: () => Promise.all([peer.stop(), board.stop(), line.stop()]),
  };
}

export interface TcpParts {
  readonly peer: VzenithTcpCamera;
  readonly relays: RelayBoard;
}
export interface TcpOptions {
  readonly id?: string;
  readonly way?: 'in' | 'out';
  readonly iron?: LaneOptions;
  /** Neither loops nor a display. */
  readonly bare?: boolean;
  /** Laid over the settings of the relay board. */
  readonly board?: object;
}

/** 臻识 over port 8131, the arm and the loops on a Modbus TCP board, the display on its own TCP port. */
export async function vzenithTcp(options: TcpOptions = {}): Promise<HardwareLane & TcpParts> {
  const { id = 'tcp', way = 'out', bare = false } = options;
  const iron = new Lane(options.iron);
  const torn = new TornWires();
  const peer = new VzenithTcpCamera({ serialNo: `SN-${id}` });
  const relays = boardOn(iron, torn.through);
  const board = new OlmBoard({ through: torn.through });
  const [boardPort, ledPort] = await Promise.all([relays.listenTcp(), board.listen(), peer.start()]);
  let last: ReturnType<VzenithTcpCamera['see']> | undefined;
  const listened = (): number => peer.body.commands.filter(({ name }) => name === 'ivsresult').length;
  const display = { id: led(id), kind: 'display', driver: 'olm-tcp', settings: { host: HOST, port: ledPort } };
  const wired = { host: HOST, port: boardPort, ...boardSettings, ...(bare && { inputs: [] }), ...options.board };
  return {
    ...{
      id,
      way,
      iron,
      passMs: bare ? QUICK_MS : POLLED_MS,
      peer,
      relays,
      ...(!bare && { led: board, ledAlone: true }),
    },
    devices: [
      camera(id, 'vzenith-tcp', { serialNo: `SN-${id}`, host: HOST, port: peer.port }),
      { id: arm(id), kind: 'barrier', driver: 'modbus-tcp', settings: wired },
      ...(bare ? [] : [display]),
    ],
    names: { camera: cam(id), barrier: arm(id), ...(!bare && { display: led(id) }) },
    see: async (license) => {
      last = peer.see({ license, full: photo });
    },
    again: async () => last && peer.send(last),
    history: async (license) => peer.see({ license, full: photo, isOffline: 1, capturedAt: Date.now() - 60_000 }),
    loseAnswer: () => relays.fault({ kind: 'lose-echo' }),
    tear: (on) => {
      if (on) peer.line.fragment = 7;
      else delete peer.line.fragment;
      torn.set(on ? { split: 3, gapMs: 1, delayMs: 3 } : {});
    },
    unplugged: async () => {
      const before = listened();
      await peer.refuse();
      await pause(OUTAGE_MS);
      await peer.start();
      await until(`camera of ${id} is listened to`, () => listened() > before, FOUND_MS);
    },
    complaints: () => [...peer.complaints, ...board.complaints],
    stop: () => Promise.all([peer.stop(), relays.stop(), board.stop()]),
  };
}

/** 臻识 over MQTT: relays, loops and the display on the camera; early results, and heartbeats that begin with a zero byte. */
export async function vzenithMqtt({ brokerUrl }: Surroundings): Promise<HardwareLane> {
  const [id, iron, board, sn] = ['mqtt', new Lane(), new OlmBoard(), 'SN-MQTT-1'];
  const peer = new VzenithMqttCamera({
    ...{ url: brokerUrl, sn, preview: true, leadingZero: true, keepAliveMs: 500 },
    ...{ lane: iron, serial: serialOf(board) },
  });
  await peer.start();
  let last: ReturnType<VzenithMqttCamera['see']> | undefined;
  const settings = { serialNo: sn, url: brokerUrl, answerMs: 1_000, inputs: cameraInputs };
  return {
    ...{ id, way: 'in', iron, passMs: QUICK_MS, led: board },
    devices: [camera(id, 'vzenith-mqtt', settings), ...onCamera(id)],
    names: { camera: cam(id), barrier: arm(id), display: led(id) },
    see: async (license) => {
      last = peer.see({ license, full: photo });
    },
    again: async () => last && peer.send(last),
    history: async (license) => {
      const { connections } = peer.line;
      peer.line.drop();
      await until('the camera noticed it', () => !peer.line.connected);
      peer.see({ license, full: photo, capturedAt: Date.now() - 60_000 });
      await until('the camera is back', () => peer.line.connections > connections && peer.line.connected);
      peer.sendKept();
    },
    loseAnswer: () => peer.faults.plan('gpio_out', { kind: 'silent' }),
    complaints: () => [...peer.complaints, ...board.complaints],
    stop: () => Promise.all([peer.stop(), board.stop()]),
  };
}

/** 海康 that pushes, the plate ahead of the picture; the arm by `barrierGate`, the display on a serial port. */
export async function hikvisionPush({ stationPort }: Surroundings, line: Pty): Promise<HardwareLane> {
  const [id, iron, board, mac] = ['hik-push', new Lane(), new OlmBoard(), '44:19:b6:00:00:11'];
  const peer = new HikvisionCamera({ lane: iron, mac, plateFirst: true, needsBaseline: true, resends: 3 });
  await peer.start();
  const unplug = board.plug(line);
  let last: HikEvent | undefined;
  const settings = {
    ...{ serialNo: mac, host: HOST, port: peer.port, password: PASSWORD, receive: 'push', gate: 'barrierGate' },
    ...{ stationAddress: HOST, stationPort, inputPollMs: 100 },
    inputs: LOOPS.map((role, index) => ({ number: index + 1, role })),
  };
  return {
    ...{ id, way: 'in', iron, passMs: POLLED_MS, led: board },
    devices: [
      camera(id, 'hikvision', settings),
      { id: arm(id), kind: 'barrier', driver: 'camera', settings: { camera: cam(id) } },
      { id: led(id), kind: 'display', driver: 'olm-serial', settings: { path: line.path } },
    ],
    names: { camera: cam(id), barrier: arm(id), display: led(id) },
    see: async (plate) => {
      await until('the camera was told where to push to', () => peer.host !== null);
      last = await peer.see({ plate, pictures: [{ type: 'detectionPicture', bytes: photo }] });
    },
    again: async () => last && peer.send(last),
    history: async (plate) => {
      peer.keep({ plate, capturedAt: Date.now() - 60_000, pictures: [{ type: 'detectionPicture', bytes: photo }] });
      await peer.sendKept();
    },
    loseAnswer: () => peer.faults.plan('barrierGate', { kind: 'answer-lost' }),
    tear: (on) => line.fault('out', on ? { split: 2, gapMs: 1, delayMs: 3 } : {}),
    complaints: () => [...peer.complaints, ...board.complaints],
    stop: () => {
      unplug();
      return Promise.all([peer.stop(), board.stop()]);
    },
  };
}

/** 海康 that is listened to; the arm on its relays, of which the station ends the pulses. */
export async function hikvisionStream(): Promise<HardwareLane> {
  const [id, iron, mac] = ['hik-stream', new AskedLane(), '44:19:b6:00:00:12'];
  const peer = new HikvisionCamera({ lane: iron, mac, heartbeatMs: 500 });
  await peer.start();
  let last: HikEvent | undefined;
  const settings = {
    ...{
      serialNo: mac,
      host: HOST,
      port: peer.port,
      password: PASSWORD,
      gate: 'relay',
      pulseMs: 300,
      inputPollMs: 100,
    },
    inputs: LOOPS.map((role, index) => ({ number: index + 1, role })),
  };
  const listening = (): boolean => peer.stream.listeners > 0;
  const pictures = [{ type: 'detectionPicture', bytes: photo }] as const;
  return {
    ...{ id, way: 'out', iron, passMs: POLLED_MS },
    devices: [camera(id, 'hikvision', settings)],
    names: { camera: cam(id) },
    see: async (plate) => {
      await until('the camera is listened to', listening, FOUND_MS);
      last = await peer.see({ plate, pictures });
    },
    again: async () => last && peer.send(last),
    history: async (plate) => {
      peer.keep({ plate, capturedAt: Date.now() - 60_000, pictures });
      await peer.sendKept();
    },
    loseAnswer: () => peer.faults.plan('trigger', { kind: 'answer-lost' }),
    tear: (on) => {
      if (on) peer.streamFault.pieces = 11;
      else delete peer.streamFault.pieces;
    },
    unplugged: async () => {
      await peer.refuse();
      await pause(OUTAGE_MS);
      const { asked } = iron;
      await peer.start();
      await until(`camera of ${id} is listened to, and asked`, () => listening() && iron.asked > asked + 4, FOUND_MS);
    },
    complaints: () => peer.complaints,
    stop: () => peer.stop(),
  };
}

/** 大华 that is listened to, the arm by CGI. It tells of no loops. */
export async function dahuaStream(): Promise<HardwareLane> {
  const [id, iron] = ['dahua-stream', new Lane()];
  const peer = new DahuaCamera({ lane: iron, heartbeatMs: 500 });
  await peer.start();
  let last: DahuaEvent | undefined;
  const listening = (): boolean => peer.streams.listeners('snap') > 0;
  const settings = { serialNo: 'DH-1', host: HOST, port: peer.port, password: PASSWORD };
  return {
    ...{ id, way: 'in', iron, passMs: QUICK_MS },
    devices: [camera(id, 'dahua', settings)],
    names: { camera: cam(id) },
    see: async (plate) => {
      await until('the camera is listened to', listening, FOUND_MS);
      last = await peer.see({ plate, pictures: [photo] });
    },
    again: async () => last && peer.send(last),
    history: (plate) => peer.see({ plate, capturedAt: Date.now() - 60_000, extra: { IsOffline: 'true' } }),
    loseAnswer: () => peer.faults.plan('openStrobe', { kind: 'answer-lost' }),
    tear: (on) => {
      if (on) peer.streamFault.pieces = 13;
      else delete peer.streamFault.pieces;
    },
    unplugged: async () => {
      const { opened } = peer.streams;
      await peer.refuse();
      await pause(OUTAGE_MS);
      await peer.start();
      await until(`camera of ${id} is listened to`, () => peer.streams.opened > opened && listening(), FOUND_MS);
    },
    complaints: () => peer.complaints,
    stop: () => peer.stop(),
  };
}

/** 大华 with newer firmware: it pushes, and its arm is ordered by RPC2. It tells of no loops. */
export async function dahuaWeb5({ stationPort }: Surroundings): Promise<HardwareLane> {
  const [id, iron, deviceId] = ['dahua-web5', new Lane(), 'ITC-5'];
  const url = `http://${HOST}:${stationPort}/devices/dahua`;
  const peer = new DahuaCamera({ lane: iron, web5: true, push: { url, deviceId } });
  await peer.start();
  let last: DahuaEvent | undefined;
  const settings = { serialNo: deviceId, host: HOST, port: peer.port, password: PASSWORD, receive: 'push' };
  return {
    ...{ id, way: 'out', iron, passMs: QUICK_MS },
    devices: [camera(id, 'dahua', settings)],
    names: { camera: cam(id) },
    see: async (plate) => {
      last = await peer.see({ plate, pictures: [photo] });
    },
    again: async () => last && peer.send(last),
    loseAnswer: () => peer.faults.plan('RPC2', { kind: 'answer-lost' }),
    complaints: () => peer.complaints,
    stop: () => peer.stop(),
  };
}

/** 华夏智信, which only tells plates: the arm on a relay board, and that on one RS-485 with the display. */
export async function huaxia({ stationPort }: Surroundings, line: Pty): Promise<HardwareLane> {
  const [id, iron] = ['huaxia', new Lane()];
  // A board sees the frames for the other one, too; of its own there are few enough.
  const [relays, board] = [boardOn(iron), new OlmBoard()];
  const camId = '44-19-b6-00-00-21';
  const peer = new HuaxiaCamera({ url: `http://${HOST}:${stationPort}/devices/huaxia`, camId, resends: 2 });
  const unplug = [relays.plug(line), board.plug(line)];
  let last = '';
  const serial = { path: line.path, baudRate: 9600 };
  return {
    ...{ id, way: 'in', iron, passMs: POLLED_MS, led: board },
    devices: [
      camera(id, 'huaxia', { serialNo: camId }),
      { id: arm(id), kind: 'barrier', driver: 'modbus-rtu', settings: { ...serial, ...boardSettings } },
      { id: led(id), kind: 'display', driver: 'olm-serial', settings: serial },
    ],
    names: { camera: cam(id), barrier: arm(id), display: led(id) },
    see: (plate) => {
      last = peer.form({ plate, picture: photo });
      return peer.send(last);
    },
    again: () => peer.send(last),
    history: (plate) => peer.see({ plate, picture: photo, offline: true, capturedAt: Date.now() - 60_000 }),
    loseAnswer: () => relays.fault({ kind: 'lose-echo' }),
    tear: (on) => line.fault('out', on ? { split: 2, gapMs: 1, delayMs: 3 } : {}),
    unplugged: async () => {
      await line.cut();
      await pause(OUTAGE_MS);
      await line.replug();
      const before = relays.requests.length;
      await until('the board is polled', () => relays.requests.length > before + 5, FOUND_MS);
    },
    complaints: () => [...peer.complaints, ...board.complaints],
    stop: async () => {
      for (const end of unplug) end();
      await Promise.all([peer.stop(), relays.stop(), board.stop()]);
    },
  };
}

/** 芊熠 over MQTT: arm and display on the camera. It tells of no loops. */
export async function qianyi({ brokerUrl }: Surroundings): Promise<HardwareLane> {
  const [id, iron, board, sn] = ['qianyi', new Lane(), new OlmBoard(), 'QY0001'];
  const peer = new QianyiCamera({
    ...{ url: brokerUrl, sn, heartbeatMs: 500, registerMs: 300, resendMs: 1_000 },
    ...{ lane: iron, serial: serialOf(board) },
  });
  await peer.start();
  let last: QianyiResult | undefined;
  return {
    ...{ id, way: 'out', iron, passMs: QUICK_MS, led: board },
    devices: [camera(id, 'qianyi', { serialNo: sn, url: brokerUrl }), ...onCamera(id)],
    names: { camera: cam(id), barrier: arm(id), display: led(id) },
    see: async (plate) => {
      last = peer.see({ plate, inout: 'out', full: photo });
    },
    again: async () => last && peer.repeat(last),
    history: async (plate) => peer.see({ plate, offline: true, capturedAt: Date.now() - 60_000 }),
    loseAnswer: () => peer.faults.plan('iooutput', { kind: 'silent' }),
    complaints: () => [...peer.complaints, ...board.complaints],
    stop: () => Promise.all([peer.stop(), board.stop()]),
  };
}
