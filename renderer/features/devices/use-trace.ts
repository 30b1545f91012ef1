import { safe } from '@orpc/client';
import { useEffect, useState } from 'react';
import type { Exchange } from '../../../shared/contract/devices.ts';
import { station } from '../../lib/station/client.ts';
import { useSession } from '../../lib/station/session.ts';

const EVERY_MS = 1_000;
const KEPT = 200;

export interface Traced {
  readonly exchanges: readonly Exchange[] | null;
  readonly failed: { readonly error: unknown } | null;
}

/**
 * Follows the messages of a device, oldest first: what is there keeps its place, what is new comes at the end. A station that began
 * to count anew was restarted, and what it tells replaces what was known.
 */
export function useTrace(id: string, paused: boolean): Traced {
  const online = useSession((state) => state.link === 'online' && state.user !== null);
  const [state, setState] = useState<Traced>({ exchanges: null, failed: null });
  useEffect(() => {
    if (!online || paused) return;
    let over = false;
    let last = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const answer = await safe(Promise.resolve().then(() => station().devices.trace({ id, afterSeq: last })));
      if (over) return;
      if (answer.isSuccess) {
        const { exchanges } = answer.data;
        const fresh = last === 0;
        last = exchanges.at(-1)?.seq ?? last;
        if (fresh || exchanges.length > 0)
          setState((old) => ({
            exchanges: fresh ? exchanges : [...(old.exchanges ?? []), ...exchanges].slice(-KEPT),
            failed: null,
          }));
      } else setState((old) => ({ ...old, failed: { error: answer.error } }));
      timer = setTimeout(() => void ask(), EVERY_MS);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [id, online, paused]);
  return state;
}
