import type { Books, Entered } from './books.ts';
import type { BookName } from './field.ts';
import type { WireObject } from './lossless-json.ts';

/** By which of its times a record belongs to a day (四(二)1). */
const TIMES: Readonly<Record<BookName, string>> = {
  entries: 'arriveTime',
  exits: 'endTime',
  payments: 'dealTime',
  photos: 'time',
};

/** The day `yyyy-MM-dd` of a record of that book. */
export function dayOf(book: BookName, record: WireObject): string {
  return String(record[TIMES[book]]).slice(0, 10);
}

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
