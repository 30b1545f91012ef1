import { code, count, int, text } from '../field.ts';
import { finding, some } from '../finding.ts';
import { textOf } from '../json.ts';
import { type DownInterface, define, FROM, mayDate, mayInt, must, mustDate, mustInt, TO } from './define.ts';

const ID = int('bookId', { also: ['bookid'] });
const MOST = 5;

/** 下行5. */
export const BOOK: readonly DownInterface[] = [
  define('AddBookingCar', {
    ...{ controller: 'ParkingBook', legacy: 'book', single: true },
    request: [
      ...[must('plateNo'), mustInt('preMoney'), mustDate('validFrom', FROM), mustDate('validTo', TO)],
      ...[mustInt('bookType', { command: [0, 1] }), mayInt('promptly', { command: [0, 1] })],
    ],
    rows: [ID],
  }),
  define('ModifyBookingCar', {
    ...{ controller: 'ParkingBook', legacy: 'book', single: true },
    request: [
      ...[mustInt('bookid', { others: ['bookId'] }), mayDate('validFrom', FROM), mayDate('validTo', TO)],
      ...[mayInt('bookType', { command: [0, 1] }), mustInt('modifyType', { command: [0, 1] })],
      mayInt('promptly', { command: [0, 1] }),
    ],
    rows: [ID],
  }),
  define('GetBookingCar', {
    ...{ controller: 'ParkingBook', legacy: 'book' },
    request: [must('plateNo')],
    rows: [
      ...[ID, text('plateNo'), count('preMoney'), text('validFrom', { format: 'dash', also: ['ValidFrom'] })],
      ...[text('validTo', { format: 'dash', also: ['ValidTo'] }), code('bookType', 'zeroOne')],
      code('isCarIn', 'zeroOne'),
    ],
    relations: (fields, rows) =>
      some(
        rows.length > MOST && finding('paging', `${rows.length} rows instead of at most ${MOST}`),
        rows.some((row) => row['plateNo'] !== fields['plateNo']) && finding('paging', 'rows of another plate'),
        rows.some((row, at) => at > 0 && textOf(row, 'validFrom') < textOf(rows[at - 1] ?? {}, 'validFrom')) &&
          finding('order', 'rows are not in order of validFrom'),
      ),
  }),
];
