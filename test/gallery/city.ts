import type { Page } from 'playwright-core';
import { z } from 'zod';
import { runViewSchema } from '../../shared/contract/reconciliations.ts';
import type { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';
import { contracted, seen } from './city-site.ts';
import type { Shot } from './shot.ts';

const site = 'city';
/** Each look of a scene at the exit wants a car of its own. */
let plates = 0;
function plate(): string {
  plates += 1;
  return `鲁B6${String(plates).padStart(3, '0')}C`;
}

const goTo = async (page: Page, place: string): Promise<void> => {
  await page.goto(`${page.url().split('#')[0]}#/${place}`);
  await page.waitForTimeout(900);
};

/** The newest message of an interface, or the one before it. */
const message =
  (name: string, row = 1) =>
  async (page: Page): Promise<void> => {
    await goTo(page, `outbox?message=${name}`);
    await page.getByRole('grid').getByRole('row').nth(row).press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(700);
  };

async function newestRun(page: Page, park: CarPark): Promise<void> {
  const [run] = await park.station.get(z.array(runViewSchema), '/reconciliations');
  await goTo(page, `outbox/runs%2F${run?.id ?? ''}`);
  await page.locator('.run-figures').waitFor();
}

/** Asks the city about a car, whose arrears are then in the list. */
async function lookUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(查平台欠费|Ask the platforms)$/ }).click();
  await page.getByRole('dialog').waitFor();
  await page.waitForTimeout(300);
  for (const key of ['B', '3', '3', 'A', '9', '0']) await page.keyboard.press(key);
  await page.keyboard.press('Enter');
  await page.locator('.look-up-told li').first().waitFor();
  await page.waitForTimeout(600);
}

const evidenceOf =
  (text: string, bottom = false) =>
  async (page: Page, park: CarPark): Promise<void> => {
    const { uid } = await park.stayOf(text);
    await goTo(page, `stays/${uid}`);
    await page.locator('.evidence').waitFor();
    await page.waitForTimeout(700);
    if (bottom)
      await page
        .locator('.page-body')
        .last()
        .evaluate((body) => body.scrollTo(0, 9_999));
    await page.waitForTimeout(300);
  };

async function leavesFirst(page: Page, park: CarPark): Promise<void> {
  const car = plate();
  await contracted(park, car, 40);
  await park.exit.push(car, seen(park, 'exit'));
  await page.locator('.cleared').waitFor();
  await page.waitForTimeout(900);
}

/** The city takes its time; then it stays silent. */
const asked =
  (silent: boolean) =>
  async (page: Page, park: CarPark): Promise<void> => {
    const car = plate();
    await park.register(car, 95);
    await park.outboxEmpty();
    if (silent) {
      park.city.fault({ kind: 'silence', processed: true }, { times: 1, interface: 'applyPayment' });
      park.city.fault({ kind: 'silence' }, { interface: 'getPayResult' });
    } else park.city.fault({ kind: 'delay', ms: 1400 }, { times: 1, interface: 'applyPayment' });
    await park.exit.push(car, seen(park, 'exit'));
    await page.locator(`.pay-state[data-state=${silent ? 'unknown' : 'sent'}]`).waitFor();
    await page.waitForTimeout(300);
  };
async function paysCash(_: Page, park: CarPark): Promise<void> {
  park.city.clearFaults();
  const { bill, passage } = await park.laneWhen('out1', 'a bill', (lane) => lane.phase === 'charging');
  await park.collect(bill?.toPayFen ?? 0, passage?.id);
}

async function stopped(page: Page, park: CarPark): Promise<void> {
  const car = plate();
  park.city.owner(car).set({ arrears: [{ billID: `e-${car}`, amount: 2000 }], prevent: 1 });
  await park.register(car, 95);
  await park.city.publishOverDueResult({ plateNo: car });
  await park.city.waitFor(
    () => park.city.downlink.confirms.some(({ params }) => params['plateNo'] === car),
    'the arrears to be confirmed',
  );
  await park.exit.push(car, seen(park, 'exit'));
  await page.locator('[data-attention=arrears]').waitFor();
  await page.waitForTimeout(900);
}
async function approved(page: Page, park: CarPark): Promise<void> {
  await stopped(page, park);
  const { passage } = await park.lane('out1');
  await park.order('out1', 'approve', { passageId: passage?.id, attention: 'arrears', reason: '车主同意一并缴纳' });
  await page.locator('.money').waitFor();
  await page.waitForTimeout(2_500);
}
async function goesAway(_: Page, park: CarPark): Promise<void> {
  const { passage } = await park.lane('out1');
  await park.order('out1', 'cancel', { passageId: passage?.id, reason: '掉头离开' });
}

/** The answer to an entry was lost, and the city is not there any more: what became of it is asked when it is back. */
async function inDoubt(page: Page, park: CarPark): Promise<void> {
  const car = plate();
  park.city.fault({ kind: 'answer-lost' }, { interface: 'uploadCarInData' });
  park.city.fault({ kind: 'silence' }, { interface: 'downloadUID' });
  const { uid } = await park.register(car, 5);
  const waits = async () => (await park.outbox(`&key=${uid}`)).items[0]?.attempts ?? 0;
  await until('it was sent', async () => ((await waits()) > 0 ? true : undefined));
  await park.city.stop();
  await until('it was tried again', async () => ((await waits()) > 1 ? true : undefined));
  await goTo(page, `outbox?key=${uid}`);
  await page.getByRole('grid').getByRole('row').nth(1).press('Enter');
  await page.locator('.message-why').waitFor();
  await page.waitForTimeout(500);
}
async function back(_: Page, park: CarPark): Promise<void> {
  park.city.clearFaults();
  await park.city.start();
  await park.outboxEmpty(15_000);
}

export const shots: readonly Shot[] = [
  { name: 'city-outbox', at: 'outbox', site },
  { name: 'city-run', at: 'outbox', site, act: newestRun },
  ...['uploadModifyCarInData', 'uploadParkingInfo', 'applyPayment', 'uploadFee', 'cancelOverDueBill'].map((name) => ({
    ...({ name: `city-message-${name}`, at: 'outbox', site } as const),
    act: message(name),
  })),
  { name: 'city-message-in-doubt', at: 'outbox', site, act: inDoubt, after: back },
  { name: 'city-debts', at: 'debts', site, as: 'manager' },
  { name: 'city-debts-look-up', at: 'debts', site, as: 'manager', act: lookUp },
  { name: 'city-agreements', at: 'agreements', site, as: 'manager' },
  { name: 'city-paid-twice', at: 'exceptions', site, as: 'manager' },
  { name: 'city-evidence-left-first', at: 'stays', site, as: 'manager', act: evidenceOf('鲁B10201') },
  { name: 'city-evidence-left-first-end', at: 'stays', site, as: 'manager', act: evidenceOf('鲁B10201', true) },
  { name: 'city-evidence-arrears', at: 'stays', site, as: 'manager', act: evidenceOf('鲁G7T345', true) },
  { name: 'city-balance', at: 'reports/balance', site, as: 'manager' },
  { name: 'city-settings', at: 'settings/platforms', site },
  { name: 'city-booth-left-first', at: 'booth', site, as: 'attendant', act: leavesFirst },
  { name: 'city-booth-asking', at: 'booth', site, as: 'attendant', act: asked(false), after: paysCash },
  { name: 'city-booth-silent', at: 'booth', site, as: 'attendant', act: asked(true), after: paysCash },
  { name: 'city-booth-arrears', at: 'booth', site, as: 'attendant', act: stopped, after: goesAway },
  { name: 'city-booth-arrears-charged', at: 'booth', site, as: 'attendant', act: approved, after: paysCash },
];
