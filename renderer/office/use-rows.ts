import { safe } from '@orpc/client';
import { type DependencyList, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { StationClient } from '../../shared/contract/index.ts';
import { station } from '../lib/station/client.ts';
import { useSession } from '../lib/station/session.ts';

/** A page as the contract answers it. */
export interface PageAnswer<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly exact?: boolean | undefined;
}

export interface Rows<T> {
  /** Of everything that the filter matches; null until the first answer came. */
  readonly total: number | null;
  /** How far the list can be scrolled: beyond `total` where there are more rows than were counted. */
  readonly length: number;
  /** False: there are more than `total`. */
  readonly exact: boolean;
  readonly failed: { readonly error: unknown } | null;
  readonly busy: boolean;
  /** False while the rows on screen are still those of the filter before: nothing may be opened or chosen then. */
  readonly settled: boolean;
  /** The row at this place, when it is here. */
  row(index: number): T | undefined;
  /** Asks for the page that holds this place; give the answer back when the place is out of sight again. */
  want(index: number): () => void;
  again(): void;
}

export const PAGE = 100;
const PATIENCE_MS = 60;

/**
 * The rows of a listing, fetched page by page as they come into sight. The list stays as it was fetched until somebody asks
 * again: what happens meanwhile never moves a row under the hand.
 */
export function useRows<T>(
  ask: (
    client: StationClient,
    page: { readonly page: number; readonly pageSize: number },
    signal: AbortSignal,
  ) => Promise<PageAnswer<T>>,
  on: DependencyList,
): Rows<T> {
  const online = useSession((state) => state.link === 'online' && state.user !== null);
  const [round, setRound] = useState(0);
  const [state, setState] = useState<Pick<Rows<T>, 'total' | 'length' | 'exact' | 'failed' | 'busy' | 'settled'>>({
    total: null,
    length: 0,
    exact: true,
    failed: null,
    busy: false,
    settled: true,
  });
  const [, redraw] = useState(0);
  const pages = useRef(new Map<number, readonly T[]>());
  const asked = useRef(new Set<number>());
  const life = useRef(new AbortController());
  const shown = useRef(-1);
  const asking = useRef(ask);
  asking.current = ask;

  const fetchPage = useCallback(async (page: number): Promise<void> => {
    const { signal } = life.current;
    if (asked.current.has(page)) return;
    asked.current.add(page);
    const answer = await safe(
      Promise.resolve().then(() => asking.current(station(), { page, pageSize: PAGE }, signal)),
    );
    if (signal.aborted) return;
    if (!answer.isSuccess) {
      asked.current.delete(page);
      setState((old) => ({ ...old, failed: { error: answer.error }, busy: false }));
      return;
    }
    const { items, total, exact } = answer.data;
    if (page === 1) pages.current = new Map([[1, items]]);
    else pages.current.set(page, items);
    setState((old) => {
      const counted = page === 1 || old.total === null ? total : old.total;
      const whole = page === 1 ? exact !== false : old.exact;
      // Past the count the list grows while full pages come, and ends at the first that is not.
      const reached = (page - 1) * PAGE + items.length;
      const grown = items.length < PAGE ? Math.max(counted, reached) : Math.max(counted, old.length, reached + PAGE);
      return {
        total: counted,
        length: whole ? counted : grown,
        exact: whole,
        failed: null,
        busy: false,
        settled: old.settled || page === 1,
      };
    });
    redraw((n) => n + 1);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller says when the listing is another one
  useEffect(() => {
    life.current.abort();
    life.current = new AbortController();
    asked.current = new Set();
    if (!online) return;
    const byHand = shown.current !== round;
    shown.current = round;
    // Asked again by hand it is the same listing; anything else is another one.
    setState((old) => ({ ...old, busy: true, settled: byHand && old.settled }));
    void fetchPage(1);
  }, [online, round, ...on]);
  useEffect(() => () => life.current.abort(), []);

  const want = useCallback(
    (index: number): (() => void) => {
      const page = Math.floor(index / PAGE) + 1;
      // Whoever scrolls past does not want what lies between.
      const timer = setTimeout(() => void fetchPage(page), PATIENCE_MS);
      return () => clearTimeout(timer);
    },
    [fetchPage],
  );
  const again = useCallback(() => setRound((n) => n + 1), []);
  const row = useCallback(
    (index: number): T | undefined => pages.current.get(Math.floor(index / PAGE) + 1)?.[index % PAGE],
    [],
  );
  return useMemo(() => ({ ...state, row, want, again }), [state, row, want, again]);
}
