import * as f from '../field.ts';
import { finding } from '../finding.ts';
import { DONE, differences, type UpInterface } from '../interface.ts';
import { bindingData } from '../style.ts';

/** 5.3 进车上报. Said again with other values it corrects the entry, as long as the car is inside. */
export const Indata: UpInterface = {
  name: 'Indata',
  section: '5.3',
  fields: [
    f.PARK_CODE,
    f.gate('in_code'),
    f.PLATE,
    f.RECORD_ID,
    f.seconds('in_time'),
    f.int('car_type', { codes: 'car_type' }),
    f.int('power_type', { codes: 'power_type' }),
    f.int('body_color', { ...f.OPTIONAL, codes: 'color' }),
    f.int('plate_color', { ...f.OPTIONAL, codes: 'color' }),
    f.text('logo', f.OPTIONAL),
    f.int('auth_type', { ...f.OPTIONAL, codes: 'auth_type' }),
    f.int('model', { ...f.OPTIONAL, codes: 'model' }),
    f.text('owner', f.OPTIONAL),
  ],
  repeats: ({ fields }, { records }) => {
    const entry = records.of(fields['record_id'] ?? '')?.entry;
    return entry ? differences(entry.fields, fields) : undefined;
  },
  objections: ({ fields }, { records }) => {
    const record = records.of(fields['record_id'] ?? '');
    if (!record?.exit || (record.entry && differences(record.entry.fields, fields).length === 0)) return [];
    return [finding('order', `Indata of ${record.recordId} after its Outdata`, 'record_id')];
  },
  process: ({ fields, at }, state, conversations) => {
    const { record_id = '', vpl_number: plate = '', in_code, in_time } = fields;
    const told = { plate, inCode: Number(in_code), inTime: Number(in_time) };
    const record = state.records.of(record_id) ?? state.records.add(record_id, told);
    Object.assign(record, told);
    record.entry = { at: record.entry?.at ?? at, fields };
    const account = state.accounts.of(plate);
    const { announces } = account.habits;
    const { binding } = account;
    const answers = announces === 'answer' || announces === 'both';
    return {
      answer: answers ? { ...DONE, data: bindingData(binding, state.style) } : DONE,
      after: (heard) => {
        if (answers) account.told(binding, heard);
        if (binding && (announces === 'push' || announces === 'both')) conversations.bind(account);
      },
    };
  },
};
