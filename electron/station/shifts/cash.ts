import { countTotal, FACE_VALUES } from '../../../shared/domain/cash.ts';
import type { CashCount, Shift } from '../../../shared/domain/money-flow.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { DrawerSums } from '../store/shift-cash-store.ts';

const known: ReadonlySet<number> = new Set(FACE_VALUES);

/** What counted notes and coins add up to. @throws ConflictError `unknown-denomination` */
export function sumOfCount(count: CashCount): number {
  const strange = Object.keys(count).find((face) => !known.has(Number(face)));
  if (strange !== undefined) throw new ConflictError('unknown-denomination', `没有面值 ${strange} 分的钱币`);
  return countTotal(count);
}

/** What a drawer should hold, and how it came to it. Fen. */
export interface Drawer {
  /** Fees and cards paid in cash, without what was taken back while the car still stood there. */
  readonly cashInFen: number;
  readonly cashRefundedFen: number;
  readonly paidOutFen: number;
  /** Change kept because a platform gives it (扫码找零), and such change handed over in cash after all. */
  readonly changeKeptFen: number;
  readonly changeHandedFen: number;
  readonly expectedFen: number;
}

/** The expected figure. It may be below zero: more was paid out than the drawer can have held, which is a finding. */
export function drawerOf(shift: Pick<Shift, 'floatFen'>, sums: DrawerSums): Drawer {
  const cashInFen = sums.payment + sums.reversal + sums.card;
  // Amounts that left the drawer are negative in the book; no zero of ours is a negative one.
  const cashRefundedFen = 0 - sums.refund;
  const paidOutFen = 0 - sums['paid-out'];
  const changeKeptFen = sums['change-kept'];
  const changeHandedFen = 0 - sums['change-handed'];
  return {
    cashInFen,
    cashRefundedFen,
    paidOutFen,
    changeKeptFen,
    changeHandedFen,
    expectedFen: shift.floatFen + cashInFen + changeKeptFen - changeHandedFen - cashRefundedFen - paidOutFen,
  };
}

/** The count was handed in: from here on the cashier may see what the drawer should have held. */
export const isCounted = (shift: Pick<Shift, 'state'>): boolean =>
  shift.state === 'counted' || shift.state === 'closed';
