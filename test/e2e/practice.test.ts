import type { Browser } from 'playwright-core';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { CarPark } from '../support/car-park.ts';
import { ADMIN } from '../support/station-process.ts';

const eventsSchema = z.array(z.object({ kind: z.string() }));
const totalSchema = z.object({ total: z.int() });

const executable = findChromium();
let browser: Browser | undefined;
afterAll(() => browser?.close());

test('学员在训练模式收一次费，正式账目一分不动；正式车道来车马上看得见', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  browser = await launchChromium(executable);
  const park = await CarPark.open({ city: {} });
  const books = async () => ({
    events: (await park.station.get(eventsSchema, '/events?limit=500')).map(({ kind }) => kind),
    outbox: (await park.outbox()).total,
    stays: (await park.station.get(totalSchema, '/sessions')).total,
  });
  onTestFinished(() => park.close());
  const { page, complaints } = await openPage(browser);
  await page.goto(park.station.url);
  await page.getByLabel('姓名或工号').fill(ADMIN.name);
  await page.getByLabel('密码').fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await page.getByText('没有等待处理的车辆').waitFor();
  const before = await books();

  await page.getByRole('button', { name: '训练', exact: true }).click();
  await page.getByRole('button', { name: '进入训练模式' }).click();
  await page.getByText('选一课，模拟的车就会开到车道前').waitFor();
  expect(await page.title()).toContain('【训练模式】');
  await page.getByText('训练停车场（非正式）').waitFor();

  await page.keyboard.press('Alt+n');
  await page.getByText('核对车牌和照片，收取应收金额').waitFor();
  await page.getByText('待缴费').first().waitFor();
  // A key meant for the car before must not take this one's money, so the screen lets it be looked at first.
  await page.waitForTimeout(1_000);
  await page.keyboard.press('F11');
  await page.getByText('做对了').waitFor();
  await page.getByText('按键 1 次').waitFor();

  // Nobody who practises may overlook a real car.
  await park.exit.push('鲁B24680');
  await page.getByText('正式车道有车等待：东门出口').waitFor();
  await page.keyboard.press('Alt+q');
  await page.getByText('没有入场记录').first().waitFor();
  expect(await page.title()).not.toContain('训练');
  expect(await page.getByText('训练停车场').count()).toBe(0);

  const after = await books();
  const added = [...after.events];
  for (const kind of before.events) added.splice(added.indexOf(kind), 1);
  // What the real car at the exit left behind is real.
  const own = added.filter((kind) => !['plate-read', 'photo-taken', 'passage-waiting', 'case-changed'].includes(kind));
  expect(own.sort()).toEqual(['practice-ended', 'practice-started']);
  expect(after).toMatchObject({ outbox: before.outbox, stays: before.stays });
  expect(park.exit.arm.openings).toEqual([]);
  expect(complaints).toEqual([]);
});
