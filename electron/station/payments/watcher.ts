import type { Actor } from '../../../shared/domain/events.ts';
import type { Bill, PaymentMethod } from '../../../shared/domain/money-flow.ts';
import type { AppliedDiscount } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';

/** Where the lanes and the settlement of bills meet: neither knows more of the other than this. */

/** The change of a payment that a platform pays out. */
export interface OwedChange {
  readonly orderNo: string;
  readonly platform: string;
  readonly amountFen: number;
}

/** Money that was taken for exactly one bill. Fen and epoch ms. */
export interface Payment {
  /** The attempt that brought it; null for cash and for a platform that pushed it. */
  readonly attemptId: string | null;
  readonly method: PaymentMethod;
  /** The platform that collected it; null when the car park did. */
  readonly via: string | null;
  /** The payer's side's number, at most 100 characters. */
  readonly reference: string | null;
  /** What the bill takes: `toPayFen(bill)`, never more. */
  readonly amountFen: number;
  /** Cash handed over; null for every other method. */
  readonly receivedFen: number | null;
  /** What went back to the driver out of the drawer. */
  readonly changeFen: number;
  /** What a platform gives back instead (扫码找零): with the payment an order over it is open. */
  readonly owedChange?: OwedChange | undefined;
  readonly paidAt: EpochMs;
  readonly shiftId: string | null;
  /** Whoever collected it gives nothing back: it stays the payment of its stay, also when the car turns back after it. */
  readonly final?: boolean | undefined;
  /**
   * What the collecting platform took off at the moment of paying (平台优惠): the bill is settled as `withDiscounts(bill, …)`,
   * and `amountFen` is what that comes to.
   */
  readonly discounts?: readonly AppliedDiscount[] | undefined;
}

/**
 * Told by a lane after its transaction committed. Both calls return at once and never throw: what they start (asking payment
 * channels) goes on behind the lane's back and comes back through {@link PayAtLane}.
 */
export interface BillWatcher {
  /** A bill stands at a lane with its car before the barrier. Told again after a restart for a bill that still stands. */
  opened(bill: Bill, stay: Stay, laneId: string): void;
  /** A bill reached its end without the settlement's doing, or with it; unknown bills are ignored. */
  over(billId: string, how: 'paid' | 'void'): void;
}

/**
 * Settles the bill that stands at a lane and lets the car out, in one transaction. `not-wanted`: that bill is not the one that
 * waits there (any more); nothing happened, and the money is the caller's to look after.
 */
export type PayAtLane = (
  laneId: string,
  billId: string,
  payment: Payment,
  /** The person who took it, or the platform that collected it. */
  actor: Actor,
) => 'settled' | 'not-wanted';
