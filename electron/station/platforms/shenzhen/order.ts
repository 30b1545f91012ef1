import type { Attempt, PaymentMethod } from '../../../../shared/domain/money-flow.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { SHENZHEN, type ShenzhenContext, type ShenzhenReply } from './context.ts';
import { couponOrder } from './money-marks.ts';

/**
 * Money that the city tells of, by onlinePay or orderPush: one order whichever comes first, known by its number. The city takes nothing back
 * by itself, so it is booked, or a person has it as a case; only another sum or record under a known number is refused.
 */
export interface Order {
  readonly orderNum: string;
  readonly recordCode: string;
  /** Null: it was not said (onlinePay). */
  readonly amountFen: number | null;
  readonly method: PaymentMethod;
  readonly at: EpochMs;
  /** For people. */
  readonly note: string;
}

/** An order whose sum is known: it was told, or is that of a quote. */
export type Told = Order & { readonly amountFen: number; readonly isQuoted?: boolean | undefined };

/** Why the city is told no; undefined: it was taken. */
export type Refused = ShenzhenReply | undefined;

/** The try under which an order is in the books. */
export const paidBy = (orderNum: string, { station }: Pick<ShenzhenContext, 'station'>): Attempt | undefined =>
  station().read.attempts.byReference(SHENZHEN.name, orderNum);

/** These brought no money, and will not. */
const CAME_TO_NOTHING: ReadonlySet<Attempt['state']> = new Set(['declined', 'reversed', 'abandoned']);

/** Whether a payment that is in the books, or was on its way there when the station died, has used this coupon. */
export function isUsed(couponId: string, context: ShenzhenContext): boolean {
  const used = couponOrder.recall(couponId, context);
  const attempt = used && paidBy(used.orderNum, context);
  return attempt !== undefined && !CAME_TO_NOTHING.has(attempt.state);
}
