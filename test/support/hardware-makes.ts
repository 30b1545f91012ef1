import { DahuaCamera, type DahuaEvent } from '../peers/dahua/index.ts';
import { type HikEvent, HikvisionCamera } from '../peers/hikvision/index.ts';
import { HuaxiaCamera } from '../peers/huaxia/index.ts';
import { Lane } from '../peers/lane/index.ts';
import { OlmBoard } from '../peers/olm/index.ts';
import type { Pty } from '../peers/pty.ts';
import { QianyiCamera, type QianyiResult } from '../peers/qianyi/index.ts';
import { pause } from '../peers/timers.ts';
import type { HardwareLane, Surroundings } from './hardware-lane.ts';
import {
  ANY_PACE,
  AskedLane,
  arm,
  boardOn,
  boardSettings,
  cam,
  camera,
  FOUND_MS,
  HOST,
  LOOPS,
  led,
  OUTAGE_MS,
  onCamera,
  PASSWORD,
  photo,
  serialOf,
} from './hardware-wiring.ts';
import { until } from './until.ts';

/** 海康 that pushes, the plate ahead of the picture; the arm by `barrierGate`, the display on a serial port. */
export async function hikvisionPush({ stationPort }: Surroundings, line: Pty): Promise<HardwareLane> {
  const [id, iron, board, mac] = ['hik-push', new Lane(), new OlmBoard(ANY_PACE), '44:19:b6:00:00:11'];
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
    ...{ id, way: 'in', iron, loopsOn: cam(id), led: board },
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
    ...{ id, way: 'out', iron, loopsOn: cam(id) },
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
    ...{ id, way: 'in', iron },
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
    ...{ id, way: 'out', iron },
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
  const [relays, board] = [boardOn(iron), new OlmBoard(ANY_PACE)];
  const camId = '44-19-b6-00-00-21';
  const peer = new HuaxiaCamera({ url: `http://${HOST}:${stationPort}/devices/huaxia`, camId, resends: 2 });
  const unplug = [relays.plug(line), board.plug(line)];
  let last = '';
  const serial = { path: line.path, baudRate: 9600 };
  return {
    ...{ id, way: 'in', iron, loopsOn: arm(id), led: board },
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

/** 芊熠 over MQTT: arm and display on the camera. It tells of no loops, and answers no order, so that no answer can be lost. */
export async function qianyi({ brokerUrl }: Surroundings): Promise<HardwareLane> {
  const [id, iron, board, sn] = ['qianyi', new Lane(), new OlmBoard(ANY_PACE), 'QY0001'];
  const peer = new QianyiCamera({
    ...{ url: brokerUrl, sn, heartbeatMs: 500, registerMs: 300, resendMs: 1_000 },
    ...{ lane: iron, serial: serialOf(board) },
  });
  await peer.start();
  let last: QianyiResult | undefined;
  return {
    ...{ id, way: 'out', iron, led: board },
    devices: [camera(id, 'qianyi', { serialNo: sn, url: brokerUrl }), ...onCamera(id)],
    names: { camera: cam(id), barrier: arm(id), display: led(id) },
    see: async (plate) => {
      last = peer.see({ plate, inout: 'out', full: photo });
    },
    again: async () => last && peer.repeat(last),
    history: async (plate) => peer.see({ plate, offline: true, capturedAt: Date.now() - 60_000 }),
    complaints: () => [...peer.complaints, ...board.complaints],
    stop: () => Promise.all([peer.stop(), board.stop()]),
  };
}
