import type { Page } from 'playwright-core';
import type { Shot } from './shot.ts';

/** Keys as a hand presses them; then the dialog that they open. */
const opened =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await page.waitForTimeout(700);
    for (const key of keys) await page.keyboard.press(key, { delay: 90 });
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(400);
  };

const night = async (page: Page): Promise<void> => {
  await page.keyboard.press('n');
  await page.waitForTimeout(300);
};

export const shots: readonly Shot[] = [
  { name: 'booth', at: 'booth', as: 'attendant' },
  { name: 'booth-night', at: 'booth', as: 'attendant', act: night },
  { name: 'booth-keys', at: 'booth', as: 'attendant', act: opened('h') },
  { name: 'booth-passages', at: 'booth', as: 'attendant', act: opened('F8', 'ArrowDown') },
  { name: 'booth-release', at: 'booth', as: 'attendant', act: opened('F12', '1') },
  { name: 'booth-open-by-hand', at: 'booth', as: 'attendant', act: opened('F4', '1') },
];
