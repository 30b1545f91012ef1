import { startFaultProxy } from '../peers/fault-proxy.ts';
import { Lane, type LaneOptions } from '../peers/lane/index.ts';
import type { RelayBoard } from '../peers/modbus/index.ts';
import { OlmBoard } from '../peers/olm/index.ts';
import { pause } from '../peers/timers.ts';
import { VzenithCamera } from '../peers/vzenith/index.ts';
import { VzenithMqttCamera } from '../peers/vzenith-mqtt/index.ts';
import { VzenithTcpCamera } from '../peers/vzenith-tcp/index.ts';
import type { HardwareLane, Surroundings } from './hardware-lane.ts';
import {
  ANY_PACE,
  arm,
  boardOn,
  boardSettings,
  cam,
  camera,
  cameraInputs,
  FOUND_MS,
  HOST,
  led,
  OUTAGE_MS,
  onCamera,
  photo,
  serialOf,
  TornWires,
} from './hardware-wiring.ts';
import { until } from './until.ts';

export interface HttpParts {
  /** As `see`, but the first answer is lost on its way: the camera hears nothing of it, and asks again. */
  seeUnheard(plate: string): Promise<unknown>;
}

/** 臻识 over HTTP with comet: relays, loops and the display on the camera. */
export async function vzenithHttp({ stationPort }: Surroundings): Promise<HardwareLane & HttpParts> {
  const [id, iron, board] = ['http', new Lane(), new OlmBoard(ANY_PACE)];
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
    ...{ id, way: 'in', iron, loopsOn: cam(id), led: board, ordersInReplies: true as const },
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
  const board = new OlmBoard({ ...ANY_PACE, through: torn.through });
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
      ...(!bare && { loopsOn: arm(id) }),
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
  const [id, iron, board, sn] = ['mqtt', new Lane(), new OlmBoard(ANY_PACE), 'SN-MQTT-1'];
  const peer = new VzenithMqttCamera({
    ...{ url: brokerUrl, sn, preview: true, leadingZero: true, keepAliveMs: 500 },
    ...{ lane: iron, serial: serialOf(board) },
  });
  await peer.start();
  let last: ReturnType<VzenithMqttCamera['see']> | undefined;
  const settings = { serialNo: sn, url: brokerUrl, answerMs: 2_000, inputs: cameraInputs };
  return {
    ...{ id, way: 'in', iron, loopsOn: cam(id), led: board },
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
