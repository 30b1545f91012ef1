import { readFileSync, rmSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import type { Browser, Page } from 'playwright-core';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { jpegOfSize } from '../peers/jpeg.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { CarPark } from '../support/car-park.ts';
import { insertStays, pastStays } from '../support/history.ts';
import { provision } from '../support/provision.ts';
import { ADMIN, StationProcess, tempDirectory } from '../support/station-process.ts';

const executable = findChromium();
let browser: Browser | undefined;
afterAll(() => browser?.close());

/** The XML of the first sheet of a workbook, by the local headers of its zip file. */
function sheetOf(file: Buffer): string {
  for (let at = 0; file.readUInt32LE(at) === 0x04034b50; ) {
    const [method, packed, name, extra] = [8, 18, 26, 28].map((offset) =>
      offset === 18 ? file.readUInt32LE(at + offset) : file.readUInt16LE(at + offset),
    );
    const from = at + 30 + (name ?? 0) + (extra ?? 0);
    const title = file.toString('utf8', at + 30, at + 30 + (name ?? 0));
    if (title.endsWith('sheet1.xml')) {
      const body = file.subarray(from);
      return (method === 8 ? inflateRawSync(body) : body).toString('utf8');
    }
    at = from + (packed ?? 0);
  }
  throw new Error('no sheet in the workbook');
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('姓名或工号').fill(ADMIN.name);
  await page.getByLabel('密码').fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await page.locator('.header-user').waitFor();
}

test('经理看今天：总览里的实收点开是每一笔收款，再点开是那辆车；报表导出，日平衡', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser ??= await launchChromium(executable);
  const park = await CarPark.open();
  onTestFinished(() => park.close());
  const photo = { image: jpegOfSize(8_000) };
  for (const plate of ['鲁B12345', '鲁B6H280', '鲁U2K917']) await park.entry.push(plate, photo);
  await park.pass(65);
  await park.exit.push('鲁B12345', photo);
  await park.laneWhen('out1', 'charges', (lane) => lane.phase === 'charging');
  await park.order('out1', 'collect', { method: 'cash', amountFen: 700 });
  await park.pass(1);
  await park.exit.push('鲁B6H280', photo);
  await park.laneWhen('out1', 'charges', (lane) => lane.phase === 'charging' && lane.plate?.text === '鲁B6H280');
  await park.order('out1', 'release', { reason: '特种车辆' });
  await park.order('out1', 'open', { reason: '设备故障' });

  const { page, complaints } = await openPage(browser);
  await signIn(page, park.station.url);
  await page.getByRole('button', { name: '管理' }).click();
  await page.getByRole('link', { name: /今日实收 ¥7\.00/ }).waitFor();
  await page.getByRole('link', { name: /免费放行 1/ }).waitFor();
  await page.getByRole('link', { name: /在场车辆 1/ }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  await page.getByRole('link', { name: /今日实收 ¥7\.00/ }).click();
  const grid = page.getByRole('grid', { name: '明细' });
  await grid.getByText('鲁B12345').waitFor();
  expect(await grid.getByRole('row').count()).toBe(2);
  expect(await accessibilityFaults(page)).toEqual([]);
  await grid.getByRole('row').nth(1).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/#\/stays\/1001/);
  await page.goBack();
  await grid.getByText('鲁B12345').waitFor();

  for (const tab of ['日报月报', '收费员', '车道', '支付方式', '免费放行', '手动开闸', '车流', '优惠']) {
    await page.getByRole('navigation', { name: '报表' }).getByRole('link', { name: tab, exact: true }).click();
    await page.locator('.report table').first().waitFor();
  }
  await page.getByRole('navigation', { name: '报表' }).getByRole('link', { name: '免费放行' }).click();
  await page.getByRole('cell', { name: '特种车辆' }).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出 Excel' }).click();
  const sheet = sheetOf(readFileSync(await (await download).path()));
  expect(sheet).toMatch(/鲁B6H280.*特种车辆/s);
  // The amount is a number of yuan that a spreadsheet adds up, not a text.
  expect(sheet).toContain('<v>7</v>');

  await page.getByRole('navigation', { name: '报表' }).getByRole('link', { name: '日平衡' }).click();
  await page.getByRole('status').filter({ hasText: '当日平衡' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('十万条停车记录：滚到哪里都有行，页面里始终只有几十行', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser ??= await launchChromium(executable);
  const data = tempDirectory();
  const first = await StationProcess.start({ provision: provision(), data });
  await first.sigterm();
  const db = new Sqlite(`${data}/gatehouse.db`);
  insertStays(db, pastStays(100_000, 20_000));
  db.close();
  const station = await StationProcess.start({ data });
  onTestFinished(async () => {
    await station.dispose();
    rmSync(data, { recursive: true, force: true });
  });
  const { page } = await openPage(browser);
  await signIn(page, station.url);
  await page.goto(`${station.url}/#/stays`);
  const grid = page.getByRole('grid').first();
  await grid.locator('.table-rows .table-row:not(.table-awaited)').first().waitFor();
  for (let page_ = 0; page_ < 40; page_ += 1) {
    await page.mouse.move(700, 500);
    await page.mouse.wheel(0, 4_000);
  }
  await grid.locator('.table-rows .table-row:not(.table-awaited)').first().waitFor();
  const place = Number(
    await grid.locator('.table-rows .table-row:not(.table-awaited)').first().getAttribute('aria-rowindex'),
  );
  expect(place).toBeGreaterThan(1_000);
  expect(await grid.locator('.table-row').count()).toBeLessThan(80);
});
