import { expect, onTestFinished, test } from 'vitest';
import { deviceEvents } from '../../../electron/station/device-events.ts';
import type { Barrier, DeviceEvents } from '../../../electron/station/devices/device.ts';
import { modbusTcp } from '../../../electron/station/devices/modbus/index.ts';
import { isBarrier } from '../../../electron/station/devices/narrow.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { PhotoVault } from '../../../electron/station/store/photo-vault.ts';
import { Lane } from '../../peers/lane/index.ts';
import { wireInputs, wireRelays } from '../../peers/lane/wiring.ts';
import { RelayBoard } from '../../peers/modbus/index.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { until } from '../../support/until.ts';
import { Bench } from '../devices/recording.ts';
import { user } from './given.ts';
import { IN1, OUT1, Rig } from './runtime-rig.ts';

const LONG = { replyMs: 2_000, pollMs: 50, debounceMs: 20 };

/** Lanes whose entrance has its arm and loops on a real board, which stands in the iron of a lane. */
class Station {
  readonly iron = new Lane({ passMs: 600 });
  readonly board = new RelayBoard({
    relays: wireRelays(this.iron, { 0: 'open', 1: 'close' }),
    inputs: wireInputs(this.iron, { 0: 'trigger', 1: 'safety' }),
  });
  #barrier: Barrier | undefined;
  readonly rig = new Rig({ iron: (id) => (id === IN1.barrier ? this.#barrier : undefined), lanes: [IN1, OUT1] });

  /** As a start of the program: devices first, then what the lanes remember. */
  async start(port: number): Promise<void> {
    const { rig } = this;
    const bench = new Bench();
    const { gates } = rig;
    if (!gates) throw new Error('no gates');
    const photos = new PhotoVault(rig.directory, rig.store.read.photos, memoryLog());
    const events: DeviceEvents = deviceEvents({
      ...{ store: rig.store, clock: rig.clock, lanes: rig.lanes, gates, photos, alarms: rig.alarms, log: memoryLog() },
      scanned: () => undefined,
    });
    const settings = modbusTcp.settings.parse({
      ...{ ...LONG, host: '127.0.0.1', port, closeCoil: 1 },
      inputs: [
        { input: 0, role: 'trigger-loop' },
        { input: 1, role: 'safety-loop' },
      ],
    });
    const barrier = modbusTcp.create(IN1.barrier ?? '', settings, { ...bench.deps, clock: new SystemClock(), events });
    if (!isBarrier(barrier)) throw new Error('no barrier');
    this.#barrier = barrier;
    await barrier.start();
  }

  async endDevices(): Promise<void> {
    await this.#barrier?.stop();
  }

  get last() {
    return this.rig.lanes.state(IN1.id).lastCommand;
  }
}

test('a held arm is held again after the board forgot it, and after the program was started again; it comes down after the car', async () => {
  const station = new Station();
  const { rig, board, iron } = station;
  onTestFinished(async () => {
    await station.endDevices();
    rig.dispose();
    await board.stop();
    iron.stop();
  });
  const port = await board.listenTcp();
  await station.start(port);
  const states = (): string[] =>
    rig.events('device-state').map(({ body }) => ('state' in body ? String(body.state) : ''));
  await until('the board is there', () => states().length === 1);

  rig.lanes.gate(IN1.id, 'hold', '高峰', user);
  await until('the coil is kept on', () => board.coils[0]);
  board.power(false);
  await until('it is missed', () => states().length === 2);
  expect(board.coils[0]).toBe(false);
  board.power(true);
  await until('it is held again', () => board.coils[0]);
  await until('that is known', () => station.last?.outcome === 'done');
  expect(station.last).toMatchObject({ action: 'hold', reason: '设备恢复后重新常抬' });

  // The program ends, and the board forgets meanwhile.
  await station.endDevices();
  board.power(false);
  board.power(true);
  rig.restart(1_000);
  await station.start(port);
  rig.lanes.recover(1_000);
  await until('it is held again after the start', () => board.coils[0]);

  // A car stands under the arm: the end of the hold waits for it, and shows as pending.
  await iron.standUnder('鲁B12345');
  await until('the loop is told', () => rig.lanes.state(IN1.id).loopSeen);
  const moved = iron.moves.length;
  rig.lanes.gate(IN1.id, 'release-hold', null, user);
  await rig.clock.advance(10_000);
  expect([station.last?.outcome, board.coils[0], iron.moves.length]).toEqual(['pending', true, moved]);
  expect(await iron.drive('鲁B12345')).toBe(true);
  await until('it is let go of', async () => {
    await rig.clock.advance(500);
    return station.last?.outcome === 'done';
  });
  await until('the arm is shut', () => iron.arm === 'closed');
  expect([board.coils[0], iron.collisions, rig.lanes.state(IN1.id).held]).toEqual([false, [], false]);
});
