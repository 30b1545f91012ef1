import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageOf } from '../../shared/contract/base.ts';
import { caseViewSchema } from '../../shared/contract/payments.ts';
import { shiftViewSchema } from '../../shared/contract/shifts.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { PEOPLE, RealSite, type Who } from '../support/real-site.ts';

const executable = findChromium();
let browser: Browser | undefined;
let site: RealSite | undefined;
beforeAll(async () => {
  if (!executable) return;
  browser = await launchChromium(executable);
  site = await RealSite.open({ rules: { shiftRequired: true } });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function signIn(page: Page, who: Who): Promise<void> {
  await page.getByLabel('姓名或工号').fill(PEOPLE[who].name);
  await page.getByLabel('密码').fill(PEOPLE[who].password);
  await page.keyboard.press('Enter');
  await page.getByTitle('打开班次菜单').waitFor();
}

/** A car comes, stays half an hour, and waits at the exit owing 5 yuan. */
async function carAtExit(at: RealSite, plate: string): Promise<void> {
  await at.read('in1', plate, { image: jpegOfSize(8_000) });
  await at.pass(30);
  await at.read('out1', plate, { image: jpegOfSize(8_000) });
  await at.laneWhen('out1', 'charging');
}

/** One key, once the car has been on the screen for a moment. */
async function takeCash(page: Page, at: RealSite, plate: string): Promise<void> {
  await page
    .getByRole('img', { name: `车牌 ${plate}，蓝牌` })
    .first()
    .waitFor();
  await page.waitForTimeout(1_000);
  await page.keyboard.press('F11');
  await at.laneWhen('out1', 'cleared');
}

/** Pieces by face value from 100 yuan down, with the numeric pad alone. */
async function count(page: Page, pieces: readonly string[]): Promise<void> {
  for (const each of pieces) {
    if (each !== '') await page.keyboard.type(each);
    await page.keyboard.press('Enter');
  }
}

const menu = async (page: Page, digit: string): Promise<void> => {
  await page.keyboard.press('F7');
  await page.getByRole('dialog', { name: '班次与交接' }).waitFor();
  await page.keyboard.press(digit);
};
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });

test('收费员开班、锁屏休息、顶班、盲点交班', async (ctx) => {
  if (!browser || !site) return ctx.skip(NO_CHROMIUM);
  const at = site;
  const { page, complaints } = await openPage(browser);
  page.setDefaultTimeout(10_000);
  await page.goto(at.station.url);
  await signIn(page, 'wang');

  // 开班：按面额点备用金 3×100 + 4×5
  await menu(page, '1');
  await dialog(page, '开班').waitFor();
  await page.keyboard.press('F2');
  await count(page, ['3', '', '', '', '4', '', '', '', '']);
  await page.getByTitle('打开班次菜单').getByText('当班').waitFor();
  await carAtExit(at, '鲁B10001');
  await takeCash(page, at, '鲁B10001');

  // 支出
  await menu(page, '1');
  await dialog(page, '登记支出').waitFor();
  await page.keyboard.type('3.50');
  await page.keyboard.press('Tab');
  await page.keyboard.type('买水');
  await page.keyboard.press('Enter');
  await dialog(page, '登记支出').waitFor({ state: 'hidden' });

  // 锁屏：车看得见，键盘收不了钱，刷新页面也还锁着
  await menu(page, '0');
  await dialog(page, '屏幕已锁定').waitFor();
  await carAtExit(at, '鲁B10002');
  await page.waitForTimeout(1_000);
  await page.keyboard.press('F11');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F11');
  await page.reload();
  await dialog(page, '屏幕已锁定').waitFor();
  await page.keyboard.press('F11');
  await page.getByLabel(/小王 的密码/).fill(PEOPLE.li.password);
  await page.keyboard.press('Enter');
  await page.getByText('密码不正确').waitFor();
  expect((await at.lane('out1')).phase).toBe('charging');

  // 顶班：小李在上面登录，用自己的钱箱
  await page.keyboard.press('F2');
  await page.getByLabel('姓名或工号').fill(PEOPLE.li.name);
  await page.getByLabel('密码', { exact: true }).fill(PEOPLE.li.password);
  await page.keyboard.press('Enter');
  await dialog(page, /为 小王 顶班/).waitFor();
  await page.keyboard.type('50');
  await page.keyboard.press('Enter');
  await page.getByTitle('打开班次菜单').getByText('顶班').waitFor();
  await takeCash(page, at, '鲁B10002');

  // 小李盲点交班：50 + 5，账款相符，退出后回到小王的锁屏
  await menu(page, '2');
  await dialog(page, '清点交班').waitFor();
  await page.keyboard.press('Enter');
  await dialog(page, '清点钱箱').waitFor();
  await count(page, ['', '1', '', '', '1', '', '', '', '']);
  await dialog(page, '提交清点结果？').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('账款相符').waitFor();
  await page.keyboard.press('Enter');
  await dialog(page, '已交班').getByRole('button', { name: '退出登录' }).click();
  await dialog(page, '屏幕已锁定').waitFor();
  await page.getByLabel(/小王 的密码/).fill(PEOPLE.wang.password);
  await page.keyboard.press('Enter');
  await dialog(page, '屏幕已锁定').waitFor({ state: 'hidden' });
  await dialog(page, '接收 小李 的钱箱').getByText('¥55.00').first().waitFor();
  await page.keyboard.press('Enter');
  await dialog(page, '班次与交接').waitFor();
  await page.keyboard.press('Escape');
  await page.getByTitle('打开班次菜单').getByText('当班').waitFor();
  await carAtExit(at, '鲁B10003');
  await takeCash(page, at, '鲁B10003');

  // 小王退出前被问到；盲点：应有 320 + 10 − 3.50 = 326.50，提交前哪里都看不到；他少点了 1 元
  await page.getByRole('button', { name: '退出', exact: false }).first().click();
  await dialog(page, '班次还没有交班').waitFor();
  await page.keyboard.press('1');
  await dialog(page, '清点交班').waitFor();
  await page.keyboard.press('Enter');
  await dialog(page, '清点钱箱').waitFor();
  expect(await page.locator('body').innerText()).not.toContain('326.50');
  await count(page, ['3', '', '1', '', '1', '', '1', '', '']);
  await page.keyboard.press('Enter');
  await page.getByText('短款 ¥1.00').waitFor();
  await page.getByText('¥326.50').waitFor();
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await dialog(page, '已交班').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '退出', exact: false }).first().click();

  // 下一班接班、开班：备用金就是接下的钱
  await signIn(page, 'li');
  await menu(page, '1');
  await dialog(page, '接收 小王 的钱箱').getByText('¥325.50').first().waitFor();
  await page.keyboard.press('Enter');
  await dialog(page, '开班').waitFor();
  await page.keyboard.press('Enter');
  await page.getByTitle('打开班次菜单').getByText('当班').waitFor();

  // 账对得上：三辆车各 5 元；短款是一条异常
  const { items } = await at.as('admin', pageOf(shiftViewSchema), '/shifts');
  const of = (cashier: string, kind: string) =>
    items.filter((shift) => shift.cashier === cashier && shift.kind === kind);
  expect(of('小王', 'normal')).toMatchObject([
    {
      ...{ state: 'closed', floatFen: 32_000, cashInFen: 1_000, paidOutFen: 350, expectedFen: 32_650 },
      ...{ countedFen: 32_550, differenceFen: -100, differenceReason: '找零有误', confirmedBy: '小李' },
    },
  ]);
  expect(of('小李', 'relief')).toMatchObject([
    { floatFen: 5_000, cashInFen: 500, countedFen: 5_500, differenceFen: 0, confirmedBy: '小王' },
  ]);
  expect(of('小李', 'normal')).toMatchObject([{ state: 'open', floatFen: 32_550 }]);
  const paid = await Promise.all(['鲁B10001', '鲁B10002', '鲁B10003'].map((plate) => at.stay(plate)));
  expect(paid.map(({ status, dueFen, paidFen }) => [status, dueFen, paidFen])).toEqual(
    Array.from({ length: 3 }, () => ['left', 500, 500]),
  );
  const cases = (await at.as('admin', pageOf(caseViewSchema), '/cases')).items;
  expect(cases.filter(({ kind }) => kind === 'shift-difference')).toMatchObject([{ amountFen: -100 }]);
  expect(complaints).toEqual([]);
});
