import type { LaneState } from './state.ts';
import { draft, type LaneInput, nothing, type Step, type World } from './step.ts';

type Lost = Extract<LaneInput, { type: 'gate-lost' }>;

/**
 * A command was told to have been done, and its driver learnt that it may have been lost (`CommandOutcome.lost`). That is a fact of its own,
 * beside the one that was told before, and nothing moves because of it: whoever looks decides. An opening that loops or limit switches have
 * proved meanwhile needs no correction. Pure.
 */
export function gateLost(state: LaneState, input: Lost, world: World): Step {
  const { commandId, passageId, detail } = input;
  const last = state.lastCommand?.id === commandId ? state.lastCommand : null;
  if (last?.corrected || isProven(state, input)) return nothing(state);
  const { hold } = state;
  return {
    state: {
      ...state,
      lastCommand: last ? { ...last, outcome: 'unknown', detail, corrected: true } : state.lastCommand,
      hold: hold?.id === commandId ? { ...hold, outcome: 'unknown' } : hold,
    },
    events: [draft('gate-answered', { commandId, outcome: 'unknown', detail, corrects: 'done' }, { world, passageId })],
    commands: [],
  };
}

/** The arm is up, or its car is under it or through. */
function isProven({ passage, underArm, lastPassed }: LaneState, { action, passageId, arm }: Lost): boolean {
  if (action === 'close') return arm === 'closed';
  if (action === 'release-hold') return false;
  if (arm === 'open' || arm === 'moving') return true;
  if (action !== 'open' || passageId === null) return false;
  const present = passage?.id === passageId ? passage : null;
  return lastPassed?.passageId === passageId || (present !== null && (underArm || present.crossed));
}
