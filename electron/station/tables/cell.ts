import { type EpochMs, shanghaiDate, shanghaiDateTime } from '../../../shared/domain/time.ts';

/** An instant in a table: shown as Shanghai wall time. `dateOnly`: written without a time of day. */
export interface CellDate {
  readonly kind: 'date';
  readonly at: EpochMs;
  readonly dateOnly: boolean;
}

/** A cell that holds something that is no value, e.g. `#N/A`; `reason` is Chinese, for the person who made the file. */
export interface CellFault {
  readonly kind: 'fault';
  readonly reason: string;
}

/** What stands in a cell, before anyone asks what it means. CSV knows text alone. */
export type Cell = string | number | boolean | CellDate | CellFault;

/** `null` is an empty cell. Numbered as a spreadsheet numbers its rows: from 1, empty rows counted. */
export interface RawRow {
  readonly rowNumber: number;
  readonly cells: readonly (Cell | null)[];
}

/** Some rows, and how much of the file has been read by then (0 to 1). */
export interface RawBatch {
  readonly rows: readonly RawRow[];
  readonly fraction: number;
}

/** A date and time, for writing. */
export const dateTime = (at: EpochMs): CellDate => ({ kind: 'date', at, dateOnly: false });

/** A date alone, for writing. */
export const dateOnly = (at: EpochMs): CellDate => ({ kind: 'date', at, dateOnly: true });

/** A cell as a person would read it. */
export function cellText(cell: Cell | null): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (typeof cell !== 'object') return String(cell);
  if (cell.kind === 'fault') return cell.reason;
  return cell.dateOnly ? shanghaiDate(cell.at) : shanghaiDateTime(cell.at);
}
