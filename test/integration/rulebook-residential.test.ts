import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { type CardView, cardViewSchema, rechargePlanViewSchema } from '../../shared/contract/cards.ts';
import { shiftReportSchema, shiftViewSchema } from '../../shared/contract/shifts.ts';
import { visitorViewSchema } from '../../shared/contract/visitors.ts';
import { occupancySchema } from '../../shared/domain/occupancy.ts';
import { faultsInTheBooks } from '../support/books.ts';
import { RealSite } from '../support/real-site.ts';

/** A residential compound: cards of every kind, families with one space, visitors, an inner garage. Killed while they are inside. */

const end = '2035-12-31T23:59:59+08:00';
const card = (number: string, type: string, plates: readonly string[], more: object = {}) => ({
  ...{ number, type, plates, spaces: 1, validTo: end },
  ...more,
});

let site: RealSite;
let shiftId = '';
beforeAll(async () => {
  site = await RealSite.open({
    rules: { surplusBecomesFixedMinutes: 30 },
    lists: [{ list: 'black', plate: '鲁B61099', strategy: 'neither' }],
    cards: [
      card('家庭', 'monthly', ['鲁B61001', '鲁B61002']),
      card('租户一', 'monthly', ['鲁B61005'], { quotaId: 'q1' }),
      card('租户二', 'monthly', ['鲁B61006'], { quotaId: 'q1' }),
      card('储值', 'stored-value', ['鲁B61007']),
      card('计次', 'counted', ['鲁B61008']),
    ],
  });
  shiftId = (await site.as('wang', shiftViewSchema, '/shifts', { booth: '1', floatFen: 0 })).id;
});
afterAll(() => site.close());

async function cardOf(plate: string): Promise<CardView> {
  const path = `/cards?plate=${encodeURIComponent(plate)}`;
  const [found] = (await site.as('chen', pageOf(cardViewSchema), path)).items;
  if (!found) throw new Error(`no card of ${plate}`);
  return found;
}

async function recharge(plate: string, planId: string, orderNo?: string): Promise<CardView> {
  const { id } = await cardOf(plate);
  const body = { what: { planId }, method: 'cash', shiftId, ...(orderNo === undefined ? {} : { orderNo }) };
  return site.as('wang', cardViewSchema, `/cards/${id}/recharge`, body);
}

const terms = async (plate: string): Promise<string> => {
  const { terms: on } = await site.stay(plate);
  return on.fallback === null ? on.kind : `${on.kind} (${on.fallback})`;
};

const spaces = (): Promise<z.output<typeof occupancySchema>> => site.as('wang', occupancySchema, '/spaces');

test('each car comes in on the terms it has, and is told what it should know', async () => {
  const soon = { validTo: site.at(30) };
  await site.as('chen', cardViewSchema, '/cards', card('快到期', 'monthly', ['鲁B61003'], soon));
  await site.as('chen', cardViewSchema, '/cards', card('不续', 'monthly', ['鲁B61009'], soon));
  const over = { validFrom: site.at(-86_400), validTo: site.at(-1440) };
  await site.as('chen', cardViewSchema, '/cards', card('已过期', 'monthly', ['鲁B61004'], over));
  const plans = [
    { name: '充一百', type: 'stored-value', priceFen: 300, unit: 'money', amount: 300, gift: 0 },
    { name: '一次', type: 'counted', priceFen: 500, unit: 'times', amount: 1, gift: 0 },
    { name: '一个月', type: 'monthly', priceFen: 20_000, unit: 'months', amount: 1, gift: 0 },
  ];
  const ids: string[] = [];
  for (const plan of plans) ids.push((await site.as('chen', rechargePlanViewSchema, '/recharge-plans', plan)).id);
  const [money = '', times = '', months = ''] = ids;
  expect((await site.ask('wang', '/cards', card('X', 'vip', ['鲁B61098']))).status).toBe(403);
  // The same order twice is one recharge.
  await recharge('鲁B61007', money, 'order-1');
  expect((await recharge('鲁B61007', money, 'order-1')).balanceFen).toBe(300);
  expect((await recharge('鲁B61008', times)).timesLeft).toBe(1);

  const told = new Map<string, string>();
  for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    const plate = `鲁B6100${n}`;
    const lane = await site.read('in1', plate);
    expect([plate, lane.phase]).toEqual([plate, 'cleared']);
    told.set(plate.slice(-1), `${await terms(plate)} ${lane.passage?.warnings.join(',')}`);
  }
  expect(Object.fromEntries(told)).toEqual({
    1: 'card ',
    2: 'temporary (surplus) card-surplus',
    3: 'card card-expires-soon',
    4: 'temporary (expired) card-expired',
    5: 'card ',
    6: 'card quota-borrowed',
    7: 'card ',
    8: 'card ',
    9: 'card card-expires-soon',
  });
  expect(await spaces()).toMatchObject({ whole: { inside: 9, free: 22 }, quotas: [{ total: 1, inside: 1, free: 0 }] });
  expect((await site.read('both1', '鲁B61099')).passage).toMatchObject({ attention: 'blacklisted', needsReason: true });
  await site.order('wang', 'both1', 'cancel', { reason: '黑名单' });

  await site.crash();
  await site.pass(10);
  await recharge('鲁B61003', months);
  expect((await site.read('out1', '鲁B61001')).phase).toBe('cleared');
  expect(await terms('鲁B61002')).toBe('card');
});

test('each leaves with what its terms say', async () => {
  await site.pass(61);
  const paid: Record<string, number> = {};
  for (const n of [2, 3, 4, 5, 6, 7, 8, 9]) {
    const plate = `鲁B6100${n}`;
    // The lane for both ways knows by its second camera that they leave.
    const eye = n % 2 === 0 ? 'both1/out' : 'out1';
    const { id, phase, bill } = await site.read(eye, plate);
    if (phase === 'charging')
      await site.order('wang', id, 'collect', { method: 'cash', amountFen: bill?.toPayFen, receivedFen: 10_000 });
    const stay = await site.stay(plate);
    expect([plate, stay.status]).toEqual([plate, 'left']);
    paid[n] = stay.paidFen;
  }
  // 9 pays from the end of its card; 7 pays all, three yuan of it from the card.
  expect(paid).toEqual({ 2: 0, 3: 0, 4: 700, 5: 0, 6: 0, 7: 700, 8: 0, 9: 500 });
  expect([(await cardOf('鲁B61007')).balanceFen, (await cardOf('鲁B61008')).timesLeft]).toEqual([0, 0]);
  expect(await faultsInTheBooks(site)).toEqual([]);
});

test('a visitor by count comes on the visit once, and as anybody the second time', async () => {
  const visit = { plate: '鲁B62001', from: site.at(-1), to: site.at(600), visitsLeft: 1, host: '3-201 <i>王</i>' };
  const announced = await site.as('wang', visitorViewSchema, '/visitors', visit);
  expect((await site.read('in1', '鲁B62001')).passage?.stay?.terms).toMatchObject({
    kind: 'visitor',
    id: announced.id,
  });
  await site.crash();
  await site.pass(70);
  expect((await site.read('out1', '鲁B62001')).phase).toBe('cleared');
  await site.pass(12);
  expect((await site.read('in1', '鲁B62001')).passage?.stay?.terms.kind).toBe('temporary');
  await site.pass(70);
  expect((await site.read('out1', '鲁B62001')).bill?.dueFen).toBe(700);
  await site.order('wang', 'out1', 'collect', { method: 'cash', amountFen: 700, receivedFen: 700 });
});

test('through the inner garage and back out: one stay, each minute charged once', async () => {
  await site.read('both1', '鲁B63001');
  await site.pass(20);
  expect((await site.read('inner1', '鲁B63001')).phase).toBe('cleared');
  const inside = (await spaces()).areas.map(({ areaId, inside: cars }) => `${areaId} ${cars}`);
  expect(inside).toEqual(['a1 1', 'a2 1']);
  await site.crash();
  await site.pass(50);
  expect((await site.read('inner2', '鲁B63001')).phase).toBe('cleared');
  expect((await site.stays('鲁B63001')).map(({ status, areaId }) => `${status} ${areaId}`)).toEqual(['inside a1']);
  await site.pass(10);
  expect((await site.read('both1/out', '鲁B63001')).bill?.dueFen).toBe(700);
  await site.order('wang', 'both1', 'collect', { method: 'cash', amountFen: 700, receivedFen: 700 });
  expect(await spaces()).toMatchObject({ whole: { inside: 0, free: 30 }, quotas: [{ inside: 0 }] });

  const report = await site.as('chen', shiftReportSchema, `/shifts/${shiftId}/report`);
  // Parking in cash 700 + 400 + 500 + 700 + 700, and recharges 300 + 500 + 20 000.
  expect(report.drawer.expectedFen).toBe(3000 + 20_800);
  expect(await faultsInTheBooks(site)).toEqual([]);
});
