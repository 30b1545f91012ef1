import type { Attempt, ChannelKind, PaymentMethod } from '../../../shared/domain/money-flow.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { type PlatformDiscount, platformLines } from './discounts.ts';

/** A platform says that it collected money (支付结果通知). It names the attempt, the bill, the stay or at least the plate. */
export interface PaymentNotice {
  /**
   * The try of ours that this money is of; the platform knows. One that is paid already, under whatever number, is told a second time.
   * `null`: it is of none of them. Absent: not known, and the one try of that platform whose number is not known yet is taken.
   */
  readonly attemptId?: string | null | undefined;
  readonly billId?: string | undefined;
  readonly uid?: string | undefined;
  readonly plate?: string | undefined;
  /** The platform's number of this payment: with `via` what makes a notice the same one. */
  readonly reference: string;
  readonly amountFen: number;
  /** What the platform itself took off; with `amountFen` it must cover the bill. */
  readonly discountFen?: number | undefined;
  /** The same piece by piece, in place of `discountFen`: each stays a discount of its own in the books. */
  readonly discounts?: readonly PlatformDiscount[] | undefined;
  /** True: more than our try asked for is its money too, and the surplus a case with a refund; absent: another sum is refused. */
  readonly moreIsTaken?: boolean | undefined;
  /** True: less than the bill asks for is a part of it, and the rest stays to be paid; absent: too little is refused. */
  readonly partIsTaken?: boolean | undefined;
  /** True: the stay owes nothing for that bill any more, so all of it is a surplus: a case with a refund. */
  readonly nothingIsDue?: boolean | undefined;
  /** What the platform says of it besides, for people. */
  readonly detail?: string | undefined;
  readonly method: PaymentMethod;
  /** How the driver came to pay, where it answers none of our tries; absent: by the first channel of that platform. */
  readonly kind?: ChannelKind | undefined;
  /** The platform. */
  readonly via: string;
  readonly paidAt: EpochMs;
  /** `false`: the platform keeps what it collected whatever we answer, so money that comes too late is taken all the same. */
  readonly givesBack?: boolean | undefined;
}

/** What it took off altogether; undefined: it says nothing of that. */
export const takenOffFen = ({ discountFen, discounts }: PaymentNotice): number | undefined =>
  discounts === undefined ? discountFen : discounts.reduce((sum, { amountFen }) => sum + amountFen, 0);

/** The same as lines of the bill, where it was told piece by piece. */
export const linesOf = (
  of: Pick<Attempt, 'id' | 'createdAt'>,
  { discounts }: PaymentNotice,
): Pick<Attempt, 'discounts'> =>
  discounts === undefined || discounts.length === 0 ? {} : { discounts: platformLines(of, discounts) };
