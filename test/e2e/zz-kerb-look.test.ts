import { expect, test } from 'vitest';
import { findChromium, launchChromium, openPage } from '../support/browser.ts';
import { CarPark } from '../support/car-park.ts';
import { ADMIN } from '../support/station-process.ts';

test('look', async () => {
  const browser = await launchChromium(findChromium() ?? '');
  const park = await CarPark.open();
  try {
    const { page } = await openPage(browser);
    await page.goto(`${park.station.url}/#/settings/rules`);
    await page.getByLabel('姓名或工号').fill(ADMIN.name);
    await page.getByLabel('密码').fill(ADMIN.password);
    await page.keyboard.press('Enter');
    const label = page.getByText('停稳后入场（秒）');
    await label.waitFor();
    await label.scrollIntoViewIfNeeded();
    await page.screenshot({ path: '/tmp/kerbshots/rules.png' });
    expect(await page.getByLabel('停稳后入场（秒）').inputValue()).toBe('30');
    await page.goto(`${park.station.url}/#/settings/devices?driver=berth-http&kind=berth-sensor`);
    await page.getByRole('button', { name: '添加设备' }).click();
    await page.waitForTimeout(500);
    await page.screenshot({ path: '/tmp/kerbshots/devices.png' });
  } finally {
    await browser.close();
    await park.close();
  }
}, 60_000);
