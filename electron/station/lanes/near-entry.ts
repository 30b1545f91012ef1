import { type JournalEvent, STATION } from '../../../shared/domain/events.ts';
import { nearMatches } from '../../../shared/domain/plate-match.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Ids, Log } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';

/** One confusable character apart: what a camera takes for the same car. */
const CONFUSABLE = 0.5;

/**
 * Two cars, one bill: a plate that entered while one stands inside that a camera may take for it. One of the two may be misread,
 * or was, and then one car's bill is another's stay. Looked at after the arm was told to open, never before.
 */
export function watchNearEntries(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}): Cancel {
  const { store, clock, log } = deps;
  const timers = new Set<Cancel>();
  const stopListening = store.onCommitted((events) => {
    for (const event of events) {
      if (event.kind !== 'vehicle-entered' || event.body.how !== 'automatic') continue;
      const cancel = clock.after(0, () => {
        timers.delete(cancel);
        try {
          compare(deps, event);
        } catch (error) {
          log.error('near plates could not be looked for', { error: errorText(error) });
        }
      });
      timers.add(cancel);
    }
  });
  return () => {
    stopListening();
    for (const cancel of timers) cancel();
  };
}

function compare(
  { store, clock, ids }: Parameters<typeof watchNearEntries>[0],
  event: JournalEvent & { readonly kind: 'vehicle-entered' },
): void {
  const entered: Stay = event.body.stay;
  const others = store.read.stays.insideTexts().filter((each) => each.uid !== entered.uid);
  const [nearest] = nearMatches(entered.plate, others, (text) => ({
    text: text.plate,
    color: 'unknown',
    kind: 'ordinary',
  })).filter((match) => match.cost > 0 && match.cost <= CONFUSABLE);
  if (!nearest) return;
  store.write((tx) =>
    tx.record({
      kind: 'case-changed',
      key: entered.uid,
      laneId: event.laneId,
      passageId: event.passageId,
      actor: STATION,
      body: {
        change: 'opened',
        case: {
          id: ids.next('case'),
          kind: 'near-plate',
          uid: entered.uid,
          laneId: event.laneId,
          passageId: event.passageId,
          plate: entered.plate.text,
          amountFen: 0,
          detail: `入场车牌与在场车辆 ${nearest.item.plate} 仅一个易混字符之差，请核对照片`,
          openedAt: clock.now(),
          owner: null,
          closedAt: null,
          closedBy: null,
          resolution: null,
        },
      },
    }),
  );
}
