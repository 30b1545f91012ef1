import type { Browser, Page } from 'playwright-core';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { jpegOfSize } from '../peers/jpeg.ts';
import { startAedes } from '../peers/mqtt/index.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { findChromium, launchChromium, NO_CHROMIUM, openPage } from '../support/browser.ts';
import { CarPark } from '../support/car-park.ts';
import { ADMIN } from '../support/station-process.ts';
import { until } from '../support/until.ts';

const executable = findChromium();
let browser: Browser | undefined;
afterAll(() => browser?.close());
const image = jpegOfSize(8_000);

/** A booth with the city behind it, in words and with notices. */
async function openBooth(): Promise<{ park: CarPark; page: Page; complaints: string[] }> {
  const broker = await startAedes();
  onTestFinished(() => broker.stop());
  const settings = { applyPayment: { timeoutMs: 4000 }, timeouts: { headersMs: 6000, totalMs: 7000 } };
  const park = await CarPark.open({
    city: { brokerUrl: broker.url, settings },
    provision: { channels: ['qingdao'] },
  });
  onTestFinished(() => park.close());
  await park.hearing();
  browser ??= await launchChromium(executable ?? '');
  const { page, complaints } = await openPage(browser);
  await page.goto(park.station.url);
  await page.getByLabel('姓名或工号').fill(ADMIN.name);
  await page.getByLabel('密码').fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await page.getByText('没有等待处理的车辆').waitFor();
  return { park, page, complaints };
}
const heard = (park: CarPark, name: string, plate: string) =>
  park.city.waitFor(
    () => park.city.downlink.confirms.some((each) => each.interface === name && each.params['plateNo'] === plate),
    `${name} of ${plate}`,
  );
/** A key that was meant for the car before must not decide about this one: the screen lets it be looked at first. */
const looked = (page: Page): Promise<void> => page.waitForTimeout(1_000);

test('岗亭：签约车先离场后付费，不用收费；没签约的车先向平台申请扣款，等不及就收现金', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  const { park, page, complaints } = await openBooth();
  const { city } = park;
  const contract = { noSense: 1, moneyLimit: 5000, departurePay: 1 } as const;
  city.owner('鲁B40001').set({ contract, announces: true });
  await park.register('鲁B40001', 90);
  await heard(park, 'confirmDeparturePayInfo', '鲁B40001');
  await park.exit.push('鲁B40001', { image });
  const cleared = page.locator('.cleared');
  await cleared.getByText('先离场后付费 ¥7.00').waitFor();
  await cleared.getByText('平台事后向车主收款，这里不用收费').waitFor();
  await park.exit.waitFor(() => park.exit.arm.openings.length === 1, 'open arm');
  await page.getByText('鲁B40001 出场，先离场后付费 ¥7.00').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  // The city thinks about the next one, and the driver has his money in his hand.
  await park.register('鲁B40002', 90);
  await park.outboxEmpty();
  city.fault({ kind: 'delay', ms: 3_500 }, { interface: 'applyPayment' });
  await park.exit.push('鲁B40002', { image });
  await page.getByText('自动扣费中…').waitFor();
  await looked(page);
  await page.keyboard.press('F11');
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/向平台申请的扣款不能撤回/).waitFor();
  await page.keyboard.press('Enter');
  await park.exit.waitFor(() => park.exit.arm.openings.length === 2, 'open arm');
  expect(await park.stayOf('鲁B40002')).toMatchObject({ status: 'left', paidFen: 700 });
  city.clearFaults();

  // The platform does not collect from the third, and nothing about that is an alarm.
  await park.register('鲁B40003', 90);
  await park.outboxEmpty();
  await park.exit.push('鲁B40003', { image });
  await page.getByText('自动扣费没有成功').waitFor();
  await page.getByText('现在收').waitFor();
  await looked(page);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('F11');
  await park.exit.waitFor(() => park.exit.arm.openings.length === 3, 'open arm');
  expect((await park.stay((await park.stayOf('鲁B40003')).uid)).payments).toMatchObject([{ method: 'cash' }]);
  expect(city.violations).toEqual([]);
  expect(complaints).toEqual([]);
});

test('岗亭：平台的欠费在出口拦下车，一并收取后放行，平台那边核销', async (ctx) => {
  if (!executable) return ctx.skip(NO_CHROMIUM);
  const { park, page, complaints } = await openBooth();
  const { city } = park;
  city.style.cancelUnknown = 'all';
  const plate = '鲁B50005';
  const owner = city.owner(plate).set({ arrears: [{ billID: 'e-1', amount: 2000 }], prevent: 1, announces: true });
  await park.register(plate, 90);
  await heard(park, 'confirmOverDueResult', plate);
  await park.exit.push(plate, { image });
  await page.getByText('有欠费未缴').first().waitFor();
  await page.getByText('以前的欠费 ¥20.00').waitFor();
  await looked(page);
  expect(park.exit.arm.openings).toEqual([]);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: /一并收取/ }).click();
  await page.getByText('以前欠费 ¥20.00').waitFor();
  await page.getByText('¥27.00').first().waitFor();
  await looked(page);
  await page.keyboard.press('F11');
  await park.exit.waitFor(() => park.exit.arm.openings.length === 1, 'open arm');
  await until('written off', () => owner.account.writtenOff.length === 1);
  // What was collected is told as it was: the fee of this stay has its lines, the debt stands beside it.
  await page
    .getByText(/鲁B50005 出场/)
    .first()
    .waitFor();
  await page.keyboard.press('F8');
  const detail = page.getByRole('dialog');
  await detail.getByText(/首60分钟/).waitFor();
  await detail.getByText(/¥20.00 现金/).waitFor();
  expect(city.violations).toEqual([]);
  expect(complaints).toEqual([]);
});
