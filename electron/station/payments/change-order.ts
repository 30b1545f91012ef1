import { createHash } from 'node:crypto';
import type { ChangeOrder } from '../../../shared/domain/change-order.ts';
import type { Actor, EventDraft } from '../../../shared/domain/events.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { Ids } from '../runtime/ports.ts';
import type { Payment } from './watcher.ts';

/** What makes a change order (找零订单) of a payment. Pure but for the ids that it is handed. */

/** Who pays change out, and the numbers for it. */
export interface ChangeDesk {
  /** The platform on whose page change is paid out; null: there is none. */
  readonly platform: () => string | null;
  /** An order number that nobody has. */
  readonly newNo: () => string;
  readonly ofBill: (billId: string) => ChangeOrder | null;
}

/** Why there is no change by code. */
export const CHANGE_NOT_OFFERED = '没有接入可以扫码找零的第三方，请找现金';

/** How the driver gets the change. `code`: from a platform, whose page a code leads to (扫码找零). */
export type ChangeBy = 'cash' | 'code';

/** What was handed over beyond what is due goes back out of the drawer, or is kept while a platform gives it. */
export function splitChange(
  overFen: number,
  by: ChangeBy,
  desk: ChangeDesk | undefined,
): Pick<Payment, 'changeFen' | 'owedChange'> | 'change-not-offered' {
  if (by === 'cash' || overFen === 0) return { changeFen: overFen };
  const platform = desk?.platform() ?? null;
  if (!desk || platform === null) return 'change-not-offered';
  return { changeFen: 0, owedChange: { orderNo: desk.newNo(), platform, amountFen: overFen } };
}

/** The row that opens the order of a payment; none where all of its change went back in cash. */
export function changeOrderOf(
  payment: Payment,
  of: {
    readonly billId: string;
    readonly stay: Stay;
    readonly actor: Actor;
    readonly laneId?: string | null;
    readonly passageId?: string | null;
  },
): EventDraft[] {
  const { owedChange, receivedFen } = payment;
  const { billId, stay, actor, laneId = null, passageId = null } = of;
  if (!owedChange || receivedFen === null) return [];
  // Paid a fixed fee because nobody knows since when it stood here; who proved an earlier time did come in then.
  const unseen = stay.doubts.some(({ kind, at }) => kind === 'no-entry' && at <= stay.enteredAt);
  const order: ChangeOrder = {
    ...{ id: owedChange.orderNo, platform: owedChange.platform, state: 'open', billId },
    ...{ uid: stay.uid, plate: stay.plate, identity: stay.identity, enteredAt: unseen ? null : stay.enteredAt },
    ...{ payFen: payment.amountFen, receivedFen, amountFen: owedChange.amountFen },
    ...{ laneId, shiftId: payment.shiftId, cashier: actor.name, paidAt: payment.paidAt },
    ...{ chargeType: null, method: null, account: null, givenAt: null, settled: null },
  };
  return [{ kind: 'change-order-changed', key: stay.uid, laneId, passageId, actor, body: { change: 'opened', order } }];
}

/** Ended in cash: what was kept goes out of a drawer. */
export const settledInCash = (order: ChangeOrder, settled: NonNullable<ChangeOrder['settled']>): ChangeOrder => ({
  ...order,
  state: 'by-hand',
  settled,
});

/**
 * Twelve digits: short enough to type, too many to guess somebody else's change by; the last one is a check digit (Luhn), so that a slip
 * of the finger is nobody's number.
 */
export function newOrderNo(ids: Ids, isTaken: (no: string) => boolean): string {
  for (;;) {
    const chance = createHash('sha256').update(ids.next('change')).digest().readBigUInt64BE();
    const digits = String(10_000_000_000n + (chance % 90_000_000_000n));
    const no = `${digits}${checkDigit(digits)}`;
    if (!isTaken(no)) return no;
  }
}

function checkDigit(digits: string): number {
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (sum % 10)) % 10;
}
