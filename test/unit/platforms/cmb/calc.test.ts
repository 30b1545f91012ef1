import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { IN, OUT, OUT2 } from '../../../support/lane-world.ts';
import { ANNA, CAR, CmbWorld, HOUR, MINUTE } from './cmb-world.ts';

let world: CmbWorld;
beforeEach(async () => {
  world = await CmbWorld.open();
});
afterEach(() => world.dispose());

const calc = (fields: Readonly<Record<string, string>>) => world.push('calc', fields);
const EXIT = String(OUT.number);
const VIRTUAL = '无A20190307000001';

/** A car without a plate came in by its driver's scan and stands inside for so long. */
async function unlicensed(minutes: number, vpl = VIRTUAL): Promise<string> {
  world.car('in1', '');
  expect(await world.push('NoVpln', { vpl_number: vpl, in_code: '1' })).toMatchObject({ status: 0 });
  world.clock.jumpWall(minutes * MINUTE);
  const stay = world.read.stays.insideIdentity(vpl);
  if (!stay) throw new Error('the car did not come in');
  return stay.uid;
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

test('the exit code asks about the car that stands there: every field of the table', async () => {
  const uid = await world.parked(125);
  const enteredAt = world.read.stays.get(uid)?.enteredAt ?? 0;
  world.car(OUT.id);
  const now = world.clock.now();
  expect(await calc({ out_code: EXIT })).toEqual({
    status: 0,
    message: 'success',
    data: {
      vpl_number: CAR,
      record_id: uid,
      bill_id: world.bill(uid).id,
      in_time: seconds(enteredAt),
      out_time: seconds(now),
      duration: 125 * 60,
      charge: { total_price: 1500, should_pay: 1500, paid: 0 },
      discount: [],
    },
  });
});

test('asked ten times while the bill holds, the order is one and the same, and nothing more is written', async () => {
  const uid = await world.parked(90);
  const first = await calc({ vpl_number: CAR });
  const { seq } = world.read.journal.last();
  for (let time = 0; time < 9; time += 1) {
    world.clock.jumpWall(MINUTE);
    expect(await calc({ vpl_number: CAR })).toEqual(first);
  }
  expect(world.read.journal.last().seq).toBe(seq);
  expect(world.read.bills.ofStay(uid)).toHaveLength(1);
  // It holds for 15 minutes, as the setting says.
  world.clock.jumpWall(7 * MINUTE);
  const next = await calc({ vpl_number: CAR });
  expect(next.data?.['bill_id']).not.toBe(first.data?.['bill_id']);
  expect(next.data).toMatchObject({ duration: 106 * 60, charge: { should_pay: 1000 } });
});

test('a 0-yuan order is an order: free so far, paid and in time, let through a moment ago', async () => {
  await world.parked(5);
  expect(await calc({ vpl_number: CAR })).toMatchObject({
    status: 0,
    data: { vpl_number: CAR, bill_id: '', duration: 300, charge: { total_price: 0, should_pay: 0, paid: 0 } },
  });
  world.clock.jumpWall(HOUR);
  await calc({ vpl_number: CAR });
  world.cash(world.bill(world.read.stays.inside(CAR)?.uid ?? ''));
  expect(await calc({ vpl_number: CAR })).toMatchObject({
    status: 0,
    data: { bill_id: '', charge: { total_price: 1000, should_pay: 0, paid: 1000 } },
  });
  world.car(OUT.id);
  expect(world.lanes.state(OUT.id).phase).toBe('cleared');
  expect(await calc({ out_code: EXIT })).toMatchObject({
    status: 0,
    data: { vpl_number: CAR, charge: { total_price: 1000, should_pay: 0, paid: 1000 } },
  });
});

test('discounts: money in fen, time in seconds; what is to pay now has them taken off', async () => {
  const uid = await world.parked(125);
  const given = { maxFen: null, minimumFen: 0, reason: '会员' };
  world.payments.grants.grant(uid, { kind: 'minutes', value: 30, ...given }, ANNA, null);
  world.payments.grants.grant(uid, { kind: 'amount', value: 200, ...given }, ANNA, null);
  const told = await calc({ vpl_number: CAR });
  expect(told).toMatchObject({
    status: 0,
    data: {
      // 125 minutes less 30 are two hours, and 2 yuan off.
      charge: { total_price: 1500, should_pay: 800, paid: 0 },
      discount: [
        // Who granted it here is nobody's business there.
        { unit: 1, name: '人工优惠', value: 1800 },
        { unit: 0, name: '人工优惠', value: 200 },
      ],
    },
  });
  // What was paid before, and what was taken off then, stay in the order.
  world.cash(world.bill(uid));
  world.clock.jumpWall(80 * MINUTE);
  expect(await calc({ vpl_number: CAR })).toMatchObject({
    data: { charge: { total_price: 2000, paid: 800, should_pay: 500 }, discount: [{ unit: 1 }, { unit: 0 }] },
  });
});

test('a plate that is not inside is no record, with the plate; nobody at the exit or no plate to read is 3', async () => {
  expect(await calc({ vpl_number: '京B00001' })).toEqual({
    status: 2,
    message: '没有停车记录',
    data: { vpl_number: '京B00001' },
  });
  expect(await calc({ out_code: EXIT })).toEqual({ status: 3, message: '出口没有车辆' });
  world.car(OUT.id, '');
  expect(await calc({ out_code: EXIT })).toEqual({ status: 3, message: '未识别到车牌' });
  // An exit that we do not have, and a car whose entry nobody saw.
  expect(await calc({ out_code: '77' })).toMatchObject({ status: 3 });
  world.car(OUT.id, '京C00001');
  expect(await calc({ out_code: EXIT })).toMatchObject({ status: 2, data: { vpl_number: '京C00001' } });
});

test('a car that went its way half a minute ago stands there no more', async () => {
  await world.parked(5);
  world.car(OUT.id);
  const commandId = world.lanes.state(OUT.id).lastCommand?.id ?? '';
  await world.clock.advance(0);
  world.lanes.order(OUT.id, { type: 'gate-answered', commandId, outcome: 'done', detail: '' });
  expect(await calc({ out_code: EXIT })).toMatchObject({ status: 0 });
  world.clock.jumpWall(31_000);
  expect(await calc({ out_code: EXIT })).toEqual({ status: 3, message: '出口没有车辆' });
});

test('no-plate query, a plated car at the exit: its order and plate, or no order and its plate', async () => {
  const uid = await unlicensed(65);
  const plated = await world.parked(65);
  world.car(OUT.id);
  expect(await calc({ vpl_number: VIRTUAL, out_code: EXIT })).toMatchObject({
    status: 0,
    data: { vpl_number: CAR, record_id: plated, charge: { should_pay: 1000 } },
  });
  world.lanes.order(OUT.id, { type: 'cancel', reason: '倒车', actor: ANNA });
  world.car(OUT.id, '京C00001');
  expect(await calc({ vpl_number: VIRTUAL, out_code: EXIT })).toEqual({
    status: 2,
    message: '没有停车记录',
    data: { vpl_number: '京C00001' },
  });
  // The one without a plate was not touched by that.
  expect(world.read.stays.get(uid)?.status).toBe('inside');
  expect(world.read.bills.ofStay(uid)).toEqual([]);
});

test('no-plate query, a car without a plate at the exit: it is that of the virtual plate, and its money opens this exit', async () => {
  const uid = await unlicensed(125);
  world.car(OUT.id, '');
  expect(await calc({ vpl_number: '无A20190307000002', out_code: EXIT })).toEqual({
    status: 2,
    message: '没有停车记录',
    data: { vpl_number: '无A20190307000002' },
  });
  const told = await calc({ vpl_number: VIRTUAL, out_code: EXIT });
  expect(told).toMatchObject({
    status: 0,
    data: { vpl_number: VIRTUAL, record_id: uid, bill_id: world.bill(uid).id, charge: { should_pay: 1500 } },
  });
  expect(world.lanes.state(OUT.id)).toMatchObject({ phase: 'charging', passage: { uid, identity: VIRTUAL } });
  // Asked again: tied already, the same order. By the exit code alone it has a name now.
  const { seq } = world.read.journal.last();
  expect(await calc({ vpl_number: VIRTUAL, out_code: EXIT })).toEqual(told);
  expect(await calc({ out_code: EXIT })).toEqual(told);
  expect(await calc({ vpl_number: VIRTUAL })).toEqual(told);
  expect(world.read.journal.last().seq).toBe(seq);
  const paid = await world.push('pay', {
    ...{ vpl_number: VIRTUAL, record_id: uid, bill_id: world.bill(uid).id },
    ...{ pay_time: String(seconds(world.clock.now())), pay_list: '[{"pay_type":99,"amount":1500,"order":"N1"}]' },
  });
  expect(paid).toEqual({ status: 0, message: 'success' });
  expect(world.lanes.state(OUT.id).phase).toBe('cleared');
  expect(world.read.stays.get(uid)).toMatchObject({ status: 'left', paidFen: 1500 });
  expect(await calc({ vpl_number: VIRTUAL, out_code: EXIT })).toMatchObject({
    status: 0,
    data: { vpl_number: VIRTUAL, charge: { should_pay: 0, paid: 1500 } },
  });
});

test('no-plate query, nobody at the exit: the order without a plate, or no order without a plate', async () => {
  const uid = await unlicensed(65);
  expect(await calc({ vpl_number: VIRTUAL, out_code: EXIT })).toMatchObject({
    status: 0,
    data: { vpl_number: '', record_id: uid, charge: { should_pay: 1000 } },
  });
  expect(world.lanes.state(OUT.id).phase).toBe('idle');
  expect(await calc({ vpl_number: '无B1', out_code: EXIT })).toEqual({
    status: 2,
    message: '没有停车记录',
    data: { vpl_number: '' },
  });
});

test('who says to be the car with somebody else’s plate gets its order, and not its exit', async () => {
  const uid = await world.parked(65);
  world.car(OUT.id, '');
  expect(await calc({ vpl_number: CAR, out_code: EXIT })).toMatchObject({
    status: 0,
    data: { vpl_number: CAR, record_id: uid },
  });
  expect(world.lanes.state(OUT.id)).toMatchObject({ phase: 'attention', passage: { uid: null } });
});

test('what a second driver scans does not take the bill from the first', async () => {
  const uid = await unlicensed(65);
  const other = await unlicensed(65, '无A20190307000002');
  world.car(OUT.id, '');
  await calc({ vpl_number: VIRTUAL, out_code: EXIT });
  expect(await calc({ vpl_number: '无A20190307000002', out_code: EXIT })).toMatchObject({
    status: 0,
    data: { vpl_number: '无A20190307000002', record_id: other },
  });
  expect(world.lanes.state(OUT.id).passage?.uid).toBe(uid);
});

test('debts of other visits are part of what an exit asks for, and not of what is asked inside', async () => {
  await world.parked(65);
  world.car(OUT.id);
  world.lanes.order(OUT.id, { type: 'owe', reason: '手机没电', actor: ANNA });
  await world.pass(5 * MINUTE);
  const uid = await world.parked(65);
  expect(await calc({ vpl_number: CAR })).toMatchObject({
    status: 0,
    data: { charge: { total_price: 1000, should_pay: 1000 } },
  });
  world.clock.jumpWall(20 * MINUTE);
  world.car(OUT.id);
  const both = { status: 0, data: { record_id: uid, charge: { total_price: 2000, should_pay: 2000, paid: 0 } } };
  expect(await calc({ out_code: EXIT })).toMatchObject(both);
  expect(await calc({ vpl_number: CAR })).toMatchObject(both);
});

test('an order from inside gives way at the exit to one that asks for the debts', async () => {
  await world.parked(65);
  world.car(OUT.id);
  world.lanes.order(OUT.id, { type: 'owe', reason: '手机没电', actor: ANNA });
  await world.pass(5 * MINUTE);
  const uid = await world.parked(65);
  const inside = await calc({ vpl_number: CAR });
  world.car(OUT.id);
  expect(world.bill(uid)).toMatchObject({ dueFen: 1000, arrears: [{ amountFen: 1000 }] });
  const both = await calc({ out_code: EXIT });
  expect(both.data).toMatchObject({ charge: { should_pay: 2000 } });
  expect(both.data?.['bill_id']).not.toBe(inside.data?.['bill_id']);
  expect(await calc({ vpl_number: CAR })).toEqual(both);
});

test('while an AutoPay is under way the driver’s scan is told to wait; once it is set aside the order is there', async () => {
  world.answer('AutoPay', () => undefined);
  world.answer('PayOrderStatus', { status: 1, message: '处理中' });
  const uid = await world.parked(65);
  await world.push('autoPayBind', { vpl_number: CAR, limiter: '50000' });
  world.car(OUT.id);
  await world.heard('AutoPay');
  const wait = { status: 1, message: '正在自动扣费，请稍候', data: { vpl_number: CAR } };
  expect(await calc({ out_code: EXIT })).toEqual(wait);
  expect(await calc({ vpl_number: CAR })).toEqual(wait);
  for (let second = 0; second < 60 && !world.read.attempts.ofStay(uid)[0]?.setAside; second += 1)
    await world.pass(1000);
  expect(world.read.attempts.ofStay(uid)).toMatchObject([{ state: 'unknown', setAside: true }]);
  expect(await calc({ out_code: EXIT })).toMatchObject({ status: 0, data: { charge: { should_pay: 1000 } } });
});

test('a class that no tariff knows is 4, a car park without a tariff for it 5', async () => {
  await world.parked(65);
  const real = world.lanes.account.bind(world.lanes);
  const account = vi.spyOn(world.lanes, 'account');
  account.mockImplementation((stay) => (stay.vehicleClass === 'large' ? real(stay) : null));
  expect(await calc({ vpl_number: CAR })).toMatchObject({ status: 4, data: { vpl_number: CAR } });
  account.mockImplementation(() => null);
  expect(await calc({ vpl_number: CAR })).toMatchObject({ status: 5, data: { vpl_number: CAR } });
});

test('a stay in doubt is for a person to look at, wherever it is asked about', async () => {
  const uid = await world.parked(65);
  world.lanes.gate(OUT.id, 'hold', '高峰', ANNA);
  world.clock.jumpWall(MINUTE);
  world.lanes.gate(OUT.id, 'release-hold', null, ANNA);
  expect(await calc({ vpl_number: CAR })).toMatchObject({ status: 1, data: { vpl_number: CAR } });
  world.car(OUT.id);
  expect(await calc({ out_code: EXIT })).toMatchObject({ status: 1, data: { vpl_number: CAR } });
  expect(world.read.bills.ofStay(uid)).toEqual([]);
});

test('an amount that a person is to check first is not told', async () => {
  await world.dispose();
  world = await CmbWorld.open({ site: { rules: { verifyAboveFen: 900 } } });
  await world.parked(65);
  expect(await calc({ vpl_number: CAR })).toMatchObject({ status: 1 });
  world.car(OUT.id);
  expect(await calc({ out_code: EXIT })).toMatchObject({ status: 1 });
});

test('a car that only waits for a nod has an order over nothing', async () => {
  await world.dispose();
  world = await CmbWorld.open({ site: { rules: { confirm: { freeExit: true } } } });
  await world.parked(5);
  world.car(OUT.id);
  expect(world.lanes.state(OUT.id).passage?.attention).toBe('confirm');
  expect(await calc({ out_code: EXIT })).toMatchObject({ status: 0, data: { charge: { should_pay: 0 } } });
});

test('numbers out of their range, and nothing to ask about, are malformed', async () => {
  for (const fields of [
    {},
    { vpl_number: '' },
    { out_code: '256' },
    { out_code: '-1' },
    { out_code: '1065' },
    { out_code: '1.5' },
  ])
    expect(await calc(fields as Record<string, string>)).toMatchObject({ status: 400 });
  expect(await calc({ vpl_number: 'x'.repeat(31) })).toMatchObject({ status: 400 });
  // 0 is a number, of no exit of ours; what is empty is absent.
  expect(await calc({ out_code: '0' })).toMatchObject({ status: 3 });
  expect(await calc({ out_code: '', vpl_number: CAR })).toMatchObject({ status: 2 });
});

test('two exits, each with its number at the bank', async () => {
  await world.dispose();
  world = await CmbWorld.open({ lanes: [IN, OUT, OUT2], settings: { codes: { gates: { [OUT2.id]: 200 } } } });
  await world.parked(65);
  world.car(OUT2.id);
  expect(await calc({ out_code: EXIT })).toMatchObject({ status: 3 });
  expect(await calc({ out_code: '3' })).toMatchObject({ status: 3 });
  expect(await calc({ out_code: '200' })).toMatchObject({ status: 0, data: { vpl_number: CAR } });
});
