import { type Actor, STATION } from '../../../shared/domain/events.ts';
import {
  askAuthority,
  authorityAnswered,
  droveThrough,
  type Moves,
  platformDecides,
  presenceTimeout,
  surely,
  toldUnderHeldArm,
  triggerLoop,
  wasOnlyTold,
} from './authority.ts';
import { collect, owe, paid, release, releaseNow } from './charging.ts';
import { leavingOf } from './crossing.ts';
import { enter } from './entry.ts';
import { leave } from './exit.ts';
import { askedAgain, gate, gateAnswered, safetyLoop, turn } from './gate.ts';
import { gateLost } from './gate-lost.ts';
import { mayBeNext, stillShut } from './next-car.ts';
import { letThrough, openFor } from './opening.ts';
import { endPassage } from './passage.ts';
import { pictureCame, pictured } from './pictures.ts';
import { platformOpens } from './platform-opens.ts';
import { givesWay, isAskedAbout, keepsPlace, loopUnder, presence } from './presence.ts';
import { priced } from './priced.ts';
import { restarted } from './restarted.ts';
import {
  approve,
  backFill,
  correctPlate,
  fixedFee,
  goneElsewhere,
  handMadeClosed,
  identify,
  letGo,
  pickStay,
  refresh,
} from './rework.ts';
import { isReadable } from './rules.ts';
import { type Arrival, isHeldUp, type LaneState, type Passage } from './state.ts';
import {
  caseOpened,
  chain,
  type LaneInput,
  nothing,
  preceded,
  type Step,
  type StepResult,
  unlistedReason,
  type World,
} from './step.ts';
import { placeTaken, turnedBack } from './turn-back.ts';
import { toldUnanswered } from './unanswered.ts';
import { withdraw } from './withdraw.ts';

/** How many cars may queue behind the one being served before further reads are only journalled. */
const MAX_WAITING = 20;

/**
 * The lane machine: state and input in, state and consequences out. Pure: it reads no clock, no store and no device; what it
 * must know comes in `world`, what it wants done goes out as events to commit and commands to give after the commit. What else
 * must happen after the commit can be read off the state: a passage that is `asking` wants its question put, a bill that
 * stands there wants to be paid.
 */
export function step(state: LaneState, input: LaneInput, world: World): StepResult {
  const result = react(state, input, world);
  return 'refused' in result ? result : toldUnanswered(state, result, world);
}

function react(state: LaneState, input: LaneInput, world: World): StepResult {
  switch (input.type) {
    case 'car':
      return car(state, input, world);
    case 'correct-plate':
      return correctPlate(state, input.plate, input.actor, world, decide);
    case 'identify':
      return identify(state, input, world, decide);
    case 'approve':
      return approve(state, input, world, decide);
    case 'pick-stay':
      return pickStay(state, input, world);
    case 'back-fill':
      return backFill(state, input, world);
    case 'fixed-fee':
      return fixedFee(state, input, world);
    case 'collect':
      return collect(state, input, world);
    case 'paid':
      return paid(state, input, world);
    case 'release':
      return release(state, input, world);
    case 'owe':
      return owe(state, input, world);
    case 'cancel':
      return cancel(state, input, world);
    case 'withdraw':
      return withdraw(state, input, world);
    case 'refresh':
      return refresh(state, input, world, decide);
    case 'let-go':
      return letGo(state, input, world, decide);
    case 'gone-elsewhere':
      return goneElsewhere(state, input, world);
    case 'turn':
      return turn(state, input, world);
    case 'authority-answered':
      return authorityAnswered(state, input, world, MOVES);
    case 'ask-again':
      return askAgain(state, input.passageId, world);
    case 'priced':
      return priced(state, input, world, decide);
    case 'platform-opens':
      return platformOpens(state, input, world);
    case 'gate':
      return gate(state, input, world, MOVES);
    case 'gate-answered':
      return gateAnswered(state, input, world);
    case 'gate-lost':
      return gateLost(state, input, world);
    case 'safety-loop':
      return safetyLoop(state, input.on, world, MOVES);
    case 'trigger-loop':
      return triggerLoop(state, input.on, world, MOVES);
    case 'presence-timeout':
      return presenceTimeout(state, input, world);
    case 'restarted':
      return restarted(state, input, world);
    case 'pictured':
      return pictured(state, input, world);
    case 'picture-came':
      return pictureCame(state, input, world);
    case 'cleared-timeout':
      return state.phase === 'cleared' && state.passage?.id === input.passageId && !stillShut(state, world)
        ? neverPassed(state, world)
        : nothing(state);
    case 'asked-again':
      return askedAgain(state, input, world);
    case 'turned-back':
      return turnedBack(state, input, world);
  }
}

function cancel(state: LaneState, input: Extract<LaneInput, { type: 'cancel' }>, world: World): StepResult {
  if (state.passage === null || state.phase === 'cleared') return { refused: 'no-car' };
  const unlisted = unlistedReason(input.reason, input.actor, world);
  if (unlisted) return { refused: unlisted };
  const made = handMadeClosed(state.passage, world, input.actor, null);
  return preceded(made, endPassage(state, 'cancelled', world, input.actor, input.reason));
}

/** The car was let through a while ago. Where a loop works and saw nobody, the exit may have been feigned (假离场). */
function neverPassed(state: LaneState, world: World): Step {
  const { passage } = state;
  const ended = endPassage(state, 'closed', world);
  if (!passage || !state.loopSeen || state.underArm || state.held || world.direction !== 'out') return ended;
  if (passage.turnedBack) return ended;
  const detail = `${world.lane.name}：放行后地感未检测到车辆通过`;
  const doubtful = caseOpened(
    'not-seen-passing',
    { uid: passage.uid, plate: passage.plate.text, detail },
    world,
    passage.id,
  );
  return { ...ended, events: [...ended.events, doubtful] };
}

function car(state: LaneState, input: Extract<LaneInput, { type: 'car' }>, world: World): StepResult {
  const { arrival, as } = input;
  const present = state.passage;
  if (present && as !== 'next-car' && isSameCar(state, present, arrival, world)) {
    if (as !== 'scan' && mayBeNext(state, present, arrival, world))
      return seenAgain(state, { ...present, again: arrival }, arrival, world);
    return chain(pictureBrought(state, present, arrival, world), (next) =>
      seenAgain(next, next.passage ?? present, arrival, world),
    );
  }
  const room = (as !== undefined && as !== 'queued') || !keepsPlace(state, world.lane, world.now);
  const stays = present && (!room || mustFinishFirst(state, present, world)) && !givesWay(state, { present, arrival });
  if (stays) {
    const known = state.waiting.find((other) => isReadable(other.plate) && other.plate.text === arrival.plate.text);
    if (known) return pictureBrought(state, { ...known, id: known.passageId }, arrival, world);
    if (state.waiting.length >= MAX_WAITING) return nothing(state);
    return { state: { ...state, waiting: [...state.waiting, arrival] }, events: [], commands: [] };
  }
  const ended = present ? makesRoom(state, present, world, input.turned === present.id) : nothing(state);
  const leaving = leavingOf(state, world);
  const clearFor = (clear: LaneState): LaneState => ({
    ...(leaving === clear.leaving ? clear : { ...clear, leaving }),
    waiting: clear.waiting.filter(({ plate }) => !isReadable(plate) || plate.text !== arrival.plate.text),
  });
  return chain(
    ended,
    (clear) => begin(clearFor(clear), arrival, world, as === 'queued'),
    (begun) => toldUnderHeldArm(begun, world),
  );
}

/** Read once more, the car brings a picture where it has none. */
function pictureBrought(
  state: LaneState,
  { id, direction }: Pick<Passage, 'id' | 'direction'>,
  { photo }: Arrival,
  world: World,
): Step {
  if (!photo) return nothing(state);
  // It may have been read from behind.
  const its = { ...world, direction: direction ?? world.direction };
  return pictureCame(state, { type: 'picture-came', passageId: id, photo }, its);
}

/** Another car stands here now. Who was asked about and had been under the arm went through, though nobody let it. */
function makesRoom(state: LaneState, present: Passage, world: World, turned: boolean): Step {
  if (present.crossed && isAskedAbout(state)) return droveThrough(state, world);
  if (turned) return preceded(placeTaken(state, present, world), endPassage(state, 'next-car', world));
  const ended = endPassage(state, 'next-car', world);
  if (!state.underArm || state.phase !== 'cleared' || state.loop) return ended;
  // It is under the arm while the next one is read: who goes under the arm behind it follows it.
  return { ...ended, state: { ...ended.state, lastPassed: { passageId: present.id, at: world.now } } };
}

/** The same car still stands here. A cleared car that went its way and came back is another passage. */
function isSameCar(state: LaneState, present: Passage, arrival: Arrival, world: World): boolean {
  if (!isReadable(arrival.plate)) {
    const stays = state.phase === 'asking' && present.onLoop?.on === true;
    return !isReadable(present.plate) && (stays || arrival.at - present.seenAt < world.samePlateMs);
  }
  if (present.plate.text !== arrival.plate.text && present.readPlate?.text !== arrival.plate.text) return false;
  if (state.phase !== 'cleared') return true;
  // It comes back the other way, unless it is known that the arm never let it through.
  const turned = arrival.direction !== null && arrival.direction !== (present.direction ?? world.direction);
  const apart = Math.abs(arrival.at - present.seenAt) >= world.samePlateMs;
  if (turned && apart && state.lastCommand?.outcome !== 'refused') return false;
  // On a lane for both ways the car that just went in is read from behind, and the other way round.
  return (present.direction ?? world.direction) === 'in' ? world.current?.status === 'inside' : world.inside === null;
}

/**
 * A car being served keeps its place: later reads wait behind it. An unread car is the exception, because whatever the camera
 * reads next is what stands before it now. Under a held arm nobody stands and waits.
 */
function mustFinishFirst(state: LaneState, present: Passage, world: World): boolean {
  if (isHeldUp(state)) return false;
  // A platform that has the word alone is asked about unread cars, too.
  const unread = !isReadable(present.plate) && present.identity === null && platformDecides(present, world);
  if (state.phase === 'charging' || state.phase === 'pricing') return true;
  if (state.phase === 'asking') return !unread;
  return state.phase === 'attention' && present.attention !== 'unread-plate';
}

/** Within the same-plate interval a second read changes nothing; later, a cleared car that still stands here is let through again. */
function seenAgain(state: LaneState, present: Passage, arrival: Arrival, world: World): Step {
  const passage: Passage = { ...present, seenAt: arrival.at, unsure: false };
  const next: LaneState = { ...state, passage };
  if (present.unsure) return surely(next, world, MOVES);
  const soon = arrival.at - present.seenAt < world.samePlateMs;
  if (wasOnlyTold(state, present, world)) return askAuthority(next, passage, world);
  if (state.phase !== 'cleared' || isHeldUp(state) || soon || presence(next) === 'left') return nothing(next);
  const again = state.held ? letThrough : openFor;
  return again(next, passage, 'decision', 'the cleared car is still here', world);
}

function begin(state: LaneState, arrival: Arrival, world: World, queued: boolean): Step {
  const passage: Passage = {
    id: arrival.passageId,
    startedAt: arrival.at,
    seenAt: arrival.at,
    plate: arrival.plate,
    readPlate: null,
    guessed: false,
    identity: null,
    confidence: arrival.confidence,
    photo: arrival.photo,
    direction: world.direction,
    attention: null,
    firm: false,
    warnings: [],
    approved: [],
    candidates: [],
    fixedFeeFen: null,
    price: null,
    asked: null,
    payments: [],
    cardUsed: null,
    again: null,
    onLoop: loopUnder(state, arrival, queued),
    unsure: false,
    crossed: false,
    beyond: false,
    turnedBack: false,
    terms: null,
    uid: null,
    bill: null,
  };
  return decide({ ...state, underArm: false }, passage, STATION, world);
}

/** Asks the rule book about the car and carries out the answer. */
function decide(state: LaneState, passage: Passage, actor: Actor, world: World): Step {
  return world.direction === 'out' ? leave(state, passage, actor, world) : enter(state, passage, actor, world);
}

const MOVES: Moves = { decide, release: releaseNow };

/** The next question to the platform about the same car, which still stands here. */
function askAgain(state: LaneState, passageId: string, world: World): Step {
  const { passage, phase } = state;
  if (phase !== 'asking' || passage?.id !== passageId || passage.asked?.pending || passage.asked?.verdict)
    return nothing(state);
  const asked = askAuthority(state, passage, world);
  const { attention, firm } = passage;
  return asked.state.passage
    ? { ...asked, state: { ...asked.state, passage: { ...asked.state.passage, attention, firm } } }
    : asked;
}
