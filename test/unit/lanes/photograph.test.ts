import { beforeEach, expect, test } from 'vitest';
import type { Camera, CommandOutcome } from '../../../electron/station/devices/device.ts';
import { GateKeeper } from '../../../electron/station/lanes/gate-keeper.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { SystemIds } from '../../../electron/station/runtime/ids.ts';
import { laneSchema } from '../../../shared/domain/site.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { BOTH, IN } from '../../support/lane-world.ts';
import { memoryLog } from '../../support/silent-log.ts';

let clock: FakeClock;
let gates: GateKeeper;
let asked: string[];
let answer: () => Promise<CommandOutcome>;

beforeEach(() => {
  clock = new FakeClock();
  asked = [];
  answer = () => Promise.resolve({ outcome: 'done', detail: '' });
  const camera = (id: string): Camera => ({
    ...{ id, kind: 'camera', driver: 'test', lastSeenAt: () => null },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    gate: () => answer(),
    sendSerial: () => answer(),
    snapshot: () => {
      asked.push(id);
      return answer();
    },
  });
  const alarms = new Alarms(
    () => clock.now(),
    () => undefined,
  );
  const find = (id: string) => (id === 'none' ? undefined : camera(id));
  gates = new GateKeeper({ find, alarms, clock, ids: new SystemIds(clock), log: memoryLog() });
});

const lane = laneSchema.parse({ ...IN, camera: 'cam' });
/** The camera sends a picture, and it is kept, or not. */
const arrives = (cameraId = 'cam', why: string | null = null): string | undefined => {
  const claimed = gates.claimSnapshot(cameraId);
  claimed?.ended(why);
  return claimed?.photoId;
};
const told = <T>(promise: Promise<T>): { value?: T } => {
  const end: { value?: T } = {};
  promise.then((value) => Object.assign(end, { value })).catch(() => undefined);
  return end;
};

test('it tells once the picture is kept, and not before', async () => {
  const end = told(gates.photograph(lane, 'in', 5000));
  await clock.advance(4999);
  expect(end).toEqual({});
  const photoId = arrives();
  await clock.advance(0);
  expect(photoId).toBeDefined();
  expect(end).toEqual({ value: { photoId } });
  await clock.advance(60_000);
});

test('pictures that two wanted are given to each in turn', async () => {
  const [first, second] = [told(gates.photograph(lane, 'in', 5000)), told(gates.photograph(lane, 'in', 5000))];
  const ids = [arrives(), arrives()];
  await clock.advance(0);
  expect([first.value, second.value]).toEqual(ids.map((photoId) => ({ photoId })));
  expect(ids[0]).not.toBe(ids[1]);
  expect(arrives()).toBeUndefined();
});

test('nobody waits longer than he said; what comes then is still the one that was asked for, and nobody else’s', async () => {
  const late = told(gates.photograph(lane, 'in', 2000));
  await clock.advance(2000);
  expect(late.value).toEqual({ why: '相机没有按时送来图片' });
  const next = told(gates.photograph(lane, 'in', 5000));
  const [first, second] = [arrives(), arrives()];
  await clock.advance(0);
  expect(first).toBeDefined();
  expect(next.value).toEqual({ photoId: second });
});

test('a camera that never sends one is given up, however long somebody would wait', async () => {
  const end = told(gates.photograph(lane, 'in', 30_000));
  await clock.advance(15_000);
  expect(end.value).toEqual({ why: '相机没有送来图片' });
  expect(arrives()).toBeUndefined();
});

test('what the camera or the disk says is told: refused, no answer, a broken driver, not kept', async () => {
  answer = () => Promise.resolve({ outcome: 'refused', detail: '离线' });
  expect(await gates.photograph(lane, 'in', 5000)).toEqual({ why: '相机没有拍照：离线' });
  answer = () => Promise.resolve({ outcome: 'unknown', detail: '没有应答' });
  expect(await gates.photograph(lane, 'in', 5000)).toEqual({ why: '相机没有拍照：没有应答' });
  answer = () => Promise.reject(new Error('broken'));
  expect(await gates.photograph(lane, 'in', 5000)).toEqual({ why: '相机没有拍照：相机驱动异常' });
  expect(arrives()).toBeUndefined();
  answer = () => Promise.resolve({ outcome: 'done', detail: '' });
  const unkept = told(gates.photograph(lane, 'in', 5000));
  arrives('cam', '图片没有存下');
  await clock.advance(0);
  expect(unkept.value).toEqual({ why: '图片没有存下' });
});

test('the camera that looks at cars going this way is asked; without one there is no picture', async () => {
  const both = laneSchema.parse({ ...BOTH, camera: 'front', exitCamera: 'back' });
  const ends = [told(gates.photograph(both, 'in', 1000)), told(gates.photograph(both, 'out', 1000))];
  expect(asked).toEqual(['front', 'back']);
  await clock.advance(1000);
  expect(ends.map(({ value }) => value)).toEqual(Array(2).fill({ why: '相机没有按时送来图片' }));
  for (const without of [laneSchema.parse(IN), laneSchema.parse({ ...IN, camera: 'none' })])
    expect(await gates.photograph(without, 'in', 1000)).toEqual({ why: '车道没有配置相机' });
});
