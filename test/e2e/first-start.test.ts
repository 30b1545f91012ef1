import type { Browser } from 'playwright-core';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { jpegOfSize } from '../peers/jpeg.ts';
import { VzenithCamera } from '../peers/vzenith/index.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { StationProcess, stablePort } from '../support/station-process.ts';

const executable = findChromium();
let browser: Browser | undefined;
afterAll(() => browser?.close());

test('新装的工作站：从建管理员到第一辆车，不看说明书', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser = await launchChromium(executable);
  const station = await StationProcess.start({ port: await stablePort() });
  const camera = (serialno: string, ipaddr: string) =>
    new VzenithCamera({ serialno, ipaddr, url: station.cameraUrl, cometErrorPauseMs: 100 });
  const [entry, exit] = [camera('SN-EAST', '192.168.1.11'), camera('SN-WEST', '192.168.1.12')];
  onTestFinished(async () => {
    await entry.stop();
    await exit.stop();
    await station.dispose();
  });
  const { page } = await openPage(browser);
  await page.goto(station.url);
  await page.getByLabel('系统管理员姓名').fill('老陈');
  await page.getByLabel('密码（至少 8 位）').fill('a short day shift');
  await page.getByLabel('再输入一次密码').fill('a short day shift');
  await page.keyboard.press('Enter');

  await page.getByLabel('车场名称').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText('请填写').first().waitFor();
  await page.getByLabel('车场名称').fill('滨海广场');
  await page.getByLabel('车场编号').fill('1001');
  await page.getByLabel('车位总数').fill('150');
  await page.keyboard.press('Enter');

  await page.getByRole('button', { name: /一进一出/ }).click();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: '下一步' }).click();

  // The cameras were pointed at this computer; nobody has named them here yet.
  await entry.push('鲁B00001', { image: jpegOfSize(10_000) });
  await exit.push('鲁B00002', { image: jpegOfSize(10_000) });
  await page.getByText('发现 2 台').waitFor({ timeout: 15_000 });
  for (const lane of ['入口 1', '出口 1'])
    await page
      .getByRole('radiogroup', { name: `${lane}的相机` })
      .getByText('发现的相机')
      .click();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: '下一步' }).click();

  await page.getByRole('radio', { name: /自己填写/ }).check();
  await page.getByLabel('免费时长（分钟）').fill('15');
  await page.getByLabel('首时段（分钟）').fill('60');
  await page.getByLabel('首时段收费').fill('5');
  await page.getByLabel('之后每（分钟）').fill('30');
  await page.getByLabel('每段收费').fill('2');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: '下一步' }).click();

  await page.getByRole('button', { name: '添加收费员' }).click();
  await page.getByLabel('第 1 位的姓名或工号').fill('小王');
  await page.getByLabel('第 1 位的密码').fill('a long night shift');
  await page.getByRole('button', { name: '下一步' }).click();

  await page.getByText('15 分钟内免费；首 60 分钟 ¥5.00').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: '启用车场' }).click();
  await page.getByText('等待第一辆车').waitFor({ timeout: 30_000 });

  entry.startComet();
  await entry.push('鲁B12345', { image: jpegOfSize(10_000) });
  await page.getByText(/第一辆车到了/).waitFor({ timeout: 15_000 });
  await entry.waitFor(() => entry.arm.openings.length > 0, 'open arm at the entrance');
  await page.getByRole('button', { name: '进入岗亭' }).click();
  await page.getByRole('img', { name: '车牌 鲁B12345，蓝牌' }).first().waitFor();
  // The attendant made on the way can sign in, and is no manager.
  const token = await fetch(`${station.url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: '小王', password: 'a long night shift' }),
  });
  expect(await token.json()).toMatchObject({ user: { name: '小王', role: 'attendant' } });
});
