import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHttpServer } from '../../../../electron/station/inbound/http-server.ts';
import { mountPlatforms } from '../../../../electron/station/inbound/platform-routes.ts';
import { type Bank, startBank } from '../../../peers/cmb/index.ts';
import { ANNA, CmbWorld, MINUTE } from './cmb-world.ts';

/** A day before a bank that was written from the specification alone and looks at everything. */

let world: CmbWorld;
let bank: Bank;
let close: () => Promise<void> = async () => undefined;

beforeEach(async () => {
  const park: { clock: CmbWorld['clock'] | undefined } = { clock: undefined };
  bank = await startBank({ now: () => park.clock?.now() ?? 0 });
  world = await CmbWorld.open({
    site: {
      ...{ totalSpaces: 120, openSpaces: 100, quotas: [{ id: 'q1', name: '租户', spaces: 20 }] },
      rules: { debtExit: true, debtIntercept: 'none', graceMinutes: 30 },
    },
    settings: { baseUrl: bank.baseUrl, spaces: { everyMs: 300_000, quietMs: 10_000 } },
  });
  const { clock, log, alarms, platform } = world;
  park.clock = clock;
  const app = createHttpServer(log, clock);
  const routes = mountPlatforms(app, { platforms: [platform], clock, alarms, log });
  bank.address = `${await app.listen({ host: '127.0.0.1', port: 0 })}/park/`;
  close = async () => {
    await routes.close();
    await app.close();
  };
});
afterEach(async () => {
  await close();
  await world.dispose();
  await bank.stop();
});

/** A visit: in, inside for so long, to the exit, and whatever lets it go. */
async function visit(text: string, minutes: number, atExit: () => unknown = () => undefined): Promise<void> {
  await world.parked(minutes, text);
  await world.settled();
  world.car('out1', text);
  await atExit();
  await world.settled();
  await world.pass(3 * MINUTE, 3);
}
const act = (order: Parameters<CmbWorld['lanes']['order']>[1]) => (): unknown => world.lanes.order('out1', order);
const collect = (method: 'cash' | 'pos', amountFen: number) => act({ type: 'collect', method, amountFen, actor: ANNA });
const told = () =>
  bank.books
    .all()
    .map(({ plate, left, items }) =>
      [
        plate,
        left ? '离场' : '在场',
        ...items.map((each) => `${each.should_pay}/${each.actual_pay}/${each.pay_type}`),
      ].join(' '),
    );

it('finds nothing wrong with what a car park tells', { timeout: 60_000 }, async () => {
  await visit('京A00001', 5);
  await visit('京A00002', 70, collect('cash', 1000));
  await visit('京A00003', 30, act({ type: 'owe', reason: '未带手机', actor: ANNA }));
  await visit('京A00003', 30, collect('cash', 1000));
  await visit('京A00004', 130, act({ type: 'release', reason: '特种车辆', actor: ANNA }));
  await visit('京AD12345', 30, collect('pos', 500));
  world.car('in1', '京A00005');
  await world.pass(15_000, 3);
  expect(bank.violations).toEqual([]);
  expect(told()).toEqual([
    '京A00001 离场',
    '京A00002 离场 1000/1000/1',
    '京A00003 离场 500/0/2',
    '京A00003 离场 500/500/1 500/500/1',
    '京A00004 离场 1500/0/8',
    '京AD12345 离场 500/500/3',
    '京A00005 在场',
  ]);
  expect(bank.books.totals()).toMatchObject({ toldFen: 0, elsewhereFen: 2500 });
  expect(bank.state.spaces).toMatchObject({ total: 119, vip: 20, casual: 99 });
  expect(bank.state.config).toEqual({ reserved_out_time: 1800 });
});

it('finds its own money in the exits, to the fen', { timeout: 60_000 }, async () => {
  bank.owner('京A00006').set({ autopay: { limit: 5000 } });
  await visit('京A00006', 70);
  await visit('京A00007', 30, act({ type: 'owe', reason: '未带手机', actor: ANNA }));
  await visit('京A00007', 70, () => bank.owner('京A00007').scanExit(2));
  expect(bank.violations).toEqual([]);
  expect(told()).toEqual(['京A00006 离场 1000/1000/99', '京A00007 离场 500/0/2', '京A00007 离场 1500/1500/99']);
  expect(bank.books.differences()).toEqual([]);
  expect(bank.books.totals()).toEqual({ collectedFen: 2500, toldFen: 2500, elsewhereFen: 0 });
});

it('has one picture of each passage, and it is the one that the camera took', { timeout: 60_000 }, async () => {
  const jpeg = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#246' } })
    .jpeg()
    .toBuffer();
  world.car('in1', '京A00008', jpeg);
  await world.pass(3 * MINUTE, 3);
  world.car('out1', '京A00008', jpeg);
  await world.pass(MINUTE, 3);
  const { pictures } = bank.state.records.all.values().next().value ?? { pictures: { in: null, out: null } };
  for (const picture of [pictures.in, pictures.out])
    expect(picture && 'bytes' in picture ? picture.bytes.equals(jpeg) : 'no picture').toBe(true);
  expect(bank.violations).toEqual([]);
});
