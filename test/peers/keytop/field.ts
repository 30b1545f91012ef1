import type { CodeList } from './codes.ts';

export type Format = 'slash' | 'dash' | 'percent' | 'digits' | 'ip' | 'picture' | 'url' | 'plate';

/** One row of a table, of a request of 上行 or of an answer of 下行. */
export interface Field {
  readonly name: string;
  /** `packed` is an array of objects written as JSON into a string, `names` an array of strings. */
  readonly type: 'string' | 'int' | 'array' | 'packed' | 'names';
  readonly mayBeEmpty: boolean;
  readonly mayBeNull?: boolean;
  readonly format?: Format;
  readonly codes?: CodeList;
  readonly min?: number;
  readonly rows?: readonly Field[];
  /** Spellings that are written beside the name, with the same value. */
  readonly also?: readonly string[];
}

/** The request table of one interface. */
export interface Table {
  readonly name: string;
  readonly fields: readonly Field[];
}

type Extra = Partial<Omit<Field, 'name' | 'type'>>;

export const text = (name: string, extra: Extra = {}): Field => ({
  ...{ name, type: 'string', mayBeEmpty: false },
  ...extra,
});
export const maybe = (name: string, extra: Extra = {}): Field => text(name, { mayBeEmpty: true, ...extra });
export const int = (name: string, extra: Extra = {}): Field => ({ ...text(name, extra), type: 'int' });
/** Fen, seconds or numbers of things: never below 0. */
export const count = (name: string): Field => int(name, { min: 0 });
export const code = (name: string, codes: CodeList): Field => int(name, { codes });
export const slash = (name: string): Field => text(name, { format: 'slash' });
export const dash = (name: string, extra: Extra = {}): Field => text(name, { format: 'dash', ...extra });
export const list = (name: string, rows: readonly Field[]): Field => ({ ...maybe(name, { rows }), type: 'array' });
export const packed = (name: string, rows: readonly Field[]): Field => ({ ...text(name, { rows }), type: 'packed' });

export const PARK = text('parkCode');
export const PLATE = text('plateNo', { format: 'plate' });
export const CARD = maybe('cardNo');
export const PICTURE = maybe('imgName', { format: 'picture' });
