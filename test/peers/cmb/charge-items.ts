import { CODES } from './codes.ts';
import { doubt, type Finding, finding } from './finding.ts';
import { isObject, isWhole, parseJson, readJson, some, strangersIn, textFault, wholeFault } from './json-text.ts';
import { secondsFault } from './validate.ts';

/** One payment of a stay, as Outdata tells it (5.4). */
export interface ChargeItem {
  readonly should_pay: number;
  readonly actual_pay: number;
  readonly pay_type: number;
  readonly toll_collector: string;
  readonly seq_num: string;
  readonly time: number;
}

const NAMES = ['should_pay', 'actual_pay', 'pay_type', 'toll_collector', 'seq_num', 'time'];
const TYPES: readonly number[] = CODES.pay_type;

function itemFaults(item: unknown, at: number, now: number): Finding[] {
  const where = `charge_items[${at}]`;
  if (!isObject(item)) return [finding('json', `${where} is not an object`, 'charge_items')];
  const { should_pay, actual_pay, pay_type, time } = item;
  const late = isWhole(time) ? secondsFault(time, now) : undefined;
  return [
    ...some(
      wholeFault(`${where}.should_pay`, should_pay),
      wholeFault(`${where}.actual_pay`, actual_pay),
      wholeFault(`${where}.pay_type`, pay_type),
      textFault(`${where}.toll_collector`, item['toll_collector'], true),
      textFault(`${where}.seq_num`, item['seq_num']),
      wholeFault(`${where}.time`, time),
      late === undefined ? undefined : finding('time', `${where}.time ${late}`, 'charge_items'),
      isWhole(pay_type) && !TYPES.includes(pay_type)
        ? finding('code', `${where}.pay_type is not a code: ${pay_type}`, 'charge_items')
        : undefined,
      isWhole(should_pay) && isWhole(actual_pay) && actual_pay > should_pay
        ? doubt('relation', `${where} took ${actual_pay} for ${should_pay}`, 'charge_items')
        : undefined,
    ),
    ...strangersIn(item, NAMES, where),
  ];
}

/** What is wrong with a `charge_items` text; `[]` is right. */
export function chargeItemFaults(text: string | undefined, now: number): Finding[] {
  if (text === undefined || text === '') return [];
  const { value, findings } = readJson('charge_items', text);
  if (value === undefined) return findings;
  if (!Array.isArray(value)) return [finding('json', 'charge_items is not an array', 'charge_items')];
  const seen = value.map((item) => (isObject(item) ? `${String(item['pay_type'])} ${String(item['seq_num'])}` : ''));
  const twice = seen.filter((key, at) => key !== '' && seen.indexOf(key) !== at);
  return [
    ...findings,
    ...value.flatMap((item, at) => itemFaults(item, at, now)),
    ...twice.map((key) => finding('money', `charge_items tells ${key} twice`, 'charge_items')),
  ];
}

/** The items of a text, as far as they can be read as such. */
export function chargeItemsOf(text: string | undefined): ChargeItem[] {
  const value = parseJson(text ?? '');
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).map((item) => ({
    should_pay: Number(item['should_pay']),
    actual_pay: Number(item['actual_pay']),
    pay_type: Number(item['pay_type']),
    toll_collector: String(item['toll_collector']),
    seq_num: String(item['seq_num']),
    time: Number(item['time']),
  }));
}
