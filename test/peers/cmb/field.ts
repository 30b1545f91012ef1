import type { CodeList } from './codes.ts';
import type { Finding } from './finding.ts';
import type { Fields } from './sign.ts';

export type Format = 'seconds' | 'gate' | 'plate' | 'token' | 'digits' | 'digest' | 'picture';

/** One row of a table of chapter 4 or 5. */
export interface Field {
  readonly name: string;
  readonly type: 'int' | 'int64' | 'string';
  readonly required: boolean;
  readonly format?: Format;
  readonly codes?: CodeList;
}

/** What must hold inside one request: the JSON texts in it, and its fields against each other. */
export type Relation = (fields: Fields, now: number) => readonly Finding[];

/** The request table of one interface. */
export interface Table {
  readonly name: string;
  readonly section: string;
  readonly fields: readonly Field[];
  readonly relations?: readonly Relation[];
  /** Fields beside `sign` that stay out of the signature. */
  readonly unsigned?: readonly string[];
}

type Extra = Partial<Omit<Field, 'name' | 'type'>>;

export const int = (name: string, extra: Extra = {}): Field => ({ name, type: 'int', required: true, ...extra });
export const text = (name: string, extra: Extra = {}): Field => ({ name, type: 'string', required: true, ...extra });
export const seconds = (name: string): Field => ({ name, type: 'int64', required: true, format: 'seconds' });
/** 1..255 (6.8). */
export const gate = (name: string): Field => int(name, { format: 'gate' });

export const OPTIONAL = { required: false } as const;

/** 3.1: in every request. */
export const COMMON: readonly Field[] = [text('appid'), text('sign', { format: 'digest' })];
export const PARK_CODE: Field = { name: 'park_code', type: 'int64', required: true, format: 'digits' };
export const PLATE = text('vpl_number', { format: 'plate' });
export const RECORD_ID = text('record_id', { format: 'token' });
