import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach } from 'vitest';
import { openPages } from './open-browsers.ts';

/**
 * Set up for the end-to-end tests: one that fails says what stood in its windows, in words and as a picture, so that what
 * happens once in a hundred runs need not happen again to be understood. Then it closes the windows that the test opened: left open
 * they go on drawing whatever the next tests do. Those of a hook stay.
 */

const TEXT_LIMIT = 4_000;
const PATIENCE_MS = 5_000;

/** What was typed so far; never a password. */
function typedIn(body: Element): string {
  const fields = [...body.querySelectorAll<HTMLInputElement>('input:not([type="password"]), textarea')];
  return fields
    .filter(({ id, value }) => id !== '' && value !== '')
    .map(({ id, value }) => `${id}=${value}`)
    .join(', ');
}

async function told(page: Page, picture: string): Promise<string> {
  const body = page.locator('body');
  const limit = { timeout: PATIENCE_MS };
  const words = await body
    .innerText(limit)
    .then((text) => text.replaceAll(/\s*\n\s*/g, ' | ').slice(0, TEXT_LIMIT))
    .catch(String);
  const typed = await body.evaluate(typedIn, undefined, limit).catch(String);
  const taken = await page.screenshot({ path: picture, ...limit }).then(() => picture, String);
  return [`  at ${page.url()}`, `  picture: ${taken}`, `  typed: ${typed}`, `  text: ${words}`].join('\n');
}

let before: ReadonlySet<Page> = new Set();
beforeEach(() => {
  before = new Set(openPages());
});

// Hooks come before `onTestFinished`, `afterAll` after both: nothing that a test opened is closed yet.
afterEach(async ({ task }) => {
  const pages = openPages();
  if (task.result?.state === 'fail' && pages.length > 0) await explain(task.name, pages);
  await Promise.all(pages.filter((page) => !before.has(page)).map((page) => page.close()));
});

async function explain(test: string, pages: readonly Page[]): Promise<void> {
  const folder = mkdtempSync(join(process.env['GATEHOUSE_PICTURES'] ?? tmpdir(), 'gatehouse-failed-'));
  const all = await Promise.all(pages.map((page, index) => told(page, join(folder, `${index + 1}.png`))));
  process.stderr.write(`\nwhat stood on the screen when this failed: ${test}\n${all.join('\n')}\n`);
}
