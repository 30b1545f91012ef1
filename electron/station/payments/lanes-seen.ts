import type { Actor } from '../../../shared/domain/events.ts';
import type { Bill, PaymentMethod } from '../../../shared/domain/money-flow.ts';
import type { Doubt, Stay } from '../../../shared/domain/stay.ts';

/** A car that stands at a lane and was not let through yet. */
export interface StandingCar {
  readonly laneId: string;
  /** Its stay, as far as it is known. */
  readonly uid: string | null;
  readonly plate: string;
  /** Why it waits for a person, if it does. */
  readonly attention: string | null;
  readonly bill: Bill | null;
}

/** What the lanes and the booths beside them tell about money that is taken elsewhere. */
export interface LanesSeen {
  /** Doubts about a stay that nobody has looked at, with the times in which cars passed an exit unseen. */
  doubts(stay: Stay): readonly Doubt[];
  standing(): readonly StandingCar[];
  /**
   * The shift at the booth of a lane; null where none runs and none is required.
   *
   * @throws ConflictError for cash that must not be taken there now
   */
  shiftAt(laneId: string, method: PaymentMethod, actor: Actor): string | null;
}
