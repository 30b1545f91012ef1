import { createHash } from 'node:crypto';
import type { ImportKind } from '../../../../shared/domain/import-job.ts';
import { type EpochMs, shanghaiDateTime } from '../../../../shared/domain/time.ts';
import { sleep } from '../../runtime/clock.ts';
import type { Clock } from '../../runtime/ports.ts';
import type { Store } from '../../store/store.ts';
import type { Cell } from '../../tables/cell.ts';
import { csvChunks } from '../../tables/csv-write.ts';
import type { Sheet } from '../../tables/sheet.ts';
import { xlsxChunks } from '../../tables/xlsx-write.ts';
import type { ExportFilter, TableKind } from './kind.ts';

/** Documents read between two turns of the event loop: about a millisecond's worth. */
const AT_ONCE = 50;

/** A file as it leaves the house, with what its event says of it. */
export interface ExportedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly rows: number;
  readonly sha256: string;
}

/** Writes a table as a file and digests it. */
export async function sheetFile(
  sheet: Sheet,
  wanted: { readonly format: 'csv' | 'xlsx'; readonly now: EpochMs },
): Promise<ExportedFile> {
  let rows = 0;
  async function* counted(): AsyncGenerator<readonly (Cell | null)[]> {
    for await (const row of sheet.rows) {
      rows += 1;
      yield row;
    }
  }
  const { format } = wanted;
  const passing = { ...sheet, rows: counted() };
  const chunks: Uint8Array[] = [];
  for await (const chunk of format === 'csv' ? csvChunks(passing) : xlsxChunks(passing)) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return {
    name: `${sheet.name}-${shanghaiDateTime(wanted.now).replace(/\D/g, '')}.${format}`,
    type: format === 'csv' ? 'text/csv; charset=utf-8' : XLSX,
    bytes,
    rows,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

/** An empty table with every column that an import of this kind knows. */
export async function templateFile(
  table: TableKind,
  wanted: { readonly format: 'csv' | 'xlsx'; readonly now: EpochMs },
): Promise<ExportedFile> {
  const name = `${table.title}导入模板`;
  const columns = table.fields.map(({ title, required }) => ({ title: required ? `${title}*` : title, width: 18 }));
  const head = [name, '带 * 的列必填；日期写 2026-03-31，也可以带时间；一格里有几个车牌时用顿号隔开。'];
  return sheetFile({ name, head, columns, rows: [] }, wanted);
}

/** Everything of a kind that matches the filter, as the file that an import reads again. */
export async function exportTable(
  deps: { readonly store: Store; readonly clock: Clock; readonly table: TableKind },
  wanted: { readonly format: 'csv' | 'xlsx'; readonly filter: ExportFilter; readonly by: string },
  signal: AbortSignal | undefined,
): Promise<ExportedFile> {
  const { table, clock } = deps;
  const { format, filter } = wanted;
  const now = clock.now();
  const { endsAfter: _from, endsBefore, ...words } = filter;
  const narrowed = [
    ...Object.values(words).filter((value) => value !== undefined),
    ...(endsBefore === undefined ? [] : [`${shanghaiDateTime(endsBefore)} 前到期`]),
  ];
  const sheet = {
    name: table.title,
    head: [
      table.title,
      `条件：${narrowed.length > 0 ? narrowed.join('，') : '全部'}；导出时间：${shanghaiDateTime(now)}；导出人：${wanted.by}`,
    ],
    columns: table.columns,
    rows: rowsOf(deps, filter, signal),
  };
  return sheetFile(sheet, { format, now });
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

async function* rowsOf(
  { store, clock, table }: { readonly store: Store; readonly clock: Clock; readonly table: TableKind },
  filter: ExportFilter,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly (Cell | null)[]> {
  let last = '';
  for (;;) {
    const found = table.rowsAfter(store.read, last, AT_ONCE, filter);
    if (!found) return;
    yield* found.rows;
    ({ last } = found);
    await sleep(clock, 0, signal);
  }
}

/** The table of a kind. */
export function tableOf(tables: readonly TableKind[], what: ImportKind): TableKind {
  const table = tables.find((each) => each.what === what);
  if (!table) throw new Error(`no table for ${what}`);
  return table;
}
