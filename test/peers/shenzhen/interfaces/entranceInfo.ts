import { ACCESS_KEY, coded, maybe, PARK_CODE, SIGNATURE_FIELD, text, whole } from '../field.ts';
import { doubt } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { isObject, type JsonObject, readJson, textOf } from '../json.ts';
import type { Fields } from '../message.ts';

const LONG_DIGITS = 19;

function devicesOf({ equipments = '[]' }: Fields): JsonObject[] {
  const read = readJson(equipments);
  return 'node' in read && Array.isArray(read.node.value) ? read.node.value.filter(isObject) : [];
}

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
  steady(fields) {
    const rows = devicesOf(fields).map((row) => ({ ...row, createTime: undefined, noncestr: undefined }));
    return { ...fields, equipments: JSON.stringify(rows) };
  },
  key: ({ entranceNum = '' }) => entranceNum,
  subject: ({ entranceNum = '' }) => entranceNum,
  relations({ fields }, { devices, missed }) {
    return devicesOf(fields)
      .map((row) => textOf(row, 'equipmentCode'))
      .filter((code) => !missed && !devices.has(code))
      .map((code) => doubt('device', `nobody told of the device ${code}`, 'equipments'));
  },
  process({ fields }, { entrances }) {
    entrances.set(fields['entranceNum'] ?? '', fields);
  },
};
