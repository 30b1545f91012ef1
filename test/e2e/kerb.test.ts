import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { accessibilityFaults } from '../support/axe.ts';
import { findChromium, launchChromium, NO_CHROMIUM } from '../support/browser.ts';
import { ADMIN, StationProcess, stablePort } from '../support/station-process.ts';

const executable = findChromium();
const lin = { name: '林秀珍', password: 'a long day of rain', role: 'attendant' };
const wide = 30;

const provision = {
  site: {
    ...{ code: '440300000001', name: '深南大道路内停车', kind: 'kerbside', totalSpaces: wide, openSpaces: wide },
    rules: { verifyAboveFen: 0 },
  },
  areas: [{ id: 'r1', code: 1, name: '深南大道', spaces: wide }],
  lanes: [],
  devices: [],
  berths: Array.from({ length: wide }, (_, index) => ({
    ...{ code: `NS0001${String(index + 1).padStart(4, '0')}`, area: 'r1', road: '深南大道' },
    ...{ side: index % 2 === 0 ? 'left' : 'right', position: Math.floor(index / 2) },
  })),
  tariffs: [
    {
      ...{ id: 't1', name: '路内' },
      rules: [
        {
          vehicleClasses: ['small', 'medium', 'large'],
          ...{ freeMinutes: 0, followingPeriod: { minutes: 60, feeFen: 400 } },
        },
      ],
    },
  ],
  users: [{ ...ADMIN, role: 'admin' }, lin],
  platforms: {},
};

let browser: Browser | undefined;
let station: StationProcess | undefined;
beforeAll(async () => {
  if (!executable) return;
  browser = await launchChromium(executable);
  station = await StationProcess.start({ port: await stablePort(), provision });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await station?.dispose();
});

async function open(at: Browser, url: string, look: 'light' | 'dark'): Promise<{ page: Page; complaints: string[] }> {
  const context = await at.newContext({ viewport: { width: 1366, height: 768 }, colorScheme: look });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  await page.locator('input').first().fill(lin.name);
  await page.locator('input[type=password]').fill(lin.password);
  await page.keyboard.press('Enter');
  await page.locator('.kerb-map .berth').first().waitFor();
  return { page, complaints };
}

const berth = (page: Page, code: string) => page.locator('.berth', { hasText: `泊位 ${code}，` });

test('路内收费员只用键盘：记停入、录车牌、收现金、记离开、记欠费', async (ctx) => {
  if (!browser || !station) return ctx.skip(NO_CHROMIUM);
  const { page, complaints } = await open(browser, station.url, 'light');
  expect(await accessibilityFaults(page)).toEqual([]);

  // A car came five minutes ago, and its plate cannot be read.
  await page.keyboard.type('0007');
  await page.keyboard.press('F2');
  await page.getByText('5 分钟前').click();
  expect(await accessibilityFaults(page, '.dialog')).toEqual([]);
  await page.getByRole('button', { name: /记录停入/ }).click();
  await page.getByText('已记录停入').waitFor();
  await expect.poll(() => berth(page, 'NS00010007').textContent()).toContain('无牌，请录入车牌');
  await page.getByRole('button', { name: '待处理 1' }).waitFor();

  await page.keyboard.press('F10');
  await page.keyboard.press('F5');
  await page.keyboard.type('B12345');
  expect(await accessibilityFaults(page, '.dialog')).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText(/已录入 .B12345/).waitFor();
  await page.getByRole('button', { name: /收费 ¥4.00/ }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  await page.keyboard.press('F11');
  const received = page.getByRole('textbox', { name: /实收/ });
  await received.waitFor();
  await page.waitForTimeout(300);
  await page.keyboard.type('10');
  await page.getByText('找零 ¥6.00').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('已缴 ¥4.00，找零 ¥6.00').waitFor();
  await page.getByRole('button', { name: '完成' }).click();
  await expect.poll(() => berth(page, 'NS00010007').textContent()).toContain('已付');

  await page.keyboard.press('F4');
  await page.getByText('没有要付的钱').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('已付清 ¥4.00').waitFor();

  // Another one leaves without paying.
  await page.keyboard.press('Escape');
  await page.keyboard.type('0008');
  await page.keyboard.press('F2');
  await page.getByText('2 分钟前').click();
  await page.getByRole('textbox', { name: '车牌号码' }).or(page.locator('.dialog [role=textbox]')).first().focus();
  await page.keyboard.type('B88888');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /收费 ¥4.00/ }).waitFor();
  await page.keyboard.press('F4');
  await page.getByText('应收 ¥4.00 还没有付').waitFor();
  expect(await accessibilityFaults(page, '.dialog')).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText('欠费 ¥4.00').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('link', { name: '查看欠费' }).click();
  await page.getByRole('row', { name: /88888/ }).waitFor();
  expect(complaints).toEqual([]);
}, 120_000);

test('在深色里也看得清', async (ctx) => {
  if (!browser || !station) return ctx.skip(NO_CHROMIUM);
  const { page, complaints } = await open(browser, station.url, 'dark');
  await page.keyboard.type('0020');
  await page.keyboard.press('F2');
  await page.keyboard.press('Enter');
  await page.getByText('已记录停入').waitFor();
  await expect.poll(() => berth(page, 'NS00010020').textContent()).toContain('无牌');
  expect(await accessibilityFaults(page, 'body', ['color-contrast'])).toEqual([]);
  await page.keyboard.press('F4');
  expect(await accessibilityFaults(page, '.dialog', ['color-contrast'])).toEqual([]);
  expect(complaints).toEqual([]);
}, 60_000);
