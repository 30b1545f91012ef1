import { type Actor, STATION } from '../../../shared/domain/events.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import { admit, chargeOrPass, collectCash, releaseCar } from './decisions.ts';
import { decideEntry, isReadable } from './rules.ts';
import type { Arrival, LaneState, Passage } from './state.ts';
import {
  chain,
  draft,
  type LaneInput,
  nothing,
  openFor,
  order,
  type Step,
  type StepResult,
  type World,
  waitForPerson,
} from './step.ts';

/** How many cars may queue behind the one being served before further reads are only journalled. */
const MAX_WAITING = 20;

/**
 * The lane machine: state and input in, state and consequences out. Pure: it reads no clock, no store and no device; what it
 * must know comes in `world`, what it wants done goes out as events to commit and commands to give after the commit.
 */
export function step(state: LaneState, input: LaneInput, world: World): StepResult {
  switch (input.type) {
    case 'car':
      return car(state, input.arrival, world);
    case 'correct-plate':
      return correctPlate(state, input.plate, input.actor, world);
    case 'collect':
      return collectCash(state, input, world);
    case 'release':
      return releaseCar(state, input, world);
    case 'cancel':
      return state.passage === null || state.phase === 'cleared'
        ? { refused: 'no-car' }
        : endPassage(state, 'cancelled', world, input.actor, input.reason);
    case 'gate':
      return gate(state, input, world);
    case 'gate-answered':
      return gateAnswered(state, input, world);
    case 'safety-loop':
      return safetyLoop(state, input.on, world);
    case 'cleared-timeout':
      return state.phase === 'cleared' && state.passage?.id === input.passageId
        ? endPassage(state, 'closed', world)
        : nothing(state);
    case 'asked-again':
      return askedAgain(state, input.passageId, world);
  }
}

function car(state: LaneState, arrival: Arrival, world: World): StepResult {
  const present = state.passage;
  if (present && isSameCar(state, present, arrival, world)) return seenAgain(state, present, arrival, world);
  if (present && mustFinishFirst(state, present)) {
    const known = state.waiting.some((other) => isReadable(other.plate) && other.plate.text === arrival.plate.text);
    if (known || state.waiting.length >= MAX_WAITING) return nothing(state);
    return { state: { ...state, waiting: [...state.waiting, arrival] }, events: [], commands: [] };
  }
  const ended = present ? endPassage(state, 'next-car', world) : nothing(state);
  return chain(ended, (clear) => begin(clear, arrival, world));
}

/** The same car still stands here. A cleared car that went its way and came back is another passage. */
function isSameCar(state: LaneState, present: Passage, arrival: Arrival, world: World): boolean {
  if (!isReadable(arrival.plate)) return !isReadable(present.plate) && arrival.at - present.seenAt < world.samePlateMs;
  if (present.plate.text !== arrival.plate.text && present.readPlate?.text !== arrival.plate.text) return false;
  if (state.phase !== 'cleared') return true;
  return world.lane.direction === 'in' ? world.current?.status === 'inside' : world.inside === null;
}

/**
 * A car being served keeps its place: later reads wait behind it. An unread car is the exception, because whatever the camera
 * reads next is what stands before it now.
 */
function mustFinishFirst(state: LaneState, present: Passage): boolean {
  if (state.phase === 'charging') return true;
  return state.phase === 'attention' && present.attention !== 'unread-plate';
}

/** Within the same-plate interval a second read changes nothing; later, a cleared car that still stands here is let through again. */
function seenAgain(state: LaneState, present: Passage, arrival: Arrival, world: World): Step {
  const passage: Passage = { ...present, seenAt: arrival.at };
  const next: LaneState = { ...state, passage };
  if (state.phase !== 'cleared' || arrival.at - present.seenAt < world.samePlateMs) return nothing(next);
  return openFor(next, passage, 'decision', 'the cleared car is still here', world);
}

function begin(state: LaneState, arrival: Arrival, world: World): Step {
  const passage: Passage = {
    id: arrival.passageId,
    startedAt: arrival.at,
    seenAt: arrival.at,
    plate: arrival.plate,
    readPlate: null,
    confidence: arrival.confidence,
    photo: arrival.photo,
    attention: null,
    uid: null,
    bill: null,
  };
  return decide({ ...state, underArm: false }, passage, STATION, world);
}

/** Asks the rule book about the car and carries out the answer. */
function decide(state: LaneState, passage: Passage, actor: Actor, world: World): Step {
  if (world.lane.direction === 'out') return chargeOrPass(state, passage, actor, world);
  const recently =
    world.inside?.entryLane.id === world.lane.id &&
    // Either way: after the clock was set back an entry in the future is another visit, not this moment's.
    Math.abs(passage.startedAt - world.inside.enteredAt) < world.samePlateMs;
  const decision = decideEntry({
    plate: passage.plate,
    listed: world.listed,
    inside: world.inside,
    enteredHereJustNow: recently,
  });
  if (decision.kind === 'ignore')
    return endPassage({ ...state, passage }, 'closed', world, actor, 'entered here just now');
  if (decision.kind === 'wait') return waitForPerson(state, passage, decision.attention, world);
  return admit(
    state,
    passage,
    { ...decision, how: actor.kind === 'user' ? 'attendant' : 'automatic', actor, reason: null },
    world,
  );
}

function correctPlate(state: LaneState, plate: Plate, actor: Actor, world: World): StepResult {
  const passage = state.passage;
  if (!passage) return { refused: 'no-car' };
  if (!isReadable(plate)) return { refused: 'plate-empty' };
  const corrected: Passage = { ...passage, plate, readPlate: passage.readPlate ?? passage.plate };
  if (state.phase !== 'cleared') {
    const event = draft(
      'plate-corrected',
      { before: passage.plate, after: plate, stay: null },
      { world, passageId: passage.id, actor },
    );
    const decided = decide(state, { ...corrected, attention: null, bill: null, uid: null }, actor, world);
    return { ...decided, events: [event, ...decided.events] };
  }
  // Admitted already and still in view: the stay is put right, nothing is opened.
  const { current } = world;
  if (world.lane.direction === 'out' || current?.status !== 'inside') return { refused: 'already-cleared' };
  if (world.inside && world.inside.uid !== current.uid) return { refused: 'already-inside' };
  const about = { world, passageId: passage.id, key: current.uid, actor };
  return {
    state: { ...state, passage: corrected },
    events: [draft('plate-corrected', { before: passage.plate, after: plate, stay: { ...current, plate } }, about)],
    commands: [],
  };
}

function gate(state: LaneState, input: Extract<LaneInput, { type: 'gate' }>, world: World): Step {
  const held = input.action === 'hold' ? true : input.action === 'release-hold' ? false : state.held;
  const origin = input.actor.kind === 'platform' ? 'platform' : 'manual';
  return order(
    { ...state, held },
    { action: input.action, origin, reason: input.reason, photoId: input.photoId, actor: input.actor },
    world,
  );
}

function gateAnswered(state: LaneState, input: Extract<LaneInput, { type: 'gate-answered' }>, world: World): Step {
  const last = state.lastCommand;
  const isLast = last?.id === input.commandId;
  return {
    state: isLast ? { ...state, lastCommand: { ...last, outcome: input.outcome, detail: input.detail } } : state,
    events: [
      draft(
        'gate-answered',
        { commandId: input.commandId, outcome: input.outcome, detail: input.detail },
        { world, passageId: isLast ? last.passageId : null },
      ),
    ],
    commands: [],
  };
}

function safetyLoop(state: LaneState, on: boolean, world: World): Step {
  if (state.phase !== 'cleared') return nothing({ ...state, underArm: on });
  if (on) return nothing({ ...state, underArm: true });
  return state.underArm ? endPassage(state, 'passed', world) : nothing(state);
}

/**
 * The camera repeats a read only when it saw no answer. If the arm is known to have been told, the car is through and nothing
 * more may happen; if the command got lost on the way, this is the moment to give it again.
 */
function askedAgain(state: LaneState, passageId: string, world: World): Step {
  const last = state.lastCommand;
  if (state.phase !== 'cleared' || state.passage?.id !== passageId || !last) return nothing(state);
  const lost =
    last.action === 'open' &&
    last.passageId === passageId &&
    (last.outcome === 'unknown' || last.outcome === 'refused');
  return lost ? openFor(state, state.passage, 'decision', 'the camera asked again', world) : nothing(state);
}

type Ended = 'passed' | 'next-car' | 'cancelled' | 'closed';

function endPassage(
  state: LaneState,
  how: Ended,
  world: World,
  actor: Actor = STATION,
  reason: string | null = null,
): Step {
  if (!state.passage) return nothing(state);
  return {
    state: { ...state, phase: 'idle', passage: null, underArm: false },
    events: [
      draft(
        'passage-ended',
        { how, plate: state.passage.plate, reason },
        { world, passageId: state.passage.id, key: state.passage.uid, actor },
      ),
    ],
    commands: [],
  };
}
