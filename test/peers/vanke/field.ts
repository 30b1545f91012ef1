import type { CodeList } from './codes.ts';

export type Format = 'time' | 'token' | 'version' | 'url' | 'percent' | 'jpg';

/** One row of a table: of a request of 万科提供接口, or of an answer of 供应商提供接口. */
export interface Field {
  readonly name: string;
  readonly type: 'String' | 'Integer';
  readonly required: boolean;
  readonly mayBeEmpty: boolean;
  readonly format?: Format;
  readonly codes?: CodeList;
}

/** The request table of one interface. */
export interface Table {
  readonly name: string;
  readonly fields: readonly Field[];
}

type Extra = Partial<Omit<Field, 'name' | 'type'>>;

export const text = (name: string, extra: Extra = {}): Field => ({
  ...{ name, type: 'String', required: true, mayBeEmpty: false },
  ...extra,
});
export const integer = (name: string, extra: Extra = {}): Field => ({ ...text(name, extra), type: 'Integer' });
export const time = (name: string): Field => text(name, { format: 'time' });

export const OPTIONAL = { required: false, mayBeEmpty: true } as const;

/** In every request of the car park. */
export const COMMON: readonly Field[] = [
  text('version', { format: 'version' }),
  text('token', { format: 'token' }),
  text('appId'),
  text('parkingLotId'),
  time('time'),
];
export const PLATE = text('plateNumber', { mayBeEmpty: true });
export const COLOR = text('color', { codes: 'color' });
