import type { Remark } from '../../../shared/contract/practice.ts';
import type { JournalEvent } from '../../../shared/domain/events.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Floor, Side } from './floor.ts';

/** The car of a lesson. */
export interface Car {
  /** As anybody at the window can read it. */
  readonly plate: Plate;
  readonly side: Side;
  readonly laneId: string;
  /** Its stay, where it has one; the scenario fills it in. */
  uid: string | null;
}

/** What came of it: over, with a verdict; or only something worth remarking on the way. */
export interface Judgement {
  readonly verdict?: 'right' | 'wrong';
  readonly remark: Remark;
}

/** What happens with a car at the window, and how to tell whether it was dealt with as it should be. */
export interface ScenarioPlan {
  readonly side: Side;
  /** Puts there what must be there, and lets the car drive up. */
  begin(floor: Floor, car: Car): void;
  /** What an event of the practice station says about the car; called for those that came after it drove up. */
  judge(event: JournalEvent, car: Car, floor: Floor): Judgement | null;
  /** Puts right again what was broken for the lesson. */
  restore?(floor: Floor): void;
}

const right = (remark: Remark): Judgement => ({ verdict: 'right', remark });
const wrong = (remark: Remark): Judgement => ({ verdict: 'wrong', remark });
export const judged = { right, wrong };

const atLane = (event: JournalEvent, car: Car): boolean => event.laneId === car.laneId;

export const openedByHand = (event: JournalEvent, car: Car): boolean =>
  event.kind === 'gate-commanded' &&
  atLane(event, car) &&
  event.body.origin === 'manual' &&
  (event.body.action === 'open' || event.body.action === 'hold');

export const givenUp = (event: JournalEvent, car: Car): boolean =>
  event.kind === 'passage-ended' && atLane(event, car) && event.body.how === 'cancelled';

/** Let go as it stands, without a stay that could be billed. */
export const letGo = (event: JournalEvent, car: Car): boolean =>
  event.kind === 'gate-commanded' && atLane(event, car) && event.body.origin === 'released';

/** A car that came in and pays: collected is right, everything else that lets it go is not. */
export function paysAtExit(event: JournalEvent, car: Car): Judgement | null {
  if (openedByHand(event, car)) return wrong('opened-without-record');
  if (givenUp(event, car)) return wrong('cancelled');
  if (letGo(event, car)) return wrong('released-free');
  if (event.kind !== 'vehicle-exited' || !atLane(event, car)) return null;
  if (event.body.stay.uid !== car.uid) return wrong('wrong-car');
  return leftHow(event.body.how);
}

export function leftHow(how: string): Judgement {
  if (how === 'released') return wrong('released-free');
  if (how === 'debt') return wrong('left-owing');
  return right('collected');
}
