import { ACCESS_KEY, coded, maybe, PARK_CODE, SIGNATURE_FIELD, text, whole } from '../field.ts';
import { doubt } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { isObject, readJson, textOf } from '../json.ts';

const LONG_DIGITS = 19;

/** 6.3.5: an entrance or exit was made or changed. */
export const entranceInfo: UpInterface = {
  name: 'entranceInfo',
  fields: [
    ...[ACCESS_KEY, whole('entranceNum', LONG_DIGITS), text('name', 10), PARK_CODE, maybe('garageCode', 22)],
    ...[maybe('roadName', 10), coded('type', 'entranceType')],
    { name: 'longitude', type: 'Decimal', required: false, format: 'degrees' },
    { name: 'latitude', type: 'Decimal', required: false, format: 'degrees' },
    { name: 'equipments', type: 'List', required: false, format: 'equipments' },
    SIGNATURE_FIELD,
  ],
  kind: 'static',
  // Its elements say when they were made.
  volatile: ['equipments'],
  key: ({ entranceNum = '' }) => entranceNum,
  subject: ({ entranceNum = '' }) => entranceNum,
  relations({ fields }, { devices, missed }) {
    const read = readJson(fields['equipments'] ?? '[]');
    const rows = 'node' in read && Array.isArray(read.node.value) ? read.node.value.filter(isObject) : [];
    return rows
      .map((row) => textOf(row, 'equipmentCode'))
      .filter((code) => !missed && !devices.has(code))
      .map((code) => doubt('device', `nobody told of the device ${code}`, 'equipments'));
  },
  process({ fields }, { entrances }) {
    entrances.set(fields['entranceNum'] ?? '', fields);
  },
};
