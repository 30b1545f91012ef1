import { ofDay } from '../days.ts';
import type { BookName } from '../field.ts';
import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';
import type { AnswerStyle } from '../style.ts';

const KINDS: readonly BookName[] = ['entries', 'exits', 'payments', 'photos'];

/** `data` in the five spellings that table, sample and example leave possible (D26). */
function listAs(style: AnswerStyle['uidList'], result: readonly object[]): unknown {
  switch (style) {
    case 'object':
      return { result };
    case 'array':
      return result;
    case 'object-text':
      return JSON.stringify({ result });
    case 'array-text':
      return JSON.stringify(result);
    case 'bare':
      return `"result":${JSON.stringify(result)}`;
  }
}

/** 停车记录流水号下载: what the platform holds of a day, by one of four kinds. */
export const downloadUID: UplinkInterface = {
  name: 'downloadUID',
  section: '四(二)2',
  fields: [f.PARKING_CODE, f.day('accountDate'), f.int('type', 1, { codes: 'downloadUidType' }), f.UPLOAD_TIME],
  relations: [],
  process: ({ data }, { books, style }) => {
    const type = Number(data.type);
    const book = KINDS[type] ?? 'entries';
    const key = style.uidListKeys[type] ?? 'arriveID';
    const result = ofDay(books, book, String(data.accountDate)).map(({ uid, id }) => ({ UID: uid, [key]: id }));
    return { extra: { data: listAs(style.uidList, result) } };
  },
};
