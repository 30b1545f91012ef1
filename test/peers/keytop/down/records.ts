import { CARD, code, dash, list, maybe, text } from '../field.ts';
import { type Finding, finding, some } from '../finding.ts';
import { type JsonObject, rowsOf, textOf } from '../json.ts';
import { momentOf } from '../wire-time.ts';
import { type DownInterface, define, may, must, mustDate, mustInt } from './define.ts';

const PAGE = [mustDate('startTime'), mustDate('endTime'), mustInt('pageIndex'), mustInt('pageCount')];

const DETAIL = [
  text('id'),
  maybe('plateNo'),
  text('entryTime', { format: 'slash' }),
  text('entryPlace'),
  text('leaveTime', { format: 'slash' }),
  text('leavePlace'),
  maybe('imgName', { format: 'url' }),
  text('payable', { format: 'digits' }),
  maybe('cashUser'),
  text('cashTime', { format: 'slash' }),
];

const ROWS = [text('totalNum', { format: 'digits' }), list('detail', DETAIL)];

/** Pages that add up, rows within what was asked for, in order. */
function pageFaults(fields: JsonObject, rows: readonly JsonObject[], parts: readonly string[]): Finding[] {
  const [row] = rows;
  if (!row) return [];
  const detail = rowsOf(row['detail']);
  const total = Number(row['totalNum']);
  const [size, page] = ['pageCount', 'pageIndex'].map((name) => Number(fields[name]));
  const due = Math.max(0, Math.min(size ?? 0, total - ((page ?? 1) - 1) * (size ?? 0)));
  const [from, to] = ['startTime', 'endTime'].map((name) => momentOf(textOf(fields, name)));
  const left = detail.map((one) => momentOf(textOf(one, 'leaveTime')));
  const foreign = parts.find((name) => {
    const part = textOf(fields, name);
    return part !== '' && detail.some((one) => !textOf(one, name).includes(part));
  });
  return some(
    detail.length !== due && finding('paging', `page ${page} of ${total} has ${detail.length} rows instead of ${due}`),
    left.some((at, index) => at < (left[index - 1] ?? 0)) && finding('order', 'rows are not in order of leaveTime'),
    left.some((at) => at < (from ?? 0) || at > (to ?? 0)) && finding('paging', 'a row is not of the time asked for'),
    new Set(detail.map((one) => one['id'])).size !== detail.length && finding('paging', 'a row is there twice'),
    foreign !== undefined && finding('paging', `rows of another ${foreign} than asked for`, foreign),
  );
}

/** 下行1. */
export const RECORDS: readonly DownInterface[] = [
  define('GetCarInOutInfoByPlate', {
    ...{ controller: 'ParkingInfo', legacy: 'pay2', single: true },
    request: [must('plateNo'), ...PAGE],
    rows: ROWS,
    relations: (fields, rows) => pageFaults(fields, rows, ['plateNo']),
  }),
  define('GetCarInOutInfoByPlace', {
    ...{ controller: 'ParkingInfo', legacy: 'pay2', single: true },
    request: [may('entryPlace'), may('leavePlace'), ...PAGE],
    rows: ROWS,
    relations: (fields, rows) => pageFaults(fields, rows, ['entryPlace', 'leavePlace']),
  }),
  define('SearchParkingInfo', {
    ...{ controller: 'ParkingInfo', legacy: 'pay2' },
    request: [may('plateNo'), may('cardNo')],
    rows: [
      ...[maybe('plateNo'), CARD, dash('entryTime'), text('entryPlace')],
      ...[code('carType', 'carType'), maybe('imgName', { format: 'url' })],
    ],
    relations: (fields, rows) =>
      some(
        rows.some((row) => !textOf(row, 'plateNo').includes(textOf(fields, 'plateNo'))) &&
          finding('paging', 'rows of another plate than asked for', 'plateNo'),
        textOf(fields, 'cardNo') !== '' &&
          rows.some((row) => row['cardNo'] !== fields['cardNo']) &&
          finding('paging', 'rows of another card than asked for', 'cardNo'),
      ),
  }),
];
