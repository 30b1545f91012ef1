import type { BerthState } from '../../../shared/domain/berth.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import { nearMatches } from '../../../shared/domain/plate-match.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { heard, isNews, type Observation, wordOf } from './words.ts';

/**
 * What is told of a berth, and what follows from it: when a stay begins, when it ends, and whose word counts. Pure: a state and an
 * observation give moves, in order. The caller carries each one out before the next is asked for, so that what it read is what counts.
 */

export interface BerthRules {
  readonly settleMs: number;
  readonly leaveMs: number;
}

/** A berth as far as the machine must know it. */
export interface Known {
  readonly state: BerthState;
  /** Nothing that is told of a berth out of use begins a stay. */
  readonly inUse: boolean;
  /** Of the stay that is in it; null: nobody knows it, or there is none. */
  readonly plate: Plate | null;
}

export type Move =
  /** The berth is taken or left from now on. */
  | { readonly type: 'changed'; readonly state: BerthState; readonly at: EpochMs }
  /** The car that is in it since `state.since` is one that stays. */
  | { readonly type: 'begin' }
  /** The stay of `uid` ended at this moment. */
  | { readonly type: 'end'; readonly uid: string; readonly at: EpochMs }
  /** The car whose stay had no plate turns out to have one. */
  | { readonly type: 'identified'; readonly plate: Plate; readonly vehicleClass: VehicleClass | null }
  /** The plate came before the stay began. */
  | { readonly type: 'read'; readonly state: BerthState };

/** What comes about by time alone: a car that has stood long enough, a berth that was free long enough. At most one move. */
export function due({ state, inUse }: Known, upTo: EpochMs, rules: BerthRules): Move | null {
  const at = dueAt({ state, inUse }, rules);
  if (at === null || at > upTo || state.since === null) return null;
  if (state.occupied) return { type: 'begin' };
  return state.uid === null ? null : { type: 'end', uid: state.uid, at: state.since };
}

/** When {@link due} has something to say; null: never, as things are. */
export function dueAt({ state, inUse }: Pick<Known, 'state' | 'inUse'>, rules: BerthRules): EpochMs | null {
  const { occupied, since, uid } = state;
  if (since === null) return null;
  if (occupied === true && uid === null && inUse) return since + rules.settleMs;
  if (occupied === false && uid !== null) return since + rules.leaveMs;
  return null;
}

/** The same moment, whatever the clock of the device makes of it. */
export function momentOf({ state }: Pick<Known, 'state'>, seen: Observation): EpochMs {
  const since = state.since ?? seen.at;
  if (seen.at >= since) return seen.at;
  // News from before what is known comes from a clock that was set back: that it is so now is all that is certain.
  return isNews(state, seen) === 'news' ? Math.max(since, seen.heardAt) : since;
}

/**
 * What an observation means once everything that was due by its moment has been carried out. At most three moves: a car that went
 * unseen ends its stay before the next one begins.
 */
export function observed(known: Known, seen: Observation, rules: BerthRules): readonly Move[] {
  const { state } = known;
  const news = isNews(state, seen);
  if (news === 'repeated' && seen.occupied && state.occupied === true) return sameCar(known, seen, rules);
  if (news !== 'news' || outranked(known, seen, rules)) return [];
  const at = momentOf(known, seen);
  const moves: Move[] = [];
  let { uid } = state;
  // It came back before it was gone for good: the same car, unless its plate says otherwise.
  if (seen.occupied && uid !== null && isOther(known.plate, seen.plate)) {
    moves.push({ type: 'end', uid, at: state.since ?? at });
    uid = null;
  }
  moves.push({ type: 'changed', at, state: { ...next(state, seen, at), uid, ...(uid === null ? readOf(seen) : {}) } });
  if (uid !== null && seen.occupied && seen.plate !== null && known.plate === null)
    moves.push({ type: 'identified', plate: seen.plate, vehicleClass: seen.vehicleClass });
  return moves;
}

/** Whatever was there before: the car that is told of now stands there from its moment on. */
export function taken(known: Known, seen: Observation): Move {
  const at = momentOf(known, seen);
  return { type: 'changed', at, state: { ...next(known.state, seen, at), uid: null, ...readOf(seen) } };
}

/** A car that stands in a berth without a stay is looked at from now on, and not from when it came. */
export function sinceNow({ state }: Known, now: EpochMs): readonly Move[] {
  if (state.occupied !== true || state.uid !== null) return [];
  return [{ type: 'changed', at: now, state: { ...state, since: now, sequence: state.sequence + 1 } }];
}

/** A car is known to stand there, and somebody says so again: with its plate, or with that of another car. */
function sameCar({ state, inUse, plate }: Known, seen: Observation, rules: BerthRules): readonly Move[] {
  if (seen.plate === null || !inUse) return [];
  const known = plate ?? state.seen?.plate ?? null;
  // Before the stay begins a person's reading counts, whatever was read before.
  if (known === null || (seen.source === 'person' && state.uid === null)) {
    if (state.uid !== null) return [{ type: 'identified', plate: seen.plate, vehicleClass: seen.vehicleClass }];
    return [{ type: 'read', state: { ...heard(state, seen), ...readOf(seen) } }];
  }
  // It went and another one came, and nobody saw it go. Only a moment can say so, later than the one that this very device told before
  // and never another reading alone: what a person typed stands.
  const before = wordOf(state, seen);
  const told = before?.occupied === true && seen.at > before.at;
  const later = told && seen.timed && state.since !== null && seen.at > state.since + rules.leaveMs;
  if (!later || !isOther(known, seen.plate)) return [];
  const fresh = taken({ state, inUse, plate }, seen);
  return state.uid === null ? [fresh] : [{ type: 'end', uid: state.uid, at: seen.at }, fresh];
}

/** What looks and has read a plate is not talked out of it at once by what only feels. */
function outranked({ state, plate }: Known, seen: Observation, rules: BerthRules): boolean {
  const readByVideo = state.source === 'video' && (plate !== null || state.seen !== undefined);
  if (seen.source !== 'geomagnetic' || seen.occupied || !readByVideo || state.since === null) return false;
  return seen.at <= state.since + rules.leaveMs;
}

/** Another car for certain: near plates are one car that was read twice. */
function isOther(known: Plate | null, read: Plate | null): boolean {
  if (known === null || read === null || known.text === read.text) return false;
  return nearMatches(read, [known], (plate) => plate).length === 0;
}

function next(state: BerthState, seen: Observation, at: EpochMs): BerthState {
  const { seen: _before, ...rest } = heard(state, seen);
  const sequence = seen.sequence !== null && seen.sequence > state.sequence ? seen.sequence : state.sequence + 1;
  return { ...rest, occupied: seen.occupied, since: at, source: seen.source, deviceId: seen.deviceId, sequence };
}

const readOf = ({ occupied, plate, vehicleClass }: Observation): Pick<BerthState, 'seen'> =>
  occupied && plate !== null ? { seen: { plate, vehicleClass } } : {};
