import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { couponViewSchema, merchantViewSchema } from '../../shared/contract/coupons.ts';
import { stayBillSchema } from '../../shared/contract/payments.ts';
import { quoteSchema, stayViewSchema } from '../../shared/contract/stays.ts';
import { faultsInTheBooks } from '../support/books.ts';
import { RealSite } from '../support/real-site.ts';

/** A mall: people pay at a desk inside, with coupons of a shop, and leave in time or too late. Killed between any two steps. */

let site: RealSite;
beforeAll(async () => {
  site = await RealSite.open({ rules: { attendantDiscountFen: 300, graceMinutes: 15 } });
});
afterAll(() => site.close());

const prepaid = z.object({ bill: stayBillSchema.nullable(), graceUntil: z.string().nullable() });
const receipt = z.object({
  amountFen: z.int(),
  changeFen: z.int(),
  rest: stayBillSchema.nullable(),
});
const end = '2035-12-31T23:59:59+08:00';

const uidOf = async (plate: string): Promise<string> => (await site.stay(plate)).uid;
const bill = async (plate: string) => site.as('wang', prepaid, `/sessions/${await uidOf(plate)}/bill`, {});
const pay = (id: string, body: object) => site.as('wang', receipt, `/bills/${id}/pay`, body);

async function billed(plate: string): Promise<z.output<typeof stayBillSchema>> {
  const answer = await bill(plate);
  if (!answer.bill) throw new Error(`nothing is due for ${plate}`);
  return answer.bill;
}

let shopId = '';
const coupon = (plate: string, kind: string, value: number) =>
  site.ask('chen', '/coupons', { merchantId: shopId, plate, kind, value, validTo: end });

test('a shop gives what its quota allows, and a coupon takes off what it says, once', async () => {
  const shop = { name: '超市', couponsLeft: 2, amountLeftFen: 800 };
  shopId = (await site.as('chen', merchantViewSchema, '/merchants', shop)).id;
  for (const plate of ['鲁B41001', '鲁B42002', '鲁B43003', '鲁B44004', '鲁B45005']) await site.read('in1', plate);
  expect((await coupon('鲁B41001', 'amount', 500)).status).toBe(201);
  expect((await coupon('鲁B42002', 'minutes', 60)).status).toBe(201);
  expect((await coupon('鲁B43003', 'amount', 500)).why).toBe('quota-used-up');
  expect((await site.ask('wang', '/coupons', {})).status).toBe(403);
  await site.pass(70);
  const path = `/quote?plate=${encodeURIComponent('鲁B41001')}`;
  expect(await site.as('wang', quoteSchema, path)).toMatchObject({ chargeFen: 700, discountFen: 500, dueFen: 200 });
  expect(await billed('鲁B41001')).toMatchObject({ chargeFen: 700, discountFen: 500, dueFen: 200, scene: 'prepaid' });
});

test('a part now, the station dies, the rest by card; in time there is nothing more, too late the next half hour', async () => {
  const first = await billed('鲁B41001');
  expect((await site.ask('wang', `/bills/${first.id}/pay`, { method: 'cash', receivedFen: 50 })).status).toBe(409);
  const part = await pay(first.id, { method: 'cash', receivedFen: 500, partFen: 100 });
  expect(part).toMatchObject({ amountFen: 100, changeFen: 400, rest: { dueFen: 100, paidFen: 100 } });
  await site.crash();
  const rest = await billed('鲁B41001');
  expect(rest.id).toBe(part.rest?.id);
  expect((await site.ask('wang', `/bills/${rest.id}/pay`, { method: 'pos', receivedFen: 101 })).status).toBe(409);
  expect(await pay(rest.id, { method: 'pos', receivedFen: 100 })).toMatchObject({ rest: null });
  expect((await site.ask('wang', `/bills/${rest.id}/pay`, { method: 'pos', receivedFen: 100 })).why).toBe('bill-over');

  const { items } = await site.as('chen', pageOf(couponViewSchema), '/coupons');
  expect(items.find(({ plate }) => plate === '鲁B41001')).toMatchObject({
    state: 'used',
    uid: await uidOf('鲁B41001'),
  });
  const shops = await site.as('chen', z.array(merchantViewSchema), '/merchants');
  expect(shops).toMatchObject([{ couponsLeft: 0, amountLeftFen: 300 }]);

  const inTime = await bill('鲁B41001');
  expect(inTime.bill).toBeNull();
  expect(Date.parse(inTime.graceUntil ?? '') - site.now()).toBeGreaterThan(14 * 60_000);
  await site.pass(25);
  const late = await site.read('out1', '鲁B41001');
  expect(late).toMatchObject({
    phase: 'charging',
    bill: { chargeFen: 900, discountFen: 500, paidFen: 200, dueFen: 200 },
  });
  const cash = { method: 'cash', amountFen: 200, receivedFen: 1000, passageId: late.passage?.id };
  await site.order('wang', 'out1', 'collect', cash);
  expect(await site.stay('鲁B41001')).toMatchObject({ status: 'left', chargeFen: 900, paidFen: 400, discountFen: 500 });
  expect(await faultsInTheBooks(site)).toEqual([]);
});

test('a coupon of minutes at the exit, paid in parts; the same part twice is taken once', async () => {
  const lane = await site.read('out1', '鲁B42002');
  // Without the 60 minutes it would be the first hour alone, but the shop has 3 yuan left to give.
  expect(lane.bill).toMatchObject({ chargeFen: 900, discountFen: 300, dueFen: 600 });
  const part = { method: 'cash', amountFen: 100, part: true, billId: lane.bill?.id };
  expect((await site.order('wang', 'out1', 'collect', part)).bill).toMatchObject({ paidFen: 100, dueFen: 500 });
  expect((await site.ask('wang', '/lanes/out1/collect', part)).status).toBe(409);
  await site.crash();
  expect(await site.lane('out1')).toMatchObject({ phase: 'charging', bill: { dueFen: 500 } });
  await site.order('wang', 'out1', 'collect', { method: 'cash', amountFen: 500, receivedFen: 500 });
  expect(await site.stay('鲁B42002')).toMatchObject({ status: 'left', paidFen: 600, discountFen: 300 });
});

test('discounts of people: up to a limit, by a manager beyond it; never more than the fee', async () => {
  const path = `/sessions/${await uidOf('鲁B43003')}/discounts`;
  const grant = { kind: 'amount', value: 200, reason: '投诉' };
  await site.as('wang', stayViewSchema, path, grant);
  expect((await site.ask('wang', path, grant)).why).toBe('discount-too-much');
  await site.as('chen', stayViewSchema, path, { kind: 'rate', value: 50, reason: '投诉' });
  await site.as('chen', stayViewSchema, path, { kind: 'amount', value: 100_000, reason: '误点' });
  // Money first, then the rate: the rate finds nothing left to take.
  expect((await bill('鲁B43003')).bill).toBeNull();
  expect((await site.read('out1', '鲁B43003')).phase).toBe('cleared');
  expect(await site.stay('鲁B43003')).toMatchObject({ status: 'left', chargeFen: 900, paidFen: 0, discountFen: 900 });
});

test('a bill made at the desk is the one at the exit; paid at the desk, the arm rises', async () => {
  const made = await billed('鲁B44004');
  const lane = await site.read('out1', '鲁B44004');
  expect(lane.bill?.id).toBe(made.id);
  await pay(made.id, { method: 'cash', receivedFen: made.toPayFen });
  await site.laneWhen('out1', 'cleared');
  await site.camera('out1').waitFor(() => site.camera('out1').arm.state === 'open', 'open arm');

  // Ten cashiers press at once, for a bill that one of them can take.
  const { id, toPayFen } = await billed('鲁B45005');
  const body = { method: 'cash', receivedFen: toPayFen };
  const answers = await Promise.all(Array.from({ length: 10 }, () => site.ask('wang', `/bills/${id}/pay`, body)));
  expect([
    answers.filter(({ status }) => status === 200),
    answers.filter(({ status }) => status === 409),
  ]).toMatchObject([{ length: 1 }, { length: 9 }]);
  await site.crash();
  expect((await site.read('out1', '鲁B45005')).phase).toBe('cleared');
  expect(await faultsInTheBooks(site)).toEqual([]);
});

test('debts travel with every bill: in parts at the desk, owed again, let go, and kept when the car turns back', async () => {
  const plates = ['鲁B46001', '鲁B46102', '鲁B46203', '鲁B46304'] as const;
  for (const plate of plates) await site.read('in1', plate);
  await site.pass(70);
  for (const plate of plates) {
    await site.read('out1', plate);
    await site.order('wang', 'out1', 'owe', { reason: '没带钱' });
  }
  await site.pass(15);
  for (const plate of plates) await site.read('in1', plate);
  await site.pass(70);
  const [desk, again, free, back] = plates;

  const first = await billed(desk);
  expect([first.dueFen, first.toPayFen]).toEqual([700, 1400]);
  const { rest } = await pay(first.id, { method: 'cash', receivedFen: 300, partFen: 300 });
  expect([rest?.dueFen, rest?.toPayFen]).toEqual([400, 1100]);
  await site.crash();
  await pay(rest?.id ?? '', { method: 'cash', receivedFen: 1100 });

  await site.read('out1', again);
  await site.order('wang', 'out1', 'owe', { reason: '又没带' });
  await site.read('out1', free);
  await site.order('wang', 'out1', 'release', { reason: '特种车辆' });
  await site.read('out1', back);
  await site.order('wang', 'out1', 'collect', { method: 'cash', amountFen: 1400, receivedFen: 2000 });
  await site.order('wang', 'out1', 'withdraw', { reason: '掉头' });
  const accounts: Record<string, string[]> = {};
  for (const plate of plates)
    accounts[plate] = (await site.stays(plate)).map(({ status, paidFen, waivedFen, owedFen }) =>
      [status, paidFen, waivedFen, owedFen].join(' '),
    );
  expect(accounts).toEqual({
    [desk]: ['inside 700 0 0', 'left 700 0 0'],
    [again]: ['left 0 0 700', 'left 0 0 700'],
    [free]: ['left 0 700 0', 'left 0 0 700'],
    // What it paid for the old debt is no part of the exit that was taken back.
    [back]: ['inside 0 0 0', 'left 700 0 0'],
  });
  expect(await faultsInTheBooks(site)).toEqual([]);
});
