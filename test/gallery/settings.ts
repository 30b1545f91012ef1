import type { Shot } from './shot.ts';

export const shots: readonly Shot[] = [
  { name: 'settings-site', at: 'settings/site' },
  { name: 'settings-areas', at: 'settings/areas' },
  { name: 'settings-lanes', at: 'settings/lanes' },
  {
    name: 'settings-lanes-faulty',
    at: 'settings/lanes',
    act: async (page) => {
      await page.locator('.set-form input').first().fill('');
      await page.locator('.set-bar[data-tone="stop"]').waitFor();
    },
  },
  { name: 'settings-devices', at: 'settings/devices' },
  { name: 'settings-channels', at: 'settings/channels' },
  { name: 'settings-rules', at: 'settings/rules' },
  { name: 'settings-announcing', at: 'settings/announcing' },
  { name: 'settings-announcing-numbers', at: 'settings/announcing?part=numbers' },
  { name: 'settings-platforms', at: 'settings/platforms' },
  {
    name: 'settings-platforms-tested',
    at: 'settings/platforms',
    act: async (page) => {
      await page.locator('.set-test button').first().click();
      await page.locator('.set-steps').waitFor({ timeout: 20_000 });
      await page.locator('.set-steps').scrollIntoViewIfNeeded();
    },
  },
  { name: 'settings-backups', at: 'settings/backups' },
  { name: 'settings-history', at: 'settings/configuration' },
  {
    name: 'settings-review',
    at: 'settings/site',
    act: async (page) => {
      await page.locator('.set-form input, .set-narrow input').first().fill('海信广场停车场（东区）');
      await page.locator('.set-bar:not([data-tone="stop"]) .ant-btn-primary:enabled').click();
      await page.locator('.ant-modal').waitFor();
      await page.waitForTimeout(500);
    },
  },
];
