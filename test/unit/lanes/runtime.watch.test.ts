import { afterEach, expect, it } from 'vitest';
import { watchNearEntries } from '../../../electron/station/lanes/near-entry.ts';
import { watchLife } from '../../../electron/station/life.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { SystemIds } from '../../../electron/station/runtime/ids.ts';
import { tariffSchema } from '../../../shared/domain/tariff.ts';
import { HOURLY } from '../../support/lane-world.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { IN1, OUT1, Rig } from './runtime-rig.ts';

let rig: Rig;
afterEach(() => rig.dispose());
const user = { kind: 'user', name: '李四' } as const;

it('two plates that a camera may take for each other are a case, after the arm was told', async () => {
  rig = new Rig();
  const stop = watchNearEntries({ ...rig, ids: new SystemIds(rig.clock), log: memoryLog() });
  await rig.parked('鲁B8R123', 5);
  rig.car(IN1, '鲁B8P123');
  expect(rig.moves.at(-1)).toBe('in1:open');
  expect(rig.events('case-changed')).toEqual([]);
  await rig.clock.advance(1);
  expect(rig.events('case-changed')).toMatchObject([
    { body: { case: { kind: 'near-plate', plate: '鲁B8P123', closedAt: null } } },
  ]);
  await rig.clock.advance(300_000);
  rig.car(IN1, '鲁B55555');
  await rig.clock.advance(1);
  expect(rig.events('case-changed')).toHaveLength(1);
  stop();
});

it('a clock that was set makes the bills of the cars inside wait for a look, and of no later one', async () => {
  rig = new Rig();
  await rig.parked('鲁B12345', 5);
  const { clock, store } = rig;
  const ids = new SystemIds(clock);
  const alarms = new Alarms(
    () => clock.now(),
    () => undefined,
  );
  const stop = watchLife({ store, clock, ids, alarms, log: memoryLog() });
  await clock.advance(10_000);
  clock.jumpWall(2 * 3_600_000);
  await clock.advance(10_000);
  expect(alarms.list().map((alarm) => alarm.code)).toContain('clock-moved');
  rig.car(OUT1, '鲁B12345');
  expect(rig.passage(OUT1)).toMatchObject({ attention: 'doubtful' });
  rig.lanes.order(OUT1.id, { type: 'approve', reason: '时钟已核对', actor: user });
  expect(rig.phase(OUT1)).toBe('charging');
  rig.lanes.order(OUT1.id, { type: 'release', reason: '时钟', actor: user });
  await rig.parked('鲁B67890', 90);
  rig.car(OUT1, '鲁B67890');
  expect(rig.phase(OUT1)).toBe('charging');
  stop();
});

it('a scanned id that nobody inside has brings no car before the exit', () => {
  rig = new Rig();
  expect(() => rig.lanes.identify(OUT1.id, 'nobody-has-this', user)).toThrow(
    expect.objectContaining({ reason: 'not-inside' }),
  );
  expect(rig.lanes.state(OUT1.id)).toMatchObject({ phase: 'idle', passage: null });
});

it('what a phone is asked for is what the exit asks for, where every exit names one tariff', async () => {
  const park = tariffSchema.parse({
    id: 'park',
    name: '全场',
    rules: [{ vehicleClasses: ['small'], followingPeriod: { minutes: 60, feeFen: 100 } }],
  });
  rig = new Rig({ tariffs: [HOURLY, park], lanes: [IN1, { ...OUT1, tariff: 't' }] });
  await rig.parked('鲁B12345', 61);
  const stay = rig.store.read.stays.inside('鲁B12345');
  rig.car(OUT1, '鲁B12345');
  expect(rig.passage(OUT1)?.bill?.dueFen).toBe(1000);
  expect(stay && rig.lanes.account(stay)?.dueFen).toBe(1000);
});
