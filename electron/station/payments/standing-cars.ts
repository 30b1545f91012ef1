import { type JournalEvent, STATION } from '../../../shared/domain/events.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';
import type { PaymentDesk } from './desk.ts';
import type { LanesSeen } from './lanes-seen.ts';
import { isOf } from './review.ts';

/** Why cars wait for a person that have nothing to wait for once they are paid. */
const SETTLED_BY_MONEY: ReadonlySet<string> = new Set(['fee-unknown', 'amount-check', 'doubtful']);

interface Deps {
  readonly store: Pick<Store, 'onCommitted'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly lanes: Pick<LanesSeen, 'standing'>;
  /** The lane is to look anew at what stands there. */
  readonly refresh: (laneId: string, actor: typeof STATION) => void;
  readonly desk: Pick<PaymentDesk, 'agreed'>;
}

/**
 * What happens elsewhere to a car that stands at a lane: its stay is paid while it waits for a person, and the lane decides anew; or
 * somebody agrees to pay for this very stay while its bill stands there, and is asked.
 */
export function watchStandingCars(deps: Deps): Cancel {
  const timers = new Set<Cancel>();
  const stopListening = deps.store.onCommitted((events) => {
    for (const event of events) {
      const follow = followOf(event, deps);
      if (!follow) continue;
      // Later, when whoever recorded it has come to an end.
      const cancel = deps.clock.after(0, () => {
        timers.delete(cancel);
        try {
          follow();
        } catch (error) {
          // What was paid or agreed on stands; the lane hears of it when the car is next looked at.
          deps.log.warn('a lane did not go on by itself', { after: event.kind, error: errorText(error) });
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

function followOf(event: JournalEvent, deps: Deps): (() => void) | undefined {
  if (event.kind === 'bill-paid' && event.body.debtId === null && event.body.stay.status === 'inside')
    return () => paid(event.body.stay, deps);
  if (event.kind === 'agreement-changed' && event.body.change !== 'removed' && event.body.agreement.uid !== null)
    return () => deps.desk.agreed(event.body.agreement);
  return undefined;
}

function paid(stay: Stay, { lanes, refresh }: Deps): void {
  const waiting = lanes.standing().find((car) => SETTLED_BY_MONEY.has(car.attention ?? '') && isOf(car, stay));
  if (waiting) refresh(waiting.laneId, STATION);
}
