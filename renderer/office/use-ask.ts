import { safe } from '@orpc/client';
import { type DependencyList, useCallback, useEffect, useState } from 'react';
import type { StationClient } from '../../shared/contract/index.ts';
import { station } from '../lib/station/client.ts';
import { useSession } from '../lib/station/session.ts';

export interface Asked<T> {
  /** The newest answer; the one before it stays while a new one is on its way or failed. */
  readonly data: T | null;
  /** Why the newest question got no answer; `null` when it did. */
  readonly failed: { readonly error: unknown } | null;
  readonly busy: boolean;
  again(): void;
}

/**
 * Asks the station whenever `on` changes, when the connection is back, and on `again`. A question that is overtaken is
 * cancelled. `ask` may return null: there is nothing to ask.
 */
export function useAsk<T>(
  ask: (client: StationClient, signal: AbortSignal) => Promise<T> | null,
  on: DependencyList,
): Asked<T> {
  const online = useSession((state) => state.link === 'online' && state.user !== null);
  const [state, setState] = useState<Pick<Asked<T>, 'data' | 'failed' | 'busy'>>({
    data: null,
    failed: null,
    busy: false,
  });
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller says when to ask; `ask` itself is new at every drawing
  useEffect(() => {
    if (!online) return;
    const asking = new AbortController();
    const call = (): Promise<T> | null => ask(station(), asking.signal);
    let question: Promise<T> | null;
    try {
      question = call();
    } catch (error) {
      question = Promise.reject(error);
    }
    if (question === null) {
      setState({ data: null, failed: null, busy: false });
      return;
    }
    setState((old) => ({ ...old, busy: true }));
    void safe(question).then((answer) => {
      if (asking.signal.aborted) return;
      if (answer.isSuccess) setState({ data: answer.data, failed: null, busy: false });
      else setState((old) => ({ data: old.data, failed: { error: answer.error }, busy: false }));
    });
    return () => asking.abort();
  }, [online, round, ...on]);
  const again = useCallback(() => setRound((n) => n + 1), []);
  return { ...state, again };
}
