import type { Books, Entered } from './books.ts';
import type { BookName } from './field.ts';
import { dayOf, timeOf } from './record-time.ts';
import { instantOf } from './wall-clock.ts';

/** What a book holds of a day, in order of arrival. */
export function ofDay(books: Books, book: BookName, day: string): Entered[] {
  return [...books[book].values()].filter(({ record }) => dayOf(book, record) === day);
}

/** The five figures of uploadCheckRecord. */
export interface DayFigures {
  readonly arriveNum: number;
  readonly leaveNum: number;
  readonly photoNum: number;
  readonly payNum: number;
  /** Sum of actualPay, fen. */
  readonly payTotal: number;
}

/** The platform's own figures of a day. */
export function figuresOf(books: Books, day: string): DayFigures {
  const payments = ofDay(books, 'payments', day);
  return {
    arriveNum: ofDay(books, 'entries', day).length,
    leaveNum: ofDay(books, 'exits', day).length,
    photoNum: ofDay(books, 'photos', day).length,
    payNum: payments.length,
    payTotal: payments.reduce((total, { record }) => total + Number(record.actualPay), 0),
  };
}

/** A record that took long. */
export interface Delayed {
  readonly book: BookName;
  readonly uid: string;
  readonly id: string;
  /** From the record's own time, a whole second, to its arrival. */
  readonly ms: number;
}

/** The records that came more than so long after their own time. */
export function delayedIn(books: Books, limitMs = 5_000): Delayed[] {
  return (['entries', 'exits', 'payments', 'photos'] as const).flatMap((book) =>
    [...books[book].values()].flatMap(({ uid, id, at, record, planted }) => {
      const ms = at - instantOf(timeOf(book, record));
      return ms > limitMs && !planted ? [{ book, uid, id, ms }] : [];
    }),
  );
}
