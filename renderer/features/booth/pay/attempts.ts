import { useMemo } from 'react';
import type { EventView } from '../../../../shared/contract/journal.ts';
import type { AttemptView } from '../../../../shared/contract/payments.ts';
import { eventBodies } from '../../../../shared/domain/events.ts';
import type { AttemptState } from '../../../../shared/domain/money-flow.ts';
import { fromRfc3339 } from '../../../../shared/domain/time.ts';
import { useLive } from '../../../lib/station/live.ts';
import { usePay } from './pay-store.ts';
import type { Try } from './try.ts';

/** What of a try matters here. */
export function tryOf(attempt: AttemptView): Try {
  const { id, billId, channel, kind, state, amountFen, detail } = attempt;
  const createdAt = fromRfc3339(attempt.createdAt);
  return { id, billId, channel, kind, state, amountFen, detail, createdAt, updatedAt: fromRfc3339(attempt.updatedAt) };
}

const open = new Set<AttemptState>(['created', 'sent', 'unknown', 'reversing']);
export const isOpen = ({ state }: Try): boolean => open.has(state);

/** Money may be moving for it: taking money in another way besides needs a second look. A code that is merely shown is no such try. */
export const isRisky = ({ state, kind }: Try): boolean =>
  state === 'unknown' || state === 'reversing' || (state === 'sent' && kind !== 'qr');

/** The tries of a bill, the newest in front: what the journal told, and what calls answered meanwhile. */
function triesOf(billId: string, events: readonly EventView[], known: readonly Try[]): readonly Try[] {
  const found = new Map<string, Try>();
  const take = (each: Try): void => {
    const before = found.get(each.id);
    if (each.billId === billId && (before === undefined || before.updatedAt < each.updatedAt)) found.set(each.id, each);
  };
  for (const event of events) {
    if (event.kind !== 'attempt-changed') continue;
    const told = eventBodies['attempt-changed'].safeParse(event.body);
    if (told.success) take(told.data.attempt);
  }
  for (const each of known) take(each);
  return [...found.values()].sort((a, b) => b.createdAt - a.createdAt);
}

export const currentTries = (billId: string): readonly Try[] =>
  triesOf(billId, useLive.getState().events, usePay.getState().known);

const NONE: readonly Try[] = [];

export function useTries(billId: string | undefined): readonly Try[] {
  const events = useLive((state) => state.events);
  const known = usePay((state) => state.known);
  return useMemo(() => (billId === undefined ? NONE : triesOf(billId, events, known)), [billId, events, known]);
}
