import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Browser } from 'playwright-core';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { jpegOfSize } from '../peers/jpeg.ts';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { CarPark } from '../support/car-park.ts';
import { ADMIN } from '../support/station-process.ts';
import { until } from '../support/until.ts';

const executable = findChromium();
let browser: Browser | undefined;
afterAll(() => browser?.close());

test('经理查出一辆车的出场为什么没报上去，重发后到达；再用对账找回一条丢失的账单', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser = await launchChromium(executable);
  const park = await CarPark.open({ city: {} });
  onTestFinished(() => park.close());
  const plate = '鲁B88001';
  park.city.fault({ kind: 'result-code', code: 400, msg: '车牌颜色有误' }, { interface: 'uploadCarInData' });
  await park.register(plate, 90);
  await park.exit.push(plate, { image: jpegOfSize(20_000) });
  await park.collect(700);
  const { uid } = await park.stayOf(plate);
  await until('the exit is held', async () =>
    (await park.outbox(`&key=${uid}`)).items.some((each) => each.message === 'uploadCarOutData' && each.held)
      ? true
      : undefined,
  );

  const { page, complaints } = await openPage(browser);
  await page.goto(`${park.station.url}/#/outbox`);
  await page.getByLabel('姓名或工号').fill(ADMIN.name);
  await page.getByLabel('密码').fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await page.getByLabel('车牌').fill('88001');
  await page.getByRole('row', { name: /受阻.*uploadCarOutData/ }).press('Enter');
  const drawer = page.getByRole('dialog');
  await drawer.getByText(/排在同一停车记录的 入场（#\d+）后面，那条被拒收：400 车牌颜色有误/).waitFor();
  await drawer.getByRole('link', { name: /^查看 #/ }).click();
  await drawer.getByText('平台拒收：400 车牌颜色有误').waitFor();
  await drawer.getByText(`"plateNo":"${plate}"`).waitFor();

  park.city.clearFaults();
  await drawer.getByRole('button', { name: '立即重发' }).click();
  await page
    .getByRole('dialog', { name: /重发消息/ })
    .getByRole('button', { name: '立即重发' })
    .click();
  await park.outboxEmpty();
  expect(park.city.books.money(uid)).toMatchObject({ payments: 1, actualPay: 700, exitShouldPay: 700 });

  const db = new Database(join(park.station.data, 'gatehouse.db'), { timeout: 5000 });
  db.prepare("DELETE FROM outbox WHERE message = 'uploadPayRecord'").run();
  db.close();
  const sent = park.city.log.length;
  await page.goto(`${park.station.url}/#/outbox`);
  await page.getByRole('button', { name: /^补\s?报$/ }).click();
  await page.getByRole('button', { name: '推算要补的消息' }).click();
  await page.getByRole('button', { name: '补报缺失的 1 条' }).click();
  await page.getByRole('button', { name: '确认补报' }).click();
  await page.getByText('补入 1 条，重发 0 条').waitFor();
  await park.outboxEmpty();
  expect(park.city.log.slice(sent).map((line) => line.interface)).toContain('uploadPayRecord');
  expect(park.city.violations).toEqual([]);
  expect(complaints).toEqual([]);
});
