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
  return timeOf(book, record).slice(0, 10);
}

/** The time by which it belongs there, `yyyy-MM-dd HH:mm:ss`. */
export function timeOf(book: BookName, record: WireObject): string {
  return String(record[TIMES[book]]);
}
