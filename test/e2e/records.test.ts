import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { refundViewSchema } from '../../shared/contract/payments.ts';
import { stayViewSchema } from '../../shared/contract/stays.ts';
import { occupancySchema } from '../../shared/domain/occupancy.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { RealSite, type Who } from '../support/real-site.ts';

const executable = findChromium();
let browser: Browser | undefined;
let site: RealSite;
beforeAll(async () => {
  if (executable) browser = await launchChromium(executable);
  site = await RealSite.open();
});
afterAll(async () => {
  await browser?.close();
  await site.close();
});

/** A window of this person at a screen of the office. */
async function office(who: Who, at: string): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  if (!browser) throw new Error(NO_CHROMIUM);
  const opened = await openPage(browser);
  const { page } = opened;
  // Time was turned on meanwhile: a sign-in that ran out is made again by the first call.
  await site.ask(who, '/me');
  const token = await site.token(who);
  await page.addInitScript((known) => sessionStorage.setItem('gatehouse.token', known), token);
  await page.goto(`${site.station.url}/#/${at}`);
  await page.locator('.office .page').first().waitFor();
  return opened;
}

const faultsOf = (page: Page): Promise<string[]> => accessibilityFaults(page, '.office');

test('车主投诉多收费：按车牌找到记录，看证据，更正，退款由另一人批准', async (ctx) => {
  if (!browser) return ctx.skip(NO_CHROMIUM);
  await site.read('in1', '鲁B12345', { image: jpegOfSize(20_000) });
  await site.pass(95);
  const { bill } = await site.read('out1', '鲁B12345', { image: jpegOfSize(20_000) });
  expect(bill?.dueFen).toBe(900);
  await site.order('wang', 'out1', 'collect', { method: 'cash', amountFen: 900, receivedFen: 900 });
  // The next cars are at both gates: this one is gone for good.
  await site.read('in1', '鲁C70001');
  await site.read('out1', '鲁C70002');
  await site.order('wang', 'out1', 'cancel', { reason: '掉头' });

  const { page, complaints } = await office('chen', 'stays');
  expect(await faultsOf(page)).toEqual([]);
  await page.getByLabel('车牌', { exact: true }).fill('1234');
  await page.getByRole('row', { name: /12345/ }).click();
  await page.getByRole('heading', { name: '账单与收费明细' }).waitFor();
  await page.getByText('首60分钟', { exact: false }).first().waitFor();
  await page.getByText('逐行核验无改动', { exact: false }).waitFor();
  expect(await faultsOf(page)).toEqual([]);

  // What is too much goes back first: the form says so, and how much.
  await page.getByRole('button', { name: '更正', exact: true }).click();
  await page.getByLabel('停车费应为').fill('5');
  await page.getByText('请先退款 ¥4.00', { exact: false }).waitFor();
  await page.getByLabel('停车费应为').fill('9');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').getByRole('button', { name: '返回' }).click();
  await page.getByRole('button', { name: '申请退款' }).click();
  await page.getByLabel('退款金额').fill('4');
  await page.getByLabel('退款原因').fill('多算一个时段');
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.getByText('待审批', { exact: false }).first().waitFor();

  await page.goto(`${site.station.url}/#/refunds`);
  await page.getByRole('row', { name: /待审批/ }).click();
  await page.getByText('你申请的退款由另一名车场经理审批').waitFor();
  expect(await page.getByRole('button', { name: '批准退款' }).count()).toBe(0);

  const other = await office('zhou', 'refunds');
  expect(await faultsOf(other.page)).toEqual([]);
  await other.page.getByRole('row', { name: /待审批/ }).click();
  await other.page.getByText('原来收的钱').waitFor();
  await other.page.getByRole('button', { name: '批准退款' }).click();
  await other.page.getByRole('dialog').last().getByRole('button', { name: '批准退款' }).click();
  await other.page.getByRole('button', { name: '登记已退' }).click();
  await other.page.getByRole('dialog').last().getByRole('button', { name: '登记已退' }).click();
  await other.page.getByText('这笔退款已办结').waitFor();

  const { uid } = await site.stay('鲁B12345');
  await page.goto(`${site.station.url}/#/stays/${uid}`);
  await page.getByRole('button', { name: '更正', exact: true }).click();
  await page.getByLabel('停车费应为').fill('5');
  await page.getByLabel('更正原因').fill('按公示价应收 5 元');
  await page.getByRole('button', { name: '更正记录' }).click();
  await page.getByRole('listitem').filter({ hasText: '按公示价应收 5 元' }).first().waitFor();

  const [refund] = (await site.as('chen', pageOf(refundViewSchema), '/refunds')).items;
  expect(refund).toMatchObject({ amountFen: 400, state: 'done', requestedBy: '老陈', decidedBy: '周姐', uid });
  expect(await site.stay('鲁B12345')).toMatchObject({ chargeFen: 500, paidFen: 900, waivedFen: 0, owedFen: 0 });
  const left = z.object({ corrections: z.array(z.object({ what: z.string(), actor: z.string() })) });
  expect((await site.as('chen', left, `/sessions/${uid}/evidence`)).corrections).toMatchObject([
    { what: 'fee', actor: '老陈' },
  ]);

  const log = await office('chen', `audit?key=${uid}`);
  await log.page.getByText('退款 ¥4.00', { exact: false }).first().waitFor();
  expect(await faultsOf(log.page)).toEqual([]);
  expect([...complaints, ...other.complaints, ...log.complaints]).toEqual([]);
});

test('清理滞留车：只清走真的不在的，跳过的说明为什么，在场数和顶栏一致', async (ctx) => {
  if (!browser) return ctx.skip(NO_CHROMIUM);
  const register = (plate: string, days: number) =>
    site.as('chen', stayViewSchema, '/sessions', {
      ...{ plate, plateColor: 'blue', laneId: 'in1', enteredAt: site.at(-days * 1440), proof: '停车票' },
    });
  await register('鲁B80001', 45);
  await register('鲁B80002', 40);
  await register('鲁B80003', 35);
  await register('鲁B80004', 2);
  // One of them is just about to leave.
  expect((await site.read('out1', '鲁B80002')).passage?.stay?.plate.text).toBe('鲁B80002');
  const { page, complaints } = await office('chen', 'inside');
  const whole = async () => (await site.as('chen', occupancySchema, '/spaces')).whole.inside;
  const before = await whole();
  const header = page.locator('.inside-figures .figure').first();
  await header.getByText(String(before), { exact: true }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('link', { name: /滞留超过 30 天/ }).click();
  await page.getByText('共 3 条').waitFor();
  expect(await page.getByRole('row', { name: /8000/ }).first().textContent()).toContain('80001');
  await page.getByRole('button', { name: '清理超过 30 天的全部' }).click();
  await page.getByLabel('原因', { exact: false }).fill('夜间巡查，车已不在');
  await page.getByRole('button', { name: '清理滞留车' }).click();
  await page.getByText('已清理 2 辆，跳过 1 辆').waitFor();
  await page.getByText('请在车道上处理', { exact: false }).waitFor();
  await page.getByRole('button', { name: '知道了' }).click();
  await header.getByText(String(before - 2), { exact: true }).waitFor();
  expect(await whole()).toBe(before - 2);
  expect((await site.stay('鲁B80001')).status).toBe('abnormal');
  expect((await site.stay('鲁B80002')).status).toBe('inside');
  await site.order('wang', 'out1', 'cancel', { reason: '掉头' });
  expect(complaints).toEqual([]);
});

test('费用查询后场内预缴：三个字符、回车、收现金，车在时限内直接离场', async (ctx) => {
  if (!browser) return ctx.skip(NO_CHROMIUM);
  await site.read('in1', '鲁B55667', { image: jpegOfSize(20_000) });
  await site.pass(65);
  const { page, complaints } = await office('wang', 'fee');
  await page.getByRole('textbox', { name: '车牌任意几位' }).waitFor();
  await page.keyboard.type('566');
  await page.getByRole('button', { name: /55667/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('首60分钟', { exact: false }).waitFor();
  await page.getByText('¥7.00').first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
  // The focus is on the button that takes the money, then in the amount.
  await page.keyboard.press('Enter');
  await page.getByLabel('实收').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.type('10');
  await page.getByText('找零 ¥3.00').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('已缴 ¥7.00，找零 ¥3.00').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('已缴费，请在', { exact: false }).waitFor();
  expect(await site.stay('鲁B55667')).toMatchObject({ status: 'inside', paidFen: 700 });
  expect((await site.read('out1', '鲁B55667')).phase).toBe('cleared');
  expect(await site.stay('鲁B55667')).toMatchObject({ status: 'left', paidFen: 700, owedFen: 0 });
  expect(complaints).toEqual([]);
});

test('异常处理：收费员领取，经理办结；没人碰过的人才能办款项的事', async (ctx) => {
  if (!browser) return ctx.skip(NO_CHROMIUM);
  await site.as('wang', stayViewSchema, '/sessions', { plate: '鲁B90001', plateColor: 'blue', laneId: 'in1' });
  const cashier = await office('wang', 'exceptions');
  await cashier.page.getByRole('row', { name: /鲁B90001/ }).click();
  await cashier.page.getByText('由没有经手的车场经理办结', { exact: false }).waitFor();
  expect(await cashier.page.getByRole('button', { name: '办结异常' }).isDisabled()).toBe(true);
  expect(await faultsOf(cashier.page)).toEqual([]);
  await cashier.page.getByRole('button', { name: '领取' }).click();
  await cashier.page.getByRole('button', { name: '转交' }).click();
  await cashier.page.getByLabel('同事', { exact: false }).click();
  await cashier.page.getByTitle('老陈', { exact: false }).first().click();
  await cashier.page.getByRole('dialog').last().getByRole('button', { name: '转交' }).click();
  await cashier.page.getByText('老陈 正在处理', { exact: false }).waitFor();

  const manager = await office('chen', 'exceptions?tab=mine');
  await manager.page.getByRole('row', { name: /鲁B90001/ }).click();
  await manager.page.getByRole('button', { name: '办结异常' }).click();
  await manager.page.getByLabel('处理结果', { exact: false }).fill('与车主票根核对无误');
  await manager.page.getByRole('dialog').last().getByRole('button', { name: '办结异常' }).click();
  await manager.page.getByText('与车主票根核对无误').first().waitFor();
  const { uid } = await site.stay('鲁B90001');
  const closed = pageOf(z.object({ closedBy: z.string().nullable(), resolution: z.string().nullable() }));
  expect((await site.as('chen', closed, `/cases?uid=${uid}`)).items).toEqual([
    { closedBy: '老陈', resolution: '与车主票根核对无误' },
  ]);
  expect([...cashier.complaints, ...manager.complaints]).toEqual([]);
});

test('经理把没人登记的也看一遍：疑问记录核对后出账单，手动开闸、更正、拒绝按天按人查', async (ctx) => {
  if (!browser) return ctx.skip(NO_CHROMIUM);
  await site.as('chen', stayViewSchema, '/sessions', {
    ...{ plate: '鲁B91001', plateColor: 'blue', laneId: 'in1', enteredAt: site.at(-70), proof: '停车票' },
  });
  await site.order('wang', 'out1', 'hold', { on: true, reason: '领导安排' });
  await site.pass(1);
  await site.order('wang', 'out1', 'hold', { on: false, reason: '恢复' });
  await site.read('in1', '鲁B91002');
  // The next one is at the gate: the car before it has gone in.
  await site.read('in1', '鲁B91004');
  const { uid } = await site.stay('鲁B91002');
  await site.as('chen', stayViewSchema, `/sessions/${uid}/correct`, { vehicleClass: 'large', reason: '照片是货车' });
  await site.read('out1', '京Q86886');
  await site.order('li', 'out1', 'cancel', { reason: '掉头' });

  const { page, complaints } = await office('chen', 'exceptions?tab=doubts');
  await page.getByRole('row', { name: /91001/ }).click();
  await page.getByText('停放期间闸机曾常抬', { exact: false }).last().waitFor();
  await page.getByText('车道 out1', { exact: false }).first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: '核对无误' }).click();
  await page.getByLabel('原因', { exact: false }).fill('照片一致，没有离开过');
  await page.getByRole('dialog').last().getByRole('button', { name: '核对无误' }).click();
  await page.getByRole('row', { name: /91001/ }).waitFor({ state: 'detached' });

  await page.getByText(/^手动开闸 \d/).click();
  await page.getByText('小王 · 领导安排', { exact: false }).first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByText(/^更正 \d/).click();
  await page.getByText('照片是货车').waitFor();
  await page.getByText('车型 小型车 → 大型车', { exact: false }).waitFor();
  await page.getByText('照片一致，没有离开过').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByText(/^拒绝 \d/).click();
  await page.getByRole('row', { name: /86886.*没有入场记录.*劝返.*小李.*掉头/ }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
});
