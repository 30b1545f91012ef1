import type { Lane } from '../../../shared/domain/site.ts';
import type { GateAuthority } from './authority-port.ts';
import { isAskedAbout } from './presence.ts';
import type { LaneState, Passage } from './state.ts';
import { type LaneInput, nothing, type Step, type World, waitForPerson } from './step.ts';

/** What a lane where a platform has the word may still believe after the station was started again. Pure. */

/** Who stood there when the station ended still does, if it was away for no longer: a program that is started anew, no more. */
const SURE_MS = 10_000;

/** Whether so much may have happened while nobody ran that no car is certain to stand where it stood. */
export const isLong = (downMs: number | null): boolean => downMs === null || downMs > SURE_MS;

/** A lane whose platform does not run, or is none that this version speaks: our own rules decide there, as anywhere else. */
export function decidedHere(lane: Lane, authority: (platform: string) => GateAuthority | undefined): Lane {
  if (!lane.authority || authority(lane.authority.platform)) return lane;
  const { authority: _, ...own } = lane;
  return own;
}

export function restarted(state: LaneState, input: Extract<LaneInput, { type: 'restarted' }>, world: World): Step {
  const heard: LaneState = input.deaf && state.loop ? { ...state, loop: null, missed: 0 } : state;
  const { passage } = heard;
  if (!passage) return nothing(heard);
  const deaf: Passage = heard === state ? passage : { ...passage, onLoop: null, beyond: false };
  const unsure = isAskedAbout(heard) && (input.long || deaf !== passage);
  const known: Passage = unsure && !deaf.unsure ? { ...deaf, unsure } : deaf;
  const next: LaneState = known === passage ? heard : { ...heard, passage: known };
  // Whose word was waited for does not answer here any more, or there is no loop left that could carry out what it said.
  const stranded = !world.lane.authority || (deaf !== passage && known.asked?.verdict != null);
  return next.phase === 'asking' && stranded ? askedInVain(next, known, world) : nothing(next);
}

/** A person looks whether the car is there, and decides. */
export function askedInVain(state: LaneState, passage: Passage, world: World): Step {
  const asked = passage.asked && { ...passage.asked, pending: false };
  const why = { kind: 'wait', attention: 'remote-silent', firm: false, warnings: passage.warnings } as const;
  return waitForPerson(state, { ...passage, asked }, why, world.inside, world);
}
