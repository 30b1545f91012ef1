import type { Fen } from '../../../shared/domain/money.ts';
import { formatMoney } from '../../lib/format.ts';
import type { Behind, SheetColumn } from './model.ts';

export const text = <T>(key: string, title: string, show: (row: T) => string): SheetColumn<T> => ({ key, title, show });

export const count = <T>(
  key: string,
  title: string,
  of: (row: T) => number,
  behind?: (row: T) => Behind | null,
): SheetColumn<T> => ({
  key,
  title,
  figures: true,
  show: (row) => of(row).toLocaleString('en-US'),
  value: of,
  ...(behind ? { behind } : {}),
});

export const money = <T>(
  key: string,
  title: string,
  of: (row: T) => Fen,
  behind?: (row: T) => Behind | null,
): SheetColumn<T> => ({ ...count(key, title, of, behind), show: (row) => formatMoney(of(row)) });

/** A share as percent with one decimal; `—` where nothing is to divide by. */
export const share = <T>(key: string, title: string, of: (row: T) => number | null): SheetColumn<T> => ({
  key,
  title,
  figures: true,
  show: (row) => {
    const value = of(row);
    return value === null ? '—' : `${(value * 100).toFixed(1)}%`;
  },
  value: (row) => of(row) ?? -1,
});

export const rate = <T>(key: string, title: string, of: (row: T) => number | null): SheetColumn<T> => ({
  key,
  title,
  figures: true,
  show: (row) => of(row)?.toFixed(1) ?? '—',
  value: (row) => of(row) ?? -1,
});
