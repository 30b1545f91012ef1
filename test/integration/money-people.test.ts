import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { caseViewSchema, stayBillSchema } from '../../shared/contract/payments.ts';
import { CarPark } from '../support/car-park.ts';

/** Who may do what with money, over the API: drawers, debts, cases and reviews. */

const wang = { name: '小王', password: 'a long night shift', role: 'attendant' };
const chen = { name: '老陈', password: 'a short day shift', role: 'manager' };
const boss = { name: '老板', password: 'the only one here', role: 'manager' };
const shiftOf = z.object({ id: z.string(), state: z.string() });
const billed = z.object({ bill: stayBillSchema });
let park: CarPark;
const tokens = new Map<string, string>();
const ask = async (who: { readonly name: string }, path: string, body?: object) => {
  const token = tokens.get(who.name) ?? '';
  const sent = body ? { method: 'POST', body, token } : { method: 'GET', token };
  const response = await park.station.raw(`/api/v1${path}`, sent);
  const text: unknown = await response.json();
  const why = z.object({ data: z.object({ reason: z.string() }) }).safeParse(text);
  return { status: response.status, body: text, why: why.success ? why.data.data.reason : undefined };
};

beforeAll(async () => {
  const rules = { debtIntercept: 'entry', verifyAboveFen: 2500 };
  park = await CarPark.open({ provision: { users: [wang, chen, boss], site: { rules } } });
  for (const user of [wang, chen, boss]) tokens.set(user.name, await park.station.signIn(user.name, user.password));
}, 60_000);
afterAll(() => park?.close());

it('cash for a bill at a lane is refused while the drawer there is locked, whichever way it is taken', async () => {
  const shift = shiftOf.parse((await ask(wang, '/shifts', { booth: '1', floatFen: 0 })).body);
  await park.register('鲁B71001', 30);
  await park.exit.push('鲁B71001');
  const { bill } = await park.laneWhen('out1', 'charging', (lane) => lane.bill?.dueFen === 500);
  await ask(wang, `/shifts/${shift.id}/pause`, {});
  const cash = { method: 'cash', receivedFen: 500 };
  expect((await ask(wang, `/bills/${bill?.id}/pay`, cash)).why).toBe('till-paused');
  expect((await ask(wang, '/lanes/out1/collect', { method: 'cash', amountFen: 500 })).why).toBe('till-paused');
  await ask(wang, `/shifts/${shift.id}/resume`, { password: wang.password });
  expect((await ask(wang, `/bills/${bill?.id}/pay`, cash)).status).toBe(200);
  const report = z.object({ drawer: z.object({ expectedFen: z.int() }) });
  expect(report.parse((await ask(chen, `/shifts/${shift.id}/report`)).body).drawer.expectedFen).toBe(500);
  await park.laneWhen('out1', 'cleared', ({ phase }) => phase === 'cleared');
});

it('a car stopped at the entry pays what it owes there, once, and comes in; the case is a manager’s who had no hand in it', async () => {
  await park.register('鲁B71002', 30);
  await park.exit.push('鲁B71002');
  await park.laneWhen('out1', 'charging', (lane) => lane.bill?.dueFen === 500);
  await park.station.raw('/api/v1/lanes/out1/owe', {
    ...{ method: 'POST', body: { reason: '忘带钱包' }, token: tokens.get(wang.name) ?? '' },
  });
  await park.laneWhen('out1', 'cleared', ({ phase }) => phase === 'cleared');
  const owed = z.object({ items: z.array(z.object({ id: z.string() })) });
  const debts = owed.parse((await ask(wang, '/debts?plate=鲁B71002')).body);
  const path = `/debts/${debts.items[0]?.id}/pay`;
  await park.pass(1);
  await park.entry.push('鲁B71002');
  await park.laneWhen('in1', 'stopped', ({ passage }) => passage?.attention === 'arrears');
  expect((await ask(wang, path, { method: 'cash', receivedFen: 400 })).why).toBe('amount-short');
  const paid = await ask(wang, path, { method: 'cash', receivedFen: 1000 });
  expect(paid.body).toMatchObject({ amountFen: 500, changeFen: 500, debt: { state: 'paid' } });
  await park.laneWhen('in1', 'let in', ({ phase }) => phase === 'cleared');
  expect((await ask(wang, path, { method: 'cash', receivedFen: 500 })).why).toBe('debt-over');
  expect((await ask(wang, `/debts/${debts.items[0]?.id}/charge`, { channel: 'qr' })).why).toBe('debt-over');
});

it('what is about money is ended by a manager who had no hand in it', async () => {
  await park.exit.push('京N88888');
  await park.laneWhen('out1', 'stopped', ({ passage }) => passage?.attention === 'no-entry');
  await park.station.raw('/api/v1/lanes/out1/release', {
    ...{ method: 'POST', body: { reason: '特种车辆' }, token: tokens.get(chen.name) ?? '' },
  });
  await park.laneWhen('out1', 'released', ({ phase }) => phase === 'cleared');
  const open = z.object({ items: z.array(caseViewSchema) });
  const { items } = open.parse((await ask(wang, '/cases?open=true&kind=released')).body);
  const path = `/cases/${encodeURIComponent(items[0]?.id ?? '')}`;
  const close = { resolution: '已核实' };
  expect((await ask(wang, `${path}/take`, {})).status).toBe(200);
  expect((await ask(wang, `${path}/close`, close)).why).toBe('managers-only');
  expect((await ask(chen, `${path}/close`, close)).why).toBe('own-case');
  expect((await ask(boss, `${path}/close`, close)).status).toBe(200);
});

it('a recharge is given back by managers only', async () => {
  const recharge = { cardId: 'none', orderNo: '1' };
  const asked = { recharge, amountFen: 100, reason: '注销' };
  expect((await ask(wang, '/refunds', asked)).why).toBe('managers-only');
  expect((await ask(chen, '/refunds', asked)).status).toBe(404);
  expect((await ask(chen, '/refunds', { ...asked, billId: 'b' })).why).toBe('refund-source');
});

it('after a held arm nobody is billed without a review, at a phone as little as at the lane; a review also settles a high amount', async () => {
  const { uid } = await park.register('鲁B71004', 30);
  // The clock was set above: that is a doubt as well.
  expect((await ask(wang, `/sessions/${uid}/review`, { reason: '照片相符' })).status).toBe(200);
  const first = billed.parse((await ask(wang, `/sessions/${uid}/bill`, {})).body);
  await park.order('out1', 'hold', { on: true, reason: '领导安排' });
  await park.order('out1', 'hold', { on: false, reason: '恢复' });
  expect((await ask(wang, `/sessions/${uid}/bill`, {})).why).toBe('stay-doubtful');
  expect((await ask(wang, `/sessions/${uid}/review`, {})).status).toBe(400);
  expect((await ask(wang, `/sessions/${uid}/review`, { reason: '车还在' })).status).toBe(200);
  const again = billed.parse((await ask(wang, `/sessions/${uid}/bill`, {})).body);
  expect(again.bill).toMatchObject({ id: first.bill.id, dueFen: 500 });

  // Reviewed at the lane's word, from elsewhere: the lane looks anew.
  const dear = await park.register('鲁B71005', 20 * 60);
  await park.exit.push('鲁B71005');
  await park.laneWhen('out1', 'doubted', ({ passage }) => passage?.attention === 'doubtful');
  expect((await ask(wang, `/sessions/${dear.uid}/review`, { reason: '照片相符' })).status).toBe(200);
  await park.laneWhen('out1', 'charging', ({ bill }) => bill?.dueFen === 3000);
});
