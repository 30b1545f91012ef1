import { afterEach, expect, it } from 'vitest';
import { ANNA, CmbWorld } from './cmb-world.ts';

const QUIET_MS = 10_000;
const SITE = { totalSpaces: 700, openSpaces: 100, quotas: [{ id: 'q1', name: '租户', spaces: 600 }] };
const SETTINGS = { spaces: { everyMs: 300_000, quietMs: QUIET_MS } };

let world: CmbWorld | undefined;
afterEach(async () => {
  await world?.dispose();
  world = undefined;
});

async function open(): Promise<CmbWorld> {
  world = await CmbWorld.open({ site: SITE, settings: SETTINGS });
  await world.pass(1000);
  return world;
}
const told = (at: CmbWorld) =>
  at.sent('SpaceInfo').map((form) => [form['total_empty'], form['vip_empty'], form['tmp_empty']].join(' '));

it('the free spaces are the example of 5.2', async () => {
  const station = await open();
  expect(station.sent('SpaceInfo')).toEqual([
    {
      ...{ appid: 'ik45nfuz', park_code: '5201020001', total_empty: '700', vip_empty: '600', tmp_empty: '100' },
      sign: '95e830755bc684d6e8314d95d9883654',
    },
  ]);
});

it('they are told when a car comes in, at most so often, and only the newest', async () => {
  const station = await open();
  await station.pass(QUIET_MS);
  for (const text of ['京A00001', '京A00002', '京A00003']) {
    station.car('in1', text);
    await station.settled();
  }
  expect(told(station)).toEqual(['700 600 100', '699 600 99']);
  await station.pass(QUIET_MS);
  expect(told(station)).toEqual(['700 600 100', '699 600 99', '697 600 97']);
  await station.pass(QUIET_MS * 3, 3);
  expect(told(station)).toHaveLength(3);
});

it('a car on a reserved space takes none of the others', async () => {
  const station = await open();
  const validTo = station.clock.now() + 86_400_000;
  station.registry.cards.create({ type: 'monthly', plates: ['京A00001'], quotaId: 'q1', validTo }, ANNA);
  await station.pass(QUIET_MS);
  station.car('in1', '京A00001');
  await station.settled();
  expect(told(station).at(-1)).toBe('699 599 100');
});

it('they are told on the timer without a change, and what failed is not repeated', async () => {
  const station = await open();
  station.answer('SpaceInfo', { status: 500, message: 'busy' });
  await station.pass(300_000);
  station.answer('SpaceInfo', { status: 0, message: 'success' });
  expect(told(station)).toHaveLength(2);
  await station.pass(60_000);
  expect(told(station)).toHaveLength(2);
  expect(station.read.outbox.search({ offset: 0, limit: 100 }).items.map(({ message }) => message)).not.toContain(
    'SpaceInfo',
  );
});
