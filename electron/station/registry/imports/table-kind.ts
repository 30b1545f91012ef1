import type { z } from 'zod';
import type { ImportKind } from '../../../../shared/domain/import-job.ts';
import { ConflictError } from '../../runtime/errors.ts';
import type { Repositories } from '../../store/repositories.ts';
import type { Tx } from '../../store/store.ts';
import type { Cell } from '../../tables/cell.ts';
import type { Columns, RowOf } from '../../tables/columns.ts';
import { readTable } from '../../tables/read-table.ts';
import type { SheetColumn } from '../../tables/sheet.ts';
import type { RowOutcome } from '../common.ts';
import type { ExportFilter, ImportContext, RowRefusal, TableKind } from './kind.ts';

/** What a kind of table says of itself; `R` is a row as it is staged, `T` a document as it is exported. */
interface Definition<C extends Columns, R, T extends { readonly id: string }> {
  readonly what: ImportKind;
  readonly title: string;
  readonly columns: C;
  /** Staged rows come back from disk: they are parsed again. */
  readonly row: z.ZodType<R>;
  readonly uniqueBy?: readonly (keyof C & string)[];
  /** Of these columns an empty cell is a value like any other. */
  readonly blankIsOne?: readonly (keyof C & string)[];
  /** A judge of whole rows for one file. */
  readonly judge?: (sharePlates: boolean) => (row: RowOf<C>) => readonly { column: keyof C & string; reason: string }[];
  readonly check: (read: Repositories, row: R, context: ImportContext) => RowOutcome | RowRefusal;
  readonly apply: (tx: Tx, row: R, context: ImportContext) => RowOutcome;
  readonly sheet: readonly (SheetColumn & { readonly cell: (value: T) => Cell | null })[];
  readonly after: (read: Repositories, id: string, limit: number) => readonly T[];
  readonly wanted: (value: T, filter: ExportFilter) => boolean;
}

export function tableKind<C extends Columns, R, T extends { readonly id: string }>(
  definition: Definition<C, R, T>,
): TableKind {
  const { what, title, columns, row } = definition;
  return {
    what,
    title,
    read: async (source, { sharePlates, signal, onProgress }) => {
      const result = await readTable(source, columns, {
        signal,
        onProgress,
        ...(definition.uniqueBy ? { uniqueBy: definition.uniqueBy } : {}),
        ...(definition.blankIsOne ? { blankIsOne: definition.blankIsOne } : {}),
        ...(definition.judge ? { check: definition.judge(sharePlates) } : {}),
      });
      return { ...result, present: [...result.present] };
    },
    check: (read, value, context) => {
      try {
        return definition.check(read, row.parse(value), context);
      } catch (error) {
        if (error instanceof ConflictError) return { column: '', reason: error.message };
        throw error;
      }
    },
    apply: (tx, value, context) => definition.apply(tx, row.parse(value), context),
    columns: definition.sheet.map(({ cell: _cell, ...column }) => column),
    fields: Object.values(columns)
      .map(({ titles: [title], required }) => ({ title, required }))
      .sort((a, b) => Number(b.required) - Number(a.required)),
    rowsAfter: (read, id, limit, filter) => {
      const found = definition.after(read, id, limit);
      const last = found.at(-1)?.id;
      if (last === undefined) return null;
      const wanted = found.filter((value) => definition.wanted(value, filter));
      return { last, rows: wanted.map((value) => definition.sheet.map((column) => column.cell(value))) };
    },
  };
}

/**
 * A value of a row as the services want it: undefined (leave as it is) where the file has no such column, `emptied` where the cell
 * is empty.
 */
export const given = <V, E>(context: ImportContext, key: string, value: V | null, emptied: E): V | E | undefined =>
  context.present.has(key) ? (value ?? emptied) : undefined;
