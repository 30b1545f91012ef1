import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterEach } from 'vitest';

const TEXT_LIMIT = 4_000;
const PATIENCE_MS = 5_000;

/** Every browser of this test file: what is open in it is what a failed test was looking at. */
const browsers = new Set<Browser>();

/** From now on a test that fails tells what stood in this browser's windows. */
export function tellOnFailure(browser: Browser): Browser {
  browsers.add(browser);
  browser.on('disconnected', () => browsers.delete(browser));
  return browser;
}

async function told(page: Page, folder: string, number: number): Promise<string> {
  const picture = join(folder, `${number}.png`);
  const shot = page
    .screenshot({ path: picture, timeout: PATIENCE_MS, animations: 'allow' })
    .then(() => picture)
    .catch((error: unknown) => `no picture: ${String(error)}`);
  const text = page
    .locator('body')
    .innerText({ timeout: PATIENCE_MS })
    .then((all) => all.replaceAll(/\s*\n\s*/g, ' | ').slice(0, TEXT_LIMIT))
    .catch((error: unknown) => `no text: ${String(error)}`);
  const typed = page
    .locator('body')
    .evaluate((body) =>
      [...body.querySelectorAll<HTMLInputElement>('input:not([type="password"]), textarea')]
        .filter((field) => field.value !== '' && field.id !== '')
        .map((field) => `${field.id}=${field.value}`)
        .join(', '),
    )
    .catch(() => '');
  return [`at ${page.url()}`, `picture: ${await shot}`, `typed: ${await typed}`, `text: ${await text}`].join('\n  ');
}

// Before anything is closed: files close what they opened after this, in `onTestFinished` or `afterAll`.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  const pages = [...browsers].flatMap((browser) => browser.contexts()).flatMap((context) => context.pages());
  if (pages.length === 0) return;
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-failed-'));
  const all = await Promise.all(pages.map((page, index) => told(page, folder, index + 1)));
  process.stderr.write(`\nfailed: ${task.name}\n  ${all.join('\n  ')}\n`);
});
