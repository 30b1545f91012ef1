import { doubt, type Finding, finding } from './finding.ts';
import { isObject, isWhole, type JsonObject, some, strangersIn, textFault, wholeFault } from './json-text.ts';
import type { Records } from './records.ts';
import type { Fields } from './sign.ts';
import { secondsFault } from './validate.ts';

/** An order, as calc answers it (4.1). */
export interface Fee {
  /** Empty when a no-plate query finds nobody at the exit. */
  readonly plate: string;
  readonly recordId: string;
  readonly billId: string;
  readonly inTime: number;
  readonly outTime: number;
  /** seconds */
  readonly duration: number;
  /** fen */
  readonly total: number;
  readonly due: number;
  readonly paid: number;
  readonly discounts: readonly { readonly unit: number; readonly name: string; readonly value: number }[];
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The order of an answer with status 0; its faults are told by {@link feeFaults}. */
export function feeOf(data: JsonObject): Fee {
  const charge = isObject(data['charge']) ? data['charge'] : {};
  return {
    plate: wordOf(data['vpl_number']),
    recordId: wordOf(data['record_id']),
    billId: wordOf(data['bill_id']),
    ...{ inTime: Number(data['in_time']), outTime: Number(data['out_time']), duration: Number(data['duration']) },
    ...{ total: Number(charge['total_price']), due: Number(charge['should_pay']), paid: Number(charge['paid']) },
    discounts: listOf(data['discount'])
      .filter(isObject)
      .map(({ unit, name, value }) => ({ unit: Number(unit), name: wordOf(name), value: Number(value) })),
  };
}

const NAMES = ['vpl_number', 'record_id', 'bill_id', 'in_time', 'out_time', 'duration', 'charge', 'discount'];
const CHARGE = ['total_price', 'should_pay', 'paid'];

function discountFaults(value: unknown): Finding[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [finding('type', 'data.discount is not an array', 'discount')];
  return value.flatMap((item: unknown, at) => {
    const where = `data.discount[${at}]`;
    if (!isObject(item)) return [finding('type', `${where} is not an object`, 'discount')];
    const { unit, name, value: worth } = item;
    const known = unit === 0 || unit === 1 ? undefined : finding('code', `${where}.unit is ${JSON.stringify(unit)}`);
    return [
      ...some(known, textFault(`${where}.name`, name), wholeFault(`${where}.value`, worth)),
      ...strangersIn(item, ['unit', 'name', 'value'], where),
    ];
  });
}

function plateFaults(plate: unknown, asked: Fields): Finding[] {
  const wrong = textFault('data.vpl_number', plate, true);
  if (wrong) return [wrong];
  const { vpl_number: asksFor = '', out_code = '' } = asked;
  const [byPlate, byExit] = [asksFor !== '', out_code !== ''];
  if (byPlate && !byExit && plate !== asksFor)
    return [finding('relation', `asked for ${asksFor}, answered for ${JSON.stringify(plate)}`, 'vpl_number')];
  if (byExit && !byPlate && plate === '')
    return [finding('presence', 'an exit scan was answered without a plate', 'vpl_number')];
  return [];
}

const timeFault = (where: string, value: unknown, now: number): Finding | undefined => {
  const missing = wholeFault(where, value);
  if (missing || !isWhole(value)) return missing;
  const wrong = secondsFault(value, now);
  return wrong === undefined ? undefined : finding('time', `${where} ${wrong}`, where);
};

function sumFaults({ inTime, outTime, duration, total, due, paid, discounts }: Fee): Finding[] {
  const off = discounts.filter(({ unit }) => unit === 0).reduce((sum, { value }) => sum + value, 0);
  return some(
    outTime < inTime ? finding('relation', `out_time ${outTime} before in_time ${inTime}`, 'out_time') : undefined,
    outTime - inTime !== duration
      ? finding('relation', `duration ${duration}, from in_time to out_time ${outTime - inTime}`, 'duration')
      : undefined,
    due + paid > total ? doubt('relation', `${due} due and ${paid} paid of ${total}`, 'should_pay') : undefined,
    due > 0 && due + paid + off !== total
      ? doubt('relation', `${due} due, ${paid} paid and ${off} off are not ${total}`, 'should_pay')
      : undefined,
  );
}

/** Holds the data of a calc answer against 4.1, by its status. */
export function feeFaults(status: number, data: JsonObject | undefined, asked: Fields, now: number): Finding[] {
  if (status !== 0 && status !== 2) return [];
  if (!data) return [finding('presence', `calc answered ${status} without data`, 'data')];
  if (status === 2)
    return [
      ...plateFaults(data['vpl_number'], asked),
      ...Object.keys(data)
        .filter((name) => name !== 'vpl_number')
        .map((name) => doubt('unknown-field', `no order, yet data.${name}`, name)),
    ];
  const charge = data['charge'];
  const parts = isObject(charge) ? charge : {};
  const bill = data['bill_id'];
  const shape = [
    ...plateFaults(data['vpl_number'], asked),
    ...strangersIn(data, NAMES, 'data'),
    ...strangersIn(parts, CHARGE, 'data.charge'),
    ...some(
      textFault('data.record_id', data['record_id']),
      bill === undefined ? undefined : textFault('data.bill_id', bill, true),
      timeFault('data.in_time', data['in_time'], now),
      timeFault('data.out_time', data['out_time'], now),
      wholeFault('data.duration', data['duration']),
      isObject(charge) ? undefined : finding('presence', 'data.charge is no object', 'charge'),
      ...CHARGE.map((name) => wholeFault(`data.charge.${name}`, parts[name])),
    ),
    ...discountFaults(data['discount']),
  ];
  return shape.length > 0 ? shape : sumFaults(feeOf(data));
}

/** What the records have against an order that calc answered. */
export function feeDoubts({ recordId, inTime }: Fee, records: Records): Finding[] {
  const told = records.of(recordId)?.inTime;
  if (told === undefined || told === inTime) return [];
  return [doubt('relation', `${recordId} entered at ${told} by Indata, at ${inTime} by calc`, 'in_time')];
}
