import { CLOSED_PARK } from '../codes.ts';
import { DATA_SOURCE, fen, instant, picture, RECORD } from '../field.ts';
import { doubt, type Finding, finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import type { Fields } from '../message.ts';
import { agreesFaults, backwardFault, futureFault } from '../rules.ts';

const AMOUNTS = ['shouldPay', 'actualPay', 'agioMoney'];

function amountFaults(fields: Fields, isClosed: boolean): Finding[] {
  const missing = AMOUNTS.filter((name) => fields[name] === undefined);
  if (missing.length > 0) {
    const detail = `${missing.join(', ')} missing`;
    if (isClosed) return [finding('presence', `${detail} in a closed car park`, missing[0] ?? null)];
    return missing.length < AMOUNTS.length ? [doubt('presence', detail, missing[0] ?? null)] : [];
  }
  const [should = 0, actual = 0, agio = 0] = AMOUNTS.map((name) => Number(fields[name]));
  return some(
    should !== actual + agio && finding('sum', `shouldPay ${should} is not ${actual} + ${agio}`, 'shouldPay'),
    [should, actual, agio].some((amount) => amount < 0) && finding('sum', 'an amount below 0'),
  );
}

/** 6.3.8: a vehicle left. Never twice. */
export const parkRecordExit: UpInterface = {
  name: 'parkRecordExit',
  fields: [
    ...[...RECORD, instant('exitTime'), picture('outFeaturePic'), picture('outPlatePic'), DATA_SOURCE],
    ...AMOUNTS.map(fen),
  ],
  kind: 'record',
  key: ({ recordCode = '' }) => recordCode,
  subject: ({ berthCode = '' }) => berthCode,
  relations({ fields, at }, state) {
    const record = state.records.get(fields['recordCode'] ?? '');
    return some(
      futureFault('exitTime', fields, at),
      backwardFault(fields),
      !record?.entry && !state.missed && doubt('unknown-record', `nobody told of the entry of ${fields['recordCode']}`),
      ...amountFaults(fields, state.carPark?.['rsType'] === CLOSED_PARK),
      ...(record?.entry ? agreesFaults(fields, record.known) : []),
    );
  },
  process({ fields }, state) {
    const record = state.recordOf(fields['recordCode'] ?? '');
    record.exit = fields;
    record.known = { ...record.known, ...fields, ...record.updates.at(-1) };
  },
};
