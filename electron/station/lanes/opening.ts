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
  const { action, origin, reason, photoId, actor, place } = what;
  return {
    state: {
      ...state,
      lastCommand: {
        ...{ id: commandId, passageId, action, outcome: 'pending', at: world.now, detail: '', origin, reason },
        by: actor.name,
        plate: car?.plate ?? null,
        alone: openedAlone(what, car),
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

/** As {@link openFor}. A held arm is up already: there is nothing to command, and an order to open might end the hold. */
export function letThrough(
  state: LaneState,
  passage: Passage,
  origin: OpenOrigin,
  reason: string | null,
  world: World,
  actor: Actor = STATION,
): Step {
  if (!state.held && world.armUp !== true && !hasGone(state, passage))
    return openFor(state, passage, origin, reason, world, actor);
  return nothing({ ...state, phase: 'cleared', passage: { ...passage, attention: null, firm: false, candidates: [] } });
}
