import { DATA_SOURCE, picture, RECORD } from '../field.ts';
import { doubt, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { futureFault } from '../rules.ts';

/** 6.3.7: a vehicle entered. Told again, the latest wins. */
export const parkRecordEntry: UpInterface = {
  name: 'parkRecordEntry',
  fields: [...RECORD, picture('inFeaturePic'), picture('inPlatePic'), DATA_SOURCE],
  kind: 'record',
  key: ({ recordCode = '' }) => recordCode,
  subject: ({ berthCode = '' }) => berthCode,
  relations: ({ fields, at }, { carPark, missed }) =>
    some(
      futureFault('entryTime', fields, at),
      !carPark && !missed && doubt('order', 'nobody told of the car park (park) before its entries'),
    ),
  process({ fields }, state) {
    const record = state.recordOf(fields['recordCode'] ?? '');
    record.entry = fields;
    record.known = { ...fields, ...record.updates.at(-1) };
  },
};
