import type { JsonObject } from './json.ts';

/** How answers are written where the source leaves it open, or what a car park should survive. */
export interface AnswerStyle {
  /** `{code, msg, data}` of 7.3, or `{resultCode, resultMsg, timestamp, data}` of table 35. */
  envelope: '7.3' | 'table35';
  contentType: string;
  codeAs: 'number' | 'string';
  data: 'object' | 'null' | 'missing' | 'list';
  /** `msg` of code 0. */
  msg: 'words' | 'empty' | 'null' | 'missing';
  /** Fields that the document does not have. */
  extra: boolean;
  /** What is said to something that was taken before; null: the same as the first time. */
  duplicate: { readonly code: number; readonly msg: string } | null;
}

export const usualStyle = (): AnswerStyle => ({
  ...{ envelope: '7.3', contentType: 'application/json;charset=utf-8', codeAs: 'number', data: 'object' },
  ...{ msg: 'words', extra: false, duplicate: null },
});

/** An answer before it is written. */
export interface Answer {
  readonly code: number;
  readonly msg: string;
}

export const DONE: Answer = { code: 0, msg: 'success' };

/** The members of an answer. */
export function membersOf({ code, msg }: Answer, style: AnswerStyle, now: number): JsonObject {
  const said = style.codeAs === 'string' ? String(code) : code;
  const message = code === 0 ? { words: msg, empty: '', null: null, missing: undefined }[style.msg] : msg;
  const data = { object: {}, null: null, missing: undefined, list: [] }[style.data];
  const extra = style.extra ? { traceId: 'a1b2c3' } : {};
  return style.envelope === '7.3'
    ? { code: said, msg: message, data, ...extra }
    : { resultCode: said, resultMsg: message, timestamp: now, data, ...extra };
}
