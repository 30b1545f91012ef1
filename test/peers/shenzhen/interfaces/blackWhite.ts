import { ACCESS_KEY, coded, type Field, maybe, PARK_CODE, SIGNATURE_FIELD, text } from '../field.ts';
import { finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';

const date = (name: string): Field => ({ name, type: 'Long', required: false, format: 'date' });

/** 6.3.6: a list entry was made or changed at the car park. */
export const blackWhite: UpInterface = {
  name: 'blackWhite',
  fields: [
    ...[ACCESS_KEY, text('blackWhiteCode', 32), PARK_CODE, text('plateNumber', 20)],
    ...[coded('plateColor', 'plateColor'), coded('carType', 'carType'), coded('strategyType', 'strategyType')],
    ...[date('beginDate'), date('endDate'), maybe('strategyFrom', 50), SIGNATURE_FIELD],
  ],
  kind: 'static',
  key: ({ blackWhiteCode = '' }) => blackWhiteCode,
  subject: ({ blackWhiteCode = '' }) => blackWhiteCode,
  relations({ fields: { beginDate, endDate } }) {
    const isBackward = beginDate !== undefined && endDate !== undefined && endDate < beginDate;
    return some(isBackward && finding('time', 'endDate is before beginDate', 'endDate'));
  },
  process({ fields }, { lists }) {
    lists.set(fields['blackWhiteCode'] ?? '', fields);
  },
};
