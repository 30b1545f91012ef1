import { doubt, type Finding, finding, some } from '../finding.ts';
import { isObject, type JsonObject, textOf } from '../json.ts';
import type { State } from '../state.ts';
import type { DownAnswer } from './answers.ts';
import type { DownName } from './tables.ts';

type Sense = (sent: JsonObject, data: JsonObject, state: State) => Finding[];

const plain = (plate: unknown): string => String(plate ?? '').replaceAll(/[\s·]/g, '');

/** A field of the answer repeats one of the request. */
function echoes(sent: JsonObject, data: JsonObject, name: string): Finding | undefined {
  return String(data[name]) === String(sent[name])
    ? undefined
    : finding('answer', `${name} is ${JSON.stringify(data[name])} instead of ${JSON.stringify(sent[name])}`, name);
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const rows = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Parameters that would open a gate by themselves. */
const OPENERS: readonly (readonly [string, string])[] = [
  ['chargeOverTimeAutoOpen', '0'],
  ['alarmGateType', '1'],
];
const HEAD: readonly string[] = ['accessKey', 'timestamp', 'signature'];

const SENSE: Partial<Record<DownName, Sense>> = {
  onlinePay: (sent, data) => some(echoes(sent, data, 'recordCode')),
  orderPush: (sent, data) => some(echoes(sent, data, 'orderCode')),
  feeQuery(sent, data, { records, now, pace }) {
    const [should, agio, paid, need] = ['shouldPay', 'agioMoney', 'paidMoney', 'needPay'].map((name) =>
      Number(data[name]),
    );
    const due = Math.max(0, (should ?? 0) - (agio ?? 0) - (paid ?? 0));
    const known = records.get(String(sent['recordCode']))?.known;
    const offered = rows(sent['couponList']).map((coupon) => textOf(coupon, 'usercouponId'));
    const used = texts(data['usedCoupons']);
    const { queryTime } = data;
    return some(
      echoes(sent, data, 'recordCode'),
      need !== due && finding('sum', `needPay ${need} is not ${should} - ${agio} - ${paid}`, 'needPay'),
      (agio ?? 0) > (should ?? 0) && finding('sum', `agioMoney ${agio} of ${should}`, 'agioMoney'),
      ...used
        .filter((coupon) => !offered.includes(coupon))
        .map((coupon) => finding('answer', `${coupon} was not offered`, 'usedCoupons')),
      new Set(used).size !== used.length && finding('answer', 'a coupon is used twice', 'usedCoupons'),
      used.length > 0 && agio === 0 && doubt('sum', 'coupons are used, and agioMoney is 0', 'usedCoupons'),
      known &&
        plain(known['plateNumber']) !== plain(data['plateNumber']) &&
        finding('answer', `plateNumber is ${JSON.stringify(data['plateNumber'])}`, 'plateNumber'),
      known &&
        known['entryTime'] !== String(data['entryTime']) &&
        finding('answer', `entryTime is ${JSON.stringify(data['entryTime'])}`, 'entryTime'),
      typeof queryTime === 'number' &&
        pace.windowMs > 0 &&
        Math.abs(queryTime - now()) > pace.windowMs &&
        finding('time', `queryTime is ${Math.round((queryTime - now()) / 1_000)} s from now`, 'queryTime'),
    );
  },
  gateStatus: (sent, data) => some(echoes(sent, data, 'barCode')),
  prepaidOrderChange(sent, data) {
    const orders = rows(sent['orderList']);
    const results = rows(data['results']);
    return some(
      results.length !== orders.length &&
        finding('answer', `${results.length} results of ${orders.length} orders`, 'results'),
      ...orders.map((order) => {
        const { orderId } = order;
        const result = results.find((one) => one['orderId'] === orderId);
        if (!result) return finding('answer', `no result of ${String(orderId)}`, 'results');
        if (typeof result['code'] !== 'number' || typeof result['msg'] !== 'string')
          return finding('type', `result of ${String(orderId)} has no code or msg`, 'results');
        const isReserved = rows(order['items']).some((item) => Number(item['operateType']) === 0);
        return isReserved && result['code'] !== 400
          ? finding('answer', `operateType 0 of ${String(orderId)} is answered ${result['code']}`, 'results')
          : undefined;
      }),
    );
  },
  parkConfig(sent, data, { autoOpenAllowed }) {
    const names = Object.keys(sent).filter((name) => !HEAD.includes(name) && sent[name] !== null);
    const [applied, ignored] = [texts(data['applied']), texts(data['ignored'])];
    return some(
      ...names
        .filter((name) => Number(applied.includes(name)) + Number(ignored.includes(name)) !== 1)
        .map((name) => finding('answer', `${name} is not in exactly one of applied and ignored`, name)),
      ...[...applied, ...ignored]
        .filter((name) => !names.includes(name))
        .map((name) => finding('answer', `${name} was not sent`, name)),
      ...OPENERS.map(
        ([name, value]) =>
          !autoOpenAllowed &&
          String(sent[name]) === value &&
          applied.includes(name) &&
          finding('answer', `${name} ${value} is applied, and the site does not allow it`, name),
      ),
    );
  },
  blackWhiteDown: (sent, data) =>
    some(
      plain(sent['plateNumber']) !== plain(data['plateNumber']) &&
        finding('answer', `plateNumber is ${JSON.stringify(data['plateNumber'])}`, 'plateNumber'),
    ),
  freeTimeDown: (sent, data) => some(echoes(sent, data, 'recordCode')),
  monthCard: (sent, data) => some(echoes(sent, data, 'msRecordId')),
  recordUploadNotice: (sent, data, { records }) => {
    const record = records.get(String(sent['recordCode']));
    return some(
      echoes(sent, data, 'recordCode'),
      data['found'] === false &&
        Boolean(record?.entry ?? record?.exit) &&
        finding('record', 'it told of that record', 'found'),
    );
  },
};

/** Whether an answer of code 0 agrees with its request and with what is known. */
export function senseFaults(name: DownName, sent: JsonObject, answer: DownAnswer, state: State): Finding[] {
  return answer.code === 0 ? (SENSE[name]?.(sent, answer.data, state) ?? []) : [];
}
