import type { Page } from 'playwright-core';
import type { Shot } from './shot.ts';

/** Opens the form behind the first of these buttons, whichever language stands. */
const press =
  (...names: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await page
      .getByRole('button', { name: new RegExp(`^(${names.join('|')})$`) })
      .first()
      .click();
    await page.getByRole('dialog').waitFor();
  };

/** Sends a small table and waits until it was looked at. */
const upload =
  (...rows: readonly string[]) =>
  async (page: Page): Promise<void> => {
    const buffer = Buffer.from(['卡号,类型,车牌,车主,有效期止', ...rows].join('\n'));
    await page.locator('input[type=file]').setInputFiles({ name: '月租车.csv', mimeType: 'text/csv', buffer });
    await page.locator('.import-said').waitFor();
    await page.waitForFunction(() => document.querySelector('progress') === null);
  };

const openFirst = async (page: Page): Promise<void> => {
  await page.getByRole('row').nth(1).click();
  await page.waitForTimeout(400);
};

export const shots: readonly Shot[] = [
  { name: 'lists', at: 'lists' },
  { name: 'lists-add', at: 'lists', act: press('加入名单', 'Add to a list') },
  { name: 'lists-attendant', at: 'lists', as: 'attendant' },
  { name: 'cards', at: 'cards' },
  { name: 'cards-ending-soon', at: 'cards?ending=30' },
  { name: 'cards-none-found', at: 'cards?plate=粤Z99999' },
  { name: 'cards-open', at: 'cards', act: press('开卡', 'Give out a card') },
  { name: 'cards-one', at: 'cards', act: openFirst },
  { name: 'cards-plans', at: 'cards/plans' },
  { name: 'cards-plan-add', at: 'cards/plans', act: press('添加充值规则', 'Add a plan') },
  { name: 'bookings', at: 'bookings' },
  { name: 'bookings-add', at: 'bookings', act: press('新建预约', 'New booking') },
  { name: 'visitors', at: 'visitors' },
  { name: 'visitors-add', at: 'visitors', as: 'attendant', act: press('登记访客', 'Announce a visitor') },
  { name: 'coupons', at: 'coupons' },
  { name: 'coupons-give', at: 'coupons', act: press('发优惠券', 'Give a coupon') },
  { name: 'coupons-merchants', at: 'coupons/merchants' },
  { name: 'debts', at: 'debts' },
  { name: 'debts-add', at: 'debts', act: press('添加欠费', 'Add a debt') },
  { name: 'agreements', at: 'agreements' },
  { name: 'berths-empty', at: 'berths' },
  { name: 'berths-add', at: 'berths', act: press('添加泊位', 'Add a berth') },
  { name: 'imports', at: 'imports?what=cards' },
  {
    name: 'imports-faulty',
    at: 'imports?what=cards',
    act: upload('Y1,年卡,鲁B11111,张三,三月底', 'Y2,月租卡,,李四,2099-03-31'),
  },
  { name: 'imports-ready', at: 'imports?what=cards', act: upload('G1,月租卡,鲁Q11111,张三,2099-03-31') },
];
