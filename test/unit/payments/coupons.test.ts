import { describe, expect, it } from 'vitest';
import { discountsFor, spendCoupons } from '../../../electron/station/payments/coupons.ts';
import type { Coupon, Merchant } from '../../../shared/domain/registry.ts';
import { aStay } from '../../support/events.ts';

const stay = aStay('u1');
const coupon = (id: string, over: Partial<Coupon> = {}): Coupon => ({
  id,
  merchantId: 'm1',
  plate: stay.plate.text,
  kind: 'amount',
  value: 300,
  maxFen: null,
  minimumFen: 0,
  validFrom: 0,
  validTo: 1000,
  state: 'given',
  uid: null,
  updatedAt: 0,
  ...over,
});
const merchant = (over: Partial<Merchant> = {}): Merchant => ({
  id: 'm1',
  name: '永辉超市',
  couponsLeft: null,
  amountLeftFen: null,
  state: 'active',
  updatedAt: 0,
  ...over,
});
const given = (coupons: readonly Coupon[], of: Merchant = merchant(), now = 500) =>
  discountsFor(stay, coupons, now, (id) => (id === of.id ? of : undefined));

describe('coupons of merchants', () => {
  it('count while they are valid, unused, of this plate and of an active merchant', () => {
    const others = [
      coupon('late', { validTo: 499 }),
      coupon('early', { validFrom: 501 }),
      coupon('used', { state: 'used' }),
      coupon('plate', { plate: '鲁B99999' }),
      coupon('nobody', { merchantId: 'm2' }),
    ];
    expect(given([coupon('good'), ...others]).map((each) => each.couponId)).toEqual(['good']);
    expect(given([coupon('good')], merchant({ state: 'suspended' }))).toEqual([]);
    expect(given([coupon('good')])).toMatchObject([
      { origin: '永辉超市', originKind: 'merchant', value: 300, maxFen: null },
    ]);
  });

  it('are not counted twice for a stay that has them already', () => {
    const [discount] = given([coupon('c1')]);
    if (!discount) throw new Error('no discount');
    const again = (over: Partial<typeof stay>) =>
      discountsFor({ ...stay, ...over }, [coupon('c1')], 500, () => merchant());
    expect(again({ discounts: [discount] })).toEqual([]);
    expect(again({ usedDiscounts: [{ discount, amountFen: 300, text: '' }] })).toEqual([]);
  });

  it('take off no more than the quota of their merchant, all together', () => {
    const poor = merchant({ amountLeftFen: 400 });
    const discounts = given([coupon('a'), coupon('b'), coupon('c')], poor);
    expect(discounts.map((each) => Math.min(each.value, each.maxFen ?? each.value))).toEqual([300, 100]);
    expect(given([coupon('f', { kind: 'free', value: 0 }), coupon('g')], poor).map((each) => each.maxFen)).toEqual([
      400,
    ]);
  });

  it('are used up by the bill that they lowered, and the quota falls by what they took off', () => {
    const [discount] = given([coupon('a')]);
    if (!discount) throw new Error('no discount');
    const bill = { uid: 'u1', discounts: [{ discount, amountFen: 250, text: '' }] };
    const spent = spendCoupons(
      bill,
      () => coupon('a'),
      () => merchant({ amountLeftFen: 400 }),
      700,
    );
    expect(spent.coupons).toMatchObject([{ id: 'a', state: 'used', uid: 'u1', updatedAt: 700 }]);
    expect(spent.merchants).toMatchObject([{ id: 'm1', amountLeftFen: 150 }]);
    expect(
      spendCoupons(
        bill,
        () => coupon('a', { state: 'used' }),
        () => merchant(),
        700,
      ),
    ).toEqual({ coupons: [], merchants: [] });
  });
});
