import type { Page } from 'playwright-core';
import type { Shot } from './shot.ts';

/** Into practice, with the first car of a lesson at its lane. */
async function begin(page: Page): Promise<void> {
  await page.locator('.header-menu button', { hasText: /训练|Practise/ }).click();
  await page.getByRole('button', { name: /进入训练模式|Start practising/ }).click();
  await page.locator('.practice-bar .trainer').waitFor({ timeout: 15_000 });
  await page.keyboard.press('Alt+n');
  await page.waitForTimeout(2_000);
}

/** The window is a real one again, and the practice station is gone: the next pictures know nothing of it. */
async function leave(page: Page): Promise<void> {
  await page.keyboard.press('Alt+q');
  await page.locator('.practice-bar').waitFor({ state: 'detached', timeout: 15_000 });
  await page.locator('.header-user').waitFor();
}

export const shots: readonly Shot[] = [{ name: 'practice', at: 'booth', act: begin, after: leave }];
