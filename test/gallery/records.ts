import type { Page } from 'playwright-core';
import { z } from 'zod';
import type { CarPark } from '../support/car-park.ts';
import type { Shot } from './shot.ts';

const open =
  (screen: string) =>
  async (page: Page): Promise<void> => {
    await page.goto(`${page.url().split('#')[0]}#/${screen}`);
    await page.waitForTimeout(900);
  };
const press =
  (name: RegExp) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('button', { name }).first().click();
    await page.waitForTimeout(500);
  };
const firstRow = async (page: Page): Promise<void> => {
  await page.locator('.table-rows .table-row').first().click();
  await page.waitForTimeout(900);
};

/** An entry without proof is a case; a second time the car is inside already. */
async function openCase(page: Page, park: CarPark): Promise<void> {
  const entry = { plate: '鲁B6T203', plateColor: 'blue', laneId: 'in1' };
  await park.station.send(z.unknown(), '/sessions', entry).catch(() => undefined);
  await page.reload();
  await page.locator('.table-rows .table-row').first().waitFor();
  await firstRow(page);
}

/** The evidence of a car that came, paid and went. */
async function evidence(page: Page, park: CarPark): Promise<void> {
  const left = (await park.stays('鲁')).find((stay) => stay.status === 'left' && stay.paidFen > 0);
  await open(`stays/${left?.uid ?? ''}`)(page);
  await page.locator('.evidence').waitFor();
  await page.waitForTimeout(900);
}
const scrolled =
  (px: number) =>
  async (page: Page, park: CarPark): Promise<void> => {
    await evidence(page, park);
    await page
      .locator('.page-body')
      .last()
      .evaluate((body, top) => body.scrollTo(0, top), px);
    await page.waitForTimeout(300);
  };
async function fee(page: Page): Promise<void> {
  await page.keyboard.type('b');
  await page.locator('.fee-cars button').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.quote').waitFor();
  await page.waitForTimeout(600);
}

export const shots: readonly Shot[] = [
  { name: 'stays', at: 'stays', as: 'manager' },
  { name: 'stays-none', at: 'stays?plate=ZZZZ', as: 'manager' },
  { name: 'stays-register', at: 'stays', as: 'attendant', act: press(/补录入场|Register entry/) },
  { name: 'stays-evidence', at: 'stays', as: 'manager', act: evidence },
  { name: 'stays-evidence-money', at: 'stays', as: 'manager', act: scrolled(500) },
  { name: 'stays-evidence-chain', at: 'stays', as: 'manager', act: scrolled(9_999) },
  {
    name: 'stays-correct',
    at: 'stays',
    as: 'manager',
    act: async (page, park) => {
      await evidence(page, park);
      await press(/^(更正|Correct)$/)(page);
    },
  },
  { name: 'inside', at: 'inside', as: 'manager' },
  { name: 'inside-recount', at: 'inside', as: 'manager', act: press(/盘点车位|Recount/) },
  {
    name: 'inside-close',
    at: 'inside',
    as: 'manager',
    act: async (page) => {
      await page.locator('.table-rows input[type=checkbox]').first().click();
      await press(/清理选中|Close 1/)(page);
    },
  },
  { name: 'fee', at: 'fee', as: 'attendant' },
  { name: 'fee-quote', at: 'fee', as: 'attendant', act: fee },
  {
    name: 'fee-pay',
    at: 'fee',
    as: 'attendant',
    act: async (page) => {
      await fee(page);
      await page.keyboard.press('Enter');
      await page.waitForTimeout(900);
    },
  },
  { name: 'exceptions', at: 'exceptions', as: 'manager' },
  { name: 'exceptions-case', at: 'exceptions', as: 'attendant', act: openCase },
  { name: 'exceptions-payments', at: 'exceptions?tab=payments', as: 'manager' },
  { name: 'exceptions-opens', at: 'exceptions?tab=opens', as: 'manager' },
  { name: 'exceptions-doubts', at: 'exceptions?tab=doubts', as: 'manager' },
  { name: 'exceptions-edits', at: 'exceptions?tab=edits', as: 'manager' },
  { name: 'exceptions-refusals', at: 'exceptions?tab=refusals', as: 'manager' },
  { name: 'refunds', at: 'refunds', as: 'manager' },
  { name: 'audit', at: 'audit', as: 'manager' },
  { name: 'audit-raw', at: 'audit?scope=all', as: 'manager', act: press(/原文|Raw/) },
  {
    name: 'audit-verify',
    at: 'audit',
    as: 'manager',
    act: async (page) => {
      await press(/流水核验|Verify journal/)(page);
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /开始核验|^Verify$/ })
        .click();
      await page.locator('.verify-report').waitFor();
    },
  },
];
