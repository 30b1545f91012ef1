import type { Browser, Page } from 'playwright-core';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { accessibilityFaults } from '../support/axe.ts';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { CarPark } from '../support/car-park.ts';
import { ADMIN } from '../support/station-process.ts';

const executable = findChromium();
let browser: Browser | undefined;
afterAll(() => browser?.close());

const HEADER = '卡号,类型,车牌,车主,有效期止';
const file = (...rows: string[]) => ({
  name: '月租车.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from([HEADER, ...rows].join('\n')),
});
const cardPage = z.object({
  total: z.int(),
  items: z.array(z.looseObject({ number: z.string(), validTo: z.string() })),
});
const debtPage = z.object({
  items: z.array(z.looseObject({ plate: z.string(), state: z.string(), paidFen: z.int() })),
});

async function signIn(park: CarPark, to: string): Promise<Page> {
  if (!executable) throw new Error(NO_CHROMIUM);
  browser ??= await launchChromium(executable);
  const { page } = await openPage(browser);
  await page.goto(`${park.station.url}/#/${to}`);
  await page.getByLabel('姓名或工号').fill(ADMIN.name);
  await page.getByLabel('密码').fill(ADMIN.password);
  await page.keyboard.press('Enter');
  return page;
}

/** The screen itself: what stands around it is looked at by tests of its own. */
const faults = (page: Page): Promise<string[]> => accessibilityFaults(page, '.office-screen');

test('管理员导入月租车表，改正错行，再导入', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  const park = await CarPark.open();
  onTestFinished(() => park.close());
  const page = await signIn(park, 'imports?what=cards');
  const chosen = page.locator('input[type=file]');
  await chosen.setInputFiles(
    file('Y1,月租卡,鲁B11111,张三,2027-03-31', 'Y2,年卡,鲁B22222,李四,三月底', 'Y3,月租卡,,王五,2027-03-31'),
  );
  await page.getByText('有 3 处错误，数据没有改动').waitFor();
  // Row by row as the spreadsheet numbers them, with what stands there.
  await page.getByRole('row', { name: /3 类型 年卡 应为以下之一/ }).waitFor();
  await page.getByRole('row', { name: /3 有效期止 三月底 应为日期/ }).waitFor();
  await page.getByRole('row', { name: /4 车牌 （空）/ }).waitFor();
  expect(await faults(page)).toEqual([]);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载错误明细' }).click();
  expect((await saved).suggestedFilename()).toBe('月租车-错误明细.csv');
  expect((await park.station.get(cardPage, '/cards')).total).toBe(0);

  await page.getByRole('link', { name: '改好了，重新上传' }).click();
  expect(await faults(page)).toEqual([]);
  await chosen.setInputFiles(file('Y1,月租卡,鲁B11111,张三,2027-03-31', 'Y2,月租卡,鲁B22222,李四,2027-03-31'));
  await page.getByText('应用后将新增 2 条、更新 0 条').waitFor();
  // It waits for whoever comes back.
  await page.reload();
  await page.getByRole('button', { name: '应用这 2 行' }).click();
  await page.getByRole('button', { name: '应用', exact: true }).click();
  await page.getByText('已完成：新增 2 条').waitFor();
  await page.getByRole('link', { name: '去看月租与储值' }).click();
  await page.getByRole('row', { name: /Y2 .*李四/ }).click();
  await page.getByRole('heading', { name: '卡 Y2' }).waitFor();
  await page.getByText('导入', { exact: true }).waitFor();
  expect(await faults(page)).toEqual([]);
  const { items } = await park.station.get(cardPage, '/cards');
  expect(items.map(({ number, validTo }) => [number, validTo.slice(0, 19)])).toEqual([
    ['Y1', '2027-03-31T23:59:59'],
    ['Y2', '2027-03-31T23:59:59'],
  ]);
});

test('补缴一笔欠费并找零', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  const park = await CarPark.open();
  onTestFinished(() => park.close());
  await park.register('鲁B33333', 65);
  const page = await signIn(park, 'debts');
  await page.getByText('没有欠费').waitFor();
  await page.getByRole('button', { name: '添加欠费' }).click();
  await page.locator('#debt-plate:focus').waitFor();
  // Nothing is lost, and each field says what it wants.
  await page.keyboard.press('Enter');
  await page.getByText('请填写金额').waitFor();
  await page.locator('#debt-plate:focus').waitFor();
  await page.keyboard.type('b33333');
  await page.locator('#debt-amount').fill('12');
  await page.locator('#debt-reason').fill('上月出口跟车逃费');
  expect(await accessibilityFaults(page, '.ant-modal')).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: /鲁B·33333 未缴 ¥12\.00/ }).waitFor();
  expect(await faults(page)).toEqual([]);

  await page.getByRole('row', { name: /鲁B·33333/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '收取欠费' }).click();
  await page.locator('#debt-received:focus').waitFor();
  await page.keyboard.type('10');
  await page.getByText('还差').waitFor();
  expect(await page.getByRole('button', { name: '收现金 ¥12.00' }).isDisabled()).toBe(true);
  await page.getByLabel('实收').fill('20');
  await page.keyboard.press('Enter');
  await page.getByText('找零 ¥8.00').waitFor();
  await page.getByRole('button', { name: '完成' }).click();
  await page.getByRole('row', { name: /鲁B·33333 已缴清/ }).waitFor();
  const { items } = await park.station.get(debtPage, '/debts');
  expect(items).toMatchObject([{ plate: '鲁B33333', state: 'paid', paidFen: 1200 }]);
});
