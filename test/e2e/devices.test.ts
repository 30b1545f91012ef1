import type { Browser } from 'playwright-core';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { jpegOfSize } from '../peers/jpeg.ts';
import { VzenithCamera } from '../peers/vzenith/index.ts';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { CarPark } from '../support/car-park.ts';
import { ADMIN } from '../support/station-process.ts';

const executable = findChromium();
let browser: Browser | undefined;
afterAll(() => browser?.close());

test('管理员在设备页自检相机、看报文、开闸测试，并看到没有配置的新相机', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser = await launchChromium(executable);
  const park = await CarPark.open({ camera: { password: 'camera-secret-9' } });
  const stranger = new VzenithCamera({ serialno: 'NEW-CAMERA-42', url: park.station.cameraUrl });
  onTestFinished(async () => {
    await stranger.stop();
    await park.close();
  });
  const { page, complaints } = await openPage(browser);
  await page.goto(`${park.station.url}/#/devices`);
  await page.getByLabel('姓名或工号').fill(ADMIN.name);
  await page.getByLabel('密码').fill(ADMIN.password);
  await page.keyboard.press('Enter');

  await page.getByRole('link', { name: '东门出口 相机' }).click();
  await page.getByRole('tab', { name: '自检' }).click();
  await page.getByRole('button', { name: '开始自检' }).click();
  await page.getByRole('listitem').filter({ hasText: '取图' }).getByText('正常').waitFor();
  expect(park.exit.arm.openings).toEqual([]);

  await page.getByRole('tab', { name: '报文' }).click();
  await park.exit.heartbeat();
  const messages = page.getByRole('list', { name: '报文列表' });
  await messages
    .getByRole('button', { name: /urlencoded/ })
    .last()
    .click();
  await page.getByText('pass_wd=[已隐藏]').waitFor();
  expect(await page.getByText('camera-secret-9').count()).toBe(0);

  await page.getByRole('link', { name: '东门出口 道闸' }).click();
  await page.getByRole('tab', { name: '测试' }).click();
  await page.getByRole('button', { name: '开闸测试' }).click();
  const raise = page.getByRole('dialog').getByRole('button', { name: '开闸测试' });
  await page.getByLabel('原因').fill('检修测试');
  expect(await raise.isDisabled()).toBe(true);
  await page.getByLabel('我能看到现场').check();
  await raise.click();
  await park.exit.waitFor(() => park.exit.arm.openings.length > 0, 'open arm');

  await stranger.push('鲁B33333', { image: jpegOfSize(9_000) });
  await page.getByText('发现 1 台未配置的设备').waitFor({ timeout: 10_000 });
  await page.getByRole('link', { name: '接入序列号 NEW-CAMERA-42' }).waitFor();
  expect(complaints).toEqual([]);
});
