import { useMemo } from 'react';
import type { EventView } from '../../../../shared/contract/journal.ts';
import { type EventBody, type EventKind, eventBodies } from '../../../../shared/domain/events.ts';
import type { PaymentMethod } from '../../../../shared/domain/money-flow.ts';
import type { Plate } from '../../../../shared/domain/plate.ts';
import type { FeeStep } from '../../../../shared/domain/tariff.ts';
import { useLive } from '../../../lib/station/live.ts';

/** A car that came in or went out lately, as the journal tells it. */
export interface Passed {
  readonly seq: number;
  readonly uid: string;
  readonly at: string;
  readonly passageId: string | null;
  readonly plate: Plate;
  readonly identity: string | null;
  readonly laneName: string;
  readonly direction: 'in' | 'out';
  readonly how: EventBody<'vehicle-exited'>['how'] | EventBody<'vehicle-entered'>['how'];
  /** What was paid over the whole stay; null for an entry. */
  readonly paidFen: number | null;
  readonly owedFen: number;
  readonly steps: FeeStep[];
}

/** Rows of the journal never change, so each is read once however often the list is drawn. */
const read = new WeakMap<EventView, Passed | null>();

const bodyOf = <K extends EventKind>(kind: K, event: EventView): EventBody<K> | undefined => {
  const parsed = eventBodies[kind].safeParse(event.body);
  // The schema of this kind was asked, which the compiler does not see through the index.
  return parsed.success ? (parsed.data as EventBody<K>) : undefined;
};

function passedOf(event: EventView): Passed | null {
  const { seq, at, passageId } = event;
  if (event.kind === 'vehicle-entered') {
    const body = bodyOf('vehicle-entered', event);
    if (!body) return null;
    const { uid, plate, identity } = body.stay;
    const about = { seq, at, passageId, uid, plate, identity, laneName: body.lane.name, how: body.how };
    return { ...about, direction: 'in', paidFen: null, owedFen: 0, steps: [] };
  }
  if (event.kind !== 'vehicle-exited') return null;
  const body = bodyOf('vehicle-exited', event);
  if (!body) return null;
  const { uid, plate, identity, paidFen, owedFen } = body.stay;
  const about = { seq, at, passageId, uid, plate, identity, laneName: body.lane.name, how: body.how };
  return { ...about, direction: 'out', paidFen, owedFen, steps: body.steps };
}

function known(event: EventView): Passed | null {
  const before = read.get(event);
  if (before !== undefined) return before;
  const made = passedOf(event);
  read.set(event, made);
  return made;
}

/** The newest in front. */
function passagesOf(events: readonly EventView[]): readonly Passed[] {
  return events.flatMap((event) => {
    const passed = known(event);
    return passed ? [passed] : [];
  });
}

export function usePassages(): readonly Passed[] {
  const events = useLive((state) => state.events);
  return useMemo(() => passagesOf(events), [events]);
}

/** The picture of a passage, as far as the journal at hand tells. */
export function photoOf(events: readonly EventView[], passageId: string | null): string | null {
  if (passageId === null) return null;
  const taken = events.find((event) => event.kind === 'photo-taken' && event.passageId === passageId);
  const photoId = taken?.body['photoId'];
  return typeof photoId === 'string' ? photoId : null;
}

/** With what the money of a passage came, each kind once. */
export function methodsOf(events: readonly EventView[], passageId: string | null): readonly PaymentMethod[] {
  if (passageId === null) return [];
  const methods = events.flatMap((event) => {
    if (event.kind !== 'bill-paid' || event.passageId !== passageId) return [];
    const body = bodyOf('bill-paid', event);
    return body ? [body.method] : [];
  });
  return [...new Set(methods)];
}
