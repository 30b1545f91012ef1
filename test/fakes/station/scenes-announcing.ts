import type { Page } from 'playwright-core';
import { passageRulesSchema } from '../../../shared/domain/passage-rules.ts';
import { announcingDesk } from './announcement-handlers.ts';
import { big, type Shot } from './scene-kit.ts';
import type { ServedFake } from './serve.ts';

type Act = (page: Page, served: ServedFake) => Promise<void>;

const open: Act = async (page) => {
  await page.evaluate("location.hash = '#/settings/announcing'");
  await page.locator('.ann-table').waitFor();
};
const then =
  (...acts: readonly Act[]): Act =>
  async (page, served) => {
    for (const act of acts) await act(page, served);
  };
const dialog =
  (name: string): Act =>
  async (page) => {
    await page.locator(`button[aria-label*="${name}"]`).first().click();
    await page.locator('.led').waitFor();
    await page.waitForTimeout(400);
  };
/** A changed text of one type, one for all of them, and the rest unfolded. */
const unfold: Act = async (page, { station }) => {
  const texts = ['card', 'card-counted'].map((vehicle) => ({
    ...{ event: 'entry-welcome', vehicle, speech: '{车牌},欢迎回家' },
    lines: [
      { text: '{车牌}', color: 'red' },
      { text: '欢迎回家', color: 'green' },
    ],
  }));
  station.change({ rules: passageRulesSchema.parse({ announcements: { texts } }) });
  await page.evaluate("location.hash = '#/settings/rules'");
  await page.locator('.ann-table').waitFor({ state: 'detached' });
  await page.evaluate("location.hash = '#/settings/announcing'");
  await page.locator('.ann-table').waitFor();
  await page.locator('.ann-folded button').first().click();
  await page
    .locator('.ann-folded')
    .first()
    .evaluate((row) => row.scrollIntoView({ block: 'start' }));
};
const numbers: Act = async (page) => {
  await page.evaluate("location.hash = '#/settings/announcing?part=numbers'");
  await page.locator('.ann-boxes').waitFor();
};
const type =
  (label: string, text: string): Act =>
  async (page) =>
    page.getByLabel(label, { exact: true }).first().fill(text);

/** 屏显与语音 in the settings. */
export const announcingShots: readonly Shot[] = [
  { name: 'ann-texts', scenario: 'outbox', act: open },
  { name: 'ann-texts-dark-en', scenario: 'outbox', dark: true, english: true, act: open },
  { name: 'ann-texts-big', scenario: 'outbox', ...big, act: open },
  { name: 'ann-texts-big-dark', scenario: 'outbox', ...big, dark: true, act: open },
  { name: 'ann-types', scenario: 'outbox', act: then(open, unfold) },
  { name: 'ann-types-dark', scenario: 'outbox', dark: true, act: then(open, unfold) },
  { name: 'ann-types-big', scenario: 'outbox', ...big, act: then(open, unfold) },
  { name: 'ann-types-big-dark', scenario: 'outbox', ...big, dark: true, act: then(open, unfold) },
  { name: 'ann-numbers', scenario: 'outbox', act: numbers },
  {
    name: 'ann-numbers-changed',
    scenario: 'outbox',
    act: then(numbers, async (page) => {
      await page.locator('.ann-boxes .ant-btn').first().click();
      await page.locator('.ant-slider-handle').press('ArrowRight');
      await page.locator('.ann-quiet input').first().fill('25:00');
    }),
  },
  {
    name: 'ann-numbers-dark-en',
    scenario: 'outbox',
    dark: true,
    english: true,
    act: then(numbers, async (page) => {
      await page.locator('.ann-boxes .ant-btn').first().click();
    }),
  },
  { name: 'ann-dialog', scenario: 'outbox', act: then(open, dialog('请缴费')) },
  { name: 'ann-dialog-dark', scenario: 'outbox', dark: true, act: then(open, dialog('请缴费')) },
  { name: 'ann-dialog-dark-en', scenario: 'outbox', dark: true, english: true, act: then(open, dialog('To pay')) },
  { name: 'ann-dialog-big', scenario: 'outbox', ...big, act: then(open, dialog('入场放行')) },
  {
    name: 'ann-dialog-faults',
    scenario: 'outbox',
    act: then(
      open,
      dialog('请缴费'),
      type('第 1 行', '{车牌}停车{停车时长}谢谢惠顾'),
      type('第 2 行', '应缴{金钱}元'),
      type('第 3 行', '一二三四五六七八九十一二三四五{车场}'),
      type('语音播报', '{剩余天数}天'),
    ),
  },
  {
    name: 'ann-dialog-tried',
    scenario: 'outbox',
    act: then(
      async (_page, { station }) => {
        announcingDesk(station).outcome = 'unknown';
      },
      open,
      dialog('请缴费'),
      async (page) => {
        await page.locator('.ann-try-row button').click();
        await page.locator('.ann-tried[data-tone]').waitFor();
      },
    ),
  },
  {
    name: 'ann-add',
    scenario: 'outbox',
    act: then(open, async (page) => {
      await page.locator('.ann-extra button').click();
      await page.locator('.led').waitFor();
      await page.waitForTimeout(400);
    }),
  },
  {
    name: 'ann-none',
    scenario: 'outbox',
    act: then(async (_page, { station }) => {
      announcingDesk(station).displays = [];
    }, open),
  },
];
