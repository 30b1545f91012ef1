import type { Page } from 'playwright-core';
import type { Shot } from './shot.ts';

const open = (selector: string) => async (page: Page) => page.locator(selector).first().click();

export const shots: readonly Shot[] = [
  { name: 'overview', at: 'overview' },
  { name: 'overview-figures', at: 'overview', act: open('.chart-figures summary') },
  { name: 'report-days', at: 'reports/days' },
  { name: 'report-collectors', at: 'reports/collectors' },
  { name: 'report-lanes', at: 'reports/lanes' },
  { name: 'report-methods', at: 'reports/methods' },
  { name: 'report-free', at: 'reports/free' },
  { name: 'report-opens', at: 'reports/opens' },
  { name: 'report-discounts-empty', at: 'reports/discounts' },
  { name: 'report-flow', at: 'reports/flow' },
  { name: 'report-balance', at: 'reports/balance' },
  { name: 'report-rows', at: 'reports/rows?of=received' },
];
