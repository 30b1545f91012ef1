import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { accessibilityFaults } from '../support/axe.ts';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { CarPark } from '../support/car-park.ts';
import { ADMIN } from '../support/station-process.ts';

const executable = findChromium();
const NIGHT = { name: '小王', password: 'a long night shift' } as const;
const items = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
let browser: Browser | undefined;
let park: CarPark;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  if (!executable) return;
  park = await CarPark.open();
  browser = await launchChromium(executable);
  ({ page, complaints } = await openPage(browser));
  await signIn(page, ADMIN, 'users');
});
afterAll(async () => {
  await browser?.close();
  if (executable) await park.close();
});

async function signIn(on: Page, who: { readonly name: string; readonly password: string }, to: string): Promise<void> {
  await on.goto(`${park.station.url}/#/${to}`);
  await on.getByLabel('姓名或工号').fill(who.name);
  await on.getByLabel('密码').fill(who.password);
  await on.keyboard.press('Enter');
}

/** The screen itself: what stands around it is looked at by tests of its own. */
const faults = (): Promise<string[]> => accessibilityFaults(page, '.office-screen');
const open = (screen: string): Promise<unknown> => page.goto(`${park.station.url}/#/${screen}`);
const dialog = () => page.getByRole('dialog');
/** Picks from a list that opens by itself. */
async function choose(field: string, option: string): Promise<void> {
  await page.locator(field).click();
  await page.locator('.ant-select-item-option', { hasText: option }).last().click();
}

test('系统管理员建岗位和账号，收回一项权限，本人立即做不了', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  await page.getByRole('tab', { name: '岗位与权限' }).click();
  await page.getByRole('button', { name: '新建岗位' }).click();
  await page.locator('#post-name').fill('夜班收费员');
  await dialog().getByLabel('登记访客（限时限次）').uncheck();
  await dialog().getByLabel('编辑预约').check();
  await page.getByText('收回 1 项，另给 1 项').waitFor();
  await page.getByRole('button', { name: '保存岗位' }).click();
  await page.getByRole('columnheader', { name: /夜班收费员/ }).waitFor();
  expect(await faults()).toEqual([]);

  await page.getByRole('tab', { name: '账号' }).click();
  await page.getByRole('button', { name: '新建账号' }).click();
  await page.getByLabel('登录名').fill(NIGHT.name);
  await page.getByLabel('初始密码').fill('short');
  await page.getByRole('button', { name: '建立账号' }).click();
  await dialog().getByText('至少 8 位', { exact: true }).waitFor();
  await page.getByLabel('初始密码').fill(NIGHT.password);
  await choose('#postId', '夜班收费员');
  await page.getByRole('button', { name: '建立账号' }).click();
  await page.getByRole('row', { name: /小王 .*收费员 夜班收费员 使用中/ }).waitFor();
  expect(await faults()).toEqual([]);

  // The station decides, not the menu.
  const token = await park.station.signIn(NIGHT.name, NIGHT.password);
  const visitor = {
    plate: '鲁B20001',
    from: '2030-01-01T08:00:00+08:00',
    to: '2030-01-01T09:00:00+08:00',
    visitsLeft: 1,
  };
  const refused = await park.station.raw('/api/v1/visitors', { method: 'POST', token, body: visitor });
  expect(refused.status).toBe(403);

  await page.getByRole('row', { name: /小王/ }).getByRole('button', { name: '停用' }).click();
  await dialog().getByRole('button', { name: '停用账号' }).click();
  await page.getByRole('row', { name: /小王/ }).waitFor({ state: 'detached' });
  expect((await park.station.raw('/api/v1/lanes', { token })).status).toBe(401);
  await page.getByLabel('显示已停用的账号').check();
  await page.getByRole('row', { name: /小王 .*已停用/ }).waitFor();
});

test('车场经理登记一次预约，再取消', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  await open('bookings');
  await page.getByText('还没有预约').waitFor();
  await page.getByRole('button', { name: '新建预约' }).first().click();
  await page.locator('#booking-plate:focus').waitFor();
  await page.keyboard.type('b30001');
  await moment('#booking-from', '2030-05-01 08:00:00');
  await moment('#booking-to', '2030-05-01 20:00:00');
  await page.locator('#booking-owner').fill('张三');
  await page.locator('#booking-owner').press('Enter');
  const row = page.getByRole('row', { name: /鲁B·30001 .*进一次.*张三/ });
  await row.waitFor();
  expect(await faults()).toEqual([]);
  const booking = z.looseObject({ plate: z.string(), state: z.string(), from: z.string() });
  const list = () => park.station.get(items(booking), '/bookings');
  expect((await list()).items).toMatchObject([
    { plate: '鲁B30001', state: 'active', from: '2030-05-01T08:00:00.000+08:00' },
  ]);

  await row.focus();
  await watchButton(page, '.form-foot button');
  await page.keyboard.press('Enter');
  await dialog().getByRole('button', { name: '取消预约' }).click();
  await page.getByLabel('原因').waitFor();
  expect(await placesSeen(page)).toHaveLength(1);
  await page.getByLabel('原因').fill('车主来电取消');
  await dialog().getByRole('button', { name: '取消预约' }).click();
  await page.getByRole('row', { name: /鲁B·30001 .*已取消/ }).waitFor();
  expect((await list()).items).toMatchObject([{ state: 'cancelled' }]);
});

test('车场经理登记访客，几小时内免费进一次', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  await open('visitors');
  await page.getByText('还没有访客').waitFor();
  await page.getByRole('button', { name: '登记访客' }).first().click();
  await page.locator('#visitor-plate:focus').waitFor();
  await page.keyboard.type('b40001');
  await dialog().getByRole('button', { name: '2 小时' }).click();
  await page.locator('#visitor-host').fill('李主任');
  await page.locator('#visitor-host').press('Enter');
  await page.getByRole('row', { name: /鲁B·40001.*李主任/ }).waitFor();
  expect(await faults()).toEqual([]);

  // It is what the lane makes of it that counts.
  await park.entry.push('鲁B40001');
  await park.laneWhen('in1', 'entered', (lane) => lane.phase === 'cleared' || lane.phase === 'idle');
  expect((await park.stayOf('鲁B40001')).terms).toMatchObject({ kind: 'visitor' });
});

test('车场经理添加商户，发一张优惠券，再收回', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  await open('coupons/merchants');
  await page.getByRole('button', { name: '添加商户' }).first().click();
  await page.getByLabel('商户名称').fill('海景餐厅');
  await page.getByLabel('还可发张数').fill('3');
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: /海景餐厅 正常 3/ }).waitFor();
  expect(await faults()).toEqual([]);

  await open('coupons');
  await page.getByRole('button', { name: '发优惠券' }).first().click();
  await page.locator('#coupon-plate:focus').waitFor();
  await page.keyboard.type('b50001');
  await dialog().getByText('这个商户还可以发 3 张').waitFor();
  await page.locator('#coupon-count').fill('120');
  await page.locator('#coupon-count').press('Enter');
  const row = page.getByRole('row', { name: /鲁B·50001 海景餐厅 减 120 分钟.*未使用/ });
  await row.waitFor();
  expect(await faults()).toEqual([]);
  const merchants = z.array(z.looseObject({ name: z.string(), couponsLeft: z.int().nullable() }));
  expect(await park.station.get(merchants, '/merchants')).toMatchObject([{ couponsLeft: 2 }]);

  await row.click();
  await page.getByRole('button', { name: '收回优惠券' }).click();
  await page.getByLabel('原因').fill('发错车牌');
  await dialog().getByRole('button', { name: '收回优惠券' }).last().click();
  await page.getByRole('row', { name: /鲁B·50001 .*已取消/ }).waitFor();
  expect(await park.station.get(merchants, '/merchants')).toMatchObject([{ couponsLeft: 3 }]);
  expect(complaints).toEqual([]);
});

/** From now on looks at every frame where the first button of this kind stands. */
async function watchButton(on: Page, selector: string): Promise<void> {
  await on.evaluate((wanted) => {
    const places: string[] = [];
    Object.assign(window, { placesSeen: places });
    const look = (): void => {
      const box = document.querySelector(wanted)?.getBoundingClientRect();
      const place = box && [box.x, box.y, box.width].map(Math.round).join(' ');
      if (place !== undefined && !places.includes(place)) places.push(place);
      requestAnimationFrame(look);
    };
    look();
  }, selector);
}

/** A dialog that grows has many: a quick click goes down on its button and comes up beside it. */
const placesSeen = async (on: Page): Promise<string[]> =>
  z.array(z.string()).parse(await on.evaluate('window.placesSeen'));

async function moment(field: string, at: string): Promise<void> {
  await page.locator(field).fill(at);
  await page.locator(field).press('Enter');
}
