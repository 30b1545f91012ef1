import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Outdata } from '../../../../electron/station/platforms/cmb/messages/Outdata.ts';
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

/** One push: its order, and whether it names the bill that was charged. `ours` and `bank` are the AutoPay's own numbers. */
type Told = readonly [order: string, names?: 'bill'];

describe('a scan by the driver looks like the echo: each payment beyond the first is a case, whichever comes first', () => {
  const TOLD: readonly (readonly [number, readonly Told[]])[] = [
    [0, [['X1', 'bill']]],
    [0, [['X1', 'bill'], ['X1', 'bill'], ['X1']]],
    [0, [['bank', 'bill'], ['ours'], ['bank']]],
    [1, [['X1', 'bill'], ['bank']]],
    [1, [['X1'], ['bank'], ['X1']]],
    [1, [['bank'], ['X1', 'bill']]],
    [1, [['X1', 'bill'], ['ours'], ['ours'], ['X1', 'bill']]],
    [
      1,
      [
        ['X1', 'bill'],
        ['X2', 'bill'],
      ],
    ],
    [2, [['X1', 'bill'], ['X2'], ['bank'], ['X2'], ['X1'], ['bank']]],
  ];

  async function tell(uid: string, told: readonly Told[]): Promise<void> {
    const billId = world.bill(uid).id;
    for (const [name, names] of told) {
      const order = name === 'ours' ? requestOrder() : name === 'bank' ? 'CMB777' : name;
      expect(await pay(uid, order, 1000, names && billId)).toEqual(OK);
    }
  }

  test.each(TOLD)('paid by then: %i too many, %j', async (more, told) => {
    const uid = await charged({}, PAID);
    await tell(uid, told);
    await world.restarted();
    await tell(uid, told);
    expect(world.takenFen(uid)).toBe(1000);
    expect(world.cases()).toEqual(Array.from({ length: more }, () => 'paid-twice 1000'));
  });

  // Under way, what names a bill is a scan; the answer tells that the bank charged besides, unless it tells of that very payment.
  const BEFORE: readonly (readonly [number, readonly Told[]])[] = [
    [0, [['X1'], ['X1']]],
    [0, [['bank', 'bill'], ['bank']]],
    [0, [['bank', 'bill'], ['ours'], ['bank']]],
    [1, [['bank', 'bill'], ['ours'], ['X1', 'bill']]],
    [0, [['bank'], ['ours'], ['bank']]],
    [0, [['ours'], ['bank'], ['ours']]],
    [1, [['X1'], ['bank']]],
    [1, [['X1', 'bill'], ['bank'], ['X1', 'bill']]],
    [1, [['X1', 'bill'], ['ours'], ['bank']]],
    [
      1,
      [
        ['X1', 'bill'],
        ['X2', 'bill'],
      ],
    ],
    [2, [['X1', 'bill'], ['X2'], ['bank'], ['X2']]],
  ];

  test.each(BEFORE)('not answered yet: %i too many, %j', async (more, told) => {
    const uid = await charged({}, () => {
      void tell(world.read.stays.inside(CAR)?.uid ?? '', told.slice(0, 1));
      return PAID;
    });
    await world.pass(30_000, 3);
    await tell(uid, told);
    await world.restarted();
    await tell(uid, told);
    expect(world.takenFen(uid)).toBe(1000);
    expect(world.cases()).toEqual(Array.from({ length: more }, () => 'paid-twice 1000'));
  });
});

test('a payment that names its bill while nobody knows is a scan: the AutoPay is followed to an end of its own', async () => {
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

test('a payment that names another bill than was charged is money of its own', async () => {
  world = await CmbWorld.open();
  world.answer('AutoPay', PAID);
  const uid = await world.parked(62);
  const { data } = await world.push('calc', { vpl_number: CAR });
  world.clock.jumpWall(5 * 3_600_000);
  await world.push('autoPayBind', { vpl_number: CAR, limiter: '50000' });
  world.car(OUT.id);
  await world.heard('AutoPay');
  const charged = world.read.attempts.ofStay(uid)[0];
  expect(charged).toMatchObject({ state: 'paid' });
  expect(await pay(uid, 'S1', charged?.amountFen, String(data?.['bill_id']))).toEqual(OK);
  expect(world.cases()).toEqual([`late-payment ${charged?.amountFen}`]);
});

test('only the bill is named: the echo is known all the same', async () => {
  const uid = await charged({}, PAID);
  const push = { vpl_number: '', record_id: '', bill_id: world.bill(uid).id, pay_time: '1772413572' };
  expect(await world.push('pay', { ...push, pay_list: '[{"pay_type":99,"amount":1000,"order":"X1"}]' })).toEqual(OK);
  expect([world.takenFen(uid), world.cases()]).toEqual([1000, []]);
});

test('the number in Outdata is the bank’s, also where it was told after the money', async () => {
  const uid = await charged({}, () => {
    void pay(world.read.stays.inside(CAR)?.uid ?? '', requestOrder());
    return PAID;
  });
  expect(attempts(uid)).toMatchObject([{ state: 'paid', reference: requestOrder() }]);
  const item = { should_pay: 1000, actual_pay: 1000, pay_type: 99, toll_collector: '', seq_num: requestOrder() };
  const record = z.record(z.string(), z.unknown()).parse(Outdata.sample);
  const body = { ...record, charge_items: [{ ...item, time: 1_772_413_572 }] };
  expect(await Outdata.encode(body, world.context)).toMatchObject({ charge_items: [{ seq_num: 'CMB777' }] });
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
