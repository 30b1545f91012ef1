import type { Lane } from '../../../shared/domain/site.ts';
import type { LaneState } from './state.ts';

/**
 * Whether the car that a platform was asked about still stands there, by the trigger loop. Only lanes where a platform has the
 * word keep that loop in their state: everywhere else nothing depends on it, and the way from the plate to the arm pays for no
 * write more. Pure.
 */

/** A loop flickers under a trailer: who left it has gone after this time. */
const LEFT_MS = 2000;
/** A camera reads further ahead than the loop lies: who has not come onto it by then turned away. */
export const COMING_MS = 15_000;

/** coming: read, and not on the loop yet · left: was on it, and is no longer. Where no loop works everybody is there. */
type Presence = 'there' | 'coming' | 'left';

export function presence({ loop, passage, underArm }: LaneState): Presence {
  // On the safety loop it rolled forward: it is there all the same.
  if (!loop || !passage || underArm || passage.onLoop?.on) return 'there';
  return passage.onLoop === null ? 'coming' : 'left';
}

/** Everything that waits for a platform's word, and could still be opened for by it, or by nobody any more. */
function isAskedAbout({ phase, passage, lastCommand }: LaneState): boolean {
  if (phase === 'asking') return true;
  const silent = passage?.attention === 'remote-refused' || passage?.attention === 'remote-silent';
  // Somebody opened for it: that it left the loop says that it went, and a person writes down how.
  const opened = lastCommand?.action === 'open' && lastCommand.passageId === passage?.id;
  return phase === 'attention' && silent && !opened;
}

/** When the car that is asked about counts as gone, if nothing changes; null: it is there, or nothing depends on it. */
export function goneAt(state: LaneState, lane: Lane): number | null {
  const { passage } = state;
  if (!lane.authority || !passage || state.held || !isAskedAbout(state)) return null;
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
  if (phase !== 'cleared' || !passage || !lane.authority || !state.loop || state.held) return null;
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
  const next: LaneState = { ...state, loop: { on, since: now } };
  if (!passage) return next;
  // Who was let through and left the loop does not come back onto it: that is the next one, unless the loop only flickered.
  const flickered = state.loopSeen && !passage.crossed && now - (passage.onLoop?.since ?? 0) < LEFT_MS;
  const another = on && state.phase === 'cleared' && passage.onLoop !== null && !flickered;
  // The first that is ever heard may be that it left.
  const stood = on || passage.onLoop?.on === true || state.loop === null;
  return another || !stood ? next : { ...next, passage: { ...passage, onLoop: { on, since: now } } };
}

/** Back from the safety loop: from then on counts whether it is gone. */
export function offSafetyLoop(state: LaneState, now: number): LaneState {
  const { passage } = state;
  if (!passage?.onLoop || passage.onLoop.on) return state;
  return { ...state, passage: { ...passage, onLoop: { on: false, since: now } } };
}
