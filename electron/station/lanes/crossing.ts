import type { EventDraft } from '../../../shared/domain/events.ts';
import type { LaneState } from './state.ts';
import { draft, type World } from './step.ts';

/** The crossing of an arm (过闸), told once for each car at lanes where a platform has the word. Pure. */

/** Who made room for the next car has gone under the arm by then, or turned away. */
const LEAVING_MS = 30_000;

/** More cars do not drive on in a row before one of them has crossed. */
const MAX_LEAVING = 10;

/** Before the next car takes its place: who was let through and has not been on the safety loop yet. */
export function leavingOf(state: LaneState, world: World): LaneState['leaving'] {
  const { phase, passage, leaving } = state;
  if (!world.lane.authority || !passage || phase !== 'cleared' || passage.crossed) return leaving;
  // By the trigger loop it is known to have gone another way: while it was there, or went, it kept its place.
  if (state.loop && !state.held) return [];
  const next = { passageId: passage.id, plate: passage.plate, asked: passage.asked?.plate ?? null, at: world.now };
  return [...leaving, next].slice(-MAX_LEAVING);
}

interface Crossing {
  readonly state: LaneState;
  readonly events: readonly EventDraft[];
  /** It was the car before the one that stands here now. */
  readonly before: boolean;
}

/** The safety loop is pressed. */
export function crossing(state: LaneState, world: World): Crossing {
  const platform = world.lane.authority?.platform;
  const { passage } = state;
  if (platform === undefined) return { state, events: [], before: false };
  const [gone, ...leaving] = state.leaving.filter(({ at }) => Math.abs(world.now - at) <= LEAVING_MS);
  const next: LaneState = state.leaving.length > 0 ? { ...state, leaving } : state;
  if (gone) {
    const body = { platform, plate: gone.plate, asked: gone.asked, direction: world.direction };
    return { state: next, events: [draft('gate-crossed', body, { world, passageId: gone.passageId })], before: true };
  }
  if (passage?.crossed) return { state: next, events: [], before: false };
  const direction = passage?.direction ?? world.direction;
  const asked = passage?.asked ? (passage.asked.plate ?? passage.plate) : null;
  const body = { platform, plate: passage?.plate ?? null, asked, direction };
  const told = draft('gate-crossed', body, { world, passageId: passage?.id ?? null, key: passage?.uid ?? null });
  return {
    state: passage ? { ...next, passage: { ...passage, crossed: true } } : next,
    events: [told],
    before: false,
  };
}
