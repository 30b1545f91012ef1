import { expect, onTestFinished, test } from 'vitest';
import { deviceEvents } from '../../../electron/station/device-events.ts';
import type { Barrier, Device } from '../../../electron/station/devices/device.ts';
import { modbusInputsTcp } from '../../../electron/station/devices/modbus/index.ts';
import { isInputBoard } from '../../../electron/station/devices/narrow.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { PhotoVault } from '../../../electron/station/store/photo-vault.ts';
import { Lane } from '../../peers/lane/index.ts';
import { wireInputs } from '../../peers/lane/wiring.ts';
import { RelayBoard } from '../../peers/modbus/index.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { until } from '../../support/until.ts';
import { Bench } from '../devices/recording.ts';
import { A, user } from './given.ts';
import { IN1, OUT1, Rig } from './runtime-rig.ts';

/** Both lanes have their arms on cameras, and their loops on one board: two devices at one address. */
const LANES = [
  { ...IN1, io: 'io-in' },
  { ...OUT1, io: 'io-out' },
];
const iron = { in: new Lane({ passMs: 600 }), out: new Lane({ passMs: 600 }) };
const loops = {
  in: wireInputs(iron.in, { 0: 'trigger', 1: 'safety', 2: 'arm-up' }),
  out: wireInputs(iron.out, { 0: 'trigger', 1: 'safety' }),
};
const board = new RelayBoard({
  inputs: {
    read: () => [...loops.in.read(), ...loops.out.read()],
    onChange: (listener) => {
      const ends = [loops.in.onChange(listener), loops.out.onChange((input, on) => listener(input + 3, on))];
      return () => {
        for (const end of ends) end();
      };
    },
  },
});
const devices = new Map<string, Device>();

/** An arm that no board stands in for. */
const arm = (id: string, lane: Lane): Barrier => ({
  ...{ id, kind: 'barrier', driver: 'camera' },
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  lastSeenAt: () => null,
  arm: () => 'unknown',
  gate: (action) => {
    lane.pulse(action === 'close' ? 'close' : 'open', 200, action);
    return Promise.resolve({ outcome: 'done', detail: '' });
  },
});

test('loops on a board of their own: they are told at the lane, nothing falls onto a car, nor while the board is silent', async () => {
  const rig = new Rig({ iron: (id) => devices.get(id), lanes: LANES });
  const port = await board.listenTcp();
  onTestFinished(async () => {
    for (const device of devices.values()) await device.stop();
    rig.dispose();
    await board.stop();
    iron.in.stop();
    iron.out.stop();
  });
  const { gates } = rig;
  if (!gates) throw new Error('no gates');
  const photos = new PhotoVault(rig.directory, rig.store.read.photos, memoryLog());
  const events = deviceEvents({
    ...{ store: rig.store, clock: rig.clock, lanes: rig.lanes, gates, photos, alarms: rig.alarms, log: memoryLog() },
    scanned: () => undefined,
  });
  const inputs = (first: number) => [
    { input: first, role: 'trigger-loop' },
    { input: first + 1, role: 'safety-loop' },
  ];
  const deps = { ...new Bench().deps, clock: new SystemClock(), events };
  for (const [id, wired] of [
    ['io-in', [...inputs(0), { input: 2, role: 'arm-up' }]],
    ['io-out', inputs(3)],
  ] as const) {
    const settings = { host: '127.0.0.1', port, replyMs: 1_000, pollMs: 50, debounceMs: 20, inputs: wired };
    devices.set(id, modbusInputsTcp.create(id, modbusInputsTcp.settings.parse(settings), deps));
  }
  devices.set(IN1.barrier ?? '', arm(IN1.barrier ?? '', iron.in));
  devices.set(OUT1.barrier ?? '', arm(OUT1.barrier ?? '', iron.out));
  for (const device of devices.values()) await device.start();
  const told = (kind: 'device-state' | 'lane-input'): string[] =>
    rig.events(kind).map(({ laneId, body }) => `${laneId ?? ''} ${'role' in body ? String(body.role) : ''}`.trim());
  await until('both devices hear the board', () => told('device-state').length === 2);

  // One of them reads the arm as well.
  rig.car(LANES[0] ?? IN1, A);
  await until('the arm is up, by its switch', () => gates.position(LANES[0] ?? IN1) === 'open');
  await iron.in.standUnder(A);
  await until('the loop is told', () => rig.lanes.state(IN1.id).underArm);
  expect([...new Set(told('lane-input'))].sort()).toEqual(['in1 arm-up', 'in1 safety-loop', 'in1 trigger-loop']);
  expect(rig.lanes.state(OUT1.id).loopSeen).toBe(false);

  // A close waits for the car, and is carried out after it.
  const closes = (): number =>
    iron.in.moves.filter(({ contact, cause }) => contact === 'close' && cause === 'close').length;
  rig.lanes.gate(IN1.id, 'close', null, user);
  await rig.clock.advance(5_000);
  expect([closes(), rig.lanes.state(IN1.id).lastCommand?.outcome]).toEqual([0, 'pending']);
  expect(await iron.in.drive(A)).toBe(true);
  await until('it is carried out', async () => {
    await rig.clock.advance(500);
    return rig.lanes.state(IN1.id).lastCommand?.outcome === 'done';
  });
  expect([closes(), iron.in.collisions]).toEqual([1, []]);

  // With nobody under the arm, as far as was told, and a board that says nothing.
  const io = devices.get('io-in');
  if (!io || !isInputBoard(io)) throw new Error('no board');
  board.power(false);
  expect(await io.lookUnder()).toMatchObject({ under: 'unknown' });
  rig.lanes.gate(IN1.id, 'close', null, user);
  await until('it is refused', () => rig.lanes.state(IN1.id).lastCommand?.outcome === 'refused');
  expect(rig.lanes.state(IN1.id).lastCommand?.detail).toMatch(/^读不到防砸地感.*未落杆$/);
  expect(closes()).toBe(1);
});
