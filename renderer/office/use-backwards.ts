import { safe } from '@orpc/client';
import { type DependencyList, useCallback, useEffect, useRef, useState } from 'react';
import type { StationClient } from '../../shared/contract/index.ts';
import type { EventView } from '../../shared/contract/journal.ts';
import { station } from '../lib/station/client.ts';
import { useSession } from '../lib/station/session.ts';

const PAGE = 100;

export interface Backwards {
  /** Newest first; null until the first answer came. */
  readonly rows: readonly EventView[] | null;
  readonly busy: boolean;
  readonly failed: { readonly error: unknown } | null;
  /** The first row of all has been reached. */
  readonly end: boolean;
  more(): void;
  again(): void;
}

/** The journal from its newest row back, a page at a time. What comes meanwhile moves nothing: ask again to see it. */
export function useBackwards(
  ask: (
    client: StationClient,
    page: { readonly limit: number; readonly before?: number },
    signal: AbortSignal,
  ) => Promise<readonly EventView[]>,
  on: DependencyList,
): Backwards {
  const online = useSession((state) => state.link === 'online' && state.user !== null);
  const [round, setRound] = useState(0);
  const [state, setState] = useState<Omit<Backwards, 'more' | 'again'>>({
    rows: null,
    busy: false,
    failed: null,
    end: false,
  });
  const life = useRef(new AbortController());
  const asking = useRef(ask);
  asking.current = ask;
  const busy = useRef(false);

  const fetchPage = useCallback(async (before: number | undefined): Promise<void> => {
    const { signal } = life.current;
    busy.current = true;
    setState((old) => ({ ...old, busy: true }));
    const page = before === undefined ? { limit: PAGE } : { limit: PAGE, before };
    const answer = await safe(Promise.resolve().then(() => asking.current(station(), page, signal)));
    if (signal.aborted) return;
    busy.current = false;
    if (!answer.isSuccess) setState((old) => ({ ...old, busy: false, failed: { error: answer.error } }));
    else
      setState((old) => ({
        rows: before === undefined ? answer.data : [...(old.rows ?? []), ...answer.data],
        busy: false,
        failed: null,
        end: answer.data.length < PAGE,
      }));
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller says when the question is another one
  useEffect(() => {
    life.current.abort();
    life.current = new AbortController();
    if (online) void fetchPage(undefined);
  }, [online, round, ...on]);
  useEffect(() => () => life.current.abort(), []);

  const oldest = state.rows?.at(-1)?.seq;
  const { end } = state;
  const more = useCallback(() => {
    if (!busy.current && !end && oldest !== undefined) void fetchPage(oldest);
  }, [end, oldest, fetchPage]);
  const again = useCallback(() => setRound((n) => n + 1), []);
  return { ...state, more, again };
}
