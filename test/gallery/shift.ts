import type { Page } from 'playwright-core';
import { pageOf } from '../../shared/contract/base.ts';
import { type ShiftView, shiftViewSchema } from '../../shared/contract/shifts.ts';
import type { CarPark } from '../support/car-park.ts';
import type { Shot } from './shot.ts';
import { GALLERY_PEOPLE } from './site.ts';

const { attendant, manager } = GALLERY_PEOPLE;

/** One call as somebody, below `/api/v1`. */
async function call(park: CarPark, who: typeof attendant | typeof manager, path: string, body?: object) {
  const token = await park.station.signIn(who.name, who.password);
  const init = body === undefined ? {} : { method: 'POST', body };
  const response = await park.station.raw(`/api/v1${path}`, { token, ...init });
  return { ok: response.ok, body: (await response.json()) as unknown, token };
}

async function newest(park: CarPark): Promise<ShiftView | undefined> {
  const { body } = await call(park, manager, '/shifts');
  return pageOf(shiftViewSchema).parse(body).items[0];
}

/** Nobody is on shift; the last one was counted a yuan short and waits for nobody. */
async function noShift(park: CarPark): Promise<void> {
  const shift = await newest(park);
  if (!shift || shift.confirmedAt !== null) return;
  await counted(park);
  await call(park, attendant, `/shifts/${shift.id}/close`, { reason: '找零有误' });
  await call(park, manager, `/shifts/${shift.id}/confirm`, {});
}

async function onShift(park: CarPark): Promise<ShiftView> {
  const shift = await newest(park);
  if (shift?.state === 'open') return shift;
  await noShift(park);
  // Taken over by the manager it is the manager's to give out.
  const { ok } = await call(park, attendant, '/shifts', { booth: '1', floatFen: 30_000 });
  const opened = await newest(park);
  if (!ok || !opened) throw new Error('no shift could be opened');
  return opened;
}

async function counted(park: CarPark): Promise<void> {
  const shift = await newest(park);
  if (!shift || shift.state === 'closed' || shift.state === 'counted') return;
  await call(park, attendant, `/shifts/${shift.id}/pause`, {});
  await call(park, attendant, `/shifts/${shift.id}/count`, { count: { 10000: 2, 5000: 1, 1000: 4, 100: 9 } });
}

async function menu(page: Page, digit?: string): Promise<void> {
  await page.reload();
  await page.locator('.shift-line').waitFor();
  await page.waitForTimeout(500);
  await page.keyboard.press('F7');
  await page.locator('.shift-dialog').waitFor();
  if (digit !== undefined) await page.keyboard.press(digit);
  await page.waitForTimeout(300);
}

/** A second sign-in of the same person, locked; the page goes back to the first with the next picture. */
async function locked(page: Page, park: CarPark, relief: boolean): Promise<void> {
  const { token } = await call(park, attendant, '/me');
  await park.station.raw('/api/v1/lock', { method: 'POST', body: {}, token });
  const own = await page.evaluate(() => sessionStorage.getItem('gatehouse.token') ?? '');
  await page.evaluate((next) => sessionStorage.setItem('gatehouse.token', next), token);
  await page.reload();
  await page.locator('.lock-card').waitFor();
  await page.evaluate((before) => sessionStorage.setItem('gatehouse.token', before), own);
  if (relief) await page.keyboard.press('F2');
  await page.waitForTimeout(500);
}

const as = 'attendant';

/** The cashier's shift: from the float to the count, and the lock. */
export const shots: readonly Shot[] = [
  {
    name: 'shift-start',
    at: 'booth',
    as,
    act: async (page, park) => {
      await noShift(park);
      await menu(page, '1');
    },
  },
  {
    name: 'shift-menu',
    at: 'booth',
    as,
    act: async (page, park) => {
      await onShift(park);
      await menu(page);
    },
  },
  {
    name: 'shift-paid-out',
    at: 'booth',
    as,
    act: async (page, park) => {
      await onShift(park);
      await menu(page, '1');
    },
  },
  {
    name: 'shift-count',
    at: 'booth',
    as,
    act: async (page, park) => {
      await onShift(park);
      await menu(page, '2');
      await page.keyboard.press('Enter');
      await page.locator('.count').waitFor();
      for (const pieces of ['3', '1', '', '4', '', '9']) {
        if (pieces !== '') await page.keyboard.type(pieces);
        await page.keyboard.press('Enter');
      }
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'shift-result',
    at: 'booth',
    as,
    act: async (page, park) => {
      await onShift(park);
      await counted(park);
      await menu(page, '1');
      await page.locator('.shift-verdict').waitFor();
    },
  },
  { name: 'shift-lock', at: 'booth', as, act: (page, park) => locked(page, park, false) },
  { name: 'shift-lock-relief', at: 'booth', as, act: (page, park) => locked(page, park, true) },
  {
    name: 'shifts-list',
    at: 'shifts',
    as: 'manager',
    act: async (page, park) => {
      if ((await newest(park)) === undefined) await onShift(park);
      await noShift(park);
      await page.reload();
      await page.locator('.table, .state').first().waitFor();
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'shifts-report',
    at: 'shifts',
    as: 'manager',
    act: async (page) => {
      await page.locator('.table-row[data-opens="true"]').first().click();
      await page.locator('.shift-report').waitFor();
      await page.waitForTimeout(400);
    },
  },
];
