import { Accounts } from './accounts.ts';
import { type Bill, Bills, type Payment } from './bills.ts';
import { Books, type Entered } from './books.ts';
import type { DayFigures } from './days.ts';
import type { WireObject } from './lossless-json.ts';
import { type AnswerStyle, defaultStyle } from './style.ts';
import { wallClock } from './wall-clock.ts';

/** An entry that was modified (0) or deleted (1). */
export interface Correction {
  readonly at: number;
  readonly uid: string;
  readonly operateType: 0 | 1;
  /** The entry as it was until then. */
  readonly before: WireObject | undefined;
  /** What was sent. */
  readonly record: WireObject;
  /** Everything that the deletion took out of the books. */
  readonly removed: readonly Entered[];
}

/** One daily check: what the car park counted, and what the platform did. */
export interface DayCheck {
  readonly at: number;
  readonly day: string;
  readonly claimed: DayFigures;
  readonly own: DayFigures;
  /** 1 entries · 2 exits · 4 payments. */
  readonly accountMark: number;
  readonly photoMark: 0 | 1;
}

/** Everything that the platform knows. */
export class City {
  readonly parkingCode: string;
  readonly now: () => number;
  readonly books = new Books();
  readonly bills = new Bills();
  readonly accounts = new Accounts();
  readonly corrections: Correction[] = [];
  readonly checks: DayCheck[] = [];
  /** uploadParkingInfo, oldest first. */
  readonly info: WireObject[] = [];
  readonly style: AnswerStyle = defaultStyle();
  /** What the heartbeat tells about the platform's clock: its field name, how wrong it is, and whether it is there at all. */
  serverClock: { field: string; skewMs: number; absent: boolean } = { field: 'serverTime', skewMs: 0, absent: false };
  #orders = 0;

  constructor(parkingCode: string, now: () => number) {
    this.parkingCode = parkingCode;
    this.now = now;
  }

  /** The owner's money moves: the bill is paid through the platform. A bill that is paid already stays as it is. */
  pay(bill: Bill, payType: Payment['payType']): Payment {
    const { discount, paidType } = this.accounts.of(bill.plateNo).settings;
    const discountAmount = Math.min(discount, bill.shouldPay);
    this.#orders += bill.payment ? 0 : 1;
    bill.payment ??= {
      actualPay: bill.shouldPay - discountAmount,
      discountAmount,
      dealTime: wallClock(this.now()),
      orderCode: `QD${wallClock(this.now()).replace(/\D/g, '')}${String(this.#orders).padStart(6, '0')}`,
      paidType,
      payType,
    };
    return bill.payment;
  }
}
