import type { CodeList } from './codes.ts';

export type Format =
  | 'instant'
  | 'packed'
  | 'berth'
  | 'url'
  | 'signature'
  | 'number'
  | 'date'
  | 'degrees'
  | 'coordinate'
  | 'berths'
  | 'equipments';

/** One row of a table. */
export interface Field {
  readonly name: string;
  readonly type: 'Int' | 'Long' | 'String' | 'Decimal' | 'List';
  readonly required: boolean;
  /** Characters of a text, digits of a number. */
  readonly max?: number;
  readonly mayBeEmpty?: boolean;
  readonly codes?: CodeList;
  readonly format?: Format;
}

type More = Partial<Omit<Field, 'name' | 'type'>>;

export const text = (name: string, max: number, more: More = {}): Field => ({
  ...{ name, type: 'String', required: true, max },
  ...more,
});
/** May be left out, or be empty. */
export const maybe = (name: string, max: number, more: More = {}): Field =>
  text(name, max, { required: false, mayBeEmpty: true, ...more });
export const coded = (name: string, codes: CodeList): Field => ({ name, type: 'Int', required: true, codes });
export const whole = (name: string, max: number, more: More = {}): Field => ({
  ...{ name, type: 'Int', required: true, max, format: 'number' },
  ...more,
});
export const instant = (name: string, more: More = {}): Field => ({
  ...{ name, type: 'Long', required: true, format: 'instant' },
  ...more,
});

export const ACCESS_KEY = text('accessKey', 16);
export const TIMESTAMP = instant('timestamp');
export const SIGNATURE_FIELD = text('signature', 40, { format: 'signature' });
export const PARK_CODE = text('parkCode', 20);
export const NONCESTR = text('noncestr', 10, { required: false });
export const DATA_SOURCE = whole('dataSouce', 2);
/** fen; a closed car park has to send it, which its data say. */
export const fen = (name: string): Field => whole(name, 10, { required: false });
export const CREATE_TIME = text('createTime', 14, { format: 'packed' });

/** What entry, exit and correction have in common. */
export const RECORD: readonly Field[] = [
  ...[ACCESS_KEY, TIMESTAMP, text('plateNumber', 20, { mayBeEmpty: true }), coded('plateColor', 'plateColor')],
  ...[PARK_CODE, text('berthCode', 14, { mayBeEmpty: true, format: 'berth' }), coded('carType', 'carType')],
  ...[instant('entryTime'), text('recordCode', 20), SIGNATURE_FIELD],
];

export const picture = (name: string): Field => maybe(name, 100, { format: 'url' });
