import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDiscounts, withDiscounts } from '../../../electron/station/payments/discounts.ts';
import type { Bill } from '../../../shared/domain/money-flow.ts';
import { DEFAULT_RULES } from '../../../shared/domain/passage-rules.ts';
import type { Discount, DiscountKind } from '../../../shared/domain/registry.ts';

const rules = { order: DEFAULT_RULES.discountOrder, stacking: DEFAULT_RULES.discountStacking };
const give = (id: string, kind: DiscountKind, value: number, over: Partial<Discount> = {}): Discount => ({
  id,
  kind,
  value,
  maxFen: null,
  minimumFen: 0,
  origin: '永辉超市',
  originKind: 'merchant',
  couponId: null,
  grantedAt: 0,
  ...over,
});
/** 5 yuan for each hour begun, of a stay of three hours. */
const hourly = (minutes: number): number => 500 * Math.ceil(Math.max(0, 180 - minutes) / 60);
const amounts = (lines: readonly { readonly amountFen: number }[]): number[] => lines.map((line) => line.amountFen);

describe('discounts on a fee', () => {
  it('takes them off in the order that the manager set: 30 minutes, then 3 yuan, then 20%', () => {
    const discounts = [give('c', 'rate', 20), give('a', 'amount', 300), give('b', 'minutes', 60)];
    const lines = applyDiscounts(1500, discounts, rules, hourly);
    expect(lines.map((line) => [line.discount.id, line.amountFen])).toEqual([
      ['b', 500],
      ['a', 300],
      ['c', 140],
    ]);
    const reversed = applyDiscounts(1500, discounts, { ...rules, order: ['rate', 'amount', 'minutes'] }, hourly);
    expect(reversed.map((line) => [line.discount.id, line.amountFen])).toEqual([
      ['c', 300],
      ['a', 300],
      ['b', 500],
    ]);
  });

  it('puts kinds that the manager did not name last', () => {
    const lines = applyDiscounts(
      1000,
      [give('f', 'free', 0), give('a', 'amount', 100)],
      { ...rules, order: ['amount'] },
      () => 1000,
    );
    expect(amounts(lines)).toEqual([100, 900]);
  });

  it('names whose it is, what it gives and what it came to', () => {
    const [line] = applyDiscounts(1500, [give('a', 'rate', 50, { maxFen: 200 })], rules, hourly);
    expect(line?.text).toBe('永辉超市：减 50%，优惠 2.00 元（已达上限）');
  });

  it('does not use up what takes off nothing: a fee below the minimum, or nothing left', () => {
    expect(applyDiscounts(1500, [give('a', 'amount', 300, { minimumFen: 1501 })], rules, hourly)).toEqual([]);
    const lines = applyDiscounts(
      500,
      [give('a', 'amount', 500), give('b', 'amount', 300, { grantedAt: 1 })],
      rules,
      hourly,
    );
    expect(lines.map((line) => line.discount.id)).toEqual(['a']);
  });

  it('counts free time together: twice 30 minutes are worth an hour', () => {
    const halves = [give('a', 'minutes', 30), give('b', 'minutes', 30)];
    expect(amounts(applyDiscounts(1500, halves, rules, hourly))).toEqual([500]);
  });

  it('takes only the best one where discounts do not add up', () => {
    const lines = applyDiscounts(
      1500,
      [give('a', 'amount', 300), give('b', 'rate', 40), give('c', 'minutes', 30)],
      { ...rules, stacking: 'best' },
      hourly,
    );
    expect(lines.map((line) => [line.discount.id, line.amountFen])).toEqual([['b', 600]]);
  });

  it('takes what a platform gave off the due of the bill only, not off the debts, and once', () => {
    const bill: Bill = {
      id: 'b1',
      uid: 'u1',
      state: 'open',
      scene: 'gate',
      tariffId: 't',
      minutes: 10,
      chargeFen: 500,
      discountFen: 0,
      paidFen: 0,
      dueFen: 500,
      steps: [],
      discounts: [],
      arrears: [{ debtId: 'd', uid: null, amountFen: 700 }],
      createdAt: 0,
      validUntil: null,
    };
    const line = { discount: give('p', 'amount', 800), amountFen: 800, text: '' };
    const less = withDiscounts(bill, [line]);
    expect(less).toMatchObject({ dueFen: 0, discountFen: 500 });
    expect(less.discounts.map((each) => each.amountFen)).toEqual([500]);
    expect(withDiscounts(less, [line])).toEqual(less);
  });
});

describe('properties of discounts', () => {
  const discount = fc.record({
    kind: fc.constantFrom<DiscountKind[]>('amount', 'minutes', 'rate', 'free'),
    value: fc.integer({ min: 0, max: 200 }),
    maxFen: fc.option(fc.integer({ min: 0, max: 900 })),
    minimumFen: fc.integer({ min: 0, max: 2500 }),
    grantedAt: fc.integer({ min: 0, max: 3 }),
  });
  const many = fc
    .array(discount, { maxLength: 6 })
    .map((all) =>
      all.map(({ kind, value, ...over }, index) =>
        give(`d${index}`, kind, kind === 'amount' ? value * 5 : value, over),
      ),
    );
  const order = fc.shuffledSubarray<DiscountKind>(['minutes', 'amount', 'rate', 'free']);
  const stacking = fc.constantFrom<('all' | 'best')[]>('all', 'best');
  /** Any tariff that does not grow when time is taken off: steps of any width and height. */
  const tariff = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 0, max: 600 })), { maxLength: 6 })
    .map((steps) => {
      const fee = steps.reduce((sum, [, fen]) => sum + fen, 0);
      return (minutes: number): number => {
        let at = 0;
        let left = fee;
        for (const [width, fen] of steps) {
          at += width;
          if (minutes >= at) left -= fen;
        }
        return left;
      };
    });
  const sum = (lines: readonly { readonly amountFen: number }[]): number =>
    lines.reduce((all, line) => all + line.amountFen, 0);

  it('never more than the fee, every line above zero and within its maximum', () => {
    fc.assert(
      fc.property(many, order, stacking, tariff, (discounts, by, how, fee) => {
        const lines = applyDiscounts(fee(0), discounts, { order: by, stacking: how }, fee);
        expect(sum(lines)).toBeLessThanOrEqual(fee(0));
        for (const { discount: used, amountFen } of lines) {
          expect(amountFen).toBeGreaterThan(0);
          expect(amountFen).toBeLessThanOrEqual(used.maxFen ?? amountFen);
          expect(fee(0)).toBeGreaterThanOrEqual(used.minimumFen);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('one more discount never makes the driver pay more', () => {
    fc.assert(
      fc.property(many, order, stacking, tariff, fc.nat({ max: 5 }), (discounts, by, how, fee, which) => {
        const with_ = sum(applyDiscounts(fee(0), discounts, { order: by, stacking: how }, fee));
        const without = discounts.filter((_, index) => index !== which);
        expect(sum(applyDiscounts(fee(0), without, { order: by, stacking: how }, fee))).toBeLessThanOrEqual(with_);
      }),
      { numRuns: 2000 },
    );
  });

  it('the order in which discounts were handed in plays no part', () => {
    fc.assert(
      fc.property(many, order, stacking, tariff, (discounts, by, how, fee) => {
        const lines = applyDiscounts(fee(0), discounts, { order: by, stacking: how }, fee);
        expect(applyDiscounts(fee(0), [...discounts].reverse(), { order: by, stacking: how }, fee)).toEqual(lines);
        const ranks = lines.map((line) => [...by, 'minutes', 'amount', 'rate', 'free'].indexOf(line.discount.kind));
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      }),
    );
  });
});
