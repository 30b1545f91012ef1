import type { VankeReply } from './context.ts';

export interface Paging {
  readonly pageSize: number;
  readonly currentPage: number;
}

/** Where a page begins, and how long it is at most. */
export const sliceOf = ({ pageSize, currentPage }: Paging): { readonly offset: number; readonly limit: number } => ({
  offset: (currentPage - 1) * pageSize,
  limit: pageSize,
});

/** One page of an answer; beyond the end there are no rows, and the total is told all the same. */
export const pageOf = (
  total: number,
  data: readonly Readonly<Record<string, string>>[],
  { pageSize, currentPage }: Paging,
): VankeReply => ({ respCode: '0', respDesc: '', total, pageSize, currentPage, data });
