import type { Browser } from 'playwright-core';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { jpegOfSize } from '../peers/jpeg.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { CarPark } from '../support/car-park.ts';
import { ADMIN } from '../support/station-process.ts';

const executable = findChromium();
let browser: Browser | undefined;
afterAll(() => browser?.close());

test('a camera sees a car, the attendant takes cash with one key, the arm opens, the outbox empties', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser = await launchChromium(executable);
  const park = await CarPark.open({ city: {} });
  onTestFinished(() => park.close());
  const { page, complaints } = await openPage(browser);
  await page.goto(park.station.url);
  await page.getByLabel('姓名或工号').fill(ADMIN.name);
  await page.getByLabel('密码').fill('not the password');
  await page.keyboard.press('Enter');
  await page.getByText('姓名或密码不对').waitFor();
  await page.getByLabel('密码').fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await page.getByText('没有等待处理的车辆').waitFor();

  const shown = performance.now();
  await park.entry.push('鲁B12345', { image: jpegOfSize(20_000) });
  await page.getByRole('img', { name: '车牌 鲁B12345，蓝牌' }).first().waitFor();
  // A loose bound: what is told apart is "live" from "after a refresh".
  expect(performance.now() - shown).toBeLessThan(3_000);

  await park.pass(65);
  await park.exit.push('鲁B12345', { image: jpegOfSize(20_000) });
  await page.getByText('7.00', { exact: false }).first().waitFor();
  expect(park.exit.arm.openings).toEqual([]);
  await page.keyboard.press('Escape');
  expect((await park.lane('out1')).phase).toBe('charging');

  // A key meant for the car before it must not take this one's money, so the screen lets it be looked at first.
  await page.waitForTimeout(1_000);
  // One key, and in haste a second time.
  await page.keyboard.press('F11');
  await page.keyboard.press('F11');
  await park.exit.waitFor(() => park.exit.arm.openings.length > 0, 'open arm');
  const { uid } = await park.stayOf('鲁B12345');
  const stay = await park.stay(uid);
  expect(stay).toMatchObject({ status: 'left', paidFen: 700 });
  expect(stay.payments).toMatchObject([{ method: 'cash', amountFen: 700, operator: ADMIN.name }]);
  expect(park.exit.arm.openings).toHaveLength(1);

  await page.locator('.header-nav button').nth(1).click();
  await page.getByText('上报状态').first().click();
  await park.outboxEmpty();
  await page.getByText('uploadCarOutData').first().waitFor();
  await page.getByRole('row', { name: /已送达.*uploadCarOutData/ }).waitFor();
  expect(park.city.books.money(uid)).toMatchObject({ payments: 1, actualPay: 700, exitShouldPay: 700 });
  expect(park.city.violations).toEqual([]);
  // The refused sign-in is the one thing a browser may have to say.
  expect(complaints).toEqual([]);
});

test('a station that goes away is said out loud, and the screen comes back by itself', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser ??= await launchChromium(executable);
  const park = await CarPark.open();
  onTestFinished(() => park.close());
  const { page } = await openPage(browser);
  await page.goto(park.station.url);
  await page.getByLabel('姓名或工号').fill(ADMIN.name);
  await page.getByLabel('密码').fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await page.getByText('没有等待处理的车辆').waitFor();
  // Nothing moves for it: a click that is under way lands where it was meant.
  const where = await page.locator('.app-main').boundingBox();
  await park.station.kill9();
  await page.getByText('连接中断').first().waitFor();
  expect(await page.locator('.app-main').boundingBox()).toEqual(where);
  await park.restart();
  await page.getByText('连接中断').first().waitFor({ state: 'hidden' });
  await park.entry.push('鲁B54321');
  await page.getByRole('img', { name: '车牌 鲁B54321，蓝牌' }).first().waitFor();
});

test('收费时更正正在入场的车牌、登记无牌车、重拍照片，收费的车一直留在面前', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser ??= await launchChromium(executable);
  const park = await CarPark.open({ gun: true });
  onTestFinished(() => park.close());
  const { page, complaints } = await openPage(browser);
  await page.goto(park.station.url);
  await page.getByLabel('姓名或工号').fill(ADMIN.name);
  await page.getByLabel('密码').fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await page.getByText('没有等待处理的车辆').waitFor();
  await park.register('鲁B12345', 65);
  await park.exit.push('鲁B12345', { image: jpegOfSize(20_000) });
  const panel = page.locator('.panel[data-lane="out1"][data-passage]');
  await panel.waitFor();
  const passage = await panel.getAttribute('data-passage');

  await park.entry.push('鲁B8K21B', { image: jpegOfSize(20_000) });
  await page.getByRole('img', { name: '车牌 鲁B8K21B，蓝牌' }).first().waitFor();
  await page.keyboard.press('e');
  await page.getByRole('dialog').getByText('更正「东门入口」正在入场的车牌').waitFor();
  await page.keyboard.type('B8K218', { delay: 90 });
  await page.keyboard.press('Enter');
  await park.laneWhen('in1', 'corrected', (lane) => lane.passage?.plate.text === '鲁B8K218');
  expect((await park.stayOf('鲁B8K218')).status).toBe('inside');

  await park.entry.push('_无_', { image: jpegOfSize(20_000) });
  await park.laneWhen('in1', 'waiting', ({ phase }) => phase === 'attention');
  await page.keyboard.press('e');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('/');
  await page.getByLabel('编号').fill('WX-8861');
  await page.keyboard.press('Enter');
  await park.laneWhen('in1', 'let in', ({ phase }) => phase === 'cleared');
  expect(await panel.getAttribute('data-passage')).toBe(passage);

  const before = (await park.lane('out1')).passage?.photoId;
  await page.keyboard.press('p');
  const retaken = await park.laneWhen('out1', 'a new picture', (lane) => lane.passage?.photoId !== before);
  expect(retaken).toMatchObject({ phase: 'charging', passage: { id: passage } });
  await page.getByRole('button', { name: /^重拍/ }).waitFor();

  await page.waitForTimeout(600);
  await page.keyboard.press('+');
  await page.locator('.pay-code svg').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  for (const key of ['F8', 'h']) {
    await page.keyboard.press(key);
    await page.getByRole('dialog').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
  }
  // The driver pays in cash after all: one key, and the code is taken back.
  await page.keyboard.press('F11');
  await park.exit.waitFor(() => park.exit.arm.openings.length > 0, 'open arm');
  const stay = await park.stay((await park.stayOf('鲁B12345')).uid);
  expect(stay.payments).toMatchObject([{ method: 'cash', amountFen: 700 }]);
  expect(stay.photos.find(({ purpose }) => purpose === 'exit')?.id).toBe(retaken.passage?.photoId);
  expect(complaints).toEqual([]);
});
