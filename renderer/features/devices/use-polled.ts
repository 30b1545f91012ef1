import { type DependencyList, useEffect, useRef } from 'react';
import type { StationClient } from '../../../shared/contract/index.ts';
import { type Asked, useAsk } from '../../office/use-ask.ts';

/** Asks again and again, a moment after the last answer: a slow station is not asked faster than it answers. */
export function usePolled<T>(
  ask: (client: StationClient, signal: AbortSignal) => Promise<T> | null,
  on: DependencyList,
  everyMs: number,
): Asked<T> {
  const asked = useAsk(ask, on);
  const latest = useRef(asked);
  latest.current = asked;
  useEffect(() => {
    const timer = setInterval(() => {
      if (!latest.current.busy && document.visibilityState !== 'hidden') latest.current.again();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return asked;
}
