import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { debtViewSchema } from '../../shared/contract/debts.ts';
import { caseViewSchema } from '../../shared/contract/payments.ts';
import { shiftReportSchema, shiftViewSchema } from '../../shared/contract/shifts.ts';
import { faultsInTheBooks } from '../support/books.ts';
import { RealSite } from '../support/real-site.ts';

/** A day at the booth: what a cashier meets between float and handover, with the station killed in the middle of it. */

let site: RealSite;
beforeAll(async () => {
  site = await RealSite.open({ rules: { shiftRequired: true, missingEntryFen: 1500, cardReminderDays: 0 } });
});
afterAll(() => site.close());

const FLOAT = 20_000;
/** Cash that lies in the drawer, as the cashier would count it. */
let drawerFen = FLOAT;
let shiftId = '';

/** The car at the exit pays cash, out of a large note. */
async function pays(fen: number): Promise<void> {
  const { bill, passage } = await site.lane('out1');
  expect([passage?.plate.text, bill?.toPayFen]).toEqual([passage?.plate.text, fen]);
  const body = { method: 'cash', amountFen: fen, receivedFen: 10_000, passageId: passage?.id };
  const after = await site.order('wang', 'out1', 'collect', body);
  expect(after.phase).toBe('cleared');
  drawerFen += fen;
}

const account = async (plate: string): Promise<unknown> => {
  const { status, chargeFen, paidFen, waivedFen, owedFen } = await site.stay(plate);
  return { status, chargeFen, paidFen, waivedFen, owedFen };
};

test('no cash without a shift, and none into the drawer of another', async () => {
  for (const plate of ['鲁B21001', '鲁B22B02', '鲁B23003', '鲁B24004', '鲁B25005', '鲁B26006', '鲁B27007'])
    expect((await site.read('in1', plate)).phase).toBe('cleared');
  await site.pass(70);
  expect(await site.read('out1', '鲁B21001')).toMatchObject({ phase: 'charging', bill: { dueFen: 700 } });
  const cash = { method: 'cash', amountFen: 700, receivedFen: 1000 };
  expect((await site.ask('wang', '/lanes/out1/collect', cash)).why).toBe('shift-required');
  const opened = await site.as('wang', shiftViewSchema, '/shifts', { booth: '1', floatFen: FLOAT });
  shiftId = opened.id;
  expect((await site.ask('li', '/lanes/out1/collect', cash)).why).toBe('not-your-till');
  expect((await site.ask('wang', '/lanes/out1/collect', { ...cash, receivedFen: 600 })).status).toBe(409);
  await pays(700);
});

test('misread, near, unread, unlicensed and never seen: each car leaves with what it owes', async () => {
  // Unread at the entrance, and one without a plate that scans its way in and, after a crash, out.
  expect((await site.read('in1', '_无_')).passage?.attention).toBe('unread-plate');
  await site.order('wang', 'in1', 'correct-plate', { plate: '鲁B28008', plateColor: 'blue' });
  expect((await site.read('in1', '_无_', { type: 31 })).phase).toBe('attention');
  expect((await site.order('wang', 'in1', 'identify', { identity: 'QR-77' })).phase).toBe('cleared');

  // B for 8: near, and so near that nobody else can be meant; the fee is that of the car that came in.
  expect(await site.read('out1', '鲁B22802')).toMatchObject({ phase: 'charging', plate: { text: '鲁B22B02' } });
  await site.crash();
  expect(await site.lane('out1')).toMatchObject({ phase: 'charging', plate: { text: '鲁B22B02' } });
  await pays(700);

  // Two plates are as near: a person picks by the picture.
  for (const plate of ['鲁B3110A', '鲁B3110C']) await site.read('in1', plate);
  const near = await site.read('out1', '鲁B3110B');
  expect(near.passage).toMatchObject({ attention: 'near-match' });
  expect(near.passage?.candidates.map(({ plate }) => plate)).toEqual(expect.arrayContaining(['鲁B3110A', '鲁B3110C']));
  const { uid } = await site.stay('鲁B3110C');
  await site.pass(61);
  expect(await site.order('wang', 'out1', 'pick-stay', { uid })).toMatchObject({ phase: 'charging' });
  await pays(700);
  expect(await account('鲁B3110C')).toMatchObject({ status: 'left', paidFen: 700 });

  expect((await site.read('out1', '_无_', { type: 31 })).phase).toBe('attention');
  expect((await site.order('wang', 'out1', 'identify', { identity: 'QR-77' })).phase).toBe('charging');
  await pays(700);

  expect((await site.read('out1', '鲁F90001')).passage?.attention).toBe('no-entry');
  await site.order('wang', 'out1', 'back-fill', { enteredAt: site.at(-100), proof: '停车票 12' });
  await pays(900);

  expect((await site.read('out1', '鲁F77772')).passage?.attention).toBe('no-entry');
  await site.order('wang', 'out1', 'fixed-fee', { reason: '无入场记录' });
  await pays(1500);
  expect(await account('鲁F77772')).toMatchObject({ status: 'left', chargeFen: 1500, paidFen: 1500 });
  expect(await faultsInTheBooks(site)).toEqual([]);
});

test('let go for nothing, let out in debt, and asked for it at the next visit', async () => {
  await site.read('out1', '鲁B23003');
  expect((await site.ask('wang', '/lanes/out1/release', { reason: ' ' })).status).toBe(400);
  await site.order('wang', 'out1', 'release', { reason: '特种车辆' });
  expect(await account('鲁B23003')).toEqual({
    ...{ status: 'left', chargeFen: 1100, paidFen: 0, waivedFen: 1100, owedFen: 0 },
  });

  await site.read('out1', '鲁B24004');
  await site.order('wang', 'out1', 'owe', { reason: '没带钱' });
  expect(await account('鲁B24004')).toMatchObject({ status: 'left', chargeFen: 1100, owedFen: 1100 });
  await site.pass(12);
  await site.crash();
  await site.read('in1', '鲁B24004');
  await site.pass(61);
  expect((await site.read('out1', '鲁B24004')).bill).toMatchObject({ dueFen: 700, toPayFen: 1800 });
  await pays(1800);
  const [now, before] = await site.stays('鲁B24004');
  expect([now?.paidFen, before?.paidFen, before?.owedFen]).toEqual([700, 1100, 0]);

  // A debt that no stay of ours stands for.
  const debt = { plate: '鲁B25005', amountFen: 900, reason: '冲卡' };
  const { id } = await site.as('chen', debtViewSchema, '/debts', debt);
  expect((await site.read('out1', '鲁B25005')).bill).toMatchObject({ toPayFen: 1500 + 900 });
  await pays(2400);
  const debts = await site.as('wang', pageOf(debtViewSchema), '/debts?plate=鲁B25005');
  expect(debts.items).toMatchObject([{ id, state: 'paid', paidFen: 900 }]);
  expect(await faultsInTheBooks(site)).toEqual([]);
});

test('a held arm, doubt, and cars that turn back', async () => {
  await site.order('wang', 'out1', 'hold', { on: true, reason: '领导安排' });
  await site.crash();
  expect((await site.lane('out1')).barrier.held).toBe(true);
  await site.read('out1', '鲁B26006');
  expect(await account('鲁B26006')).toMatchObject({ status: 'left', paidFen: 0, waivedFen: 1500 });
  await site.pass(2);
  await site.order('wang', 'out1', 'hold', { on: false, reason: '恢复' });

  const doubtful = await site.read('out1', '鲁B27007');
  expect(doubtful).toMatchObject({ phase: 'attention', bill: null, passage: { attention: 'doubtful' } });
  expect((await site.ask('wang', '/lanes/out1/collect', { method: 'cash', amountFen: 1500 })).why).toBe('nothing-due');
  await site.order('wang', 'out1', 'approve', { reason: '照片相符' });
  await pays(1500);

  await site.read('in1', '鲁B29009');
  await site.order('wang', 'in1', 'withdraw', { reason: '掉头' });
  expect(await account('鲁B29009')).toMatchObject({ status: 'abnormal', chargeFen: 0 });

  await site.read('in1', '鲁B29010');
  await site.pass(30);
  await site.read('out1', '鲁B29010');
  await pays(500);
  await site.order('wang', 'out1', 'withdraw', { reason: '掉头' });
  drawerFen -= 500;
  expect(await account('鲁B29010')).toMatchObject({ status: 'inside', paidFen: 0 });
  await site.read('out1', '鲁B29010');
  await pays(500);
  expect(await faultsInTheBooks(site)).toEqual([]);
});

test('counted blind, different, closed, taken over; report and balance agree with the drawer', async () => {
  const out = { amountFen: 1200, remark: '买水' };
  expect((await site.ask('wang', `/shifts/${shiftId}/paid-out`, out)).status).toBe(200);
  drawerFen -= 1200;
  await site.as('wang', shiftViewSchema, `/shifts/${shiftId}/pause`, {});
  await site.crash();
  const count = { 100: drawerFen / 100 - 5 };
  const counted = await site.as('wang', shiftViewSchema, `/shifts/${shiftId}/count`, { count });
  expect(counted).toMatchObject({ expectedFen: drawerFen, countedFen: drawerFen - 500, differenceFen: -500 });
  await site.as('wang', shiftViewSchema, `/shifts/${shiftId}/close`, { reason: '找零差错', leftFen: FLOAT });
  expect((await site.ask('li', '/shifts', { booth: '1' })).why).toBe('previous-unconfirmed');
  await site.as('li', shiftViewSchema, `/shifts/${shiftId}/confirm`, {});
  const next = await site.as('li', shiftViewSchema, '/shifts', { booth: '1' });
  expect(next).toMatchObject({ cashier: '小李', floatFen: FLOAT });

  const report = await site.as('chen', shiftReportSchema, `/shifts/${shiftId}/report`);
  expect(report.received.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(drawerFen - FLOAT + 1200);
  expect(report.debtsLetOut).toEqual({ count: 1, amountFen: 1100 });
  expect(report.debtsCollected).toEqual({ count: 2, amountFen: 2000 });
  expect(report.released).toEqual(expect.arrayContaining([{ count: 1, amountFen: 1100, reason: '特种车辆' }]));
  expect(await faultsInTheBooks(site)).toEqual([]);

  const { items } = await site.as('chen', pageOf(caseViewSchema), '/cases?open=true&pageSize=100');
  expect(items.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['no-entry', 'left-while-held', 'shift-difference']),
  );
  const close = { resolution: '已核实' };
  const pathOf = (kind: string): string =>
    `/cases/${encodeURIComponent(items.find((each) => each.kind === kind)?.id ?? '')}`;
  expect((await site.ask('wang', `${pathOf('no-entry')}/take`, {})).status).toBe(200);
  expect((await site.ask('li', `${pathOf('no-entry')}/close`, close)).why).toBe('case-taken');
  await site.ask('wang', `${pathOf('shift-difference')}/take`, {});
  expect((await site.ask('wang', `${pathOf('shift-difference')}/close`, close)).why).toBe('managers-only');
  for (const { id } of items) {
    await site.as('chen', caseViewSchema, `/cases/${encodeURIComponent(id)}/take`, {});
    await site.as('chen', caseViewSchema, `/cases/${encodeURIComponent(id)}/close`, close);
  }
  const left = await site.as('chen', z.object({ total: z.int() }), '/cases?open=true');
  expect(left.total).toBe(0);
});
