import type { Page } from 'playwright-core';
import type { CarPark } from '../support/car-park.ts';
import type { Shot } from './shot.ts';
import { GALLERY_PEOPLE } from './site.ts';

/** The newest stay that paid, and the receipt of its payment as it would be printed. */
async function receipt(page: Page): Promise<void> {
  await page.locator('.table-rows .table-row').first().click();
  await page.waitForTimeout(900);
  await page
    .getByRole('button', { name: /打印小票|Print receipt/ })
    .first()
    .click();
  await page.locator('.paper').waitFor();
  await page.waitForTimeout(400);
}

async function printed(page: Page): Promise<void> {
  await receipt(page);
  await page
    .getByRole('button', { name: /^(打印小票|补打|Print receipt|Print again)$/ })
    .last()
    .click();
  await page.getByRole('status').waitFor();
  await page.waitForTimeout(400);
}

/** At the booth, where the last car has paid. */
const key =
  (...pressed: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await page.waitForTimeout(700);
    for (const each of pressed) await page.keyboard.press(each, { delay: 90 });
    await page.waitForTimeout(700);
  };

/** The report of the shift that runs, as the manager may print it. */
async function shift(page: Page, park: CarPark): Promise<void> {
  const { name, password } = GALLERY_PEOPLE.attendant;
  const token = await park.station.signIn(name, password);
  await park.station.raw('/api/v1/shifts', { token, method: 'POST', body: { booth: '1', floatFen: 30_000 } });
  await page.reload();
  await page.locator('.table-rows .table-row').first().click();
  await page.getByRole('button', { name: /打印到小票机|To the receipt printer/ }).click();
  await page.locator('.paper').waitFor();
  await page.waitForTimeout(400);
}

export const shots: readonly Shot[] = [
  { name: 'printing-shift', at: 'shifts', as: 'manager', act: shift },
  { name: 'printing-booth', at: 'booth', as: 'attendant', act: key('r') },
  { name: 'printing-passed', at: 'booth', as: 'attendant', act: key('F8') },
  { name: 'printing-receipt', at: 'stays?status=left', as: 'manager', act: receipt },
  { name: 'printing-again', at: 'stays?status=left', as: 'manager', act: printed },
  {
    name: 'printing-rules',
    at: 'settings/rules',
    as: 'manager',
    act: async (page) => {
      await page.locator('.set-printing').waitFor();
      await page.locator('.set-printing').scrollIntoViewIfNeeded();
      await page.waitForTimeout(300);
    },
  },
];
