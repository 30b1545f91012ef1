import type { Stay } from '../../../shared/domain/stay.ts';
import type { Arrival, LaneState, Passage, PhotoRef } from './state.ts';
import { type LaneInput, nothing, photoTaken, type Step, type World } from './step.ts';

/** Pictures that come on their own: taken anew, or behind the read that they belong to. Pure. */

type Input<T extends LaneInput['type']> = Extract<LaneInput, { type: T }>;

/**
 * The new picture takes the place of the one before. It becomes evidence of the stay when the car is let through; of a car that
 * was let through already, the picture that decided stays the evidence.
 */
export function pictured(state: LaneState, { photo, actor }: Input<'pictured'>, world: World): Step {
  if (!state.passage) return nothing(state);
  const passage: Passage = { ...state.passage, photo };
  return { state: { ...state, passage }, events: [...photoTaken(passage, null, world, actor)], commands: [] };
}

/** Whose evidence the picture of a passage is: of the stay that began or ended with it, if one did. */
export const stayOfPassage = (stay: Stay | null, passageId: string): Stay | null =>
  stay?.entryRecordId === passageId || stay?.exitRecordId === passageId ? stay : null;

/** The picture of a read that was acted upon without one. It moves nothing, and takes no other picture's place. */
export function pictureCame(state: LaneState, { passageId, photo }: Input<'picture-came'>, world: World): Step {
  const { passage, waiting } = state;
  if (passage?.id === passageId) {
    if (passage.photo) return nothing(state);
    const seen: Passage = { ...passage, photo };
    const stay = stayOfPassage(world.current, passageId);
    return { state: { ...state, passage: seen }, events: [...photoTaken(seen, stay, world)], commands: [] };
  }
  const again = passage?.again && withPhoto(passage.again, passageId, photo);
  const queue = waiting.map((arrival) => withPhoto(arrival, passageId, photo));
  const isThere = again !== passage?.again || queue.some((arrival, index) => arrival !== waiting[index]);
  if (!isThere) return nothing(state);
  return nothing({ ...state, waiting: queue, passage: passage && { ...passage, again: again ?? null } });
}

const withPhoto = (arrival: Arrival, passageId: string, photo: PhotoRef): Arrival =>
  arrival.passageId === passageId && arrival.photo === null ? { ...arrival, photo } : arrival;
