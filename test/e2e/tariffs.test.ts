import type { Browser, Page } from 'playwright-core';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { calendarSchema } from '../../shared/domain/calendar.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { CarPark } from '../support/car-park.ts';
import { ADMIN } from '../support/station-process.ts';

const executable = findChromium();
let browser: Browser | undefined;
afterAll(() => browser?.close());

/** From now to noon of the next day in Shanghai: a price by hours of the day is the same whenever the test runs. */
function untilNoon(now: number): number {
  const day = 86_400_000;
  const shanghai = now + 8 * 3_600_000;
  return (Math.floor(shanghai / day) + 1) * day + 12 * 3_600_000 - shanghai;
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('姓名或工号').fill(ADMIN.name);
  await page.getByLabel('密码').fill(ADMIN.password);
  await page.keyboard.press('Enter');
}

test('车场经理从模板改一版收费规则，试算、验收、回放、发布，下一辆车按新价收费', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser ??= await launchChromium(executable);
  const park = await CarPark.open({ clockOffsetMs: untilNoon(Date.now()) });
  onTestFinished(() => park.close());
  // A stay of two hours that has left: 5 yuan and two further half hours.
  await park.register('鲁B00001', 120);
  await park.exit.push('鲁B00001');
  const lane = await park.laneWhen('out1', 'asks for money', ({ bill }) => bill !== null);
  expect(lane.bill?.toPayFen).toBe(900);
  await park.collect(900, lane.passage?.id);

  const { page, complaints } = await openPage(browser);
  await signIn(page, `${park.station.url}/#/tariffs`);
  await page.getByRole('row', { name: /生效中.*标准/ }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  // From the template: its text is shown before anything is begun.
  await page.getByRole('button', { name: '用此模板「公园停车场（白天夜间分别计费）」' }).click();
  await page.getByRole('dialog').getByText('公布文本未写明的选择').waitFor();
  await page.getByLabel('一起带入 9 个验收用例').uncheck();
  await page.getByRole('button', { name: '开始编辑' }).click();

  // The trial follows what is typed.
  const trial = page.getByRole('complementary', { name: '试算与检查' });
  await trial.getByText('¥2.00').first().waitFor();
  await page.getByLabel('每单位价').first().fill('1.00');
  await trial.getByText('¥4.00').first().waitFor();
  await trial.getByRole('button', { name: '1小时', exact: true }).click();
  await trial.getByText('¥2.00').first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  // What it must cost is kept as a case; one that is wrong blocks.
  await trial.getByRole('button', { name: '加为用例' }).click();
  const dialog = page.getByRole('dialog', { name: '验收用例' });
  await dialog.getByLabel('用例名称').fill('白天一小时');
  await dialog.getByLabel('应收').fill('3.00');
  await dialog.getByRole('button', { name: '保存用例' }).click();
  await trial.getByRole('tab', { name: /验收用例/ }).click();
  await trial.getByText('1 条中 1 条不符，不能发布').waitFor();
  await page.getByRole('button', { name: '发布…' }).click();
  const publishing = page.getByRole('dialog', { name: /^发布「/ });
  await publishing.getByText('还有 1 处挡住发布').waitFor();
  expect(await publishing.getByRole('button', { name: '核对无误，下一步' }).isDisabled()).toBe(true);
  await publishing.getByRole('button', { name: '返回' }).click();
  await trial.getByRole('button', { name: '修改「白天一小时」' }).click();
  await dialog.getByLabel('应收').fill('2.00');
  await dialog.getByRole('button', { name: '保存用例' }).click();
  await trial.getByText('1 条全部通过').waitFor();

  // The stays of the last week under the draft as it is saved.
  await page.keyboard.press('Control+s');
  await page.getByText('草稿已保存').waitFor();
  await trial.getByRole('tab', { name: '回放' }).click();
  await trial.getByRole('button', { name: '近7天' }).click();
  await trial.getByRole('button', { name: '开始回放' }).click();
  await trial.getByRole('row', { name: /鲁B00001.*¥9\.00.*¥4\.00.*-¥5\.00/ }).waitFor();

  // Another tariff altogether: its whole price table; then the second look.
  await page.getByRole('button', { name: '发布…' }).click();
  await publishing.getByText('大部分内容是新的，请核对整张价目表').waitFor();
  await publishing.getByRole('button', { name: '打印价目表' }).waitFor();
  await publishing.getByRole('table').filter({ hasText: '小型车' }).first().waitFor();
  await publishing.getByRole('button', { name: '核对无误，下一步' }).click();
  await page.getByRole('button', { name: '发布收费规则' }).click();
  await page.getByText('第 2 版').first().waitFor();

  await park.entry.push('鲁B00002');
  await park.laneWhen('in1', 'let it in', ({ phase }) => phase !== 'asking');
  await park.pass(65);
  await park.exit.push('鲁B00002');
  const next = await park.laneWhen('out1', 'asks for money', ({ bill }) => bill !== null);
  expect(next.bill?.toPayFen).toBe(300);
  expect(complaints).toEqual([]);
});

test('车场经理粘贴放假通知，再拖选几天改成小长假', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser ??= await launchChromium(executable);
  const park = await CarPark.open();
  onTestFinished(() => park.close());
  const { page, complaints } = await openPage(browser);
  await signIn(page, `${park.station.url}/#/calendar?year=2026`);
  await page.getByRole('button', { name: '粘贴放假通知' }).click();
  await page
    .getByLabel(/粘贴通知原文/)
    .fill('国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。');
  await page.getByRole('button', { name: '录入 2026 年' }).click();
  await page.getByRole('button', { name: /^2026-10-07，国庆节/ }).waitFor();

  await page.getByRole('button', { name: /^2026-05-01/ }).hover();
  await page.mouse.down();
  await page.getByRole('button', { name: /^2026-05-03/ }).hover();
  await page.mouse.up();
  await page.getByLabel('节假日名称').fill('劳动节');
  await page.getByRole('button', { name: '设为小长假' }).click();
  await page.getByRole('button', { name: '保存日历' }).click();
  await page.getByText('最后修改：admin').waitFor();
  expect(await park.station.get(calendarSchema, '/calendar')).toMatchObject({
    holidays: [
      { name: '劳动节', from: '2026-05-01', to: '2026-05-03', kind: 'short' },
      { name: '国庆节', from: '2026-10-01', to: '2026-10-07', kind: 'long' },
    ],
    makeupWorkdays: ['2026-09-20', '2026-10-10'],
  });
  await page.getByText('日历已保存').waitFor({ state: 'hidden' });
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(complaints).toEqual([]);
});
