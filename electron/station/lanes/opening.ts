import { type Actor, STATION } from '../../../shared/domain/events.ts';
import type { GateCommand, LaneState, Passage } from './state.ts';
import { draft, nothing, type Step, type World } from './step.ts';

/** Orders to the arm. Pure. */

/** On what ground an arm goes up for a car. */
export type OpenOrigin = 'decision' | 'payment' | 'released' | 'platform';

interface Order {
  readonly action: GateCommand['action'];
  readonly origin: OpenOrigin | 'manual';
  readonly reason: string | null;
  readonly photoId: string | null;
  readonly actor: Actor;
  readonly place?: 'device-page' | undefined;
  readonly raised?: GateCommand['raised'];
}

/** Nobody said that this car may go: its platform was silent, and the lane opens by itself then. */
function openedAlone({ action, origin, actor }: Order, car: Passage | null): boolean {
  if (action !== 'open' || (origin !== 'decision' && origin !== 'released') || actor.kind === 'user') return false;
  const verdict = car?.asked?.verdict;
  return verdict === 'released' || verdict === 'local';
}

export function order(state: LaneState, what: Order, world: World, car: Passage | null = state.passage): Step {
  const commandId = world.newId('cmd');
  const passageId = car?.id ?? null;
  const { action, origin, reason, photoId, actor, place, raised = null } = what;
  return {
    state: {
      ...state,
      lastCommand: {
        ...{ id: commandId, passageId, action, outcome: 'pending', at: world.now, detail: '', origin, reason },
        by: actor.name,
        plate: car?.plate ?? null,
        alone: openedAlone(what, car),
        corrected: false,
        raised,
      },
    },
    events: [
      draft(
        'gate-commanded',
        { commandId, action, origin, reason, plate: car?.plate ?? null, photoId, ...(place && { place }) },
        { world, passageId, key: car?.uid ?? null, actor },
      ),
    ],
    commands: [{ commandId, action }],
  };
}

/** The car may go: the arm is told to open once this is committed. */
export function openFor(
  state: LaneState,
  passage: Passage,
  origin: OpenOrigin,
  reason: string | null,
  world: World,
  actor: Actor = STATION,
): Step {
  const cleared: LaneState = {
    ...state,
    phase: 'cleared',
    passage: { ...passage, attention: null, firm: false, candidates: [] },
  };
  return order(
    cleared,
    { action: 'open', origin, reason, photoId: passage.photo?.id ?? world.freshPhotoId, actor },
    world,
  );
}

/** It went under the arm that was opened for it by hand: what is written down of it now moves nothing. */
const hasGone = ({ lastCommand, underArm }: LaneState, { id, crossed, onLoop }: Passage): boolean =>
  crossed && !underArm && onLoop?.on !== true && lastCommand?.action === 'open' && lastCommand.passageId === id;

/**
 * As {@link openFor}. A held arm is up already: there is nothing to command, and an order to open might end the hold. Where it is not
 * known to be, it is told once more to stay up.
 */
export function letThrough(
  state: LaneState,
  passage: Passage,
  origin: OpenOrigin,
  reason: string | null,
  world: World,
  actor: Actor = STATION,
): Step {
  const up = world.armUp === true || hasGone(state, passage);
  if (!state.held && !up) return openFor(state, passage, origin, reason, world, actor);
  const cleared: LaneState = {
    ...state,
    phase: 'cleared',
    passage: { ...passage, attention: null, firm: false, candidates: [] },
  };
  const { hold } = state;
  if (up || !hold || hold.outcome === 'done') return nothing(cleared);
  if (hold.outcome === 'pending') return nothing({ ...cleared, hold: { ...hold, passageId: passage.id } });
  const photoId = passage.photo?.id ?? world.freshPhotoId;
  return holdAgain(order(cleared, { action: 'hold', origin, reason, photoId, actor }, world));
}

/** The arm is held already, as far as anybody knows: nothing that the command ends as says that it is not. */
function holdAgain(ordered: Step): Step {
  const { lastCommand } = ordered.state;
  const hold = lastCommand && { id: lastCommand.id, outcome: 'pending' as const, first: false, passageId: null };
  return { ...ordered, state: { ...ordered.state, hold, releasing: null } };
}
