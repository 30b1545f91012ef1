import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { lookAtOnFailure } from './open-browsers.ts';

const CANDIDATES = [
  process.env['CHROMIUM_PATH'],
  // The same Chromium without its own windows: a page costs a quarter less.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** A Chromium of the system, or the sentence that says there is none. */
export function findChromium(): string | undefined {
  return CANDIDATES.find((path) => path !== undefined && path !== '' && existsSync(path));
}

export const NO_CHROMIUM = 'no Chromium on this machine (Debian: apt-get install chromium fonts-noto-cjk)';

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
