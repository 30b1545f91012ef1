import type { BerthSource, BerthState, BerthWord } from '../../../shared/domain/berth.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';

/**
 * What a word of a device is worth: whether it is an old one, one that was heard before, or says how it is now. Devices count and have
 * clocks, and lose both when they restart; copies of their words come late. Pure.
 */

/** Somebody says whether a car is in the berth. */
export interface Observation {
  readonly source: BerthSource;
  /** Null: a person. */
  readonly deviceId: string | null;
  readonly occupied: boolean;
  /** When that began. Never later than it was told. */
  readonly at: EpochMs;
  /** When it was told. */
  readonly heardAt: EpochMs;
  /** False: the device only said how it is, and `at` is when we heard of it. */
  readonly timed: boolean;
  readonly sequence: number | null;
  /** A plate that can stand for a car; null: none was read. */
  readonly plate: Plate | null;
  readonly vehicleClass: VehicleClass | null;
}

type Worth = 'old' | 'repeated' | 'news';

/** So many moments of a device are kept, to know late copies of its words by. */
const REMEMBERED = 8;

/** Whether this is an old word, or one that was heard before: it says nothing about how it is now. */
export function isNews(state: BerthState, seen: Observation): Worth {
  const since = state.since ?? seen.at;
  // However new it is to this device: what others told since is newer. A moment that is yet to come (our own clock was set back) is nobody's.
  if (seen.timed && seen.at < since && since <= seen.heardAt && state.deviceId !== seen.deviceId) return 'old';
  const word = wordOf(state, seen);
  if (word && seen.sequence !== null && word.sequence !== null)
    return counted(state, seen, word, seen.sequence - word.sequence);
  return uncounted(state, seen, word);
}

/** @param by how much further its count is than at its last word */
function counted(state: BerthState, seen: Observation, word: BerthWord, by: number): Worth {
  const worth = worthOf(state, seen);
  if (by > 0) return worth;
  const changed = seen.occupied !== word.occupied;
  if (by === 0 && !changed) return 'repeated';
  // From here on its count went back, or says of one change two things: it was restarted, or this is a late copy.
  if (!seen.timed) return changed ? worth : 'repeated';
  if (seen.at > word.at) return worth;
  // The first words after a restart tell the truth, whatever the time is for a clock that begins anew as well.
  return (seen.sequence ?? 0) <= 1 && changed && !isCopy(word, seen.at) ? worth : 'old';
}

function uncounted(state: BerthState, seen: Observation, word: BerthWord | undefined): Worth {
  const worth = worthOf(state, seen);
  if (seen.timed && (seen.at < (state.since ?? seen.at) || (word && seen.at < word.at))) {
    // It takes back its own word and never said this before: its clock was set back.
    const own = worth === 'news' && state.deviceId === seen.deviceId;
    return own && !(word && (isCopy(word, seen.at) || isForgotten(word, seen.at))) ? 'news' : 'old';
  }
  if (word && word.occupied === seen.occupied && (!seen.timed || seen.at === word.at)) return 'repeated';
  return worth;
}

const worthOf = (state: BerthState, { occupied }: Observation): Worth =>
  occupied === state.occupied ? 'repeated' : 'news';

/** The device told of this very moment before. */
const isCopy = ({ at, before = [], first = [] }: BerthWord, moment: EpochMs): boolean =>
  at === moment || before.includes(moment) || first.includes(moment);

/** From before all that is remembered of it: nobody can say whether it is a copy. */
const isForgotten = ({ before = [] }: BerthWord, moment: EpochMs): boolean =>
  before.length >= REMEMBERED && moment < Math.min(...before);

/** Not believed, although it contradicts what is known and is no copy of a word that was: either the device is wrong, or we are. */
export function isDoubtful(state: BerthState, seen: Observation): boolean {
  if (seen.deviceId === null || seen.occupied === state.occupied || isNews(state, seen) !== 'old') return false;
  const word = wordOf(state, seen);
  return !word || !isCopy(word, seen.at);
}

export const wordOf = (state: BerthState, { deviceId }: Pick<Observation, 'deviceId'>): BerthWord | undefined =>
  deviceId === null ? undefined : state.told?.[deviceId];

/** The state with what this device said last, for the comparison with what it says next. Changes nothing that anybody is told. */
export function heard(state: BerthState, seen: Observation): BerthState {
  const { deviceId, occupied, at, sequence } = seen;
  if (deviceId === null || isNews(state, seen) === 'old') return state;
  const word = wordOf(state, seen);
  // A heartbeat without a moment says nothing of when it began, and with a lower count it may be a copy.
  if (word && word.occupied === occupied && !seen.timed && (sequence ?? 0) <= (word.sequence ?? 0)) return state;
  const moments = [...(word?.before ?? []), ...(word ? [word.at] : [])].filter((moment) => moment !== at);
  const before = [...new Set(moments)].slice(-REMEMBERED);
  const firsts = [...(word?.first ?? []), ...(sequence !== null && sequence <= 1 ? [at] : [])];
  const first = [...new Set(firsts)].slice(-2);
  const told: BerthWord = {
    ...{ occupied, at, sequence },
    ...(before.length > 0 ? { before } : {}),
    ...(first.length > 0 ? { first } : {}),
  };
  return { ...state, told: { ...state.told, [deviceId]: told } };
}
