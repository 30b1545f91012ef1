import type { z } from 'zod';
import type { RawRow } from './cell.ts';

/** What a column means and how its header may be spelt. */
export interface Column {
  /** Accepted spellings of the header; case, spaces and an asterisk do not matter. The first is the one that is written. */
  readonly titles: readonly [string, ...string[]];
  /** Reads a filled cell; see `cells.ts`. Its messages are shown to the person who made the file. */
  readonly cell: z.ZodType;
  /** The column must be there, and no cell of it may be empty. Otherwise an empty cell is null. */
  readonly required: boolean;
}

/** The columns of a table by the key that their values get. */
export type Columns = Readonly<Record<string, Column>>;

/** The value of one row. */
export type RowOf<C extends Columns> = {
  readonly [K in keyof C]: z.output<C[K]['cell']> | (C[K]['required'] extends true ? never : null);
};

/** A fault of the header; with one of these no row is read. */
export interface HeaderFault {
  readonly title: string;
  readonly reason: string;
}

/** Where the columns stand. */
export interface Header {
  readonly rowNumber: number;
  /** Key of a column → its place in the rows. */
  readonly places: ReadonlyMap<string, number>;
  /** Titles nobody knows; their cells are not read. */
  readonly unknown: readonly string[];
  readonly faults: readonly HeaderFault[];
}

const plain = (title: string): string => title.normalize('NFKC').replace(/[\s*]/g, '').toLowerCase();

/** The key that a title stands for, also with a remark behind it: `金额（元）`, `车牌号（必填）`. */
function keyOf(title: string, keys: ReadonlyMap<string, string>): string | undefined {
  const name = plain(title);
  return keys.get(name) ?? keys.get(name.replace(/[([【][^()[\]【】]*[)\]】]$/, ''));
}

/**
 * Finds the header among the first rows: the one in which most titles are known. Rows above it are titles and remarks.
 */
export function findHeader(rows: readonly RawRow[], columns: Columns): Header {
  const keys = new Map<string, string>();
  for (const [key, { titles }] of Object.entries(columns)) for (const title of titles) keys.set(plain(title), key);
  let best: { row: RawRow; known: number } | undefined;
  for (const row of rows) {
    const known = new Set(row.cells.map((cell) => (typeof cell === 'string' ? keyOf(cell, keys) : undefined)));
    known.delete(undefined);
    if (known.size > (best?.known ?? 0)) best = { row, known: known.size };
  }
  if (best) return readHeader(best.row, columns, keys);
  const wanted = Object.values(columns)
    .filter(({ required }) => required)
    .map(({ titles }) => `「${titles[0]}」`);
  const faults = [{ title: '', reason: `没有找到表头，表头应包含${wanted.join('')}` }];
  return { rowNumber: 0, places: new Map(), unknown: [], faults };
}

function readHeader({ rowNumber, cells }: RawRow, columns: Columns, keys: ReadonlyMap<string, string>): Header {
  const places = new Map<string, number>();
  const unknown: string[] = [];
  const faults: HeaderFault[] = [];
  cells.forEach((cell, place) => {
    const title = typeof cell === 'string' ? cell.trim() : '';
    if (title === '') return;
    const key = keyOf(title, keys);
    if (key === undefined) unknown.push(title.slice(0, 50));
    else if (places.has(key)) faults.push({ title, reason: `表头「${title}」重复` });
    else places.set(key, place);
  });
  for (const [key, { titles, required }] of Object.entries(columns))
    if (required && !places.has(key)) faults.push({ title: titles[0], reason: `缺少「${titles[0]}」列` });
  return { rowNumber, places, unknown, faults };
}
