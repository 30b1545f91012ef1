import type { Fen } from '../../../shared/domain/money.ts';
import type { Cell } from './cell.ts';

export interface SheetColumn {
  readonly title: string;
  /** Characters; a Chinese character counts two. Default: as wide as the title, at least 12. */
  readonly width?: number;
  /** How numbers of this column are shown: `integer`, `yuan` with two decimals, or as they are. */
  readonly numbers?: 'integer' | 'yuan';
}

/** A table to be written. Rows are asked for one after another, so that a year of records needs no memory of its own. */
export interface Sheet {
  /** Name of the sheet; what Excel forbids in names is left out. */
  readonly name: string;
  /** Lines above the header: the title first, then e.g. filter, time and operator. */
  readonly head?: readonly string[];
  readonly columns: readonly SheetColumn[];
  /** One cell per column; strings become text, even those of digits. */
  readonly rows: Iterable<readonly (Cell | null)[]> | AsyncIterable<readonly (Cell | null)[]>;
}

/** Fen as the number of yuan that a spreadsheet adds up. */
export const yuan = (fen: Fen): number => fen / 100;
