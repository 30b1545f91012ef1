import type { ReportRowsOf } from '../../../shared/contract/reports.ts';

/** Which rows stand behind a figure: everything but the period, which is that of the report unless days are named. */
export interface Behind {
  readonly of: ReportRowsOf;
  readonly method?: string;
  readonly scene?: string;
  readonly reason?: string;
  readonly operator?: string;
  readonly laneId?: string;
  readonly hour?: number;
  /** Of some of its days instead of the whole period. */
  readonly days?: { readonly from: string; readonly to: string };
}

export interface SheetColumn<T> {
  readonly key: string;
  readonly title: string;
  readonly figures?: true;
  readonly show: (row: T) => string;
  /** What the column is sorted by, when it is more than its text. */
  readonly value?: (row: T) => number;
  readonly behind?: (row: T) => Behind | null;
}

export interface SheetBars {
  readonly label: string;
  readonly names: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[]; readonly money?: true }[];
}

/** One report as a table: drawn on the screen, printed and charted from the same rows. */
export interface Sheet<T = unknown> {
  readonly title: string;
  readonly columns: readonly SheetColumn<T>[];
  readonly rows: readonly T[];
  readonly key: (row: T) => string;
  /** The sums of the whole filter; null where there is nothing to add up. */
  readonly total: T | null;
  readonly bars: SheetBars | null;
  /** Under this name the station writes it as a file; null: its rows are exported instead. */
  readonly file: 'totals' | 'collectors' | 'lanes' | 'flow' | 'free' | null;
  readonly exportRows: Behind | null;
}

/** Whose rows are of one type, to the parts that only draw: they hand each row back to the sheet that it came from. */
export function anySheet<T>(sheet: Sheet<T>): Sheet {
  const index = new Map<unknown, T>(
    [...sheet.rows, ...(sheet.total === null ? [] : [sheet.total])].map((row) => [row, row]),
  );
  const back =
    <R>(of: (row: T) => R, otherwise: R) =>
    (row: unknown): R => {
      const known = index.get(row);
      return known === undefined ? otherwise : of(known);
    };
  return {
    ...sheet,
    key: back(sheet.key, ''),
    columns: sheet.columns.map(({ key, title, figures, show, value, behind }) => ({
      key,
      title,
      ...(figures ? { figures } : {}),
      show: back(show, ''),
      ...(value ? { value: back(value, 0) } : {}),
      ...(behind ? { behind: back(behind, null) } : {}),
    })),
  };
}
