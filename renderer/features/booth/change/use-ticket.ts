import { safe } from '@orpc/client';
import { useState } from 'react';
import type { ChangeOrderView } from '../../../../shared/contract/change-orders.ts';
import type { PrintedView } from '../../../../shared/contract/printing.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { station } from '../../../lib/station/client.ts';
import { useLive } from '../../../lib/station/live.ts';
import { may, useSession } from '../../../lib/station/session.ts';
import { type Problem, problemOf } from '../problem.ts';
import { useBooth } from '../store.ts';

type Ended = PrintedView | { readonly problem: Problem };

/** 找零单: the ticket of an order on paper, as long as its code leads anywhere. */
export interface Ticket {
  readonly offered: boolean;
  readonly busy: boolean;
  /** There is one on paper already, as far as this window knows. */
  readonly again: boolean;
  readonly said: string | null;
  readonly problem: string | null;
  readonly print: () => Promise<void>;
}

export function useTicket(order: ChangeOrderView | null): Ticket {
  const { t } = useWords();
  const printer = usePrinter(order?.laneId ?? null);
  const allowed = useSession((state) => may(state.user, 'receipt.print'));
  const [busy, setBusy] = useState(false);
  const [known, setKnown] = useState<Readonly<Record<string, Ended>>>({});
  const ended = order === null ? undefined : known[order.id];
  const offered = order !== null && order.state === 'open' && order.url !== null && printer !== undefined && allowed;
  const print = async (): Promise<void> => {
    if (!offered || busy) return;
    const { id } = order;
    setBusy(true);
    setKnown(({ [id]: _before, ...others }) => others);
    const answer = await safe(Promise.resolve().then(() => station().printing.change({ id, printer })));
    setBusy(false);
    setKnown((before) => ({ ...before, [id]: answer.isSuccess ? answer.data : { problem: problemOf(answer.error) } }));
  };
  if (!ended || 'problem' in ended) {
    const problem = ended ? `${t(`problem.${ended.problem.key}.title`, ended.problem.params)}` : null;
    return { offered, busy, again: false, said: null, problem, print };
  }
  const { outcome, copy, detail } = ended;
  const key = copy > 1 ? 'boothMore.change.ticketCopied' : 'boothMore.change.ticketPrinted';
  return {
    ...{ offered, busy, again: outcome !== 'refused', print },
    said: outcome === 'done' ? t(key, { n: copy - 1 }) : null,
    problem: outcome === 'done' ? null : t(`boothMore.change.ticketEnded.${outcome}`, { detail }),
  };
}

/** That of the lane where it was paid; else that of the lane on show, or any. */
function usePrinter(paidAt: string | null): string | undefined {
  const shown = useBooth((state) => state.laneId);
  return useLive((state) => {
    const lanes = state.frame?.lanes ?? [];
    const at = (laneId: string | null) => lanes.find(({ id }) => id === laneId);
    return [at(paidAt), at(shown), ...lanes].flatMap(
      (lane) => lane?.devices.find(({ kind }) => kind === 'printer')?.id ?? [],
    )[0];
  });
}
