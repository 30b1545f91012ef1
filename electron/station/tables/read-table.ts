import { basename } from 'node:path';
import { z } from 'zod';
import { type Cell, cellText, type RawRow } from './cell.ts';
import { type Columns, findHeader, type Header, type HeaderFault, type RowOf } from './columns.ts';
import { limits, refusal } from './limits.ts';
import { readInWorker } from './read-in-worker.ts';

/** The file's bytes under the name it was chosen by, or its path. */
export type TableSource = { readonly bytes: Uint8Array; readonly fileName: string } | { readonly file: string };

/** What is wrong with one cell; `column` is its title as this product writes it. */
export interface RowFault {
  readonly rowNumber: number;
  readonly column: string;
  /** The cell as a person reads it, cut to 100 characters. */
  readonly value: string;
  /** Chinese. */
  readonly reason: string;
}

export interface TableRow<T> {
  readonly rowNumber: number;
  readonly value: T;
}

export interface TableResult<C extends Columns> {
  /** Nothing is wrong anywhere: only then may the rows be applied. */
  readonly ok: boolean;
  /** The rows without a fault. */
  readonly rows: readonly TableRow<RowOf<C>>[];
  /** All faults of all rows, at most 10,000; `faultCount` counts those beyond as well. */
  readonly faults: readonly RowFault[];
  readonly faultCount: number;
  readonly headerFaults: readonly HeaderFault[];
  /** Titles of columns that were passed over. */
  readonly unknownColumns: readonly string[];
  /** Keys of the columns that the file has: an absent column changes nothing, an empty cell empties a value. */
  readonly present: ReadonlySet<keyof C & string>;
}

export interface ReadProgress {
  /** 0 to 1. */
  readonly fraction: number;
  readonly rows: number;
}

export interface ReadOptions<C extends Columns> {
  /** The first visible sheet when left out. */
  readonly sheetName?: string;
  /** More rows than this and the file is refused; at most 100,000, which is the default. */
  readonly limit?: number;
  /** Keys of columns whose values together may stand in one row only. Rows in which one of them is empty are not compared. */
  readonly uniqueBy?: readonly (keyof C & string)[];
  /** Those of them whose empty cells are a value like any other. */
  readonly blankIsOne?: readonly (keyof C & string)[];
  /** What only the whole row can tell, e.g. an end before its beginning. Asked for rows whose cells are all right. */
  readonly check?: (row: RowOf<C>) => readonly { readonly column: keyof C & string; readonly reason: string }[];
  readonly onProgress?: (progress: ReadProgress) => void;
  readonly signal?: AbortSignal;
}

const HEADER_WITHIN_ROWS = 20;
const MAX_FAULTS = 10_000;
/** What a schema does not word itself is worded in Chinese by zod. */
const chinese = z.locales.zhCN().localeError;

/**
 * Reads a table file and every cell of it. The file is taken apart on another thread; cells are judged here, a few rows in each turn
 * of the event loop. Rejects with ConflictError (Chinese) when the file as a whole cannot be used: too large,
 * damaged, of another kind, cancelled. What is wrong inside it is in the result, row by row.
 */
export async function readTable<const C extends Columns>(
  source: TableSource,
  columns: C,
  options: ReadOptions<C> = {},
): Promise<TableResult<C>> {
  const { sheetName, onProgress, signal } = options;
  const request = {
    ...('file' in source
      ? { source: source.file, fileName: basename(source.file) }
      : { source: source.bytes, fileName: source.fileName }),
    ...(sheetName === undefined ? {} : { sheetName }),
  };
  const reader = new TableReader(columns, options);
  for await (const { rows, fraction } of readInWorker(request, signal)) {
    for (const row of rows) reader.add(row);
    onProgress?.({ fraction, rows: reader.count });
  }
  return reader.result();
}

class TableReader<C extends Columns> {
  /** Rows below the header. */
  count = 0;
  readonly #columns: C;
  readonly #options: ReadOptions<C>;
  #head: RawRow[] = [];
  #header: Header | undefined;
  readonly #rows: TableRow<RowOf<C>>[] = [];
  readonly #faults: RowFault[] = [];
  #faultCount = 0;
  readonly #seen = new Map<string, number>();

  constructor(columns: C, options: ReadOptions<C>) {
    this.#columns = columns;
    this.#options = options;
  }

  add(row: RawRow): void {
    if (this.#header) this.#read(this.#header, row);
    else {
      this.#head.push(row);
      if (this.#head.length === HEADER_WITHIN_ROWS) this.#findHeader();
    }
  }

  result(): TableResult<C> {
    const header = this.#header ?? this.#findHeader();
    return {
      ok: this.#faultCount === 0 && header.faults.length === 0,
      rows: this.#rows,
      faults: this.#faults,
      faultCount: this.#faultCount,
      headerFaults: header.faults,
      unknownColumns: header.unknown,
      present: new Set(header.places.keys()),
    };
  }

  #findHeader(): Header {
    const header = findHeader(this.#head, this.#columns);
    this.#header = header;
    for (const row of this.#head) if (row.rowNumber > header.rowNumber) this.#read(header, row);
    this.#head = [];
    return header;
  }

  #read(header: Header, { rowNumber, cells }: RawRow): void {
    const filled = (place: number): boolean => !isBlank(cells[place] ?? null);
    if (header.faults.length > 0 || ![...header.places.values()].some(filled)) return;
    this.count++;
    const { limit = limits.rows } = this.#options;
    if (this.count > limit) throw refusal('table-too-large', `超过 ${limit} 行，请分成几个文件`);
    const before = this.#faultCount;
    const value: Record<string, unknown> = {};
    for (const [key, { titles, cell: schema, required }] of Object.entries(this.#columns)) {
      const place = header.places.get(key);
      const cell = place === undefined ? null : (cells[place] ?? null);
      value[key] = null;
      if (cell === null || isBlank(cell)) {
        if (required) this.#fault(rowNumber, titles[0], cell, '不能为空');
      } else if (typeof cell === 'object' && cell.kind === 'fault')
        this.#fault(rowNumber, titles[0], cell, cell.reason);
      else {
        const parsed = schema.safeParse(cell, { error: chinese });
        if (parsed.success) value[key] = parsed.data;
        else for (const { message } of parsed.error.issues) this.#fault(rowNumber, titles[0], cell, message);
      }
    }
    // Each value came out of its column's schema, or is null where the column allows it: that is what RowOf says.
    if (this.#faultCount === before) this.#judge(rowNumber, value as RowOf<C>, cells, header);
  }

  /** What only a row as a whole, or all rows together, can have wrong. */
  #judge(rowNumber: number, value: RowOf<C>, cells: RawRow['cells'], header: Header): void {
    const before = this.#faultCount;
    const blame = (key: keyof C & string, reason: string): void => {
      const cell = cells[header.places.get(key) ?? -1] ?? null;
      this.#fault(rowNumber, this.#columns[key]?.titles[0] ?? key, cell, reason);
    };
    for (const { column, reason } of this.#options.check?.(value) ?? []) blame(column, reason);
    const { uniqueBy = [], blankIsOne = [] } = this.#options;
    const [first] = uniqueBy;
    const values: readonly unknown[] = uniqueBy.map((key) => value[key]);
    if (first !== undefined && !uniqueBy.some((key, at) => values[at] === null && !blankIsOne.includes(key))) {
      const identity = JSON.stringify(values);
      const earlier = this.#seen.get(identity);
      if (earlier === undefined) this.#seen.set(identity, rowNumber);
      else blame(first, `与第 ${earlier} 行重复`);
    }
    if (this.#faultCount === before) this.#rows.push({ rowNumber, value });
  }

  #fault(rowNumber: number, column: string, cell: Cell | null, reason: string): void {
    this.#faultCount++;
    if (this.#faults.length >= MAX_FAULTS) return;
    // Copied, or the short text would keep the long one in memory.
    const value = Buffer.from(isFault(cell) ? '' : cellText(cell).slice(0, 100)).toString();
    this.#faults.push({ rowNumber, column, value, reason });
  }
}

const isBlank = (cell: Cell | null): boolean => cell === null || (typeof cell === 'string' && cell.trim() === '');

const isFault = (cell: Cell | null): boolean => cell !== null && typeof cell === 'object' && cell.kind === 'fault';
