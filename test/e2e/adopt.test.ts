import type { Browser } from 'playwright-core';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { jpegOfSize } from '../peers/jpeg.ts';
import { VzenithCamera } from '../peers/vzenith/index.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { CarPark } from '../support/car-park.ts';
import { ADMIN } from '../support/station-process.ts';

const executable = findChromium();
let browser: Browser | undefined;
afterAll(() => browser?.close());

test('新装的相机自己连上来：老陈在设备页接入，新建一条车道，车从那里开进来；再用它换下坏掉的入口相机', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser = await launchChromium(executable);
  const park = await CarPark.open();
  const camera = (serialno: string, ipaddr: string) =>
    new VzenithCamera({ serialno, ipaddr, url: park.station.cameraUrl, cometErrorPauseMs: 100 });
  const west = camera('SN-WEST-1', '192.168.1.103');
  const spare = camera('SN-SPARE-9', '192.168.1.109');
  /** Resolves when the station has opened for the nth time. */
  const runs = (times: number) =>
    expect
      .poll(() => park.station.stderr.filter((line) => line.includes('the station runs')).length, { timeout: 15_000 })
      .toBe(times);
  onTestFinished(async () => {
    await west.stop();
    await spare.stop();
    await park.close();
  });
  const { page } = await openPage(browser);
  await page.goto(`${park.station.url}/#/devices`);
  await page.getByLabel('姓名或工号').fill(ADMIN.name);
  await page.getByLabel('密码').fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await west.push('鲁B00001', { image: jpegOfSize(9_000) });
  await page.getByRole('link', { name: '接入序列号 SN-WEST-1' }).click();

  await page.getByLabel('装在哪里').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByLabel('装在哪里').click();
  await page.getByTitle('新建一条入口车道').click();
  await page.getByRole('button', { name: '加入设置' }).click();
  // What was added is open for a look, and nothing is asked twice.
  await expect.poll(() => page.getByLabel('序列号').inputValue()).toBe('SN-WEST-1');
  expect(new URL(page.url()).hash).toBe('#/settings/devices');
  const apply = async (): Promise<void> => {
    await page.getByRole('button', { name: '查看并应用' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '应用修改' }).click();
  };
  await apply();
  await page.getByText('第 2 版').waitFor({ timeout: 15_000 });
  await runs(2);
  west.startComet();
  expect((await west.push('鲁B01N01')).reply?.info).toBe('ok');
  expect(await park.stayOf('鲁B01N01')).toMatchObject({ status: 'inside', entryLane: { name: '新入口' } });
  await west.waitFor(() => west.arm.openings.length > 0, 'open arm at the new lane');

  await spare.push('鲁B00002', { image: jpegOfSize(9_000) });
  await page.goto(`${park.station.url}/#/settings/devices?driver=vzenith-http&serial=SN-SPARE-9`);
  await page.getByLabel('装在哪里').click();
  await page.getByTitle('东门入口（换下 cam-in1，编号不变）').click();
  await page.getByRole('button', { name: '加入设置' }).click();
  await apply();
  await page.getByText('第 3 版').waitFor({ timeout: 15_000 });
  await runs(3);
  expect((await spare.push('鲁B01N02')).reply?.info).toBe('ok');
  expect(await park.stayOf('鲁B01N02')).toMatchObject({ entryLane: { id: 'in1' } });
});
