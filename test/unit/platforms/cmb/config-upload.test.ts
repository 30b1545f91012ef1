import { afterEach, expect, it } from 'vitest';
import { Rules } from '../../../../electron/station/registry/rules.ts';
import { passageRulesSchema } from '../../../../shared/domain/passage-rules.ts';
import { ANNA, CmbWorld } from './cmb-world.ts';

let world: CmbWorld | undefined;
afterEach(async () => {
  await world?.dispose();
  world = undefined;
});

const told = (at: CmbWorld) => at.sent('ConfigUpload').map(({ config_items }) => config_items);
const rules = (at: CmbWorld) => new Rules(at.store, passageRulesSchema.parse({ graceMinutes: 30 }));
const open = async (): Promise<CmbWorld> => {
  world = await CmbWorld.open({ site: { rules: { graceMinutes: 30 } } });
  await world.heard('ConfigUpload');
  return world;
};

it('the time to leave is told at the start, in seconds', async () => {
  expect(told(await open())).toEqual(['{"reserved_out_time":1800}']);
});

it('it is told at every start, once: the bank, or the car park there, may be another one since', async () => {
  const station = await open();
  await station.pass(60_000);
  const queued = () => station.read.outbox.search({ key: 'config', offset: 0, limit: 10 }).items.length;
  expect([queued(), told(station).length]).toEqual([1, 1]);
  await station.restarted();
  expect(queued()).toBe(2);
});

it('it is told when it changes, also when it changes back, and nothing is told of other rules', async () => {
  const station = await open();
  const change = async (graceMinutes: number): Promise<void> => {
    rules(station).change({ graceMinutes }, ANNA);
    await station.pass(1000);
  };
  await change(20);
  rules(station).change({ debtExit: true }, ANNA);
  await station.pass(1000);
  await change(30);
  expect(told(station)).toEqual([
    '{"reserved_out_time":1800}',
    '{"reserved_out_time":1200}',
    '{"reserved_out_time":1800}',
  ]);
});

it('while the bank is away it waits, and arrives in the order in which it changed', async () => {
  const station = await open();
  station.answer('ConfigUpload', () => undefined);
  rules(station).change({ graceMinutes: 20 }, ANNA);
  await station.pass(12_000);
  rules(station).change({ graceMinutes: 10 }, ANNA);
  await station.pass(1000);
  station.answer('ConfigUpload', { status: 0, message: 'success' });
  await station.pass(600_000, 20);
  const { items } = station.read.outbox.search({ key: 'config', offset: 0, limit: 10 });
  expect(items.map(({ state }) => state)).toEqual([1, 1, 1]);
  expect(told(station).at(-1)).toBe('{"reserved_out_time":600}');
  expect(told(station).at(-2)).toBe('{"reserved_out_time":1200}');
});
