import { differences } from '../books.ts';
import * as f from '../field.ts';
import { finding } from '../finding.ts';
import type { UplinkInterface } from '../interface.ts';
import { uploadCarInData } from './uploadCarInData.ts';

/**
 * 上传订单修改信息: operateType 0 puts the full record in the place of the entry, 1 deletes it (D28). What may change is
 * not said; that the entry keeps its own record id is our reading.
 */
export const uploadModifyCarInData: UplinkInterface = {
  name: 'uploadModifyCarInData',
  section: '四(一)2',
  fields: [...uploadCarInData.fields, f.int('operateType', 1, { codes: 'modifyOperateType' })],
  relations: uploadCarInData.relations,
  repeats: ({ data }, { corrections }) => {
    const last = corrections.findLast(({ uid }) => uid === data.uid);
    return last && differences(last.record, data).length === 0 ? [] : undefined;
  },
  objections: ({ data }, { books }) => {
    const uid = String(data.uid);
    if (!books.knows(uid)) return [finding('order', `uploadModifyCarInData of ${uid}, which has no entry`, 'uid')];
    const known = books.entries.get(uid);
    return !known || known.id === data.arriveID
      ? []
      : [
          finding(
            'second-record',
            `the entry of ${uid} is ${known.id}, not ${String(data.arriveID)}`,
            'arriveID',
            false,
          ),
        ];
  },
  process: ({ data, at }, { books, corrections, style }) => {
    const uid = String(data.uid);
    const before = books.entries.get(uid)?.record;
    const { operateType, ...record } = data;
    const removed = operateType === 1 ? books.remove(uid, style.deletes === 'stay') : [];
    if (operateType === 0) books.correct(uid, record);
    corrections.push({ at, uid, operateType: operateType === 1 ? 1 : 0, before, record: data, removed });
    return undefined;
  },
};
