import { type Fen, fenToYuanText } from '../../../shared/domain/money.ts';
import { type Attempt, type Bill, toPayFen } from '../../../shared/domain/money-flow.ts';
import type { PassageRules } from '../../../shared/domain/passage-rules.ts';
import type { AppliedDiscount, Discount, DiscountKind } from '../../../shared/domain/registry.ts';

/** What discounts (优惠) take off a fee. Pure. */

export interface DiscountRules {
  /** Kinds in the order in which they are taken off; kinds that are not named come last. */
  readonly order: PassageRules['discountOrder'];
  readonly stacking: PassageRules['discountStacking'];
}

/** All kinds, so that those which the manager did not name still have one place. */
const KINDS: readonly DiscountKind[] = ['minutes', 'amount', 'rate', 'free'];

/**
 * Takes `discounts` off `feeFen`, one line each; those that take off nothing (the fee is too small for their minimum, or
 * nothing is left) have no line and are not used up.
 *
 * The lines never add up to more than the fee, and a further discount never makes the driver pay more. The second is why
 * minutes count together: free time given in two parts is worth what it is worth in one, and a part that a maximum cut short
 * does not spoil the next. The minimum (满减) looks at the fee before any discount, whatever the order.
 *
 * @param feeWithMinutesOff the fee had the stay been so many minutes shorter; never above `feeFen`
 */
export function applyDiscounts(
  feeFen: Fen,
  discounts: readonly Discount[],
  rules: DiscountRules,
  feeWithMinutesOff: (minutes: number) => Fen,
): AppliedDiscount[] {
  const sorted = inOrder(
    discounts.filter((discount) => feeFen >= discount.minimumFen),
    rules.order,
  );
  if (rules.stacking === 'all') return takeOff(feeFen, sorted, feeWithMinutesOff);
  return sorted
    .map((discount) => takeOff(feeFen, [discount], feeWithMinutesOff))
    .reduce((best, line) => ((line[0]?.amountFen ?? 0) > (best[0]?.amountFen ?? 0) ? line : best), []);
}

function inOrder(discounts: readonly Discount[], order: readonly DiscountKind[]): Discount[] {
  const ranks = [...order, ...KINDS];
  return [...discounts].sort(
    (a, b) => ranks.indexOf(a.kind) - ranks.indexOf(b.kind) || a.grantedAt - b.grantedAt || (a.id < b.id ? -1 : 1),
  );
}

function takeOff(
  feeFen: Fen,
  discounts: readonly Discount[],
  feeWithMinutesOff: (minutes: number) => Fen,
): AppliedDiscount[] {
  let left = feeFen;
  let minutes = 0;
  /** What the minutes so far have taken off, had nothing else been taken off before. */
  let byMinutes = 0;
  const lines: AppliedDiscount[] = [];
  for (const discount of discounts) {
    const limit = discount.maxFen ?? feeFen;
    let amount: Fen;
    if (discount.kind === 'minutes') {
      minutes += discount.value;
      const worth = Math.max(byMinutes, feeFen - feeWithMinutesOff(minutes));
      amount = Math.min(limit, worth - byMinutes);
      byMinutes += amount;
    } else amount = Math.min(limit, worthOf(discount, left));
    amount = Math.min(amount, left);
    if (amount <= 0) continue;
    left -= amount;
    lines.push({ discount, amountFen: amount, text: lineText(discount, amount, left === 0) });
  }
  return lines;
}

/** A rate takes off whole fen and never more than its share. */
function worthOf(discount: Discount, left: Fen): Fen {
  if (discount.kind === 'amount') return discount.value;
  if (discount.kind === 'rate') return Math.floor((left * Math.min(100, discount.value)) / 100);
  return left;
}

const WORDS: Readonly<Record<DiscountKind, (value: number) => string>> = {
  minutes: (value) => `减免 ${value} 分钟`,
  amount: (value) => `减免 ${fenToYuanText(value)} 元`,
  rate: (value) => `减 ${Math.min(100, value)}%`,
  free: () => '全免',
};

/** The line as the driver, the receipt and the record show it: whose discount, what it gives, what it came to. */
function lineText(discount: Discount, amount: Fen, nothingLeft: boolean): string {
  const limited =
    discount.maxFen !== null && amount === discount.maxFen ? '（已达上限）' : nothingLeft ? '（已减完）' : '';
  return `${discount.origin}：${WORDS[discount.kind](discount.value)}，优惠 ${fenToYuanText(amount)} 元${limited}`;
}

/** Something that a platform took off at the moment of paying, as it names it. */
export interface PlatformDiscount extends Pick<Discount, 'kind' | 'value' | 'origin'> {
  /** `rule`: a campaign of the car park's own, which the platform only carries out. */
  readonly originKind: Extract<Discount['originKind'], 'platform' | 'rule'>;
  /** What it comes to; 0 where something else had taken off everything already. */
  readonly amountFen: Fen;
}

/** They as lines of the bill that the attempt pays. */
export const platformLines = (
  { id, createdAt }: Pick<Attempt, 'id' | 'createdAt'>,
  discounts: readonly PlatformDiscount[],
): AppliedDiscount[] =>
  discounts.map(({ kind, value, amountFen, origin, originKind }, index) => {
    const discount: Discount = {
      ...{ id: `by-${id}-${index + 1}`.slice(-64), kind, value, maxFen: null, minimumFen: 0 },
      ...{ origin: origin.slice(0, 60), originKind, couponId: null, grantedAt: createdAt },
    };
    return { discount, amountFen, text: lineText(discount, amountFen, false) };
  });

/** What a platform may take off a bill at the moment of paying: its own due. Of debts only the one that it collects itself. */
export const discountableFen = (bill: Pick<Bill, 'scene' | 'dueFen' | 'arrears'>): Fen =>
  bill.scene === 'after-departure' ? toPayFen(bill) : bill.dueFen;

/** The bill with what a platform took off it at the moment of paying, see {@link discountableFen}. */
export function withDiscounts(bill: Bill, discounts: readonly AppliedDiscount[]): Bill {
  const known = new Set(bill.discounts.map(({ discount }) => discount.id));
  const whole = discountableFen(bill);
  let left = whole;
  const added = discounts
    .filter(({ discount }) => !known.has(discount.id))
    .map((line) => {
      const amountFen = Math.min(left, line.amountFen);
      left -= amountFen;
      return { ...line, amountFen };
    });
  const taken = whole - left;
  const ofDebt = bill.scene === 'after-departure';
  return {
    ...bill,
    discountFen: bill.discountFen + taken,
    dueFen: ofDebt ? bill.dueFen : left,
    // Such a bill is over one debt.
    arrears: ofDebt ? bill.arrears.map((each) => ({ ...each, amountFen: each.amountFen - taken })) : bill.arrears,
    discounts: [...bill.discounts, ...added],
  };
}
