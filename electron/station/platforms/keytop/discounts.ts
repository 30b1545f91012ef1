import type { AppliedDiscount, Discount } from '../../../../shared/domain/registry.ts';

/**
 * What discounts took off, in the words of 2.3 and 2.7: 抵扣 (ticket…) is what somebody else gave — a shop, a platform, the prepayment of a
 * booking; 免费 (freeMoney) what the car park itself let off. What a coupon of minutes is worth is part of ticketMoney, its minutes are
 * told beside it, so that due = received + tickets + free holds in every row.
 */
export interface TakenOff {
  readonly ticketMoney: number;
  /** Seconds. */
  readonly ticketTime: number;
  readonly ticketNum: number;
  readonly freeMoney: number;
}

const isTicket = ({ originKind, couponId }: Discount): boolean =>
  couponId !== null || originKind === 'merchant' || originKind === 'platform';

/** The prepayment of a booking is taken off as a discount of ours (`payments/prepaid.ts`); it was paid all the same. */
export const isPrepaid = ({ id, originKind }: Discount): boolean => originKind === 'rule' && id.startsWith('prepaid-');

export function takenOff(discounts: readonly AppliedDiscount[]): TakenOff {
  const tickets = discounts.filter(({ discount }) => isTicket(discount) || isPrepaid(discount));
  const sum = (lines: readonly AppliedDiscount[]): number => lines.reduce((total, each) => total + each.amountFen, 0);
  const minutes = tickets.reduce(
    (total, { discount }) => (discount.kind === 'minutes' ? total + discount.value : total),
    0,
  );
  const ticketMoney = sum(tickets);
  return {
    ticketMoney,
    ticketTime: minutes * 60,
    ticketNum: tickets.length,
    freeMoney: sum(discounts) - ticketMoney,
  };
}

/** Lines of `all` that are not among `told`: each line is told once. */
export function notAmong(all: readonly AppliedDiscount[], told: readonly AppliedDiscount[]): AppliedDiscount[] {
  const left = new Map<string, number>();
  for (const { discount, amountFen } of told) left.set(discount.id, (left.get(discount.id) ?? 0) + amountFen);
  return all.flatMap((line) => {
    const { id } = line.discount;
    const before = left.get(id);
    const done = Math.min(before ?? 0, line.amountFen);
    if (before !== undefined) left.set(id, before - done);
    return before !== undefined && done === line.amountFen ? [] : [{ ...line, amountFen: line.amountFen - done }];
  });
}
