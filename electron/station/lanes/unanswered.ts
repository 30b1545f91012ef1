import { told } from './authority.ts';
import type { LaneState } from './state.ts';
import type { Step, World } from './step.ts';

/**
 * The asking about a car ended, because somebody opened or it drove off, before the platform answered once: it cannot know of the car,
 * and may fetch what it missed. Pure.
 */
export function toldUnanswered(from: LaneState, step: Step, world: World): Step {
  const { passage, phase } = from;
  const asked = passage?.asked;
  if (!passage || phase !== 'asking' || !asked || asked.verdict !== null) return step;
  const { state, events } = step;
  const goesOn =
    state.phase === 'asking' &&
    state.passage?.id === passage.id &&
    state.passage.asked?.plate?.text === asked.plate?.text;
  // Each answer begins the count of failures anew.
  const answered = asked.attempt > asked.failures + (asked.pending ? 1 : 0);
  // Including the one that ends it: it was answered, or was the last of so many failures.
  const said = events.some(({ kind }) => kind === 'authority-answered' || kind === 'authority-told');
  if (goesOn || answered || said) return step;
  return { ...step, events: [...events, ...told(passage, 'unanswered', world)] };
}
