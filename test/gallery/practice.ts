import type { Page } from 'playwright-core';
import { z } from 'zod';
import type { CarPark } from '../support/car-park.ts';
import type { Shot } from './shot.ts';

const started = z.object({ token: z.string() });

/** Into practice with the first car of a lesson at its lane: by the API, because the button refuses while a real car waits. */
async function begin(page: Page, park: CarPark): Promise<void> {
  const { token } = await park.station.send(started, '/practice/start', {});
  await page.evaluate((text) => sessionStorage.setItem('gatehouse.practice', text), token);
  await page.reload();
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
