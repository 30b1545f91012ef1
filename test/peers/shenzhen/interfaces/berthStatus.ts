import { ABNORMAL } from '../codes.ts';
import { ACCESS_KEY, CREATE_TIME, SIGNATURE_FIELD, text } from '../field.ts';
import { doubt, finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { isObject, readJson, textOf } from '../json.ts';
import type { Fields } from '../message.ts';
import { createdFault } from '../rules.ts';

/** Berths and their states, as far as they can be read. */
function statesOf({ berthState = '' }: Fields): { readonly berthCode: string; readonly state: string }[] {
  const read = readJson(berthState);
  const rows = 'node' in read && Array.isArray(read.node.value) ? read.node.value : [];
  return rows.filter(isObject).map((row) => ({ berthCode: textOf(row, 'berthCode'), state: String(row['state']) }));
}

/** 6.3.4: a video device lives, and sees its berths. */
export const berthStatus: UpInterface = {
  name: 'berthStatus',
  fields: [
    ...[text('parkCode', 36), text('barCode', 36), text('berthState', 256, { format: 'berths' })],
    ...[ACCESS_KEY, CREATE_TIME, SIGNATURE_FIELD],
  ],
  kind: 'newest',
  volatile: ['createTime'],
  everyMs: ({ everyMs }) => everyMs,
  // Berths that do not fit into one text come in several.
  key: (fields) => [fields['barCode'], ...statesOf(fields).map(({ berthCode }) => berthCode)].join(' '),
  subject: ({ barCode = '' }) => barCode,
  relations({ fields, at }, state, told) {
    const { barCode = '' } = fields;
    const rows = statesOf(fields);
    const codes = rows.map(({ berthCode }) => berthCode);
    const twice = codes.find((code, index) => codes.indexOf(code) !== index);
    const its = state.berthsOf.get(barCode);
    const alien = its && codes.find((code) => !its.includes(code));
    const device = state.devices.get(barCode);
    const other = rows.find(({ berthCode, state: now }) => {
      const berth = state.berths.get(berthCode);
      return berth !== undefined && berth.state !== now;
    });
    return some(
      ...createdFault(fields, at, state, told),
      twice !== undefined && finding('berths', `${twice} is there twice`, 'berthState'),
      alien !== undefined && finding('berths', `${alien} is no berth of ${barCode}`, 'berthState'),
      device?.['state'] === ABNORMAL && finding('device', `${barCode} was reported abnormal`, 'barCode'),
      !device && !state.missed && doubt('device', `nobody told of the device ${barCode}`, 'barCode'),
      other && doubt('berths', `berthInfo told otherwise of ${other.berthCode}`, 'berthState'),
    );
  },
  process({ fields, at }, { videoBerths }) {
    const { barCode = '' } = fields;
    const berths = videoBerths.get(barCode) ?? new Map<string, { readonly state: string; readonly at: number }>();
    videoBerths.set(barCode, berths);
    for (const { berthCode, state } of statesOf(fields)) berths.set(berthCode, { state, at });
  },
};
