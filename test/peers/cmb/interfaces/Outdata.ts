import { collectedFor, named } from '../books.ts';
import { type ChargeItem, chargeItemFaults, chargeItemsOf } from '../charge-items.ts';
import { CMB_PAYMENT } from '../codes.ts';
import * as f from '../field.ts';
import { doubt, type Finding, finding } from '../finding.ts';
import { DONE, differences, type Request, type UpInterface } from '../interface.ts';
import type { State } from '../state.ts';

/** 招行支付 that the bank knows nothing of, or knows otherwise. */
function moneyFaults(items: readonly ChargeItem[], recordId: string, state: State): Finding[] {
  const collected = collectedFor(recordId, state.orders);
  const known = items.flatMap((item): Finding[] => {
    if (item.pay_type !== CMB_PAYMENT) return [];
    const taken = named(collected, item.seq_num);
    if (!taken) return [finding('money', `${recordId} was not paid by ${item.seq_num} here`, 'charge_items')];
    if (taken.amount === item.actual_pay) return [];
    return [finding('money', `${item.seq_num} brought ${taken.amount}, told are ${item.actual_pay}`, 'charge_items')];
  });
  const told = items.filter((item) => item.pay_type === CMB_PAYMENT).map(({ seq_num }) => named(collected, seq_num));
  const twice = told.filter((taken, at) => taken && told.indexOf(taken) !== at);
  return [...known, ...twice.map((taken) => finding('money', `${taken?.order} is told twice`, 'charge_items'))];
}

function objections({ fields }: Request, state: State): Finding[] {
  const recordId = fields['record_id'] ?? '';
  const record = state.records.of(recordId);
  const found = moneyFaults(chargeItemsOf(fields['charge_items']), recordId, state);
  if (!record?.entry) {
    if (!state.records.wasTried('Indata', recordId))
      found.push(finding('order', `Outdata of ${recordId} came before its Indata`, 'record_id'));
    return found;
  }
  const differs = (name: string, before: string | number): Finding[] =>
    fields[name] === String(before) ? [] : [doubt('relation', `${name} was ${before}, is ${fields[name]}`, name)];
  found.push(...differs('vpl_number', record.plate), ...differs('in_time', record.inTime));
  found.push(...differs('in_code', record.inCode));
  if (record.exit && differences(record.exit.fields, fields).length > 0)
    found.push(finding('order', `a second Outdata of ${recordId} says something else`, 'record_id'));
  return found;
}

/** 5.4 出车上报. `charge_items` must agree with what the bank itself collected. */
export const Outdata: UpInterface = {
  name: 'Outdata',
  section: '5.4',
  fields: [
    f.PARK_CODE,
    f.gate('in_code'),
    f.gate('out_code'),
    f.PLATE,
    f.RECORD_ID,
    f.seconds('in_time'),
    f.seconds('out_time'),
    f.text('charge_items'),
  ],
  relations: [
    ({ charge_items }, now) => chargeItemFaults(charge_items, now),
    ({ in_time, out_time }) =>
      Number(out_time) < Number(in_time) ? [finding('relation', `left at ${out_time}, entered at ${in_time}`)] : [],
  ],
  repeats: ({ fields }, { records }) => {
    const exit = records.of(fields['record_id'] ?? '')?.exit;
    return exit ? differences(exit.fields, fields) : undefined;
  },
  objections,
  process: ({ fields, at }, { records }) => {
    const { record_id = '', vpl_number: plate = '', in_code, in_time, out_code, out_time, charge_items } = fields;
    const told = { plate, inCode: Number(in_code), inTime: Number(in_time) };
    const record = records.of(record_id) ?? records.add(record_id, told);
    record.exit ??= {
      ...{ at, fields, plate },
      ...{ outCode: Number(out_code), outTime: Number(out_time), chargeItems: chargeItemsOf(charge_items) },
    };
    return { answer: DONE };
  },
};
