import { afterEach, beforeEach, expect, test } from 'vitest';
import { OUT } from '../../../support/lane-world.ts';
import { ANNA, CAR, CmbWorld, MINUTE } from './cmb-world.ts';

let world: CmbWorld;
beforeEach(async () => {
  world = await CmbWorld.open();
});
afterEach(() => world.dispose());

const OK = { status: 0, message: 'success' };
const EXIT = String(OUT.number);

/** A payment as the bank tells it; `list` may be the text of the list itself. */
const pay = (
  about: { readonly uid?: string; readonly billId?: string; readonly vpl?: string; readonly at?: number },
  list: string | readonly (readonly [order: string | number, fen: number])[],
) =>
  world.push('pay', {
    ...{ vpl_number: about.vpl ?? CAR, record_id: about.uid ?? '', bill_id: about.billId ?? '' },
    pay_time: String(Math.floor((about.at ?? world.clock.now()) / 1000)),
    pay_list:
      typeof list === 'string'
        ? list
        : JSON.stringify(list.map(([order, amount]) => ({ pay_type: 99, amount, order }))),
  });

const refunds = () => world.read.refunds.search({ offset: 0, limit: 50 }).items.map((each) => each.amountFen);

/** What calc told the driver: the stay, and the bill that comes back with the payment. */
async function asked(minutes = 65) {
  const uid = await world.parked(minutes);
  const { data } = await world.push('calc', { vpl_number: CAR });
  return { uid, billId: String(data?.['bill_id']) };
}

test('a scan at the exit: booked, and the car goes', async () => {
  const uid = await world.parked(65);
  world.car(OUT.id);
  const { data } = await world.push('calc', { out_code: EXIT });
  expect(await pay({ uid, billId: String(data?.['bill_id']) }, [['A1', 1000]])).toEqual(OK);
  expect(world.lanes.state(OUT.id).phase).toBe('cleared');
  expect(world.read.stays.get(uid)).toMatchObject({ status: 'left', paidFen: 1000, chargeFen: 1000 });
  expect(world.read.payments.ofStay(uid)).toMatchObject([
    { paid_fen: 1000, method: 'platform', via: 'cmb', reference: 'A1', scene: 'gate' },
  ]);
});

test('paid inside: the car has its time to leave, and goes without being asked', async () => {
  const { uid, billId } = await asked();
  expect(await pay({ uid, billId }, [['A1', 1000]])).toEqual(OK);
  expect(world.read.stays.get(uid)).toMatchObject({ status: 'inside', paidFen: 1000 });
  world.clock.jumpWall(5 * MINUTE);
  world.car(OUT.id);
  expect(world.lanes.state(OUT.id).phase).toBe('cleared');
});

test('told ten times, and again after a restart: credited once, answered 0 each time', async () => {
  const { uid, billId } = await asked();
  for (let time = 0; time < 10; time += 1) {
    if (time === 5) await world.restarted();
    expect(await pay({ uid, billId }, [['A1', 1000]])).toEqual(OK);
  }
  world.car(OUT.id);
  expect(await pay({ uid, billId }, [['A1', 1000]])).toEqual(OK);
  expect(world.takenFen(uid)).toBe(1000);
  expect(world.cases()).toEqual([]);
});

test('an order number is a text, however it is printed and however long it is', async () => {
  const { uid, billId } = await asked();
  const long = '98765432109876543210';
  expect(await pay({ uid, billId }, `[{"pay_type":99,"amount":1000,"order":${long}}]`)).toEqual(OK);
  expect(await pay({ uid, billId }, [[long, 1000]])).toEqual(OK);
  expect(await pay({ uid, billId }, `[{"pay_type":"99","amount":"1000","order":${long}}]`)).toEqual(OK);
  expect(world.read.payments.ofStay(uid)).toMatchObject([{ paid_fen: 1000, reference: long }]);
  expect(world.cases()).toEqual([]);
});

test('a second payment with a number of its own is money too much: a case and a refund', async () => {
  const { uid, billId } = await asked();
  await pay({ uid, billId }, [['A1', 1000]]);
  expect(await pay({ uid, billId }, [['A2', 1000]])).toEqual(OK);
  expect(await pay({ uid, billId }, [['A2', 1000]])).toEqual(OK);
  expect(world.takenFen(uid)).toBe(1000);
  expect(world.cases()).toEqual(['paid-twice 1000']);
  expect(refunds()).toEqual([1000]);
});

test('one bill in two parts: neither is enough, both together are', async () => {
  const { uid, billId } = await asked();
  const parts = [
    ['A1', 600],
    ['A2', 400],
  ] as const;
  expect(await pay({ uid, billId }, parts)).toEqual(OK);
  expect(world.takenFen(uid)).toBe(1000);
  // Together or by itself, each part is known again.
  expect(await pay({ uid, billId }, parts)).toEqual(OK);
  expect(await pay({ uid, billId }, [['A2', 400]])).toEqual(OK);
  await world.restarted();
  expect(await pay({ uid, billId }, [['A1', 600]])).toEqual(OK);
  expect(world.takenFen(uid)).toBe(1000);
  expect(world.cases()).toEqual([]);
  // Told with another sum it is money that nobody knows of.
  expect(await pay({ uid, billId }, [['A1', 700]])).toMatchObject({ status: 409 });
  expect(world.cases()).toEqual(['unknown-payment 700']);
});

test('a new payment beside one that is known: the known one is passed over', async () => {
  const { uid, billId } = await asked();
  await pay({ uid, billId }, [['A1', 1000]]);
  world.clock.jumpWall(80 * MINUTE);
  const { data } = await world.push('calc', { vpl_number: CAR });
  const list = [
    ['A1', 1000],
    ['A2', 1000],
  ] as const;
  expect(data?.['charge']).toMatchObject({ should_pay: 500 });
  expect(await pay({ uid, billId: String(data?.['bill_id']) }, list)).toEqual(OK);
  // 5 yuan were due: the rest of the second goes back.
  expect(world.takenFen(uid)).toBe(1500);
  expect(world.cases()).toEqual(['paid-twice 500']);
  expect(refunds()).toEqual([500]);
});

test('too little: a person sees it, once, and the bank stops telling it', async () => {
  const { uid, billId } = await asked();
  expect(await pay({ uid, billId }, [['A1', 400]])).toEqual(OK);
  expect(await pay({ uid, billId }, [['A1', 400]])).toEqual(OK);
  expect(world.takenFen(uid)).toBe(0);
  expect(world.read.bills.open(uid)?.dueFen).toBe(1000);
  expect(world.cases()).toEqual(['unknown-payment 400']);
});

test('the fee went up while the driver was paying: what was shown then counts, and the exit asks for the rest', async () => {
  const { uid } = await asked(55);
  expect(world.bill(uid).dueFen).toBe(500);
  world.clock.jumpWall(40 * MINUTE);
  world.car(OUT.id);
  expect(world.bill(uid).dueFen).toBe(1000);
  // The bank does not name the bill; the sum does.
  expect(await pay({ uid }, [['A1', 500]])).toEqual(OK);
  expect(world.takenFen(uid)).toBe(500);
  expect(world.lanes.state(OUT.id)).toMatchObject({ phase: 'charging', passage: { bill: { dueFen: 500 } } });
  expect(world.cases()).toEqual([]);
});

test('paid in cash meanwhile: money too much, a case and a refund', async () => {
  const { uid, billId } = await asked();
  world.cash(world.bill(uid));
  expect(await pay({ uid, billId }, [['A1', 1000]])).toEqual(OK);
  expect(world.takenFen(uid)).toBe(1000);
  expect(world.cases()).toEqual(['paid-twice 1000']);
  expect(refunds()).toEqual([1000]);
});

test('the car left owing: the money settles the debt', async () => {
  const { uid, billId } = await asked();
  world.car(OUT.id);
  world.lanes.order(OUT.id, { type: 'owe', reason: '手机没电', actor: ANNA });
  expect(await pay({ uid, billId }, [['A1', 1000]])).toEqual(OK);
  expect(world.takenFen(uid)).toBe(1000);
  expect(world.read.stays.get(uid)).toMatchObject({ status: 'left', owedFen: 0 });
  expect(world.cases()).toEqual([]);
});

test('a record that is not ours: its plate tells; without either, a person looks, once', async () => {
  const { uid } = await asked();
  expect(await pay({ uid: '20190000', vpl: '京A-12311' }, [['A1', 1000]])).toEqual(OK);
  expect(world.takenFen(uid)).toBe(1000);
  for (let time = 0; time < 2; time += 1)
    expect(await pay({ uid: '20190000', vpl: '京Z99999' }, [['A2', 700]])).toMatchObject({ status: 410 });
  expect(world.cases()).toEqual(['unknown-payment 700']);
  const parts = [
    ['A3', 100],
    ['A4', 200],
  ] as const;
  for (const list of [parts, parts, parts.slice(1)])
    expect(await pay({ uid: '20190000', vpl: '京Z99999' }, list)).toMatchObject({ status: 410 });
  expect(world.cases().sort()).toEqual(['unknown-payment 300', 'unknown-payment 700']);
});

test('nobody asked for the fee here: a bill is made for the money that came', async () => {
  const uid = await world.parked(65);
  expect(await pay({ uid }, [['A1', 1000]])).toEqual(OK);
  expect(world.takenFen(uid)).toBe(1000);
});

test('a car for which nothing was ever to be paid: the money is with a person, and told no more', async () => {
  const uid = await world.parked(5);
  expect(await pay({ uid }, [['A1', 1000]])).toEqual(OK);
  expect(await pay({ uid }, [['A1', 1000]])).toEqual(OK);
  expect(world.cases()).toEqual(['unknown-payment 1000']);
  // It stays with the person, also when there is something to pay by now.
  world.clock.jumpWall(60 * MINUTE);
  await world.push('calc', { vpl_number: CAR });
  expect(await pay({ uid }, [['A1', 1000]])).toEqual(OK);
  expect(world.takenFen(uid)).toBe(0);
  expect(world.cases()).toEqual(['unknown-payment 1000']);
});

test('without a plate, as calc answers where nobody stands at the exit', async () => {
  const { uid, billId } = await asked();
  expect(await pay({ uid, billId, vpl: '' }, [['A1', 1000]])).toEqual(OK);
  expect(world.takenFen(uid)).toBe(1000);
});

test('what cannot be read is refused, and nothing of it is booked', async () => {
  const { uid, billId } = await asked();
  const element = '{"pay_type":99,"amount":1000,"order":"A1"}';
  for (const list of [
    ...['', '{}', '[]', '[1]', 'null', element, '[{"pay_type":99,"amount":1000}]', `[${element}`],
    ...['0', '-1', '1.5', '"x"', '99999999999', 'null'].map((fen) => `[{"pay_type":99,"amount":${fen},"order":"A1"}]`),
    ...['""', 'null', '1.5', '1e3', '{}', '-7'].map((order) => `[{"pay_type":99,"amount":1000,"order":${order}}]`),
    ...[`[{"pay_type":1,"amount":1000,"order":"A1"}]`, `[{"amount":1000,"order":"A1"}]`],
    ...[
      `[${element},{"pay_type":99,"amount":10,"order":"A1"}]`,
      `[${element},{"pay_type":99,"amount":0,"order":"A2"}]`,
    ],
  ])
    expect([list, await pay({ uid, billId }, list)]).toMatchObject([list, { status: 400 }]);
  for (const time of ['153724316', '15372431650', 'x', '-537243165'])
    expect(
      await world.push('pay', {
        vpl_number: CAR,
        record_id: uid,
        bill_id: '',
        pay_time: time,
        pay_list: `[${element}]`,
      }),
    ).toMatchObject({ status: 400 });
  expect([world.takenFen(uid), world.read.bills.open(uid)?.id]).toEqual([0, billId]);
  // A line a minute, and a case for each order that can be read in what was refused.
  expect(world.log.lines.filter(({ message }) => message.includes('could not be read'))).toHaveLength(1);
  expect(world.cases().sort()).toEqual(['unknown-payment 0', 'unknown-payment 0']);
});

test('refused for a detail, the money is with a person, once, with what was said of it', async () => {
  const { uid, billId } = await asked();
  const odd = (list: string, more: Readonly<Record<string, string>> = {}) =>
    world.push('pay', { vpl_number: CAR, record_id: uid, bill_id: billId, pay_time: '', pay_list: list, ...more });
  const element = (order: string, amount = 700) => `{"pay_type":48,"amount":${amount},"order":"${order}"}`;
  for (let time = 0; time < 3; time += 1) {
    expect(await odd(`[${element('W1')},${element('W2', 300)}]`)).toMatchObject({ status: 400 });
    if (time === 1) await world.restarted();
  }
  expect(world.cases().sort()).toEqual(['unknown-payment 300', 'unknown-payment 700']);
  const [found] = world.read.cases.ofStay(uid).filter(({ amountFen }) => amountFen === 700);
  expect(found).toMatchObject({ uid, plate: CAR });
  for (const told of ['W1', '7 元', uid, billId, CAR]) expect(found?.detail).toContain(told);
  // Neither of record, bill and plate.
  await odd('[{"pay_type":99,"amount":500,"order":"W3"}]', { vpl_number: '', record_id: '', bill_id: '' });
  expect(world.cases()).toContain('unknown-payment 500');
  // Too many, and an order that is longer than any.
  await odd(`[${Array.from({ length: 21 }, (_, index) => element(`L${index}`)).join()}]`);
  expect(world.cases()).toHaveLength(24);
  await odd(`[${element('9'.repeat(101))}]`);
  expect(world.cases()).toHaveLength(25);
  const secret = 'vqhqr9vozoorivkc3lemrbicphgzx';
  const cases = world.read.cases.search({ offset: 0, limit: 50 }).items;
  expect(JSON.stringify([cases, world.log.lines])).not.toContain(secret);
  expect(world.takenFen(uid)).toBe(0);
});

test.each([
  ['nothing', '', 0],
  ['milliseconds', (now: number) => String(now - 60_000), 60_000],
  ['seconds', (now: number) => String(Math.floor(now / 1000) - 60), 60_000],
])('a moment told as %s is no reason to refuse money', async (_, time, agoMs) => {
  const { uid, billId } = await asked();
  world.clock.jumpWall(2 * MINUTE);
  const now = world.clock.now();
  const pay_time = typeof time === 'string' ? time : time(now);
  const pay_list = '[{"pay_type":99,"amount":1000,"order":"A1"}]';
  expect(await world.push('pay', { vpl_number: CAR, record_id: uid, bill_id: billId, pay_time, pay_list })).toEqual(OK);
  const [paid] = world.read.payments.ofStay(uid);
  expect(paid?.paid_fen).toBe(1000);
  expect(Math.abs(now - agoMs - (paid?.paid_at_ms ?? 0))).toBeLessThan(1000);
});

test('an order may be as long as the bank’s number of an AutoPay', async () => {
  const { uid, billId } = await asked();
  const long = 'A'.repeat(100);
  expect(await pay({ uid, billId }, [[long, 1000]])).toEqual(OK);
  expect(world.read.payments.ofStay(uid)).toMatchObject([{ reference: long }]);
  const parts = [
    [`${'B'.repeat(99)}1`, 600],
    [`${'B'.repeat(99)}2`, 400],
  ] as const;
  world.clock.jumpWall(80 * MINUTE);
  for (let time = 0; time < 2; time += 1) expect(await pay({ uid }, parts)).toEqual(OK);
  expect([world.takenFen(uid), world.cases()]).toEqual([1500, ['paid-twice 500']]);
});

test('money for nobody: the same answer and the same case, also when that car comes in afterwards', async () => {
  const told = { uid: 'unknown', vpl: CAR };
  expect(await pay(told, [['A1', 1000]])).toMatchObject({ status: 410 });
  const uid = await world.parked(65);
  expect(await pay(told, [['A1', 1000]])).toMatchObject({ status: 410 });
  await world.restarted();
  expect(await pay({ ...told, uid }, [['A1', 1000]])).toMatchObject({ status: 410 });
  expect([world.takenFen(uid), world.cases()]).toEqual([0, ['unknown-payment 1000']]);
  const [found] = world.read.cases.search({ offset: 0, limit: 9 }).items;
  for (const said of ['招行已收款', '找不到停车记录', 'A1', '不会自动入账']) expect(found?.detail).toContain(said);
  expect(found?.detail).not.toContain('已拒收');
});

test('a clock that is ahead at the bank gains the driver no time', async () => {
  const { uid, billId } = await asked();
  await pay({ uid, billId, at: world.clock.now() + 60 * MINUTE }, [['A1', 1000]]);
  expect(world.read.stays.get(uid)?.lastPaidAt).toBeLessThanOrEqual(world.clock.now());
});
