import type { Page } from 'playwright-core';
import { StationProcess } from '../support/station-process.ts';
import type { Shot } from './shot.ts';

const TOKEN = 'gatehouse.token';
let token: string | null = null;
let fresh: StationProcess | undefined;

/** As somebody sees it who comes to the window: signed in again once the picture is taken. */
async function leave(page: Page): Promise<void> {
  token = await page.evaluate((key) => {
    const kept = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return kept;
  }, TOKEN);
  await page.reload();
  await page.locator('input[type=password]').waitFor();
}

const comeBack = (page: Page): Promise<void> =>
  page.evaluate(([key, kept]) => sessionStorage.setItem(key ?? '', kept ?? ''), [TOKEN, token]);

/** A workstation that was installed a minute ago; it goes again when there is no picture of it to be had. */
async function install(page: Page, then: (page: Page) => Promise<void> = async () => {}): Promise<void> {
  fresh = await StationProcess.start();
  try {
    await page.goto(fresh.url);
    await page.locator('input[type=password]').first().waitFor();
    await then(page);
  } catch (error) {
    await remove();
    throw error;
  }
}

async function makeAdministrator(page: Page): Promise<void> {
  await page.locator('input').first().fill('老陈');
  for (const field of await page.locator('input[type=password]').all()) await field.fill('a short day shift');
  await page.keyboard.press('Enter');
  await page.locator('.wizard-step').waitFor();
  await page.waitForTimeout(500);
}

const atStep = (index: number) => (page: Page) =>
  install(page, async () => {
    await makeAdministrator(page);
    await page.locator('.wizard-steps button').nth(index).click();
    await page.waitForTimeout(500);
  });

async function remove(): Promise<void> {
  await fresh?.dispose();
  fresh = undefined;
}

/** 登录, 首次设置 and 开场设置. */
export const shots: readonly Shot[] = [
  { name: 'sign-in', at: 'booth', act: leave, after: comeBack },
  { name: 'set-up', at: 'booth', act: (page: Page) => install(page), after: remove },
  ...['site', 'lanes', 'devices', 'price', 'people', 'finish'].map((step, index) => ({
    name: `wizard-${step}`,
    at: 'booth',
    act: atStep(index),
    after: remove,
  })),
];
