import type { Page } from 'playwright-core';
import { big, type Shot } from './scene-kit.ts';

const at =
  (place: string, then: (page: Page) => Promise<void> = async () => {}) =>
  async (page: Page): Promise<void> => {
    await page.evaluate(`location.hash = '#/${place}'`);
    await page.locator('.dev-detail .dev-tab').waitFor();
    await then(page);
  };

const chosen = async (page: Page): Promise<void> => {
  await page.locator('.dev-exchanges button').first().click();
  await page.locator('.dev-body').waitFor();
};

const raw = async (page: Page): Promise<void> => {
  await page.locator('details summary').click();
  await page.locator('#raw-hex').fill('1B 40 0G');
};

const places: readonly (readonly [string, ReturnType<typeof at>])[] = [
  ['board', at('devices/bar-out2')],
  ['io', at('devices/io-out2')],
  ['io-offline', at('devices/io-out3')],
  ['io-empty', at('devices/io-out4')],
  ['display', at('devices/led-out2?tab=test')],
  ['bytes', at('devices/led-out2?tab=trace', chosen)],
  ['sign', at('devices/sign-1?tab=test')],
  ['printer', at('devices/prn-out2')],
  ['raw', at('devices/prn-out2?tab=test', raw)],
  ['scan', at('devices/gun-out2?tab=test', (page) => page.locator('.dev-try button').first().click())],
];

/** The hardware of a lane on its page, and what of it the booth sees. */
export const hardwareShots: readonly Shot[] = [
  ...places.flatMap(([name, act]): readonly Shot[] => [
    { name: `hardware-${name}`, scenario: 'hardware', act },
    { name: `hardware-${name}-big-dark-en`, scenario: 'hardware', dark: true, english: true, act, ...big },
  ]),
  ...['hardware', 'hardwareWaits', 'hardwareUnknown'].flatMap((scenario): readonly Shot[] => [
    { name: `hardware-booth-${scenario}`, scenario },
    { name: `hardware-booth-${scenario}-dark-en`, scenario, dark: true, english: true },
    { name: `hardware-booth-${scenario}-125`, scenario, width: 1093, height: 614 },
  ]),
];
