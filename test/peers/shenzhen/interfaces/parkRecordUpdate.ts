import { instant, RECORD } from '../field.ts';
import { doubt, finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { backwardFault, futureFault } from '../rules.ts';

/** 6.3.9: a record that was told is corrected. */
export const parkRecordUpdate: UpInterface = {
  name: 'parkRecordUpdate',
  fields: [...RECORD, instant('exitTime', { required: false })],
  kind: 'record',
  key: ({ recordCode = '' }) => recordCode,
  subject: ({ berthCode = '' }) => berthCode,
  relations({ fields, at }, state, told) {
    const { recordCode = '', exitTime } = fields;
    const record = state.records.get(recordCode);
    const isKnown = record?.entry !== null && record !== undefined;
    const last = told?.sends.at(-1)?.fields;
    const isAgain = last !== undefined && OWN.every((name) => last[name] === fields[name]);
    const isNews =
      isAgain ||
      !isKnown ||
      Object.keys(fields).some((name) => OWN.includes(name) && fields[name] !== record.known[name]);
    return some(
      futureFault('entryTime', fields, at),
      futureFault('exitTime', fields, at),
      backwardFault(fields),
      !isKnown &&
        (state.missed ? doubt : finding)('unknown-record', `${recordCode} is corrected before its entry was told`),
      record?.exit &&
        exitTime === undefined &&
        finding('presence', 'exitTime is missing, the car has left', 'exitTime'),
      isKnown &&
        !record.exit &&
        exitTime !== undefined &&
        doubt('order', `exitTime is there before the exit of ${recordCode}`, 'exitTime'),
      !isNews && doubt('repeat', `nothing of ${recordCode} is corrected`),
    );
  },
  process({ fields }, state) {
    const record = state.recordOf(fields['recordCode'] ?? '');
    record.updates.push(fields);
    record.known = { ...record.known, ...fields };
  },
};

const OWN: readonly string[] = ['plateNumber', 'plateColor', 'berthCode', 'carType', 'entryTime', 'exitTime'];
