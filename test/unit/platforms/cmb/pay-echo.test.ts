import { afterEach, expect, test } from 'vitest';
import { OUT } from '../../../support/lane-world.ts';
import { ANNA, CAR, CmbWorld, type CmbWorldOptions } from './cmb-world.ts';

let world: CmbWorld;
afterEach(() => world.dispose());

const OK = { status: 0, message: 'success' };
const PAID = { status: 0, message: 'success', data: { vpl_number: CAR, channel_order: 'CMB777' } };

const pay = (uid: string, order: string, amount = 1000, billId = '') =>
  world.push('pay', {
    ...{ vpl_number: CAR, record_id: uid, bill_id: billId, pay_time: String(Math.floor(world.clock.now() / 1000)) },
    pay_list: JSON.stringify([{ pay_type: 99, amount, order }]),
  });

/** A car whose owner agreed to be charged stands at the exit, and the bank was asked for its 10 yuan. @returns its stay */
async function charged(options: CmbWorldOptions, answer: Parameters<CmbWorld['answer']>[1]): Promise<string> {
  world = await CmbWorld.open(options);
  world.answer('AutoPay', answer);
  const uid = await world.parked(65);
  await world.push('autoPayBind', { vpl_number: CAR, limiter: '50000' });
  world.car(OUT.id);
  await world.heard('AutoPay');
  return uid;
}

const requestOrder = (): string => world.sent('AutoPay')[0]?.['request_order'] ?? '';
const attempts = (uid: string) => world.read.attempts.ofStay(uid);

test.each([
  ['our number', requestOrder],
  ['the bank’s number', () => 'CMB777'],
  ['neither, by record and amount', () => 'X1'],
])('the echo of an AutoPay, known by %s, is not credited twice, however often it comes', async (_, order) => {
  const uid = await charged({}, PAID);
  expect(world.takenFen(uid)).toBe(1000);
  for (let time = 0; time < 3; time += 1) {
    expect(await pay(uid, order())).toEqual(OK);
    if (time === 1) await world.restarted();
  }
  expect(world.takenFen(uid)).toBe(1000);
  expect(world.cases()).toEqual([]);
  expect(attempts(uid)).toMatchObject([{ state: 'paid', guarantee: null }]);
});

test('an AutoPay has one echo: the next number with the same sum is a second payment', async () => {
  const uid = await charged({}, PAID);
  await pay(uid, 'X1');
  expect(await pay(uid, 'X2')).toEqual(OK);
  expect(await pay(uid, 'X2')).toEqual(OK);
  expect(await pay(uid, 'X1')).toEqual(OK);
  expect(world.takenFen(uid)).toBe(1000);
  expect(world.cases()).toEqual(['paid-twice 1000']);
});

test('known by its own number, it leaves no room for another', async () => {
  const uid = await charged({}, PAID);
  await pay(uid, 'CMB777');
  await pay(uid, 'X1');
  expect(world.cases()).toEqual(['paid-twice 1000']);
});

test('保付: what the bank guaranteed is confirmed by its echo', async () => {
  const uid = await charged({ settings: { autoPay: { guaranteed: true } } }, PAID);
  expect(attempts(uid)).toMatchObject([{ state: 'paid', guarantee: 'pending' }]);
  expect(await pay(uid, 'X1')).toEqual(OK);
  expect(attempts(uid)).toMatchObject([{ state: 'paid', guarantee: 'confirmed' }]);
  expect(world.takenFen(uid)).toBe(1000);
});

test('the echo comes before the answer: the car goes, and the answer adds nothing', async () => {
  const uid = await charged({}, () => undefined);
  expect(attempts(uid)).toMatchObject([{ state: 'sent' }]);
  expect(await pay(uid, 'X1')).toEqual(OK);
  expect(world.lanes.state(OUT.id).phase).toBe('cleared');
  expect(world.takenFen(uid)).toBe(1000);
  expect(await pay(uid, 'X1')).toEqual(OK);
  expect(attempts(uid)).toMatchObject([{ state: 'paid', reference: 'X1' }]);
  expect(world.cases()).toEqual([]);
});

test('declined, and then the driver scans: money of its own, not the echo of what was refused', async () => {
  const uid = await charged({}, { status: 1, message: '余额不足' });
  expect(attempts(uid)).toMatchObject([{ state: 'declined' }]);
  const { data } = await world.push('calc', { out_code: String(OUT.number) });
  expect(await pay(uid, 'S1', 1000, String(data?.['bill_id']))).toEqual(OK);
  expect(world.lanes.state(OUT.id).phase).toBe('cleared');
  expect(
    attempts(uid)
      .map(({ state, kind }) => `${kind} ${state}`)
      .sort(),
  ).toEqual(['agreement declined', 'qr paid']);
});

test('a payment that names its bill is a scan, and no echo: the AutoPay is followed to an end of its own', async () => {
  const uid = await charged({}, () => undefined);
  const bill = world.bill(uid);
  expect(await pay(uid, 'S1', 1000, bill.id)).toEqual(OK);
  expect(world.takenFen(uid)).toBe(1000);
  expect(
    attempts(uid)
      .map(({ state, kind }) => `${kind} ${state}`)
      .sort(),
  ).toEqual(['agreement reversing', 'qr paid']);
  // It turns out that the bank took the money twice.
  expect(await pay(uid, requestOrder())).toEqual(OK);
  expect(world.takenFen(uid)).toBe(1000);
  expect(world.cases()).toEqual(['paid-twice 1000']);
});

test('the echo with another sum than was asked for: a case, and nothing is changed', async () => {
  const uid = await charged({}, PAID);
  expect(await pay(uid, 'CMB777', 900)).toMatchObject({ status: 409 });
  expect(world.takenFen(uid)).toBe(1000);
  expect(world.cases()).toEqual(['unknown-payment 900']);
});

test('the code on the screen is what was paid: no second try stands beside it', async () => {
  world = await CmbWorld.open({ settings: { qr: { host: 'pay.example' } } });
  const uid = await world.parked(65);
  world.car(OUT.id);
  const bill = world.bill(uid);
  const charge = world.payments.desk.charge(bill.id, { channel: 'cmb-qr' }, ANNA);
  await world.settled();
  const { text } = await charge;
  expect(text).toContain('pay.example');
  expect(await world.push('calc', { vpl_number: CAR, out_code: String(OUT.number) })).toMatchObject({ status: 0 });
  expect(await pay(uid, 'S1', 1000, bill.id)).toEqual(OK);
  expect(attempts(uid)).toMatchObject([{ channel: 'cmb-qr', state: 'paid', reference: 'S1' }]);
  expect(world.lanes.state(OUT.id).phase).toBe('cleared');
});
