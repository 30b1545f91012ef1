import type { Browser } from 'playwright-core';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { VzenithCamera } from '../peers/vzenith/index.ts';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { CarPark } from '../support/car-park.ts';
import { ADMIN } from '../support/station-process.ts';

const executable = findChromium();
let browser: Browser | undefined;
afterAll(() => browser?.close());

test('经理在浏览器里添加一台相机和一条车道，应用后车从新车道开进来，出口等着付款的车还在', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser = await launchChromium(executable);
  const park = await CarPark.open();
  onTestFinished(() => park.close());
  await park.register('鲁B01C01', 90);
  await park.exit.push('鲁B01C01');
  const waiting = await park.laneWhen('out1', 'asks for money', ({ bill }) => bill !== null);

  const { page, complaints } = await openPage(browser);
  await page.goto(`${park.station.url}/#/settings/devices`);
  await page.getByLabel('姓名或工号').fill(ADMIN.name);
  await page.getByLabel('密码').fill(ADMIN.password);
  await page.keyboard.press('Enter');

  await page.getByRole('button', { name: '添加设备' }).click();
  await page.getByLabel('设备编号').fill('cam-west');
  // What is missing is said at its field before anybody applies.
  await page.locator('.field', { hasText: '序列号' }).getByText('必填').waitFor();
  await page.getByText('有 1 处填写有误，改正后才能应用').waitFor();
  await page.getByLabel('序列号').fill('SN-WEST-1');

  await page.getByRole('link', { name: '车道', exact: true }).click();
  await page.getByRole('button', { name: '添加车道' }).click();
  await page.getByLabel('名称').fill('西门入口');
  await page.getByLabel('相机', { exact: true }).click();
  await page.getByTitle('cam-west').click();
  await page.getByText('有 2 处未保存的修改').waitFor();
  await page.getByRole('button', { name: '查看并应用' }).click();
  const review = page.getByRole('dialog', { name: '应用这些修改？' });
  await review.getByText('车道会断开约 2 秒后自动恢复').waitFor();
  await review.getByRole('row', { name: /车道 西门入口.*新增/ }).waitFor();
  await review.getByRole('button', { name: '应用修改' }).click();
  await page.getByText('第 2 版').waitFor();
  await expect
    .poll(() => park.station.stderr.filter((line) => line.includes('the station runs')).length, { timeout: 15_000 })
    .toBe(2);

  const camera = new VzenithCamera({ serialno: 'SN-WEST-1', ipaddr: '192.168.1.103', url: park.station.cameraUrl });
  expect((await camera.push('鲁B01N01')).reply?.info).toBe('ok');
  await camera.stop();
  expect(await park.stayOf('鲁B01N01')).toMatchObject({ status: 'inside', entryLane: { name: '西门入口' } });
  expect((await park.lane('out1')).passage?.id).toBe(waiting.passage?.id);

  // And back again, from the history.
  await page.getByRole('link', { name: '导入导出与历史' }).click();
  await page
    .getByRole('row', { name: /配置文件/ })
    .getByRole('button', { name: '退回这一版' })
    .click();
  const back = page.getByRole('dialog', { name: '退回第 1 版设置？' });
  await back.getByRole('row', { name: /车道 西门入口.*删除/ }).waitFor();
  await back.getByRole('button', { name: '退回这一版' }).click();
  await page.getByText('第 3 版').waitFor();
  // The line to the station is cut on purpose, once each time.
  expect(complaints.filter((line) => !/WebSocket|Failed to fetch|ERR_CONNECTION/.test(line))).toEqual([]);
});

test('经理立即备份、核验，再恢复到备份时的状态', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser ??= await launchChromium(executable);
  const park = await CarPark.open();
  onTestFinished(() => park.close());
  await park.register('鲁B01C01', 90);
  const { page } = await openPage(browser);
  await page.goto(`${park.station.url}/#/settings/backups`);
  await page.getByLabel('姓名或工号').fill(ADMIN.name);
  await page.getByLabel('密码').fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '立即备份' }).click();
  await page.getByRole('button', { name: /^核\s?验$/ }).click();
  await page.getByText(/备份完整：\d+ 条流水全部核对无误/).waitFor();

  await park.register('鲁B01C02', 30);
  await page.getByRole('button', { name: /^恢\s?复$/ }).click();
  const dialog = page.getByRole('dialog', { name: /恢复到 .* 的备份？/ });
  await dialog.getByLabel('您的登录密码').fill(ADMIN.password);
  await dialog.getByRole('button', { name: '恢复备份' }).click();
  await page.getByText(/正在恢复，稍后自动重新连接/).waitFor();
  await expect.poll(async () => (await park.stays('鲁B01C02').catch(() => ['?'])).length, { timeout: 10_000 }).toBe(0);
  expect(await park.stays('鲁B01C01')).toHaveLength(1);
});
