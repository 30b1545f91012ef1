import { z } from 'zod';

const moment = z.string();
const stay = { uid: z.string() };

/** The four kinds of record that the platform keeps books of, and what identifies one of each. */

/** One record as it was, or is to be, sent. */
export interface BookRecord {
  readonly uid: string;
  readonly id: string;
  /** `yyyy-MM-dd HH:mm:ss`; the platform counts it on this day. */
  readonly time: string;
  readonly amountFen: number | null;
}

export interface Book {
  readonly message: 'uploadCarInData' | 'uploadCarOutData' | 'uploadPayRecord' | 'uploadPhoto';
  /** `type` of downloadUID. */
  readonly type: 0 | 1 | 2 | 3;
  readonly word: string;
  /** Bit of accountMark; photos have a mark of their own. */
  readonly mark: 1 | 2 | 4 | null;
  /** The sum of its amounts is compared, too. */
  readonly money: boolean;
  readonly schema: z.ZodType<BookRecord>;
}

export const ENTRIES: Book = {
  message: 'uploadCarInData',
  type: 0,
  ...{ word: '入场', mark: 1, money: false },
  schema: z
    .object({ ...stay, arriveID: z.string(), arriveTime: moment })
    .transform(({ uid, arriveID, arriveTime }) => ({ uid, id: arriveID, time: arriveTime, amountFen: null })),
};
export const EXITS: Book = {
  message: 'uploadCarOutData',
  type: 1,
  ...{ word: '离场', mark: 2, money: false },
  schema: z
    .object({ ...stay, endID: z.string(), endTime: moment })
    .transform(({ uid, endID, endTime }) => ({ uid, id: endID, time: endTime, amountFen: null })),
};
export const BILLS: Book = {
  message: 'uploadPayRecord',
  type: 2,
  ...{ word: '账单', mark: 4, money: true },
  schema: z
    .object({ ...stay, billID: z.string(), dealTime: moment, actualPay: z.int() })
    .transform(({ uid, billID, dealTime, actualPay }) => ({ uid, id: billID, time: dealTime, amountFen: actualPay })),
};
export const PHOTOS: Book = {
  message: 'uploadPhoto',
  type: 3,
  ...{ word: '照片', mark: null, money: false },
  schema: z
    .object({ ...stay, photoID: z.string(), time: moment })
    .transform(({ uid, photoID, time }) => ({ uid, id: photoID, time, amountFen: null })),
};
export const BOOKS: readonly Book[] = [ENTRIES, EXITS, BILLS, PHOTOS];

export const dayOf = (record: BookRecord): string => record.time.slice(0, 10);

export const bookOf = (message: string): Book | undefined => BOOKS.find((book) => book.message === message);
