import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { deviceEvents } from '../../../electron/station/device-events.ts';
import { GateKeeper } from '../../../electron/station/lanes/gate-keeper.ts';
import { LaneRuntime } from '../../../electron/station/lanes/runtime.ts';
import { Pricing } from '../../../electron/station/payments/pricing.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { SystemIds } from '../../../electron/station/runtime/ids.ts';
import { PhotoVault } from '../../../electron/station/store/photo-vault.ts';
import { siteSchema } from '../../../shared/domain/site.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { HOURLY, IN, plate } from '../../support/lane-world.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

let clock: FakeClock;
let temp: TempStore;
let lanes: LaneRuntime;
let events: ReturnType<typeof deviceEvents>;
let alarms: Alarms;
let gates: GateKeeper;
const log = memoryLog();

beforeEach(() => {
  clock = new FakeClock();
  temp = tempStore(clock);
  const { store } = temp;
  const ids = new SystemIds(clock);
  alarms = new Alarms(
    () => clock.now(),
    () => undefined,
  );
  const site = siteSchema.parse({ code: '370200000001', name: '停车场', totalSpaces: 10, openSpaces: 10 });
  const photos = new PhotoVault(join(temp.directory, 'photos'), store.read.photos, log);
  gates = new GateKeeper({ find: () => undefined, alarms, clock, ids, log });
  const lane = { ...IN, camera: 'cam1' };
  const pricing = new Pricing([HOURLY], site);
  lanes = new LaneRuntime({
    ...{ store, clock, ids, log, site, lanes: [lane], areas: [], pricing, photos, gates },
    watcher: { opened: () => undefined, over: () => undefined },
    authority: () => undefined,
    collectors: () => [],
  });
  events = deviceEvents({ store, clock, lanes, gates, photos, alarms, scanned: () => undefined, log });
});
afterEach(() => {
  lanes.stop();
  temp.dispose();
});

const diskFull = (full: boolean): void => {
  temp.db.pragma(`query_only = ${full ? 'ON' : 'OFF'}`);
};
const arrive = (): void =>
  events.plate({
    deviceId: 'cam1',
    serialNo: 's1',
    plateId: '1',
    plate: plate('鲁B12345'),
    confidence: 99,
    trigger: 'video',
    capturedAt: null,
    receivedAt: clock.now(),
    stored: false,
    photo: null,
  });

it('a passage whose time is up while nothing can be written is closed once it can', async () => {
  arrive();
  await clock.advance(100);
  expect(lanes.state(IN.id).phase).toBe('cleared');
  diskFull(true);
  // Thrown out of a timer, the failure would end the program: here it would fail this call.
  await clock.advance(200_000);
  expect(lanes.state(IN.id).phase).toBe('cleared');
  diskFull(false);
  // There is no arm here that could have opened: the lane is patient with the car for ten minutes.
  await clock.advance(11 * 60_000);
  expect(lanes.state(IN.id)).toMatchObject({ phase: 'idle', passage: null });
});

it('a camera whose clock is not ours is an alarm, until it agrees again', () => {
  const read = (capturedAt: number): void =>
    events.plate({
      ...{ deviceId: 'cam1', serialNo: 's1', plateId: String(capturedAt), plate: plate('鲁B12345'), confidence: 99 },
      ...{ trigger: 'video', capturedAt, receivedAt: clock.now(), stored: false, photo: null },
    });
  read(clock.now() - 240_000);
  expect(alarms.list()).toMatchObject([{ code: 'camera-clock', subject: 'cam1', severity: 'warning' }]);
  read(clock.now() - 900);
  expect(alarms.list()).toEqual([]);
});

it('a camera that opens by itself is an alarm, once; what it kept is told with its read alone', async () => {
  const read = (plateId: string, over: object = {}): void =>
    events.plate({
      ...{ deviceId: 'cam1', serialNo: 's1', plateId, plate: plate('鲁B12345'), confidence: 99, trigger: 'video' },
      ...{ capturedAt: null, receivedAt: clock.now(), stored: false, photo: null, ...over },
    });
  const raised = vi.spyOn(alarms, 'raise');
  const standing = () => alarms.list().filter(({ code }) => code === 'camera-opens');
  read('1', { stored: true, openedByCamera: true });
  expect(standing()).toEqual([]);
  for (const plateId of ['2', '2', '3']) read(plateId, { openedByCamera: true });
  read('4');
  expect(standing()).toMatchObject([
    { subject: 'cam1', severity: 'alarm', detail: expect.stringContaining('自行开闸') },
  ]);
  expect(raised.mock.calls.filter(([{ code }]) => code === 'camera-opens')).toHaveLength(2);
  const rows = temp.store.read.journal.list({ kind: 'plate-read', limit: 9 }).toReversed();
  const told = rows.map(({ body }) => ('direction' in body && 'openedByCamera' in body ? body.openedByCamera : null));
  expect(told).toEqual([true, true, true, null]);
  await clock.advance(25 * 3_600_000);
  read('5');
  expect(standing()).toEqual([]);
});

it('a read that is told again, or its picture, says nothing of the clock of its camera', async () => {
  const capturedAt = clock.now();
  const read = (photo: Uint8Array | null): void =>
    events.plate({
      ...{ deviceId: 'cam1', serialNo: 's1', plateId: '1', plate: plate('鲁B12345'), confidence: 99 },
      ...{ trigger: 'video', capturedAt, receivedAt: clock.now(), stored: false, photo },
    });
  read(null);
  await clock.advance(20_000);
  read(Uint8Array.of(0xff, 0xd8, 0xff));
  expect(alarms.list().filter(({ code }) => code === 'camera-clock')).toEqual([]);
});

it('a device that goes silent while nothing can be written ends nothing', () => {
  diskFull(true);
  expect(() => events.state('cam1', 'offline', 'silent')).not.toThrow();
  diskFull(false);
  events.state('cam1', 'online', 'back');
  expect(temp.store.read.journal.list({ kind: 'device-state', limit: 9 })).toMatchObject([
    { body: { state: 'online' } },
  ]);
});

it('a loop that changes while nothing can be written is heard by the arm and by the lane', () => {
  const [arm, lane] = [vi.spyOn(gates, 'safetyLoop'), vi.spyOn(lanes, 'safetyLoop')];
  const trigger = vi.spyOn(lanes, 'triggerLoop');
  diskFull(true);
  // Thrown out of a driver's timer, the failure would end the program.
  expect(() => events.input('cam1', 'safety-loop', true)).not.toThrow();
  expect(() => events.input('cam1', 'trigger-loop', true)).not.toThrow();
  diskFull(false);
  expect(arm.mock.calls.map(([, id, on]) => [id, on])).toEqual([['cam1', true]]);
  expect(lane.mock.calls).toEqual([[IN.id, true]]);
  expect(trigger.mock.calls).toEqual([[IN.id, true]]);
});

it('a picture that cannot be stored is told to whom it was for, and ends nothing; nor does a fault', () => {
  const ended: (string | null)[] = [];
  const lane = { ...IN, camera: 'cam1' };
  vi.spyOn(gates, 'claimSnapshot').mockReturnValue({
    ...{ photoId: 'ph_1', lane, retake: null },
    ended: (why) => void ended.push(why),
  });
  diskFull(true);
  expect(() => events.snapshot('cam1', Uint8Array.of(0xff, 0xd8, 0xff))).not.toThrow();
  diskFull(false);
  expect(ended).toEqual(['图片没有存下']);
  vi.spyOn(alarms, 'raise').mockImplementation(() => {
    throw new Error('database or disk is full');
  });
  expect(() => events.fault('cam1', 'firmware', 'old')).not.toThrow();
  expect(alarms.raise).toHaveBeenCalledOnce();
});
