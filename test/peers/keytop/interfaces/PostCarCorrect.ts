import { count, PARK, PLATE, slash, text } from '../field.ts';
import { doubt, type Finding, finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { numberOf, textOf } from '../json.ts';
import type { Deduction } from '../stays.ts';
import { DONE } from '../style.ts';

function against(deduction: Deduction): Finding[] {
  const { outcome, stay } = deduction;
  return some(
    (outcome === 'taken' || outcome === 'refused') &&
      finding('reversal', `reversed although the car park was told plainly: ${outcome}`, 'totalMoney'),
    stay.exits.length === 0 && doubt('reversal', 'reversed before anybody told that the car has left'),
  );
}

/** 上行2.6: a deduction whose outcome the car park could not know is undone. */
export const PostCarCorrect: UpInterface = {
  name: 'PostCarCorrect',
  fields: [PARK, PLATE, slash('entryTime'), slash('leaveTime'), count('totalMoney'), text('leavePlace')],
  ...{ kind: 'report', ordered: true },
  key: (fields) =>
    ['plateNo', 'entryTime', 'leaveTime', 'leavePlace'].map((name) => textOf(fields, name)).join('|') +
    `|${numberOf(fields, 'totalMoney')}`,
  relations({ fields }, state) {
    const deduction = state.stays.deduction(fields);
    if (deduction) return against(deduction);
    // A request that was lost on its way is reversed all the same.
    const lost = [...state.told.values()].some(
      (told) =>
        told.interface === 'PostCarOutInfo' &&
        ['plateNo', 'entryTime', 'leaveTime', 'totalMoney', 'leavePlace'].every(
          (name) => told.fields[name] === fields[name],
        ),
    );
    return some(!lost && !state.missed && finding('reversal', 'no PostCarOutInfo has the same times, amount and exit'));
  },
  process({ fields }, state) {
    const deduction = state.stays.deduction(fields);
    if (deduction) {
      deduction.reversed = true;
      for (const charge of state.charges.all)
        if (charge.deduction === deduction && charge.state !== 'reversed') {
          charge.state = 'reversed';
          state.customers.refund(charge.customer, charge.amount);
        }
    }
    return { answer: DONE };
  },
};
