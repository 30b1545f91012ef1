import type { Browser } from 'playwright-core';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { berthViewSchema } from '../../shared/contract/berths.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { StationProcess, stablePort } from '../support/station-process.ts';
import { until } from '../support/until.ts';

const executable = findChromium();
let browser: Browser | undefined;
afterAll(() => browser?.close());

const listed = z.object({ rows: z.array(berthViewSchema) });

test('路内停车从零开始：开场设置不问车道，登记一个泊位，再用表格导入一条街', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser = await launchChromium(executable);
  const station = await StationProcess.start({ port: await stablePort() });
  onTestFinished(() => station.dispose());
  const { page, complaints } = await openPage(browser);
  await page.goto(station.url);
  await page.getByLabel('系统管理员姓名').fill('老陈');
  await page.getByLabel('密码（至少 8 位）').fill('a short day shift');
  await page.getByLabel('再输入一次密码').fill('a short day shift');
  await page.keyboard.press('Enter');

  await page.getByText('路内停车（路边泊位）').click();
  await page.getByLabel('车场名称').fill('南山路内停车');
  await page.getByLabel('车场编号').fill('1001');
  await page.getByLabel('车位总数').fill('3');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByText('4 步完成').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: /自己填写/ }).check();
  for (const [label, value] of [
    ['免费时长（分钟）', '15'],
    ['首时段（分钟）', '60'],
    ['首时段收费', '5'],
    ['之后每（分钟）', '30'],
    ['每段收费', '2'],
  ] as const)
    await page.getByLabel(label).fill(value);
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('button', { name: '启用车场' }).click();
  await page.getByRole('button', { name: '登记泊位' }).click({ timeout: 20_000 });

  await page.getByText('还没有登记泊位').waitFor();
  await page.getByRole('link', { name: '泊位登记' }).waitFor();
  expect(await accessibilityFaults(page, '.office-screen')).toEqual([]);
  await page.getByRole('button', { name: '添加泊位' }).first().press('Enter');
  await page.getByRole('textbox', { name: /泊位编号/ }).fill('NS001');
  await page.getByRole('textbox', { name: '道路', exact: true }).fill('深南大道');
  expect(await accessibilityFaults(page, '.ant-modal')).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: '添加泊位' }).click();
  await page.getByRole('row', { name: /NS001 1 路段 1 深南大道 右侧/ }).waitFor();

  await page.getByRole('link', { name: '导入', exact: true }).click();
  const rows = ['泊位编号,路段,道路,侧', 'NS002,路段 1,深南大道,左侧', 'NS003,路段 1,深南大道,左侧'];
  const buffer = Buffer.from(rows.join('\n'));
  await page.locator('input[type=file]').setInputFiles({ name: '泊位.csv', mimeType: 'text/csv', buffer });
  await page.getByText('应用后将新增 2 条').waitFor();
  await page.getByRole('button', { name: /^应用/ }).first().click();
  const verb = page.getByRole('dialog').getByRole('button', { name: /^应用/ });
  if (await verb.isVisible()) await verb.click();
  await until('the street is on the register', async () => {
    const token = await station.signIn('老陈', 'a short day shift');
    const { rows: found } = listed.parse(await (await station.raw('/api/v1/berths', { token })).json());
    return found.length === 3 || undefined;
  });
  await page.goto(`${station.url}/#/berths`);
  await page.getByText('启用 3 个，停用 0 个').waitFor();
  expect(await accessibilityFaults(page, '.office-screen')).toEqual([]);
  // The station opens again with what was set up, and the page finds it closed meanwhile.
  expect(complaints.filter((line) => !/WebSocket|ERR_CONNECTION/.test(line))).toEqual([]);
});
