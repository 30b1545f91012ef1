import type { Browser, Page } from 'playwright-core';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { dayStateSchema } from '../../shared/contract/reconciliations.ts';
import { shanghaiDate } from '../../shared/domain/time.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { CarPark } from '../support/car-park.ts';
import { ADMIN } from '../support/station-process.ts';
import { until } from '../support/until.ts';

const DAY = 86_400_000;
const executable = findChromium();
let browser: Browser | undefined;
afterAll(() => browser?.close());

async function signIn(page: Page, park: CarPark, place: string): Promise<void> {
  await page.goto(`${park.station.url}/#/${place}`);
  await page.getByLabel('姓名或工号').fill(ADMIN.name);
  await page.getByLabel('密码').fill(ADMIN.password);
  await page.keyboard.press('Enter');
}

test('车场经理第二天对账：平台丢的重发，平台多出的核对后确认，提醒结束', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser ??= await launchChromium(executable);
  // What is missing is sent again by the manager here, not by the station.
  const settings = { check: { atMinute: 1, retryMs: 10_000, repair: false } };
  // Ten in the morning of yesterday, whatever the hour is here: the day does not end under the cars.
  const clockOffsetMs = Date.parse(`${shanghaiDate(Date.now() - DAY)}T10:00:00+08:00`) - Date.now();
  const park = await CarPark.open({ city: { settings, sharesTime: true }, clockOffsetMs });
  onTestFinished(() => park.close());
  const { city } = park;
  for (const plate of ['鲁B20001', '鲁B20002']) {
    await park.entry.push(plate, { image: jpegOfSize(8_000) });
    await park.laneWhen('in1', 'entered', ({ phase }) => phase !== 'asking');
  }
  await park.pass(65);
  await park.exit.push('鲁B20001', { image: jpegOfSize(8_000) });
  await park.collect(700);
  await park.outboxEmpty();
  const { uid } = await park.stayOf('鲁B20001');
  const entry = [...city.books.entries.values()].find((each) => each.uid === uid)?.record;
  if (!entry) throw new Error('the city has no entry');
  city.forget('payments', (each) => each.uid === uid);
  city.plant('entries', { ...entry, uid: `${uid}9`, arriveID: 'QD-77', plateNo: '鲁B77777' });
  await park.pass(24 * 60);
  const days = z.array(dayStateSchema);
  await until(
    'the day was compared',
    async () => (await park.station.get(days, '/reconciliations/daily')).find(({ state }) => state === 'differs'),
    15_000,
  );

  const { page, complaints } = await openPage(browser);
  await signIn(page, park, 'outbox');
  await page.getByRole('link', { name: '差异 2' }).click();
  await page.getByText('平台多出 1 条记录').waitFor();
  await page.getByRole('row', { name: /入场 uploadCarInData.*不一致/ }).waitFor();
  await page.getByRole('row', { name: /缴费 uploadPayRecord.*1\s*¥7.00\s*0\s*不一致/ }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  await page.getByRole('button', { name: '重发平台缺失的 1 条' }).click();
  await page.getByRole('button', { name: '确认补报' }).click();
  await page.getByText('补入 0 条，重发 1 条').waitFor();
  await park.outboxEmpty();
  expect(city.books.money(uid)).toMatchObject({ payments: 1, actualPay: 700 });

  await page.getByRole('link', { name: '返回对账记录' }).click();
  await page.getByRole('button', { name: /^对\s?账$/ }).click();
  await page.getByRole('dialog').getByText('昨天').click();
  await page.getByRole('button', { name: '开始比对' }).click();
  await page.getByRole('row', { name: /缴费 uploadPayRecord.*一致/ }).waitFor();
  await page.getByText('平台多出 1 条记录').waitFor();
  await page.getByRole('row', { name: /平台多出.*人工核对.*QD-77/ }).waitFor();
  await page.getByRole('button', { name: '确认差异' }).click();
  const dialog = page.getByRole('dialog', { name: /确认 .* 的对账差异/ });
  await dialog.getByRole('textbox').fill('平台核实为旧系统上报，已由平台删除');
  await dialog.getByRole('button', { name: '确认差异' }).click();
  await page.getByText('已确认，提醒结束').waitFor();
  await page.goto(`${park.station.url}/#/outbox`);
  await page.getByRole('link', { name: '差异 1（已确认）' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(city.violations).toEqual([]);
  expect(complaints).toEqual([]);
});

test('车场经理看懂一条答复平台的消息，也看得出没有应答的那条会不会重复', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser ??= await launchChromium(executable);
  const park = await CarPark.open({ city: {} });
  onTestFinished(() => park.close());
  park.city.fault({ kind: 'answer-lost' }, { times: 1, interface: 'uploadCarInData' });
  park.city.fault({ kind: 'silence' }, { interface: 'downloadUID' });
  const { uid } = await park.register('鲁B30001', 5);
  await park.city.waitFor(() => park.city.received('uploadCarInData').length > 0, 'the entry');
  const { page, complaints } = await openPage(browser);
  await signIn(page, park, `outbox?key=${uid}`);
  await page.getByRole('row', { name: /入场 uploadCarInData/ }).press('Enter');
  const drawer = page.getByRole('dialog');
  await drawer.getByText(/发出后没有收到应答，平台可能已经收到/).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  park.city.clearFaults();
  await park.outboxEmpty(20_000);
  // The city was asked, and had it: nothing was sent twice.
  expect(park.city.received('uploadCarInData')).toHaveLength(1);
  expect(park.city.repeats).toEqual([]);
  expect(complaints).toEqual([]);
});
