import type { Actor } from '../../../shared/domain/events.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { ConflictError, errorText, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';
import type { LanesSeen } from './lanes-seen.ts';

/** How long a review also speaks for the amount: by then a bill may have grown into another one. */
const REVIEW_HOLDS_MS = 30 * 60_000;

/** Whether somebody looked at this stay so lately that its amount needs no second look. */
export const reviewedLately = (stay: Pick<Stay, 'reviewedAt'>, at: EpochMs): boolean =>
  stay.reviewedAt !== null && at - stay.reviewedAt <= REVIEW_HOLDS_MS;

export interface ReviewsDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly lanes: LanesSeen;
  /** The lane is to look anew at what stands there. */
  readonly refresh: (laneId: string, actor: Actor) => void;
}

/** 核对: a person looked at a stay that is in doubt or costs much, and says that it counts as it stands. */
export class Reviews {
  readonly #deps: ReviewsDeps;

  constructor(deps: ReviewsDeps) {
    this.#deps = deps;
  }

  /** Settles every doubt up to now; what comes later is a new one. The lane at which the car waits decides anew. */
  review(uid: string, reason: string, actor: Actor): Stay {
    const { store, clock, log, lanes, refresh } = this.#deps;
    const stay = store.write((tx) => {
      const before = tx.stays.get(uid);
      if (!before) throw new NotFoundError('没有这条停车记录');
      if (before.status !== 'inside') throw new ConflictError('not-inside', '车辆已不在场');
      const reviewed: Stay = { ...before, reviewedAt: clock.now() };
      tx.record({
        kind: 'stay-corrected',
        key: uid,
        laneId: null,
        passageId: null,
        actor,
        body: { what: 'review', before, stay: reviewed, reason, spaces: null },
      });
      return reviewed;
    });
    const waiting = lanes.standing().find((car) => isAsked(car.attention) && isOf(car, stay));
    try {
      if (waiting) refresh(waiting.laneId, actor);
    } catch (error) {
      // The review stands. The car moved on meanwhile, or is decided on when it is next looked at.
      log.warn('a lane did not look anew after a review', { lane: waiting?.laneId, error: errorText(error) });
    }
    return stay;
  }
}

const isAsked = (attention: string | null): boolean => attention === 'doubtful' || attention === 'amount-check';

/** Whether a car that stands at a lane is the one of a stay. */
export const isOf = (car: { readonly uid: string | null; readonly plate: string }, stay: Stay): boolean =>
  car.uid === null ? car.plate !== '' && car.plate === stay.plate.text : car.uid === stay.uid;
