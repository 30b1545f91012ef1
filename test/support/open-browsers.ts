import type { Browser, Page } from 'playwright-core';

/** Every browser of this test file. */
const browsers = new Set<Browser>();

/** From now on what is open in this browser is what a failed test was looking at. */
export function lookAtOnFailure(browser: Browser): void {
  browsers.add(browser);
  browser.on('disconnected', () => browsers.delete(browser));
}

export function openPages(): Page[] {
  return [...browsers].flatMap((browser) => browser.contexts()).flatMap((context) => context.pages());
}
