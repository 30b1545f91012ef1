import { type Actor, STATION } from '../../../shared/domain/events.ts';
import type { LaneState } from './state.ts';
import { draft, nothing, type Step, type World } from './step.ts';

/** The end of a passage: nothing of it survives into the next. Pure. */

export type Ended = 'passed' | 'next-car' | 'turned-back' | 'cancelled' | 'closed';

/** It was allowed, and never came onto the loop that is known to work. */
export const neverCame = ({ phase, passage, loop }: LaneState): boolean =>
  phase === 'asking' && loop !== null && passage?.asked?.verdict != null && passage.onLoop === null;

export function endPassage(
  state: LaneState,
  how: Ended,
  world: World,
  actor: Actor = STATION,
  reason: string | null = null,
): Step {
  const { passage } = state;
  if (!passage) return nothing(state);
  const about = { world, passageId: passage.id, key: passage.uid, actor };
  const missed = (how === 'turned-back' || how === 'next-car') && neverCame(state) ? state.missed + 1 : state.missed;
  const open = state.phase === 'charging' ? passage.bill : null;
  return {
    state: {
      ...state,
      phase: 'idle',
      passage: null,
      underArm: false,
      missed,
      lastPassed: how === 'passed' ? { passageId: passage.id, at: world.now } : null,
    },
    events: [
      ...(open ? [draft('bill-voided', { bill: open, reason: how }, about)] : []),
      draft('passage-ended', { how, plate: passage.plate, reason }, about),
    ],
    commands: [],
  };
}
