import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { lookAtOnFailure } from './open-browsers.ts';

const CANDIDATES = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** A Chromium of the system, or the sentence that says there is none. */
export function findChromium(): string | undefined {
  return CANDIDATES.find((path) => path !== undefined && path !== '' && existsSync(path));
}

export const NO_CHROMIUM = 'no Chromium on this machine (Debian: apt-get install chromium fonts-noto-cjk)';

/**
 * The pop-up of the address bar, which no test ever sees, is a page in a process of its own, and one more process waits for the next
 * page: together three quarters of what a window costs before there is anything in it.
 */
const NOT_NEEDED = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess'];

/** Of two lists Chromium takes the last alone: what Playwright turns off for its own reasons stays off. */
const OFF_IN_PLAYWRIGHT = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

/** Headless, and silent towards the outside: all that it may reach is on loopback. */
export async function launchChromium(executablePath: string): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-features=${[...OFF_IN_PLAYWRIGHT, ...NOT_NEEDED].join(',')}`,
    ],
  });
  lookAtOnFailure(browser);
  return browser;
}

/** A page that fails the test by what it complains about: the lines are there to be asserted on. */
export async function openPage(browser: Browser): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return { page, complaints };
}
