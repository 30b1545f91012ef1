import { safe } from '@orpc/client';
import { useCallback, useEffect, useState } from 'react';
import type { MessageView } from '../../../shared/contract/outbox.ts';
import { station } from '../../lib/station/client.ts';
import { useLive } from '../../lib/station/live.ts';
import { useSession } from '../../lib/station/session.ts';
import { useOutboxFilter } from './store.ts';

export interface MessagePage {
  readonly items: readonly MessageView[];
  readonly total: number;
}

/** The page of messages that the filter asks for. Counts that changed on the live links fetch it again; the old stays until then. */
export function useMessages() {
  const filter = useOutboxFilter();
  const online = useSession((state) => state.link === 'online');
  const pulse = useLive((state) =>
    (state.frame?.links ?? []).map((link) => `${link.waiting}/${link.refused}/${link.deliveredToday}`).join(),
  );
  const [page, setPage] = useState<MessagePage | null>(null);
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `pulse` and `round` say when to fetch, not what
  useEffect(() => {
    if (!online) return;
    let current = true;
    setBusy(true);
    const { platform, status, key } = filter;
    const call = async () =>
      station().outbox.list({
        page: filter.page,
        pageSize: filter.pageSize,
        ...(platform ? { platform } : {}),
        ...(status ? { status } : {}),
        ...(key.trim() ? { key: key.trim() } : {}),
      });
    void safe(call()).then((answer) => {
      if (!current) return;
      setBusy(false);
      setFailed(!answer.isSuccess);
      if (answer.isSuccess) setPage(answer.data);
    });
    return () => {
      current = false;
    };
  }, [filter, online, pulse, round]);
  const refresh = useCallback(() => setRound((n) => n + 1), []);
  return { page, failed, busy, refresh };
}
