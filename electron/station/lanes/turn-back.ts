import { type EventDraft, STATION } from '../../../shared/domain/events.ts';
import { stillShut } from './next-car.ts';
import type { LaneState, Passage } from './state.ts';
import { caseOpened, type LaneInput, nothing, type Step, type World } from './step.ts';
import { withdraw } from './withdraw.ts';

/** A car that was let through drove off backwards (折返), by its loops or by its camera. Pure. */

type Input = Extract<LaneInput, { type: 'turned-back' }>;

export function turnedBack(state: LaneState, input: Input, world: World): Step {
  const { turnBack } = world.site.rules;
  const { passage } = state;
  if (turnBack === 'off' || !passage || passage.id !== input.passageId || !wasLetGo(state, passage, world))
    return nothing(state);
  if (turnBack === 'withdraw' && input.sure && costsNothing(passage, world)) {
    const withdrawn = withdraw(state, { type: 'withdraw', reason: '车辆折返', actor: STATION }, world);
    if (!('refused' in withdrawn)) return withdrawn;
  }
  return forAPerson(state, passage, world);
}

/** It may go, stands on no loop under the arm, and nobody has been told yet. An arm that is not known to have opened is another matter. */
function wasLetGo(state: LaneState, passage: Passage, world: World): boolean {
  if (state.phase !== 'cleared' || state.underArm || state.held || passage.crossed || passage.turnedBack) return false;
  return passage.uid !== null && !stillShut(state, world);
}

/**
 * Nobody hands money back here: what was paid for this passage, in cash or otherwise, is given back by a person, or by nobody. So is what
 * a card gave for it, and what was let go or owed by a person's word.
 */
function costsNothing(passage: Passage, { current, direction }: World): boolean {
  if (!current || passage.payments.length > 0 || passage.cardUsed !== null) return false;
  return direction === 'in' ? current.paidFen === 0 : current.waivedFen === 0 && current.owedFen === 0;
}

/** The passage stays as long as any, so that a person who looks at it may withdraw it. */
function forAPerson(state: LaneState, passage: Passage, world: World): Step {
  return {
    state: { ...state, passage: { ...passage, turnedBack: true } },
    events: [doubtful(passage, world)],
    commands: [],
  };
}

/** Another car takes the place of one that turned back. Whose it was nobody withdraws by itself: a person looks at it. */
export function placeTaken(state: LaneState, passage: Passage, world: World): EventDraft[] {
  return world.site.rules.turnBack !== 'off' && wasLetGo(state, passage, world) ? [doubtful(passage, world)] : [];
}

function doubtful(passage: Passage, world: World): EventDraft {
  const detail = `${world.lane.name}：放行后车辆离开触发地感，没有通过闸口，疑似折返，请核实后撤销`;
  const about = { uid: passage.uid, plate: passage.plate.text, detail };
  return caseOpened('not-seen-passing', about, world, passage.id);
}
