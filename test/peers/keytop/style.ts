import type { JsonObject } from './json.ts';

/** How answers are written where the source leaves it open, or what a car park should survive. */
export interface AnswerStyle {
  contentType: string;
  /** resMsg of resCode 0. */
  resMsg: 'empty' | 'null' | 'words';
  /** `data` of an answer without rows: some printed ones leave it out. */
  noData: 'null' | 'missing' | 'empty';
  /** IsDensityPay, or isDensityPay. */
  densityPay: 'table' | 'lower';
  /** Numbers in rows as texts. */
  numbersAs: 'number' | 'string';
}

export const usualStyle = (): AnswerStyle => ({
  ...{ contentType: 'application/json;charset=utf-8', resMsg: 'empty', noData: 'null' },
  ...{ densityPay: 'table', numbersAs: 'number' },
});

/** An answer before it is written. */
export interface Answer {
  readonly resCode: 0 | 1;
  readonly resMsg: string;
  /** Null for interfaces without fields in their answer, and for errors. */
  readonly rows: readonly JsonObject[] | null;
}

export const DONE: Answer = { resCode: 0, resMsg: '', rows: null };

export const refusal = (resMsg: string): Answer => ({ resCode: 1, resMsg, rows: null });

function rowIn(row: JsonObject, { densityPay, numbersAs }: AnswerStyle): JsonObject {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name === 'IsDensityPay' && densityPay === 'lower' ? 'isDensityPay' : name,
      typeof value === 'number' && numbersAs === 'string' ? String(value) : value,
    ]),
  );
}

/** The members of an answer. */
export function membersOf({ resCode, resMsg, rows }: Answer, style: AnswerStyle): JsonObject {
  const said = { empty: '', null: null, words: '操作成功' }[style.resMsg];
  const none = { null: { data: null }, missing: {}, empty: { data: [] } }[style.noData];
  return {
    ...{ resCode, resMsg: resCode === 0 ? said : resMsg },
    ...(rows ? { data: rows.map((row) => rowIn(row, style)) } : none),
  };
}
