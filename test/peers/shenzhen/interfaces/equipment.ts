import { ACCESS_KEY, CREATE_TIME, coded, NONCESTR, PARK_CODE, SIGNATURE_FIELD, text } from '../field.ts';
import { some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { createdFault } from '../rules.ts';

/** 6.3.3: a device was registered, or its state changed. */
export const equipment: UpInterface = {
  name: 'equipment',
  fields: [
    ...[text('equipmentCode', 36), ACCESS_KEY, coded('state', 'equipmentState'), PARK_CODE],
    ...[text('equipmentType', 4, { codes: 'equipmentType' }), CREATE_TIME, NONCESTR, SIGNATURE_FIELD],
  ],
  kind: 'static',
  volatile: ['createTime'],
  everyMs: ({ everyMs }) => everyMs,
  key: ({ equipmentCode = '' }) => equipmentCode,
  subject: ({ equipmentCode = '' }) => equipmentCode,
  relations: ({ fields, at }, state, told) => some(...createdFault(fields, at, state, told)),
  process({ fields }, { devices }) {
    devices.set(fields['equipmentCode'] ?? '', fields);
  },
};
