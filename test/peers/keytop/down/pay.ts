import { CARD, code, count, dash, maybe, text } from '../field.ts';
import { doubt, finding, some } from '../finding.ts';
import { numberOf, textOf } from '../json.ts';
import { momentOf } from '../wire-time.ts';
import { type DownInterface, define, may, mayInt, must, mustDate, mustInt, packedParameter } from './define.ts';

const ABNORMAL = '1972-01-01 00:00:00';
const HALF_MINUTE_MS = 30_000;
const echo = (fields: Readonly<Record<string, unknown>>, rows: readonly Readonly<Record<string, unknown>>[]) =>
  some(
    rows.some((row) => row['orderNo'] !== fields['orderNo']) &&
      finding('answer', 'orderNo is not the one that was asked for', 'orderNo'),
  );

/** 下行3. */
export const PAY: readonly DownInterface[] = [
  define('GetParkingPaymentInfo', {
    ...{ controller: 'ParkingPay', legacy: 'pay2', old: true, single: true },
    request: [may('plateNo'), may('cardNo'), may('deviceCode')],
    rows: [
      ...[text('orderNo'), maybe('plateNo'), CARD, dash('entryTime'), dash('payTime'), count('elapsedTime')],
      ...[maybe('imgName', { format: 'url' }), count('payable'), count('delayTime')],
      ...[text('totalFee', { format: 'digits' }), text('payedFee', { format: 'digits' }), dash('outTime')],
    ],
    relations(_fields, [row]) {
      if (!row) return [];
      const due = Math.max(0, Number(row['totalFee']) - Number(row['payedFee']));
      const payable = numberOf(row, 'payable');
      const parked = momentOf(textOf(row, 'outTime')) - momentOf(textOf(row, 'entryTime'));
      return some(
        payable !== due &&
          finding('sum', `payable ${payable} of ${textOf(row, 'totalFee')} less ${textOf(row, 'payedFee')}`, 'payable'),
        Math.abs(numberOf(row, 'elapsedTime') * 60_000 - parked) > HALF_MINUTE_MS + 1_000 &&
          finding('sum', `elapsedTime ${numberOf(row, 'elapsedTime')} for ${parked / 1_000} s`, 'elapsedTime'),
      );
    },
  }),
  define('PayParkingFee', {
    ...{ controller: 'ParkingPay', legacy: 'pay2', old: true, single: true },
    request: [
      must('orderNo'),
      ...['amount', 'discount', 'payType', 'payMethod', 'freeMoney', 'freeTime'].map((name) => mustInt(name)),
      packedParameter('freeDetail', false, { printed: 'array' }),
    ],
    rows: [count('parkingTime')],
  }),
  define('ParkingFree', {
    ...{ controller: 'ParkingPay', single: true },
    request: [
      ...[may('plateNo'), may('cardNo'), mayInt('freeMoney'), mayInt('freeTime')],
      ...[mustInt('payType'), mustInt('payMethod'), may('remark')],
    ],
    rows: [text('orderNo')],
  }),
  define('GetPaymentStatus', {
    ...{ controller: 'ParkingPay', legacy: 'pay2', single: true },
    request: [must('orderNo')],
    rows: [text('status', { codes: 'zeroOne' })],
  }),
  define('GetPayChargeInfo', {
    ...{ controller: 'ParkingPay', legacy: 'pay2', single: true },
    request: [must('orderNo')],
    rows: [
      ...[text('orderNo'), maybe('plateNo'), CARD, dash('comeTime'), count('payMoney'), count('paidAmount')],
      code('ifCharge', 'zeroOne'),
    ],
    relations: (fields, rows) => [
      ...echo(fields, rows),
      ...some(
        rows.some((row) => numberOf(row, 'paidAmount') <= numberOf(row, 'payMoney')) &&
          doubt('sum', 'there is no change to give', 'paidAmount'),
      ),
    ],
  }),
  define('PayChargeNotice', {
    ...{ controller: 'ParkingPay', legacy: 'pay2', single: true },
    request: [
      must('orderNo'),
      must('chargeType', { codes: 'zeroOne' }),
      may('UserAccount', { others: ['userAccount'] }),
    ],
    rows: [text('orderNo')],
    relations: echo,
  }),
  define('PayChargeReport', {
    ...{ controller: 'ParkingPay', legacy: 'pay2' },
    request: [mustDate('startTime'), mustDate('endTime'), mustInt('pageIndex'), mustInt('pageCount')],
    rows: [
      ...[text('orderNo'), maybe('plateNo'), CARD, dash('entryTime'), count('payMoney'), count('paidAmount')],
      ...[code('ifCharge', 'zeroOne'), maybe('chargeType', { codes: 'zeroOne' })],
      ...[maybe('UserAccount', { also: ['userAccount'] }), dash('paidTime')],
      ...[dash('chargeTime', { mayBeEmpty: true }), maybe('remark')],
    ],
    relations(fields, rows) {
      const [from, to] = ['startTime', 'endTime'].map((name) => momentOf(textOf(fields, name)));
      const paid = rows.map((row) => momentOf(textOf(row, 'paidTime')));
      return some(
        rows.length > Number(fields['pageCount']) && finding('paging', `${rows.length} rows on one page`),
        rows.some((row) => (row['ifCharge'] === 1) !== (row['chargeTime'] !== '')) &&
          finding('answer', 'ifCharge and chargeTime contradict each other', 'chargeTime'),
        rows.some((row) => (row['ifCharge'] === 1) !== (row['chargeType'] !== '')) &&
          finding('answer', 'ifCharge and chargeType contradict each other', 'chargeType'),
        rows.some(
          (row, at) => row['ifCharge'] === 1 && ((paid[at] ?? 0) < (from ?? 0) || (paid[at] ?? 0) > (to ?? 0)),
        ) && finding('paging', 'a row that is done is not of the time asked for', 'paidTime'),
        paid.some((at, index) => at < (paid[index - 1] ?? 0)) && finding('order', 'rows are not in order of paidTime'),
        rows.some((row) => textOf(row, 'entryTime') > textOf(row, 'paidTime') && row['entryTime'] !== ABNORMAL) &&
          finding('time', 'cash before the entry', 'paidTime'),
      );
    },
  }),
];
