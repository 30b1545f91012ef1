import type { Finding } from '../journal/findings.ts';
import type { TableRow } from '../store/audit-database.ts';

/**
 * Walks two ordered runs of rows side by side: what the journal adds up to, and what the table says. Holds one row of each at
 * a time.
 *
 * @returns how many rows of the table were looked at.
 */
export function compareRows(
  table: { readonly name: string; readonly columns: readonly string[]; readonly key: readonly string[] },
  expected: Iterator<TableRow>,
  actual: Iterator<TableRow>,
  found: (finding: Finding) => void,
): number {
  let rows = 0;
  let want = expected.next();
  let have = actual.next();
  while (!want.done || !have.done) {
    const order = want.done ? 1 : have.done ? -1 : compareKeys(want.value, have.value, table.key);
    if (order < 0 && !want.done) {
      found(difference('row-missing', table.name, name(want.value, table.key), '流水里有，表里没有，被删除'));
      want = expected.next();
    } else if (order > 0 && !have.done) {
      found(difference('row-added', table.name, name(have.value, table.key), '表里有，流水里没有来历，是添加的'));
      rows += 1;
      have = actual.next();
    } else if (!want.done && !have.done) {
      for (const column of table.columns) {
        const [should, is] = [want.value[column], have.value[column]];
        if (same(should, is)) continue;
        const text = `${column} 按流水应为 ${shown(should)}，表里是 ${shown(is)}`;
        found(difference('row-differs', table.name, name(want.value, table.key), text));
      }
      rows += 1;
      want = expected.next();
      have = actual.next();
    }
  }
  return rows;
}

const difference = (code: Finding['code'], table: string, row: string, text: string): Finding => ({
  code,
  seq: null,
  text: `表 ${table} 的行 ${row}：${text}`,
});

const name = (row: TableRow, key: readonly string[]): string => key.map((column) => shown(row[column])).join(' / ');

function shown(value: unknown): string {
  if (value === null || value === undefined) return '空';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** SQLite's own order of keys: nothing, numbers, text by its bytes. */
function compareKeys(a: TableRow, b: TableRow, key: readonly string[]): number {
  for (const column of key) {
    const order = compareValues(a[column], b[column]);
    if (order !== 0) return order;
  }
  return 0;
}

const rank = (value: unknown): number => (value === null ? 0 : typeof value === 'string' ? 2 : 1);

function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  return typeof a === 'string' ? Buffer.compare(Buffer.from(a), Buffer.from(String(b))) : Number(a) - Number(b);
}

/**
 * Columns that hold JSON are compared by what they say. The order of fields has no meaning, and a field that an older version
 * did not know yet counts as one that says nothing.
 */
function same(should: unknown, is: unknown): boolean {
  if (should === is) return true;
  if (typeof should !== 'string' || typeof is !== 'string' || !/^[[{]/.test(should) || !/^[[{]/.test(is)) return false;
  try {
    return sameJson(JSON.parse(should), JSON.parse(is));
  } catch {
    return false;
  }
}

function sameJson(should: unknown, is: unknown): boolean {
  if (should === is) return true;
  if (is === undefined) return saysNothing(should);
  if (Array.isArray(should) && Array.isArray(is))
    return should.length === is.length && should.every((item, index) => sameJson(item, is[index]));
  if (!isRecord(should) || !isRecord(is)) return false;
  return (
    Object.entries(should).every(([field, value]) => sameJson(value, is[field])) &&
    Object.keys(is).every((field) => Object.hasOwn(should, field))
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a field holds where nobody has said anything: the defaults with which older rows are read. */
function saysNothing(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(saysNothing);
  return value === null || value === 0 || value === false || value === '' || value === 'temporary';
}
