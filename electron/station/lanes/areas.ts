import type { Actor } from '../../../shared/domain/events.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { letThrough, type OpenOrigin } from './opening.ts';
import type { LaneState, Passage } from './state.ts';
import { draft, laneRef, photoTaken, type Step, type World } from './step.ts';

/** Areas inside areas (大场套小场). Pure. */

/**
 * The car drives into the inner area, or back out of it: its stay goes on, cut into segments, so that no minute is charged by
 * two areas. What is due is collected at the outer exit.
 */
export function crossArea(
  state: LaneState,
  passage: Passage,
  stay: Stay,
  world: World,
  released: { readonly actor: Actor; readonly reason: string | null; readonly origin?: OpenOrigin } | null = null,
): Step {
  const inner = world.area?.id ?? '';
  const outer = world.area?.parent ?? inner;
  const to = world.direction === 'in' ? inner : outer;
  const crossed: Stay = { ...stay, areaId: to, segments: nextSegment(stay, to, world.now) };
  const moved: Passage = { ...passage, uid: stay.uid, attention: null, bill: null, terms: stay.terms };
  const origin = released?.origin ?? (released ? 'released' : 'decision');
  const opened = letThrough(state, moved, origin, released?.reason ?? null, world, released?.actor);
  return {
    ...opened,
    events: [
      draft(
        'area-crossed',
        {
          stay: crossed,
          lane: laneRef(world),
          fromArea: stay.areaId ?? (world.direction === 'in' ? outer : inner),
          toArea: to,
        },
        { world, passageId: passage.id, key: stay.uid },
      ),
      ...photoTaken(passage, null, world),
      ...opened.events,
    ],
  };
}

/** Who set aside what had stopped the car, and why: the arm goes up on that word. */
export const approvedBy = (
  actor: Actor,
  { why }: World,
): { readonly actor: Actor; readonly reason: string | null; readonly origin: OpenOrigin } | null =>
  why === undefined ? null : { actor, reason: why, origin: 'decision' };

function nextSegment(stay: Stay, areaId: string, at: number): Stay['segments'] {
  const last = stay.segments.at(-1);
  if (last?.areaId === areaId && last.to === null) return stay.segments;
  return [...closeSegments(stay, at), { areaId, from: at, to: null }];
}

/** The segments of a stay that ends, or moves on, at an instant. */
export const closeSegments = (stay: Stay, at: number): Stay['segments'] =>
  stay.segments.map((segment) => (segment.to === null ? { ...segment, to: Math.max(segment.from, at) } : segment));
