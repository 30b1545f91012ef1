import type { Page } from 'playwright-core';
import type { Shot } from './shot.ts';

/** The newest stay that paid, and the receipt of its payment as it would be printed. */
async function receipt(page: Page): Promise<void> {
  await page.locator('tbody tr', { hasText: '已离场' }).first().click();
  await page.getByRole('button', { name: /打印小票|Print receipt/ }).first().click();
  await page.locator('.paper').waitFor();
  await page.waitForTimeout(400);
}

async function printed(page: Page): Promise<void> {
  await receipt(page);
  await page.getByRole('button', { name: /^(打印小票|补打|Print receipt|Print again)$/ }).last().click();
  await page.getByRole('status').waitFor();
  await page.waitForTimeout(400);
}

export const shots: readonly Shot[] = [
  { name: 'printing-receipt', at: 'stays?status=left', as: 'manager', act: receipt },
  { name: 'printing-again', at: 'stays?status=left', as: 'manager', act: printed },
  { name: 'printing-rules', at: 'settings/rules', as: 'manager', act: async (page) => {
    await page.locator('.set-printing').scrollIntoViewIfNeeded();
    await page.waitForTimeout(300);
  } },
];
