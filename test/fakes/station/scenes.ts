import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { findChromium, launchChromium, NO_CHROMIUM } from '../../support/browser.ts';
import { big, keys, type Shot } from './scene-kit.ts';
import { announcingShots } from './scenes-announcing.ts';
import { askedShots } from './scenes-asked.ts';
import { cockpitShots } from './scenes-cockpit.ts';
import { hardwareShots } from './scenes-hardware.ts';
import { kerbShots } from './scenes-kerb.ts';
import { paperShots } from './scenes-paper.ts';
import { pricingShots } from './scenes-pricing.ts';
import { serveFake } from './serve.ts';

/**
 * Pictures of every state of the UI, to be looked at by a person: `node test/fakes/station/scenes.ts ROOT OUT [filter]`.
 * ROOT is a built renderer, OUT a folder outside of the project.
 */

const outbox = async (page: Page): Promise<void> => {
  await page.evaluate("location.hash = '#/outbox'");
  await page.locator('.table-rows .table-row').first().waitFor();
};

const shots: readonly Shot[] = [
  { name: 'sign-in', scenario: 'idle', signedOut: true },
  { name: 'sign-in-dark-en', scenario: 'idle', signedOut: true, dark: true, english: true },
  {
    name: 'sign-in-refused',
    scenario: 'idle',
    signedOut: true,
    act: async (page) => {
      await page.keyboard.type('wang');
      await keys('Tab')(page);
      await page.keyboard.type('wrong');
      await keys('Enter')(page);
      await page.locator('.form-problem').waitFor();
    },
  },
  { name: 'setup', scenario: 'setup', signedOut: true },
  { name: 'setup-dark-en', scenario: 'setup', signedOut: true, dark: true, english: true, ...big },
  { name: 'idle', scenario: 'idle' },
  { name: 'idle-big-dark', scenario: 'idle', dark: true, ...big },
  { name: 'empty', scenario: 'empty' },
  { name: 'demo', scenario: 'demo' },
  { name: 'charging', scenario: 'charging' },
  { name: 'charging-dark', scenario: 'charging', dark: true },
  { name: 'charging-en', scenario: 'charging', english: true },
  { name: 'charging-big', scenario: 'charging', ...big },
  { name: 'charging-change', scenario: 'charging', act: keys('5', '0') },
  {
    name: 'charging-short',
    scenario: 'charging',
    act: async (page) => {
      await page.waitForTimeout(600);
      await keys('2', '0', 'F11')(page);
    },
  },
  {
    name: 'charging-done',
    scenario: 'charging',
    act: async (page) => {
      await page.waitForTimeout(600);
      await keys('F11')(page);
      await page.locator('.notice[data-tone=done]').waitFor();
    },
  },
  { name: 'charging-125', scenario: 'charging', width: 1093, height: 614 },
  { name: 'charging-720', scenario: 'charging', width: 1280, height: 720, english: true },
  { name: 'free', scenario: 'free' },
  { name: 'release', scenario: 'charging', act: keys('F12', '1') },
  { name: 'release-dark-en', scenario: 'charging', dark: true, english: true, act: keys('F12') },
  { name: 'open-by-hand', scenario: 'charging', act: keys('F2', '6') },
  { name: 'unread', scenario: 'unread' },
  { name: 'noentry-en', scenario: 'noentry', english: true },
  { name: 'blacklisted-dark', scenario: 'blacklisted', dark: true },
  {
    name: 'correct',
    scenario: 'noentry',
    act: async (page) => {
      await keys('F5')(page);
      await page.keyboard.type('B7K218');
      await page.locator('.candidates li').first().waitFor();
      await keys('ArrowDown')(page);
    },
  },
  { name: 'correct-province-dark', scenario: 'unread', dark: true, act: keys('F5', ' ') },
  { name: 'arrears', scenario: 'arrears' },
  { name: 'arrears-dark-en', scenario: 'arrears', dark: true, english: true },
  { name: 'arrears-big', scenario: 'arrears', ...big },
  { name: 'arrears-125', scenario: 'arrears', width: 1093, height: 614 },
  { name: 'arrears-owe', scenario: 'arrears', act: keys('-', '1') },
  { name: 'nearmatch', scenario: 'nearmatch', act: keys('ArrowDown', 'ArrowDown') },
  { name: 'nearmatch-dark-en', scenario: 'nearmatch', dark: true, english: true },
  { name: 'nearmatch-big', scenario: 'nearmatch', act: keys('ArrowDown'), ...big },
  { name: 'nearmatch-125', scenario: 'nearmatch', act: keys('ArrowDown'), width: 1093, height: 614 },
  { name: 'seenagain', scenario: 'seenagain' },
  { name: 'unlicensed-out', scenario: 'unlicensedOut' },
  {
    name: 'unlicensed-find',
    scenario: 'unlicensedOut',
    act: async (page) => {
      await keys('1')(page);
      await page.locator('.pick-list li').first().waitFor();
      await keys('ArrowDown')(page);
    },
  },
  { name: 'unlicensed-identify', scenario: 'unlicensedOut', dark: true, act: keys('4') },
  { name: 'unlicensed-in', scenario: 'unlicensedIn' },
  {
    name: 'backfill',
    scenario: 'seenagain',
    act: async (page) => {
      await keys('2')(page);
      await page.keyboard.type('03020915');
      await keys('ArrowDown')(page);
    },
  },
  {
    name: 'backfill-dark-en',
    scenario: 'seenagain',
    dark: true,
    english: true,
    act: async (page) => {
      await keys('2')(page);
      await page.keyboard.type('2355');
    },
  },
  { name: 'fixedfee', scenario: 'seenagain', act: keys('3', '3', '0') },
  { name: 'blackentry', scenario: 'blackentry' },
  { name: 'blackentry-approve', scenario: 'blackentry', act: keys('F11') },
  { name: 'lotfull-dark', scenario: 'lotfull', dark: true },
  { name: 'confirm', scenario: 'confirm' },
  { name: 'doubtful', scenario: 'doubtful' },
  { name: 'doubtful-big-dark', scenario: 'doubtful', dark: true, ...big },
  { name: 'amount', scenario: 'amount' },
  { name: 'amount-en', scenario: 'amount', english: true },
  { name: 'card', scenario: 'card' },
  { name: 'cleared', scenario: 'cleared', act: keys('F10', 'F10') },
  { name: 'withdraw', scenario: 'cleared', act: keys('Delete', '1') },
  ...announcingShots,
  ...askedShots,
  ...hardwareShots,
  ...paperShots,
  ...pricingShots,
  { name: 'tidal', scenario: 'tidal' },
  { name: 'tidal-turn', scenario: 'tidal', act: keys('F10', 'F9') },
  { name: 'hold', scenario: 'hold' },
  { name: 'hold-dark-en', scenario: 'hold', dark: true, english: true },
  { name: 'four', scenario: 'four' },
  { name: 'four-big-en', scenario: 'four', english: true, ...big },
  { name: 'plates', scenario: 'plates' },
  { name: 'plates-dark', scenario: 'plates', dark: true },
  {
    name: 'lost',
    scenario: 'charging',
    act: async (page, served) => {
      served.cut();
      await page.locator('.link-strip').waitFor();
    },
  },
  {
    name: 'lost-dark-en',
    scenario: 'charging',
    dark: true,
    english: true,
    act: async (page, served) => {
      served.cut();
      await page.locator('.link-strip').waitFor();
    },
  },
  ...cockpitShots,
  ...kerbShots,
  { name: 'outbox', scenario: 'outbox', act: outbox },
  { name: 'outbox-dark-en', scenario: 'outbox', dark: true, english: true, act: outbox },
  { name: 'outbox-big', scenario: 'outbox', act: outbox, ...big },
  { name: 'outbox-attendant', scenario: 'outboxAttendant', act: outbox },
];

/** Buttons of the booth that stand outside of what holds them: nobody could press them. */
function cutOff(): string[] {
  const box = (element: Element): DOMRect => element.getBoundingClientRect();
  return [...document.querySelectorAll('.panel .key-button')].flatMap((button) => {
    const panel = button.closest('.car');
    const inside = panel === null || box(button).bottom <= box(panel).bottom + 1;
    return inside ? [] : [`cut off: ${button.textContent}`];
  });
}

async function take(browser: Browser, shot: Shot, root: string, out: string): Promise<void> {
  const served = await serveFake(root, shot.scenario);
  const page = await browser.newPage({
    viewport: { width: shot.width ?? 1366, height: shot.height ?? 768 },
    colorScheme: shot.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (line) => line.type() === 'error' && faults.push(line.text()));
  try {
    const token = 'scene';
    if (!shot.signedOut) served.station.tokens.set(token, served.station.scene.user);
    await page.addInitScript(
      ([language, theme, given]) => {
        localStorage.setItem('gatehouse.prefs', JSON.stringify({ language, theme }));
        if (given) sessionStorage.setItem('gatehouse.token', given);
      },
      [shot.english ? 'en' : 'zh-CN', shot.night ? 'night' : 'system', shot.signedOut ? '' : token] as const,
    );
    await page.goto(served.url);
    await page
      .locator(shot.signedOut ? '.sign-in-card input' : '.booth, .kerb, .full-note strong')
      .first()
      .waitFor();
    await page.waitForTimeout(250);
    await shot.act?.(page, served);
    await page.waitForTimeout(350);
    await page.screenshot({ path: join(out, `${shot.name}.png`) });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    faults.push(...(await page.evaluate(cutOff)));
    if (overflow > 0) faults.push(`wider than the window by ${overflow}`);
  } finally {
    await page.close();
    await served.stop();
  }
  process.stdout.write(`${shot.name}${faults.length > 0 ? ` FAULTS ${faults.join(' | ')}` : ''}\n`);
}

const [root, out, filter = ''] = process.argv.slice(2);
if (!root || !out) throw new Error('usage: scenes.ts ROOT OUT [filter]');
mkdirSync(out, { recursive: true });
const executable = findChromium();
if (!executable) throw new Error(NO_CHROMIUM);
const browser = await launchChromium(executable);
for (const shot of shots.filter((each) => each.name.includes(filter))) await take(browser, shot, root, out);
await browser.close();
