import type { Page } from 'playwright-core';
import { attemptChanges, platformIsAsked } from './booth-handlers.ts';
import { big, keys, type Shot } from './scene-kit.ts';
import type { ServedFake } from './serve.ts';

/** As a scan gun types. */
const scan = async (page: Page, code: string): Promise<void> => {
  await page.waitForTimeout(600);
  for (const digit of code) await page.keyboard.press(digit);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
};
const WECHAT = '135000000000000001';
const payCode = async (page: Page): Promise<void> => {
  await page.waitForTimeout(600);
  await keys('+')(page);
  await page.locator('.pay-code svg').waitFor();
};
const payUnknown = async (page: Page, { station }: ServedFake): Promise<void> => {
  station.answers.push('unknown');
  await scan(page, WECHAT);
};

const asked =
  (...then: readonly ((station: ServedFake['station'], id: string) => void)[]) =>
  async (page: Page, { station }: ServedFake): Promise<void> => {
    await page.waitForTimeout(600);
    const id = platformIsAsked(station, 'out2', 'cmb');
    for (const step of then) step(station, id);
    await page.waitForTimeout(400);
  };
type Step = (station: ServedFake['station'], id: string) => void;
const unknown: Step = (station, id) => attemptChanges(station, id, 'unknown', '招行 15 秒没有答复');
const aside: Step = (station, id) => attemptChanges(station, id, 'unknown', '查询三次仍无结果', { setAside: true });
const guaranteed: Step = (station, id) => {
  attemptChanges(station, id, 'paid', '', { guarantee: 'pending' });
  station.changeLane('out2', { phase: 'cleared' });
};
const asideAndCode = async (page: Page, served: ServedFake): Promise<void> => {
  await asked(unknown, aside)(page, served);
  await payCode(page);
};
const bankShots = (
  [
    ['asking', asked()],
    ['unknown', asked(unknown)],
    ['aside', asked(unknown, aside)],
    ['aside-code', asideAndCode],
    ['declined', asked((station, id) => attemptChanges(station, id, 'declined', '用户账户余额不足'))],
    ['guaranteed', asked(guaranteed)],
  ] as const
).flatMap(([name, act]): readonly Shot[] => [
  { name: `bank-${name}`, scenario: 'bank', act },
  { name: `bank-${name}-dark-en`, scenario: 'bank', dark: true, english: true, act },
  { name: `bank-${name}-big`, scenario: 'bank', act, ...big },
  { name: `bank-${name}-125`, scenario: 'bank', width: 1093, height: 614, act },
]);

/** Paying by code, passages, keys, night: what the cockpit has besides the car on show. */
export const cockpitShots: readonly Shot[] = [
  ...bankShots,
  { name: 'pay-code', scenario: 'paying', act: payCode },
  { name: 'pay-code-night', scenario: 'paying', night: true, act: payCode },
  { name: 'pay-code-dark-en', scenario: 'paying', dark: true, english: true, act: payCode },
  { name: 'pay-code-125', scenario: 'paying', width: 1093, height: 614, act: payCode },
  { name: 'pay-code-720', scenario: 'paying', width: 1280, height: 720, act: payCode },
  { name: 'pay-code-big', scenario: 'paying', act: payCode, ...big },
  { name: 'paying', scenario: 'paying' },
  { name: 'paying-125', scenario: 'paying', width: 1093, height: 614 },
  { name: 'paying-150', scenario: 'paying', width: 911, height: 512 },
  { name: 'paying-720-en', scenario: 'paying', width: 1280, height: 720, english: true },
  { name: 'paying-four', scenario: 'payingFour' },
  { name: 'paying-four-125', scenario: 'payingFour', width: 1093, height: 614 },
  {
    name: 'pay-declined',
    scenario: 'paying',
    act: async (page, { station }) => {
      station.answers.push('declined');
      await scan(page, WECHAT);
    },
  },
  { name: 'pay-unknown', scenario: 'paying', act: payUnknown },
  { name: 'pay-unknown-dark-en', scenario: 'paying', dark: true, english: true, act: payUnknown },
  {
    name: 'pay-confirming',
    scenario: 'paying',
    act: async (page, { station }) => {
      station.answers.push('sent');
      await scan(page, WECHAT);
    },
  },
  {
    name: 'pay-anyway',
    scenario: 'paying',
    act: async (page, served) => {
      await payUnknown(page, served);
      await keys('F11')(page);
    },
  },
  {
    name: 'pay-reversing',
    scenario: 'paying',
    act: async (page, served) => {
      await payUnknown(page, served);
      attemptChanges(served.station, 'att-1', 'reversing');
      await page.waitForTimeout(200);
    },
  },
  { name: 'pay-not-a-code', scenario: 'paying', act: (page) => scan(page, '990000000012') },
  { name: 'pay-garbled', scenario: 'paying', act: (page) => scan(page, '13500') },
  {
    name: 'pay-pos',
    scenario: 'paying',
    act: async (page) => {
      await page.waitForTimeout(600);
      await keys('/')(page);
    },
  },
  {
    name: 'pay-parts',
    scenario: 'paying',
    act: async (page) => {
      await page.waitForTimeout(600);
      await keys('2', '0', 'B')(page);
      await page.locator('.parts').waitFor();
    },
  },
  { name: 'retake', scenario: 'paying', act: keys('P') },
  { name: 'entering', scenario: 'paying', act: keys('E') },
  { name: 'passed', scenario: 'paying', act: keys('F8', 'ArrowDown') },
  { name: 'passed-manager-dark-en', scenario: 'passedManager', dark: true, english: true, act: keys('F8') },
  { name: 'keys', scenario: 'paying', act: keys('H') },
  { name: 'keys-dark-en', scenario: 'paying', dark: true, english: true, act: keys('H') },
  {
    name: 'keys-taken',
    scenario: 'paying',
    act: async (page) => {
      await keys('H')(page);
      await page.locator('.keys-groups button').nth(1).click();
      await keys('F5')(page);
    },
  },
  { name: 'keys-125', scenario: 'paying', width: 1093, height: 614, act: keys('H') },
  { name: 'night', scenario: 'charging', night: true },
  { name: 'night-idle', scenario: 'idle', night: true },
  { name: 'areas', scenario: 'areas' },
  { name: 'hold-heard', scenario: 'hold', act: keys('A') },
];
