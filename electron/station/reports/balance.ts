import type { Shift } from '../../../shared/domain/money-flow.ts';
import type { BalanceRow, ReceivedRow } from '../store/report-rows.ts';
import { type Counted, sumsBy, total } from '../store/report-sums.ts';

/** A stay whose account does not add up. `account`: charge against its parts · `payments`: what it says was paid against its payments. */
export interface WrongStay extends BalanceRow {
  readonly what: 'account' | 'payments';
  readonly differenceFen: number;
}

export function wrongStays(rows: readonly BalanceRow[]): WrongStay[] {
  return rows.flatMap((row): WrongStay[] => {
    const over = row.paidFen + row.discountFen + row.waivedFen + row.owedFen - row.chargeFen;
    // A fee that was put right downwards stands below what was paid until, and because, the rest was given back.
    // That of a car that paid after it had left its berth stands so while the rest is on its way back.
    const back = [0, row.refundedFen, row.refundedFen + row.pendingFen];
    if (!back.includes(over)) return [{ ...row, what: 'account', differenceFen: over }];
    const stray = row.paymentsFen - row.paidFen;
    return stray === 0 ? [] : [{ ...row, what: 'payments', differenceFen: stray }];
  });
}

/** Where a day's money lies: with a cashier's shift, with a platform that collected it, or with neither. */
export interface MoneyByHolder {
  readonly total: Counted;
  readonly shifts: readonly ({ readonly shiftId: string } & Counted)[];
  readonly platforms: readonly ({ readonly platform: string } & Counted)[];
  /** Taken by the car park's own channels without a shift. */
  readonly withoutShift: Counted;
}

export function moneyByHolder(received: readonly ReceivedRow[]): MoneyByHolder {
  const shifts = received.flatMap((row) => (row.shiftId === null ? [] : [{ ...row, shiftId: row.shiftId }]));
  const rest = received.filter((row) => row.shiftId === null);
  const platforms = rest.flatMap((row) => (row.via === null ? [] : [{ ...row, platform: row.via }]));
  return {
    total: total(received),
    shifts: sumsBy(shifts, ({ shiftId }) => ({ shiftId })),
    platforms: sumsBy(platforms, ({ platform }) => ({ platform })),
    withoutShift: total(rest.filter((row) => row.via === null)),
  };
}

/** A shift's cash, told three times: by the payments, by the drawer's book, and by what was locked when it was counted. */
export interface DrawerCheck {
  readonly shiftId: string;
  readonly cashier: string;
  readonly booth: string;
  readonly state: Shift['state'];
  readonly takenFen: number;
  readonly bookedFen: number;
  /** The book since the count, less what was locked then; 0 while the shift runs. */
  readonly movedSinceCountFen: number;
  readonly differenceFen: number;
}
