import { plateDistance } from '../../../shared/domain/plate-match.ts';
import type { Lane } from '../../../shared/domain/site.ts';
import { isReadable } from './rules.ts';
import { type Arrival, isHeldUp, type LaneState, type Passage } from './state.ts';

/**
 * Whether the car that a platform was asked about still stands there, by the trigger loop. Only lanes where a platform has the
 * word keep that loop in their state: everywhere else nothing depends on it, and the way from the plate to the arm pays for no
 * write more. Pure.
 */

/** A loop flickers under a trailer: who left it has gone after this time, and who comes onto it later is another car. */
const LEFT_MS = 1000;
/** Read this soon after the loop was pressed, the one on it is the one that was read. */
const PRESSED_MS = 3000;
/** A plate this near to the one before is the same car, read better. */
const NEAR = 1;
/** A camera reads further ahead than the loop lies: who has not come onto it by then turned away. */
export const COMING_MS = 15_000;

/** coming: read, and not on the loop yet · left: was on it, and is no longer. Where no loop works everybody is there. */
type Presence = 'there' | 'coming' | 'left';

/** The reading that wants to be served, and the car that is. */
interface Behind {
  readonly present: Passage;
  readonly arrival: Arrival;
}

export function presence({ loop, passage, underArm }: LaneState): Presence {
  // On the safety loop it rolled forward: it is there all the same.
  if (!loop || !passage || underArm || passage.onLoop?.on) return 'there';
  return passage.onLoop === null ? 'coming' : 'left';
}

/**
 * Whether what the camera reads now takes the place of the car that is asked about, because it is known or likely that this one
 * stands before it no longer. A car that stands on the loop keeps its place.
 */
export function givesWay(state: LaneState, { present, arrival }: Behind): boolean {
  if (!isAskedAbout(state) || !isReadable(arrival.plate) || state.underArm) return false;
  if (!state.loop || present.unsure || presence(state) !== 'there') return true;
  if (isReadable(present.plate) && plateDistance(arrival.plate.text, present.plate.text) <= NEAR) return true;
  const { on, since } = state.loop;
  return on && arrival.at - since <= PRESSED_MS && present.seenAt < since;
}

/** What a passage that begins now knows of the loop. Who queued is not on it while the one before may be. */
export function loopUnder({ loop }: LaneState, arrival: Arrival, queued: boolean): Passage['onLoop'] {
  if (!loop?.on) return null;
  return queued && loop.since <= arrival.at ? null : loop;
}

/** Everything that waits for a platform's word, and could still be opened for by it, or by nobody any more. */
export function isAskedAbout({ phase, passage, lastCommand }: LaneState): boolean {
  if (phase === 'asking') return true;
  const silent = passage?.attention === 'remote-refused' || passage?.attention === 'remote-silent';
  // Somebody opened for it: that it left the loop says that it went, and a person writes down how.
  const opened = lastCommand?.action === 'open' && lastCommand.passageId === passage?.id;
  return phase === 'attention' && silent && !opened;
}

/** When the car that is asked about counts as gone, if nothing changes; null: it is there, or nothing depends on it. */
export function goneAt(state: LaneState, lane: Lane): number | null {
  const { passage } = state;
  if (!lane.authority || !passage || isHeldUp(state) || !isAskedAbout(state)) return null;
  const where = presence(state);
  if (where === 'there') return null;
  if (where === 'left') return (passage.onLoop?.since ?? 0) + LEFT_MS;
  return Math.max(passage.seenAt, passage.asked?.since ?? 0, passage.asked?.verdictAt ?? 0) + COMING_MS;
}

/**
 * Until when a car that was let through keeps its place, because it is on its way under the arm: whose safety loop is pressed next
 * is told to the platform, and nobody is opened for whose place is taken. Null: the next one may be served.
 */
export function keepsPlaceUntil(state: LaneState, lane: Lane): number | null {
  const { phase, passage, lastCommand } = state;
  if (phase !== 'cleared' || !passage || !lane.authority || !state.loop || isHeldUp(state)) return null;
  if (state.underArm || passage.onLoop?.on) return Number.POSITIVE_INFINITY;
  if (passage.crossed || !state.loopSeen) return null;
  if (passage.onLoop) return passage.onLoop.since + LEFT_MS;
  return (lastCommand?.passageId === passage.id ? lastCommand.at : passage.seenAt) + COMING_MS;
}

export function keepsPlace(state: LaneState, lane: Lane, now: number): boolean {
  const until = keepsPlaceUntil(state, lane);
  if (until === null || until === Number.POSITIVE_INFINITY) return until !== null;
  // A clock that was set back must not hold up the lane.
  return now < until && until - now <= COMING_MS;
}

/** When the lane must look again because nothing happened; null: only what happens changes anything. */
export function lookAgainAt(state: LaneState, lane: Lane): number | null {
  const gone = goneAt(state, lane);
  if (gone !== null || state.waiting.length === 0) return gone;
  const until = keepsPlaceUntil(state, lane);
  return until === Number.POSITIVE_INFINITY ? null : until;
}

/** The trigger loop changed under whoever stands there. */
export function onTriggerLoop(state: LaneState, on: boolean, now: number): LaneState {
  if (state.loop?.on === on) return state;
  const { passage } = state;
  const next: LaneState = { ...state, loop: { on, since: now }, missed: on ? 0 : state.missed };
  if (!passage) return next;
  // Who was let through and left the loop does not come back onto it: that is the next one, unless the loop only flickered.
  const flickered = state.loopSeen && !passage.crossed && now - (passage.onLoop?.since ?? 0) < LEFT_MS;
  const another = on && state.phase === 'cleared' && passage.onLoop !== null && !flickered;
  // The first that is ever heard may be that it left.
  const stood = on || passage.onLoop?.on === true || state.loop === null;
  return another || !stood
    ? next
    : { ...next, passage: { ...passage, unsure: false, beyond: false, onLoop: { on, since: now } } };
}

/** Whether who is on the loop now came onto it too late to be the one that is asked about: that one has gone, or never came. */
export function cameTooLate(state: LaneState, lane: Lane, now: number): boolean {
  const gone = goneAt(state, lane);
  return gone !== null && now > gone && !state.loop?.on;
}

/** Off the safety loop: from then on counts whether it is gone. */
export function offSafetyLoop(state: LaneState, now: number): LaneState {
  const { passage } = state;
  if (!state.loop || !passage?.crossed || passage.onLoop?.on) return state;
  return { ...state, passage: { ...passage, beyond: true, onLoop: { on: false, since: now } } };
}
