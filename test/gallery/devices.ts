import type { Shot } from './shot.ts';

export const shots: readonly Shot[] = [
  { name: 'devices', at: 'devices' },
  { name: 'devices-state', at: 'devices/cam-out1' },
  { name: 'devices-picture', at: 'devices/cam-out1?tab=picture' },
  {
    name: 'devices-self-test',
    at: 'devices/cam-out1?tab=check',
    act: async (page) => {
      await page.locator('.dev-acts button').first().click();
      await page.locator('.dev-steps li').first().waitFor({ timeout: 20_000 });
    },
  },
  {
    name: 'devices-messages',
    at: 'devices/cam-out1?tab=trace',
    act: async (page) => {
      await page.locator('.dev-exchanges button').last().click();
      await page.locator('.dev-body').waitFor();
    },
  },
  {
    name: 'devices-raise',
    at: 'devices/bar-out1?tab=test',
    act: async (page) => {
      await page.locator('.dev-acts button').first().click();
      await page.locator('.ant-modal').waitFor();
      await page.waitForTimeout(500);
    },
  },
];
