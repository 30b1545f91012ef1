import type { Page } from 'playwright-core';
import type { CarPark } from '../support/car-park.ts';
import { agreed, arrives, paysCash, setAside } from './bank-site.ts';
import type { Shot } from './shot.ts';

const site = 'bank';
/** Each look of a scene at the exit wants a car of its own. */
let plates = 0;
function plate(): string {
  plates += 1;
  return `鲁B7${String(plates).padStart(3, '0')}D`;
}

const goTo = async (page: Page, place: string): Promise<void> => {
  await page.goto(`${page.url().split('#')[0]}#/${place}`);
  await page.waitForTimeout(900);
};

/** The newest message of an interface. */
const message =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await goTo(page, `outbox?message=${name}`);
    await page.getByRole('grid').getByRole('row').nth(1).press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(700);
  };

/** The bank thinks, stays silent until it is asked no more, or says no. */
const asked =
  (how: 'asking' | 'unknown' | 'aside' | 'declined') =>
  async (page: Page, park: CarPark): Promise<void> => {
    const { bank } = park;
    const car = plate();
    if (how === 'declined') bank.owner(car).set({ pays: 'declines' });
    await agreed(park, car, 95);
    if (how === 'asking') bank.fault({ kind: 'delay', ms: 1_300 }, { times: 1, interface: 'AutoPay' });
    if (how === 'unknown' || how === 'aside') {
      bank.fault({ kind: 'silence' }, { times: 1, interface: 'AutoPay' });
      bank.fault({ kind: 'http-status', status: 502 }, { interface: 'PayOrderStatus' });
    }
    await arrives(park, car);
    if (how === 'aside') await setAside(park, car);
    const state = { asking: 'sent', unknown: 'unknown', aside: 'aside', declined: 'declined' }[how];
    await page.locator(`.pay-state[data-state=${state}]`).waitFor({ timeout: 20_000 });
    await page.waitForTimeout(500);
  };
async function asideAndCode(page: Page, park: CarPark): Promise<void> {
  await asked('aside')(page, park);
  await page.keyboard.press('+', { delay: 90 });
  await page.locator('.pay-code svg').waitFor();
  await page.waitForTimeout(500);
}
async function cash(_: Page, park: CarPark): Promise<void> {
  park.bank.clearFaults();
  const { phase } = await park.lane('out1');
  if (phase === 'charging') await paysCash(park);
}

/** Paid in cash while the bank was not heard of: its try is followed on. */
async function toSettle(page: Page, park: CarPark): Promise<void> {
  const car = plate();
  const { bank } = park;
  await agreed(park, car, 95);
  bank.fault({ kind: 'silence' }, { times: 1, interface: 'AutoPay' });
  bank.fault({ kind: 'http-status', status: 502 }, { interface: 'PayOrderStatus' });
  await arrives(park, car);
  await setAside(park, car);
  await paysCash(park);
  await goTo(page, 'exceptions?tab=payments');
}

async function lateMoney(page: Page, park: CarPark): Promise<void> {
  const { uid } = await park.stayOf('鲁B5Q771');
  await goTo(page, `stays/${uid}`);
  await page.locator('.evidence').waitFor();
  await page.waitForTimeout(900);
  await page.getByText(/^(收款尝试|Tries to collect)$/).scrollIntoViewIfNeeded();
  await page.waitForTimeout(300);
}

async function openCase(page: Page): Promise<void> {
  await page.getByRole('grid').getByRole('row').nth(1).press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.waitForTimeout(500);
}

/** Everything that can be set, with the rare settings unfolded. */
const unfolded =
  (screens: number) =>
  async (page: Page): Promise<void> => {
    for (const head of await page.locator('.ant-collapse-header').all()) await head.click();
    await page.waitForTimeout(400);
    await page.evaluate((n) => {
      for (const box of document.querySelectorAll('*'))
        if (box.scrollHeight > box.clientHeight + 200 && getComputedStyle(box).overflowY !== 'visible')
          box.scrollTo(0, box.clientHeight * n * 0.92);
    }, screens);
    await page.waitForTimeout(300);
  };

/** The settings as they are tried: the bank answers. */
async function tested(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^(测试连接|Test connection)$/ })
    .first()
    .click();
  await page.locator('.set-steps').waitFor();
  await page.locator('.set-steps').scrollIntoViewIfNeeded();
  await page.waitForTimeout(400);
}

/** 场内预缴 with the bank's code. */
async function paysInside(page: Page, park: CarPark): Promise<void> {
  const car = plate();
  await park.register(car, 95);
  await goTo(page, `fee?plate=${encodeURIComponent(car)}`);
  await page.keyboard.press('Enter');
  await page.locator('footer .ant-btn-primary').click();
  await page.getByRole('dialog').waitFor();
  await page
    .locator('.fee-pay-ways label')
    .filter({ hasText: /招行收款码|CMB payment code/ })
    .click();
  await page.locator('.fee-pay-channel button[type=submit]').click();
  await page.locator('.fee-pay-qr').waitFor();
  await page.waitForTimeout(400);
}

export const shots: readonly Shot[] = [
  ...(['asking', 'unknown', 'aside', 'declined'] as const).map((how) => ({
    ...({ name: `bank-booth-${how}`, at: 'booth', site, as: 'attendant' } as const),
    ...{ act: asked(how), after: cash },
  })),
  { name: 'bank-booth-aside-code', at: 'booth', site, as: 'attendant', act: asideAndCode, after: cash },
  { name: 'bank-exceptions', at: 'exceptions', site, as: 'manager' },
  { name: 'bank-case', at: 'exceptions', site, as: 'manager', act: openCase },
  { name: 'bank-attempts', at: 'exceptions', site, as: 'manager', act: toSettle, after: cash },
  { name: 'bank-refunds', at: 'refunds', site, as: 'manager' },
  { name: 'bank-evidence', at: 'stays', site, as: 'manager', act: lateMoney },
  { name: 'bank-agreements', at: 'agreements', site, as: 'manager' },
  { name: 'bank-outbox', at: 'outbox', site },
  ...['Indata', 'Outdata', 'PicUpload', 'ConfigUpload'].map((name) => ({
    ...({ name: `bank-message-${name}`, at: 'outbox', site } as const),
    act: message(name),
  })),
  { name: 'bank-fee-code', at: 'fee', site, as: 'attendant', act: paysInside },
  { name: 'bank-settings-test', at: 'settings/platforms', site, act: tested },
  { name: 'bank-channels', at: 'settings/channels', site },
  ...[0, 1, 2, 3, 4, 5].map((n) => ({
    ...({ name: `bank-settings-${n}`, at: 'settings/platforms', site } as const),
    act: unfolded(n),
  })),
];
