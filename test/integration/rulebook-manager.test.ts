import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { cardViewSchema } from '../../shared/contract/cards.ts';
import { type ImportView, importFaultSchema, importViewSchema } from '../../shared/contract/imports.ts';
import { listEntryViewSchema } from '../../shared/contract/lists.ts';
import { refundViewSchema, stayBillSchema } from '../../shared/contract/payments.ts';
import { stayViewSchema } from '../../shared/contract/stays.ts';
import { occupancySchema } from '../../shared/domain/occupancy.ts';
import { passageRulesSchema } from '../../shared/domain/passage-rules.ts';
import { faultsInTheBooks } from '../support/books.ts';
import { RealSite } from '../support/real-site.ts';
import { until } from '../support/until.ts';
import { workbook } from '../support/workbook.ts';

/** The manager's office: rules, lists, corrections, refunds, spaces and evidence, while cars come and go. */

const root = fileURLToPath(new URL('../..', import.meta.url));
let site: RealSite;
beforeAll(async () => {
  site = await RealSite.open();
});
afterAll(() => site.close());

const cash = (fen: number) => ({ method: 'cash', amountFen: fen, receivedFen: fen });

async function upload(what: string, fileName: string, bytes: Buffer): Promise<ImportView> {
  const { id } = await site.as('chen', importViewSchema, '/imports', { what, fileName, bytes: bytes.length });
  const piece = { offset: 0, base64: bytes.toString('base64') };
  await site.as('chen', importViewSchema, `/imports/${id}/pieces`, piece);
  return settled(id, ['ready', 'faulty', 'failed']);
}

const settled = (id: string, states: readonly string[]): Promise<ImportView> =>
  until(`import ${id}`, async () => {
    const view = await site.as('chen', importViewSchema, `/imports/${id}`);
    return states.includes(view.state) ? view : undefined;
  });

/** Rows as a workbook of inline strings. */
const sheet = (rows: readonly (readonly string[])[]): Buffer =>
  workbook({
    rows: rows
      .map((cells, r) => {
        const written = cells.map(
          (text, c) => `<c r="${String.fromCharCode(65 + c)}${r + 1}" t="inlineStr"><is><t>${text}</t></is></c>`,
        );
        return `<row r="${r + 1}">${written.join('')}</row>`;
      })
      .join(''),
  });

test('rules changed live hold from the next car on; nonsense changes nothing', async () => {
  for (const plate of ['鲁B51001', '鲁B52002', '鲁B53003', '鲁B54004', '鲁B55005', '鲁B56006'])
    await site.read('in1', plate);
  await site.pass(70);
  const before = await site.as('wang', passageRulesSchema, '/rules');
  for (const patch of [
    { verifyAboveFen: -1 },
    { verifyAboveFen: 1.5 },
    { graceMinutes: '15' },
    { nothing: 1 },
    { full: { small: 'x' } },
    { releaseReasons: [''] },
    { businessDayStart: '25:00' },
  ]) {
    const { status, body } = await site.ask('chen', '/rules', patch, 'PATCH');
    expect([patch, status >= 400 && status < 500]).toEqual([patch, true]);
    expect(body).toMatchObject({ detail: expect.stringMatching(/\p{Script=Han}/u) });
  }
  expect((await site.ask('wang', '/rules', { graceMinutes: 20 }, 'PATCH')).status).toBe(403);
  expect(await site.as('wang', passageRulesSchema, '/rules')).toEqual(before);

  await site.as('chen', passageRulesSchema, '/rules', { verifyAboveFen: 600 }, 'PATCH');
  expect((await site.read('out1', '鲁B51001')).passage?.attention).toBe('amount-check');
  await site.crash();
  expect(await site.lane('out1')).toMatchObject({ phase: 'attention', passage: { attention: 'amount-check' } });
  expect((await site.as('wang', passageRulesSchema, '/rules')).verifyAboveFen).toBe(600);
  expect(await site.order('wang', 'out1', 'approve', { reason: '金额无误' })).toMatchObject({ phase: 'charging' });
  await site.order('wang', 'out1', 'collect', cash(700));
  await site.as('chen', passageRulesSchema, '/rules', { verifyAboveFen: 50_000 }, 'PATCH');
});

test('full: refused, let in with a reason, and open again after a recount', async () => {
  await site.as('chen', passageRulesSchema, '/rules', { full: { ...small('refuse') } }, 'PATCH');
  const recount = { actualInside: 30, reason: '盘点' };
  expect((await site.ask('wang', '/spaces/recount', recount)).status).toBe(403);
  const counted = await site.as('chen', occupancySchema, '/spaces/recount', recount);
  expect(counted.whole).toMatchObject({ inside: 30, free: 0 });
  const turned = await site.read('in1', '鲁B57007');
  expect(turned.passage).toMatchObject({ attention: 'lot-full', needsReason: true });
  expect((await site.ask('wang', '/lanes/in1/approve', {})).why).toBe('reason-needed');
  await site.order('wang', 'in1', 'approve', { reason: '领导安排' });
  expect((await site.stay('鲁B57007')).status).toBe('inside');
  await site.as('chen', passageRulesSchema, '/rules', { full: { ...small('admit') } }, 'PATCH');
  const back = await site.as('chen', occupancySchema, '/spaces/recount', { actualInside: 6, reason: '复盘' });
  expect([back.whole.inside, back.correction]).toEqual([6, 0]);
  expect(await faultsInTheBooks(site)).toEqual([]);
});
const small = (rule: string): object => ({ small: rule, medium: 'admit', large: 'admit' });

test('a workbook and a table with faulty rows put nothing in; put right they go in, and come out the same', async () => {
  const head = ['卡号', '类型', '车牌', '有效期止'];
  const bad = await upload(
    'cards',
    '月租 <b>.xlsx',
    sheet([
      head,
      ['C1', '月租卡', '鲁B58001', '2030-12-31'],
      ['C2', '什么', '鲁B58002', '2030-12-31'],
      ['C3', '月租卡', '不是车牌', '2030-12-31'],
      ['C1', '月租卡', '鲁B58004', '2030-13-31'],
    ]),
  );
  expect(bad.state).toBe('faulty');
  const faults = await site.as('chen', pageOf(importFaultSchema), `/imports/${bad.id}/faults`);
  expect(new Set(faults.items.map(({ rowNumber }) => rowNumber))).toEqual(new Set([3, 4, 5]));
  for (const { reason } of faults.items) expect(reason).toMatch(/\p{Script=Han}/u);
  expect((await site.ask('chen', `/imports/${bad.id}/apply`, {})).why).toBe('not-ready');
  expect((await site.as('chen', pageOf(cardViewSchema), '/cards')).total).toBe(0);

  const good = await upload(
    'cards',
    '月租.xlsx',
    sheet([head, ['C1', '月租卡', '鲁B58001', '2030-12-31'], ['C2', 'VIP卡', '鲁B58002', '2030-12-31']]),
  );
  expect(good).toMatchObject({ state: 'ready', added: 2 });
  await site.crash();
  await site.as('chen', importViewSchema, `/imports/${good.id}/apply`, {});
  expect(await settled(good.id, ['done', 'failed'])).toMatchObject({ state: 'done', added: 2 });
  expect((await site.read('in1', '鲁B58001')).passage?.stay?.terms.kind).toBe('card');

  const list = (strategy: string) => Buffer.from(`名单,车牌,策略\n黑名单,鲁B59001,${strategy}\n白名单,鲁B59002,\n`);
  expect(await upload('lists', '名单.csv', list('随便'))).toMatchObject({ state: 'faulty', faultCount: 1 });
  const ready = await upload('lists', '名单.csv', list('禁止入场'));
  await site.as('chen', importViewSchema, `/imports/${ready.id}/apply`, {});
  await settled(ready.id, ['done']);
  const { items } = await site.as('chen', pageOf(listEntryViewSchema), '/lists');
  expect(items.map(({ plate, strategy }) => `${plate} ${strategy}`).sort()).toEqual([
    '鲁B59001 no-entry',
    '鲁B59002 free',
  ]);
  expect((await site.read('in1', '鲁B59001')).passage).toMatchObject({ attention: 'blacklisted', needsReason: true });
  await site.order('wang', 'in1', 'cancel', { reason: '劝离' });

  const token = await site.token('chen');
  for (const what of ['cards', 'lists']) {
    const file = await site.station.raw(`/api/v1/exports/${what}?format=csv`, { token });
    const again = await upload(what, `${what}.csv`, Buffer.from(await file.arrayBuffer()));
    expect([what, again.state, again.unchanged, again.added, again.updated]).toEqual([what, 'ready', 2, 0, 0]);
    await site.as('chen', z.object({}), `/imports/${again.id}`, undefined, 'DELETE');
  }
});

test('corrections and refunds: each decided by who may, and the books agree after every one', async () => {
  const correct = async (plate: string, what: object) =>
    site.ask('chen', `/sessions/${(await site.stay(plate)).uid}/correct`, { reason: '更正', ...what });
  expect((await correct('鲁B52002', { enteredAt: site.at(-130) })).status).toBe(200);
  expect((await correct('鲁B52002', { vehicleClass: 'large' })).status).toBe(200);
  expect((await correct('鲁B52002', { plate: '鲁B52020' })).status).toBe(200);
  expect((await correct('鲁B53003', { plate: '鲁B52020' })).why).toBe('already-inside');
  expect((await correct('鲁B52020', { enteredAt: site.at(60) })).why).toBe('in-the-future');
  expect((await correct('鲁B52020', {})).why).toBe('nothing-changed');
  expect((await correct('鲁B56006', { void: true })).status).toBe(200);

  const exit = await site.read('out1', '鲁B52020');
  expect(exit).toMatchObject({ phase: 'charging', bill: { chargeFen: 1100 } });
  await site.order('wang', 'out1', 'collect', cash(1100));
  const { uid } = await site.stay('鲁B52020');
  expect((await correct('鲁B52020', { feeFen: 700 })).status).toBe(409);

  const [bill] = await site.as('wang', z.array(stayBillSchema), `/bills?uid=${uid}`);
  const wanted = { billId: bill?.id, amountFen: 400, reason: '车型有误' };
  for (const amountFen of [0, -1, 0.5, 1101])
    expect((await site.ask('wang', '/refunds', { ...wanted, amountFen })).status).toBeGreaterThanOrEqual(400);
  const { id } = await site.as('chen', refundViewSchema, '/refunds', wanted);
  expect((await site.ask('wang', `/refunds/${id}/approve`, {})).status).toBe(403);
  expect((await site.ask('chen', `/refunds/${id}/approve`, {})).status).toBe(409);
  expect((await site.ask('wang', `/refunds/${id}/done`, {})).status).toBe(409);
  await site.as('zhou', refundViewSchema, `/refunds/${id}/approve`, {});
  expect(await faultsInTheBooks(site)).toEqual([]);
  await site.crash();
  await site.as('wang', refundViewSchema, `/refunds/${id}/done`, {});
  expect((await site.ask('wang', `/refunds/${id}/done`, {})).status).toBe(409);
  expect((await site.ask('wang', '/refunds', { ...wanted, amountFen: 701 })).why).toBe('refund-too-much');
  expect(await faultsInTheBooks(site)).toEqual([]);
  // It still stands under the arm, as far as anybody knows, until the next one comes.
  expect((await correct('鲁B52020', { feeFen: 700 })).why).toBe('at-the-lane');
  expect((await site.read('out1', '鲁F00001')).passage?.attention).toBe('no-entry');
  await site.order('wang', 'out1', 'cancel', { reason: '掉头' });
  expect((await correct('鲁B52020', { feeFen: 600 })).why).toBe('paid-more');
  expect((await correct('鲁B52020', { feeFen: 700 })).why).toBe('ok');
  expect(await faultsInTheBooks(site)).toEqual([]);
});

test('what stands too long is closed in bulk, and one stay leaves the house as evidence', async () => {
  await site.pass(40 * 24 * 60);
  const stale = await site.as('wang', pageOf(stayViewSchema), '/sessions/stale?hours=720');
  expect(stale.total).toBe(5);
  const bulk = { which: { olderThanDays: 30 }, reason: '车已不在' };
  expect((await site.ask('wang', '/sessions/close-stale', bulk)).status).toBe(403);
  const closed = z.object({ closed: z.int(), skipped: z.array(z.unknown()) });
  expect(await site.as('chen', closed, '/sessions/close-stale', bulk)).toEqual({ closed: 5, skipped: [] });
  expect((await site.stay('鲁B53003')).status).toBe('abnormal');
  expect(await faultsInTheBooks(site)).toEqual([]);

  const { uid } = await site.stay('鲁B52020');
  const file = z.object({ fileName: z.string(), base64: z.base64() });
  const page = await site.as('chen', file, `/sessions/${uid}/evidence/export`);
  const html = Buffer.from(page.base64, 'base64').toString('utf8');
  for (const text of ['鲁B52020', '鲁B52002', '车型有误', '核对结果：相符']) expect(html).toContain(text);
  expect(/<script(?! type="application\/json")|(src|href)=/.test(html)).toBe(false);
});

test('the whole history verifies, by command, after all that', async () => {
  expect(await site.station.sigterm()).toBe(0);
  const child = spawn(process.execPath, [join(root, 'scripts/run.mjs'), 'verify', '--data', site.station.data], {
    cwd: root,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  await once(child, 'close');
  expect([child.exitCode, child.exitCode === 0 ? '' : said]).toEqual([0, '']);
  await site.restart();
});
