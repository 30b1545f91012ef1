import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromRfc3339, shanghaiDateTime } from '../../shared/domain/time.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { CarPark } from '../support/car-park.ts';
import { ADMIN } from '../support/station-process.ts';
import { until } from '../support/until.ts';

/** What an attendant does besides taking money: each by keys, on one station, and checked in its books. */

const executable = findChromium();
let browser: Browser;
let park: CarPark;
let page: Page;
let complaints: readonly string[];

const PHOTO = { image: jpegOfSize(20_000) };
/** A hand; what comes faster is taken for a scan gun. */
const HAND = { delay: 90 };

beforeAll(async () => {
  if (!executable) return;
  browser = await launchChromium(executable);
  park = await CarPark.open();
  ({ page, complaints } = await openPage(browser));
  await page.goto(park.station.url);
  await page.getByLabel('姓名或工号').fill(ADMIN.name);
  await page.getByLabel('密码').fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await page.getByText('没有等待处理的车辆').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await park?.close();
});

const one = (name: string, run: () => Promise<void>): void =>
  test(name, async (ctx) => {
    if (!executable) return ctx.skip(NO_CHROMIUM);
    await run();
    expect(complaints).toEqual([]);
    // The car drove off: the lane is free for the next.
    await park.pass(1);
    await park.laneWhen('out1', 'free', ({ phase }) => phase === 'idle' || phase === 'cleared');
  });

/** A car that has been inside for 65 minutes comes to the exit: it owes 7 yuan. */
async function atExit(plate: string): Promise<void> {
  await park.register(plate, 65);
  await stands(plate);
}

/** A car is read at the exit and stands on the screen; a key meant for the one before is not taken for it. */
async function stands(plate: string): Promise<void> {
  await park.exit.push(plate, PHOTO);
  const lane = await park.laneWhen('out1', plate, ({ passage }) => passage?.plate.text === plate);
  await page.locator(`.panel[data-lane="out1"][data-passage="${lane.passage?.id}"]`).waitFor();
  await page.waitForTimeout(700);
}

/** The question of a key, its answer by digits, and Enter. */
async function answered(key: string, title: string, ...keys: readonly string[]): Promise<void> {
  await page.keyboard.press(key);
  await page.getByRole('dialog', { name: title }).waitFor();
  for (const each of keys) await page.keyboard.press(each, HAND);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** The newest journal row of a kind. */
const told = (kind: string) => until(kind, async () => (await park.events(kind))[0]);

one('车掉头：取消通行，不抬杆、不收费', async () => {
  await atExit('鲁B30001');
  const before = park.exit.arm.openings.length;
  await answered('Delete', '取消这次通行？', '1');
  await park.laneWhen('out1', 'free', ({ passage }) => passage === null);
  expect(await park.stayOf('鲁B30001')).toMatchObject({ status: 'inside', paidFen: 0 });
  expect(park.exit.arm.openings).toHaveLength(before);
});

one('放行后车没有走：撤销放行，恢复在场，收的钱退还', async () => {
  await atExit('鲁B30002');
  await page.keyboard.press('F11');
  await park.laneWhen('out1', 'cleared', ({ phase }) => phase === 'cleared');
  await page.waitForTimeout(700);
  await answered('Delete', '撤销这次放行？', '1');
  await park.laneWhen('out1', 'taken back', ({ phase, passage }) => phase !== 'cleared' || passage === null);
  expect(await park.stayOf('鲁B30002')).toMatchObject({ status: 'inside', paidFen: 0 });
});

one('欠费离场：写明原因，欠款记在车牌名下', async () => {
  await atExit('鲁B30003');
  await answered('-', '让这辆车欠费离场？', '1');
  const stay = await until('left owing', async () => {
    const found = await park.stayOf('鲁B30003');
    return found.status === 'left' ? found : undefined;
  });
  expect(stay).toMatchObject({ paidFen: 0, owedFen: 700 });
  expect((await told('debt-changed')).body).toMatchObject({ debt: { plate: '鲁B30003', amountFen: 700 } });
});

one('没有入场记录：按车牌里的字找到在场的那辆车', async () => {
  await park.register('鲁B30004', 65);
  await stands('鲁BT9Z31');
  await page.keyboard.press('1', HAND);
  await page.getByRole('dialog', { name: '是哪一辆在场车辆？' }).waitFor();
  await page.keyboard.type('30004', HAND);
  await page
    .locator('.pick-list')
    .getByRole('img', { name: /鲁B30004/ })
    .waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const lane = await park.laneWhen('out1', 'billed', ({ phase }) => phase === 'charging');
  expect(lane).toMatchObject({ passage: { bill: { toPayFen: 700 } } });
  await page.waitForTimeout(700);
  await page.keyboard.press('F11');
  await park.laneWhen('out1', 'cleared', ({ phase }) => phase === 'cleared');
});

one('没有入场记录：补录入场时间和凭据，按时间计费', async () => {
  await stands('鲁B30005');
  await page.keyboard.press('2', HAND);
  const dialog = page.getByRole('dialog', { name: '补录这辆车的入场？' });
  await dialog.waitFor();
  const entered = shanghaiDateTime((await startedAt()) - 90 * 60_000);
  await page.keyboard.type(entered.slice(5, 16).replace(/\D/g, ''), HAND);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await park.laneWhen('out1', 'billed', ({ phase }) => phase === 'charging');
  await page.waitForTimeout(700);
  await page.keyboard.press('F11');
  await park.laneWhen('out1', 'cleared', ({ phase }) => phase === 'cleared');
  expect(await park.stayOf('鲁B30005')).toMatchObject({ status: 'left', entryLane: {} });
});

one('没有入场记录也没有凭据：固定收费', async () => {
  await stands('鲁B30006');
  await page.keyboard.press('3', HAND);
  const dialog = page.getByRole('dialog', { name: '按固定金额收费？' });
  await dialog.waitFor();
  await page.locator('.dialog-digits').fill('20');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  const lane = await park.laneWhen('out1', 'billed', ({ phase }) => phase === 'charging');
  expect(lane).toMatchObject({ passage: { bill: { toPayFen: 2_000 } } });
  await page.waitForTimeout(700);
  await page.keyboard.press('F11');
  await park.laneWhen('out1', 'cleared', ({ phase }) => phase === 'cleared');
});

one('改键：换一个键收费，按钮上的提示跟着变，旧键不再收费', async () => {
  await page.keyboard.press('h');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await dialog.getByRole('button', { name: /^收费放行/ }).click();
  await page.keyboard.press('k', HAND);
  await page.keyboard.press('Escape');
  await atExit('鲁B30007');
  await page.keyboard.press('F11');
  await page.waitForTimeout(300);
  expect((await park.lane('out1')).phase).toBe('charging');
  expect(await page.getByRole('button', { name: /收费放行/ }).getAttribute('aria-keyshortcuts')).toBe('K');
  await page.keyboard.press('k', HAND);
  await park.laneWhen('out1', 'cleared', ({ phase }) => phase === 'cleared');
  expect(await park.stayOf('鲁B30007')).toMatchObject({ status: 'left', paidFen: 700 });
});

// Last: whoever was inside while the arm stood open is in doubt from then on.
one('常抬：写明原因后闸杆不落、一眼可见，再按一次取消', async () => {
  await answered('F6', '让「东门出口」保持常抬？', '1');
  await page.getByText('常抬中 · 过车不收费').waitFor();
  expect((await park.lane('out1')).barrier.held).toBe(true);
  await answered('F6', '取消「东门出口」的常抬？', '1');
  await page.getByText('常抬中 · 过车不收费').waitFor({ state: 'detached' });
  expect((await park.lane('out1')).barrier.held).toBe(false);
  const { body } = await told('gap-changed');
  expect(body).toMatchObject({ gap: { kind: 'held-open', laneId: 'out1' } });
});

one('手动开闸：没有原因不开，原因和操作人留在记录里', async () => {
  const before = park.exit.arm.openings.length;
  await page.keyboard.press('F4');
  await page.getByRole('dialog', { name: '手动打开「东门出口」？' }).waitFor();
  await page.keyboard.press('Enter');
  expect(park.exit.arm.openings).toHaveLength(before);
  await page.keyboard.press('1', HAND);
  await page.keyboard.press('Enter');
  await park.exit.waitFor(() => park.exit.arm.openings.length > before, 'open arm');
  const commanded = await until('a manual open', async () =>
    (await park.events('gate-commanded')).find(
      ({ body }) => 'origin' in body && body['origin'] === 'manual' && body['action'] === 'open',
    ),
  );
  expect(commanded.actor).toMatchObject({ kind: 'user', name: ADMIN.name });
  expect(commanded.body).toMatchObject({ reason: expect.stringMatching(/./) });
});

/** When the car at the exit came there, by the station's clock. */
async function startedAt(): Promise<number> {
  const { passage } = await park.lane('out1');
  return fromRfc3339(passage?.startedAt ?? '');
}
