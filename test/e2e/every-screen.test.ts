import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLivedIn } from '../gallery/site.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { findChromium, launchChromium, NO_CHROMIUM } from '../support/browser.ts';
import type { CarPark } from '../support/car-park.ts';
import { ADMIN } from '../support/station-process.ts';

const executable = findChromium();
let browser: Browser | undefined;
let park: CarPark | undefined;
beforeAll(async () => {
  if (!executable) return;
  browser = await launchChromium(executable);
  park = await openLivedIn();
});
afterAll(async () => {
  await browser?.close();
  await park?.close();
});

interface Look {
  readonly theme: 'light' | 'dark';
  readonly language: 'zh-CN' | 'en';
  readonly width: number;
  readonly height: number;
}

async function open(look: Look, url: string): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  if (!browser) throw new Error('no browser');
  const { width, height } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: look.theme,
    locale: look.language,
  });
  const prefs = JSON.stringify({ language: look.language, theme: look.theme });
  await context.addInitScript((text) => localStorage.setItem('gatehouse.prefs', text), prefs);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  await page.locator('input').first().fill(ADMIN.name);
  await page.locator('input[type=password]').fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await page.locator('.header-user').waitFor();
  return { context, page, complaints };
}

/** What stands on the page once nothing is being fetched any more. */
async function settled(page: Page): Promise<void> {
  await page.locator('.page h2').first().waitFor();
  await page.waitForFunction(() => document.querySelector('.fetching, .full-note .spinner') === null);
  // What was answered last has to be drawn; nothing of ours fades in.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

for (const look of [
  { theme: 'light', language: 'zh-CN', width: 1366, height: 768 },
  { theme: 'dark', language: 'en', width: 1920, height: 1080 },
] as const)
  test(`every screen of the menu opens, says no error and passes axe: ${look.theme}, ${look.language}, ${look.width} px`, async (ctx) => {
    if (!park) return ctx.skip(NO_CHROMIUM);
    const { context, page, complaints } = await open(look, park.station.url);
    const found: Record<string, string[]> = {};
    // Roles and names are the same in every look; colours are not.
    const rules = look.theme === 'dark' ? ['color-contrast'] : undefined;
    await page.goto(`${park.station.url}/#/booth`);
    await page.locator('.booth').first().waitFor();
    await page.waitForTimeout(600);
    found['booth'] = await accessibilityFaults(page, 'body', rules);
    await page.goto(`${park.station.url}/#/overview`);
    await settled(page);
    const screens = await page
      .locator('.office-nav a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(screens.length).toBeGreaterThan(20);
    for (const screen of screens) {
      await page.goto(`${park.station.url}/${screen}`);
      await settled(page);
      expect(await page.locator('[role=alert]').allInnerTexts(), screen).toEqual([]);
      // Nothing is wider than the window: an office PC has no second screen to the right.
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), screen).toBe(true);
      found[screen] = await accessibilityFaults(page, 'body', rules);
    }
    expect(Object.fromEntries(Object.entries(found).filter(([, faults]) => faults.length > 0))).toEqual({});
    expect(complaints).toEqual([]);
    await context.close();
  });
