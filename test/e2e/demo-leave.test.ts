import type { Browser } from 'playwright-core';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { jpegOfSize } from '../peers/jpeg.ts';
import { VzenithCamera } from '../peers/vzenith/index.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { StationProcess, stablePort } from '../support/station-process.ts';

const statusSchema = z.object({ state: z.string(), siteName: z.string(), demo: z.boolean() });

const executable = findChromium();
let browser: Browser | undefined;
afterAll(() => browser?.close());

test('看完演示，老陈从演示条开始设置自己的车场：演示结束，他用自己的账号接着用，车开进来', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser = await launchChromium(executable);
  const station = await StationProcess.start({ port: await stablePort(), args: ['--demo'] });
  const entry = new VzenithCamera({ serialno: 'SN-EAST', ipaddr: '192.168.1.11', url: station.cameraUrl });
  onTestFinished(async () => {
    await entry.stop();
    await station.dispose();
  });
  const { page } = await openPage(browser);
  await page.goto(station.url);
  await page.getByRole('link', { name: '开始设置自己的车场' }).click();
  await page.getByLabel('车场名称').fill('滨海广场');
  await page.getByLabel('车场编号').fill('1001');
  await page.getByLabel('车位总数').fill('150');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /一进一出/ }).click();
  await page.getByRole('button', { name: '下一步' }).click();
  for (const [lane, serial] of [
    ['入口 1', 'SN-EAST'],
    ['出口 1', 'SN-WEST'],
  ]) {
    await page
      .getByRole('radiogroup', { name: `${lane}的相机` })
      .getByText('自己填写')
      .click();
    await page.getByLabel(`${lane}相机：序列号`).fill(serial ?? '');
  }
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('radio', { name: /自己填写/ }).check();
  for (const [label, value] of [
    ['免费时长（分钟）', '15'],
    ['首时段（分钟）', '60'],
    ['首时段收费', '5'],
    ['之后每（分钟）', '30'],
    ['每段收费', '2'],
  ])
    await page.getByLabel(label ?? '').fill(value ?? '');
  await page.getByRole('button', { name: '下一步' }).click();

  // The demo's own account ends with it: without somebody to go on there is no next step.
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText('请填写姓名').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByLabel('系统管理员的姓名或工号').fill('老陈');
  await page.getByLabel('系统管理员的密码').fill('a short day shift');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('button', { name: '启用车场' }).click();
  await page.getByText('等待第一辆车').waitFor({ timeout: 30_000 });

  await page.locator('.demo-strip').waitFor({ state: 'detached' });
  expect(await (await fetch(`${station.url}/api/v1/status`)).json()).toMatchObject({ demo: false });
  await page.locator('.header-user').getByText('老陈').waitFor();
  expect((await fetch(`${station.url}/api/v1/demo-sign-in`, { method: 'POST' })).status).toBe(403);
  await entry.push('鲁B12345', { image: jpegOfSize(10_000) });
  await page.getByText(/第一辆车到了/).waitFor({ timeout: 15_000 });
  expect(statusSchema.parse(await (await fetch(`${station.url}/api/v1/status`)).json())).toEqual(
    expect.objectContaining({ siteName: '滨海广场', state: 'ready' }),
  );
});
