import type { Actor } from '../../../../shared/domain/events.ts';
import type { ImportKind } from '../../../../shared/domain/import-job.ts';
import type { Repositories } from '../../store/repositories.ts';
import type { Tx } from '../../store/store.ts';
import type { Cell } from '../../tables/cell.ts';
import type { ReadProgress, RowFault, TableSource } from '../../tables/read-table.ts';
import type { SheetColumn } from '../../tables/sheet.ts';
import type { RowOutcome } from '../common.ts';

/** How an import is meant, beside its rows. */
export interface ImportContext {
  /** Keys of the columns the file has: an absent column changes nothing, an empty cell empties a value. */
  readonly present: ReadonlySet<string>;
  readonly sharePlates: boolean;
  readonly actor: Actor;
}

/** Why a row cannot be applied; `column` is a title. */
export interface RowRefusal {
  readonly column: string;
  readonly reason: string;
}

export interface ReadFile {
  readonly rows: readonly { readonly rowNumber: number; readonly value: unknown }[];
  readonly faults: readonly RowFault[];
  readonly faultCount: number;
  readonly headerFaults: readonly { readonly title: string; readonly reason: string }[];
  readonly unknownColumns: readonly string[];
  readonly present: readonly string[];
}

/** What of the registry an export may be narrowed to. */
export interface ExportFilter {
  readonly plate?: string | undefined;
  readonly type?: string | undefined;
  readonly state?: string | undefined;
  /** Any part of a card's number or owner. */
  readonly text?: string | undefined;
  readonly merchantId?: string | undefined;
  readonly road?: string | undefined;
  readonly endsAfter?: number | undefined;
  readonly endsBefore?: number | undefined;
}

/** One kind of table: how it is read, compared, applied, and written again. */
export interface TableKind {
  readonly what: ImportKind;
  readonly title: string;
  read(
    source: TableSource,
    options: {
      readonly sharePlates: boolean;
      readonly signal: AbortSignal;
      readonly onProgress: (progress: ReadProgress) => void;
    },
  ): Promise<ReadFile>;
  /** What applying the row would do now, or why it cannot be. Changes nothing. */
  check(read: Repositories, value: unknown, context: ImportContext): RowOutcome | RowRefusal;
  apply(tx: Tx, value: unknown, context: ImportContext): RowOutcome;
  readonly columns: readonly SheetColumn[];
  /** What may be filled in, what must be in front. */
  readonly fields: readonly { readonly title: string; readonly required: boolean }[];
  /** The rows after `id`, at most `limit`, with the last id looked at; null when there are no more. */
  rowsAfter(
    read: Repositories,
    id: string,
    limit: number,
    filter: ExportFilter,
  ): { readonly last: string; readonly rows: readonly (readonly (Cell | null)[])[] } | null;
}
