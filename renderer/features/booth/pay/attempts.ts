import { useMemo } from 'react';
import type { EventView } from '../../../../shared/contract/journal.ts';
import type { AttemptView } from '../../../../shared/contract/payments.ts';
import { isOpenTry, isRiskyTry } from '../../../../shared/domain/attempt-state.ts';
import { eventBodies } from '../../../../shared/domain/events.ts';
import type { Attempt } from '../../../../shared/domain/money-flow.ts';
import { fromRfc3339 } from '../../../../shared/domain/time.ts';
import { useLive } from '../../../lib/station/live.ts';
import { usePay } from './pay-store.ts';
import type { Try } from './try.ts';

/** What of a try matters here. */
export const tryOf = (attempt: AttemptView): Try =>
  tried({ ...attempt, createdAt: fromRfc3339(attempt.createdAt), updatedAt: fromRfc3339(attempt.updatedAt) });

function tried(attempt: Attempt): Try {
  const { id, billId, channel, kind, state, amountFen, detail, setAside, guarantee, createdAt, updatedAt } = attempt;
  const unknownAt = state === 'unknown' ? updatedAt : null;
  return { id, billId, channel, kind, state, amountFen, detail, setAside, guarantee, unknownAt, createdAt, updatedAt };
}

export const isOpen: (each: Try) => boolean = isOpenTry;

/** 待核实: asked about as often as its channel wants while the car waits. It holds nothing up any more; its money is booked or given back. */
export const isSetAside = (each: Try): boolean => each.setAside && isOpen(each);

export const isRisky: (each: Try) => boolean = isRiskyTry;

/** The tries of a bill, the newest in front: what the journal told, and what calls answered meanwhile. */
function triesOf(billId: string, events: readonly EventView[], known: readonly Try[]): readonly Try[] {
  const found = new Map<string, Try>();
  const take = (each: Try): void => {
    if (each.billId !== billId) return;
    const before = found.get(each.id);
    const newest = before === undefined || before.updatedAt < each.updatedAt ? each : before;
    const since = [before?.unknownAt, each.unknownAt].filter((at) => typeof at === 'number');
    found.set(each.id, { ...newest, unknownAt: since.length === 0 ? null : Math.min(...since) });
  };
  for (const event of events) {
    if (event.kind !== 'attempt-changed') continue;
    const told = eventBodies['attempt-changed'].safeParse(event.body);
    if (told.success) take(tried(told.data.attempt));
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
