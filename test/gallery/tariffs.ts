import type { Page } from 'playwright-core';
import type { Shot } from './shot.ts';

const pane = (index: number) => async (page: Page) => {
  await beginTemplate(4)(page);
  await page.locator('.tf-side [role="tab"]').nth(index).click();
};

/** Begins a draft from one of the templates; the words of the buttons depend on the language. */
const beginTemplate = (index: number) => async (page: Page) => {
  await page.locator('.tf-templates button').nth(index).click();
  // An id of its own: the acceptance cases of one template do not fit another.
  await page.locator('#begin-id').fill(`template-${index}`);
  await page.locator('.ant-modal .ant-btn-primary').click();
  await page.locator('.tf-result').waitFor();
};

async function beginNew(page: Page): Promise<void> {
  await page.locator('.page-actions .ant-btn-primary').click();
  await page.locator('#begin-name').fill('2027');
  await page.locator('#begin-free').fill('15');
  await page.locator('#begin-fee').fill('5');
  await page.locator('.ant-modal .ant-btn-primary').click();
  await page.locator('.tf-result').waitFor();
}

async function publish(page: Page): Promise<void> {
  await beginTemplate(4)(page);
  await page.locator('.page-actions .ant-btn-primary').click();
  await page.locator('.ant-modal .tf-table').waitFor();
  // The dialog fades in.
  await page.waitForTimeout(400);
}

async function paste(page: Page): Promise<void> {
  await page.locator('.page-actions button').first().click();
  await page.locator('#notice').fill('国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日、10月10日上班。');
}

async function choose(page: Page): Promise<void> {
  await page.locator('#day-2026-05-01').hover();
  await page.mouse.down();
  await page.locator('#day-2026-05-05').hover();
  await page.mouse.up();
}

export const shots: readonly Shot[] = [
  { name: 'tariffs', at: 'tariffs' },
  { name: 'tariffs-begin', at: 'tariffs', act: (page) => page.locator('.tf-templates button').nth(4).click() },
  { name: 'tariffs-version', at: 'tariffs', act: (page) => page.locator('.tf-acts button').first().click() },
  { name: 'tariff-new', at: 'tariffs', act: beginNew },
  { name: 'tariff-trial', at: 'tariffs', act: beginTemplate(3) },
  { name: 'tariff-table', at: 'tariffs', act: pane(1) },
  { name: 'tariff-check', at: 'tariffs', act: pane(2) },
  { name: 'tariff-cases', at: 'tariffs', act: pane(3) },
  { name: 'tariff-replay', at: 'tariffs', act: pane(4) },
  { name: 'tariff-publish', at: 'tariffs', act: publish },
  { name: 'calendar', at: 'calendar?year=2026' },
  { name: 'calendar-days', at: 'calendar?year=2026', act: choose },
  { name: 'calendar-paste', at: 'calendar?year=2026', act: paste },
];
