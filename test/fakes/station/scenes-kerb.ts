import type { Page } from 'playwright-core';
import { big, keys, type Shot } from './scene-kit.ts';

const here = async (page: Page): Promise<void> => {
  await page.locator('.kerb-map .berth').first().waitFor();
};
const then =
  (...list: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await here(page);
    await keys(...list)(page);
    await page.waitForTimeout(300);
  };
const typed = (text: string, ...list: readonly string[]) => then(...text, ...list);

/** 泊位图. */
export const kerbShots: readonly Shot[] = [
  ...['kerb6', 'kerb40', 'kerb300'].flatMap((scenario): readonly Shot[] => [
    { name: scenario, scenario, act: here },
    { name: `${scenario}-dark-en`, scenario, dark: true, english: true, act: here },
    { name: `${scenario}-big`, scenario, ...big, act: here },
    { name: `${scenario}-125`, scenario, width: 1093, height: 614, act: here },
  ]),
  { name: 'kerb-big-dark-en', scenario: 'kerb300', dark: true, english: true, ...big, act: here },
  { name: 'kerb-chosen', scenario: 'kerb40', act: typed('0008') },
  { name: 'kerb-chosen-dark-en', scenario: 'kerb40', dark: true, english: true, act: typed('0008') },
  { name: 'kerb-chosen-big', scenario: 'kerb40', ...big, act: typed('0008') },
  { name: 'kerb-chosen-125', scenario: 'kerb40', width: 1093, height: 614, act: typed('0008') },
  { name: 'kerb-nameless', scenario: 'kerb40', act: typed('0003') },
  { name: 'kerb-identify', scenario: 'kerb40', act: typed('0003', 'F5', 'B', '1', '2', '3', '4', '5') },
  { name: 'kerb-identify-dark-en', scenario: 'kerb40', dark: true, english: true, act: typed('0003', 'F5', 'B', '1') },
  { name: 'kerb-arrive', scenario: 'kerb40', act: typed('0012', 'F2') },
  { name: 'kerb-leave-owing', scenario: 'kerb40', act: typed('0008', 'F4') },
  { name: 'kerb-leave-lost-en', scenario: 'kerb40', english: true, dark: true, act: typed('0003', 'F4') },
  { name: 'kerb-left', scenario: 'kerb40', act: typed('0008', 'F4', 'Enter') },
  { name: 'kerb-pay', scenario: 'kerb40', act: typed('0008', 'F11') },
  {
    name: 'kerb-needs',
    scenario: 'kerb300',
    act: async (page) => {
      await here(page);
      await page.locator('[data-filter=needs]').click();
      await keys('F10', 'F10')(page);
    },
  },
  {
    name: 'kerb-lost',
    scenario: 'kerb40',
    act: async (page, served) => {
      await here(page);
      served.cut();
      await page.locator('.link-strip').waitFor();
    },
  },
  { name: 'kerb-empty', scenario: 'kerbEmpty' },
  { name: 'kerb-empty-dark-en', scenario: 'kerbEmptyAttendant', dark: true, english: true },
  {
    name: 'kerb-beside',
    scenario: 'kerbBeside',
    act: async (page) => {
      await page.keyboard.press('Alt+b');
      await here(page);
    },
  },
];
