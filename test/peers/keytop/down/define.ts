import type { CodeList } from '../codes.ts';
import type { Field } from '../field.ts';
import type { Finding } from '../finding.ts';
import type { JsonObject } from '../json.ts';

/** One row of a request table of 下行. */
export interface Parameter {
  readonly name: string;
  readonly type: 'string' | 'int' | 'packed';
  readonly required: boolean;
  readonly isDate: boolean;
  /** Other names that clients were built with, those of the printed example first. */
  readonly others: readonly string[];
  /** What the printed example writes instead of the table's type. */
  readonly printed?: 'string' | 'int' | 'array';
  /** A command: what is not in the list must not be carried out. */
  readonly command?: readonly number[];
  readonly codes?: CodeList;
}

/** One down interface, as its page describes it. */
export interface DownInterface {
  readonly name: string;
  readonly controller: 'ParkingInfo' | 'ParkingManage' | 'ParkingPay' | 'ParkingCard' | 'ParkingBook';
  /** 兼容旧版; null where the source prints none. */
  readonly legacy: 'pay2' | 'card2' | 'book' | null;
  /** Whether the family of 2016 is known to have it. */
  readonly old: boolean;
  readonly request: readonly Parameter[];
  /** Null where the answer has no rows. */
  readonly rows: readonly Field[] | null;
  /** Exactly one row, or resCode 1. */
  readonly single: boolean;
  /** What must hold between a question and its answer. */
  readonly relations?: (fields: JsonObject, rows: readonly JsonObject[]) => Finding[];
}

type Extra = Partial<Omit<Parameter, 'name' | 'type' | 'required'>>;

const parameter = (name: string, type: Parameter['type'], required: boolean, extra: Extra = {}): Parameter => ({
  ...{ name, type, required, isDate: false, others: [] },
  ...extra,
});

export const must = (name: string, extra?: Extra): Parameter => parameter(name, 'string', true, extra);
export const may = (name: string, extra?: Extra): Parameter => parameter(name, 'string', false, extra);
export const mustInt = (name: string, extra?: Extra): Parameter => parameter(name, 'int', true, extra);
export const mayInt = (name: string, extra?: Extra): Parameter => parameter(name, 'int', false, extra);
export const mustDate = (name: string, others: readonly string[] = []): Parameter =>
  parameter(name, 'string', true, { isDate: true, others });
export const mayDate = (name: string, others: readonly string[] = []): Parameter =>
  parameter(name, 'string', false, { isDate: true, others });
export const packedParameter = (name: string, required: boolean, extra?: Extra): Parameter =>
  parameter(name, 'packed', required, extra);

export const LANE: readonly Parameter[] = [must('deviceCode'), mayInt('deviceType')];
export const FROM = ['ValidFrom', 'validForm'] as const;
export const TO = ['ValidTo'] as const;

export const define = (
  name: string,
  rest: Pick<DownInterface, 'controller' | 'request'> & Partial<Omit<DownInterface, 'name'>>,
): DownInterface => ({
  ...{ name, legacy: null, old: false, rows: null, single: false },
  ...rest,
  request: [must('parkCode'), ...rest.request],
});
