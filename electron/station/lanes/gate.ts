import { STATION } from '../../../shared/domain/events.ts';
import { type Gap, toPayFen } from '../../../shared/domain/money-flow.ts';
import { awaitsWord, goesByHand, goesIfThere, type Moves, offTheArm, stopsAsking } from './authority.ts';
import { crossing } from './crossing.ts';
import { letThrough, openFor, order } from './opening.ts';
import { endPassage } from './passage.ts';
import { offSafetyLoop, presence } from './presence.ts';
import { type LaneState, raisedByHand } from './state.ts';
import {
  caseOpened,
  chain,
  draft,
  type LaneInput,
  nothing,
  preceded,
  type Step,
  type StepResult,
  type World,
} from './step.ts';

/** The arm by hand, its answers, and what the loops tell of the car under it. Pure. */

type Input<T extends LaneInput['type']> = Extract<LaneInput, { type: T }>;

/** A car that goes under the arm this soon after another one was not let through by itself. */
const FOLLOW_MS = 15_000;

/** A loop loses a trailer for at most this long. */
const FLICKER_MS = 1000;

/** By then a car before an open arm has driven through. */
const DRIVEN_OFF_MS = 30_000;

export function gate(state: LaneState, input: Input<'gate'>, world: World, moves: Moves): StepResult {
  const { action, actor } = input;
  const { rules } = world.site;
  const listed = input.reason === null || rules.freeTextReasons || rules.openReasons.includes(input.reason);
  if (actor.kind === 'user' && action !== 'close' && !listed) return { refused: 'reason-not-listed' };
  const held = action === 'hold' ? true : action === 'release-hold' ? false : state.held;
  const origin = actor.kind === 'platform' ? 'platform' : 'manual';
  const { reason, photoId, place } = input;
  const raised = action === 'close' || action === 'release-hold' ? raisedByHand(state) : null;
  const what = { action, origin, reason, photoId, actor, place, raised } as const;
  const commanded = order({ ...state, held }, what, world, standingCar(state, world.now));
  const releasing = releasingBy(action, commanded.state);
  const hold = action === 'hold' ? holdBy(state, commanded.state) : state.hold;
  const ordered = { ...commanded, state: { ...commanded.state, releasing, hold } };
  const gaps = gapEvents(state, held, world);
  const { passage } = state;
  // 常抬 before a car that is asked about: it drives through as those behind it will.
  if (action === 'hold' && passage && awaitsWord(state))
    return chain({ ...ordered, events: [...ordered.events, ...gaps] }, (up) =>
      moves.decide(up, passage, STATION, world),
    );
  const opened = { ...ordered, events: [...ordered.events, ...gaps, ...unexplained(state, input, world)] };
  if (action !== 'open') return opened;
  return chain(
    opened,
    (up) => stopsAsking(up, world),
    (up) => (up.underArm ? goesByHand(up, world, moves) : nothing(up)),
  );
}

/** The command whose end tells whether the hold has ended. Nothing but another hold makes that unimportant. */
function releasingBy(action: Input<'gate'>['action'], { lastCommand, releasing }: LaneState): string | null {
  if (action === 'release-hold') return lastCommand?.id ?? null;
  return action === 'hold' ? null : releasing;
}

/** A hold that is refused was none, unless the arm was held before it, or is until it is known that the end of that one came through. */
function holdBy(before: LaneState, { lastCommand }: LaneState): LaneState['hold'] {
  if (!lastCommand) return before.hold;
  const { hold } = before;
  const still = before.held && hold?.outcome === 'pending' ? hold : null;
  const first = still ? still.first : !before.held && before.releasing === null;
  return { id: lastCommand.id, outcome: 'pending', first, passageId: still?.passageId ?? null };
}

/**
 * The car that a hand on the arm is about. One that was let through a while ago has gone, also where no loop tells of it: what is
 * opened now is no part of its stay.
 */
export function standingCar(state: LaneState, now: number): LaneState['passage'] {
  const { passage, lastCommand } = state;
  if (!passage || state.phase !== 'cleared' || state.underArm || state.loopSeen) return passage;
  const own = lastCommand?.passageId === passage.id ? lastCommand : null;
  // The arm is shut before it, or is not known to have opened.
  if (own && (own.action === 'close' || own.outcome !== 'done')) return passage;
  return now - Math.max(passage.seenAt, own?.at ?? 0) > DRIVEN_OFF_MS ? null : passage;
}

/** A car stands at the exit that nobody let through, and the arm goes up: it may be gone before anybody is paid. */
function unexplained(state: LaneState, input: Input<'gate'>, world: World): Step['events'] {
  const { passage } = state;
  const opening = input.action === 'open' || input.action === 'hold';
  if (!opening || !passage || world.direction !== 'out' || state.phase === 'cleared') return [];
  const amountFen = passage.bill ? toPayFen(passage.bill) : 0;
  const detail = `${world.lane.name}：${input.reason ?? '手动开闸'}（${input.actor.name}）`;
  return [
    caseOpened('opened-by-hand', { uid: passage.uid, plate: passage.plate.text, amountFen, detail }, world, passage.id),
  ];
}

/** 常抬 begins or ends a time in which cars cross unseen; holding an arm that is held already changes nothing. */
function gapEvents(state: LaneState, held: boolean, world: World): Step['events'] {
  const about = { world, passageId: null };
  if (held && world.openGap === null) {
    const gap: Gap = {
      id: world.newId('gap'),
      kind: 'held-open',
      laneId: world.lane.id,
      // Where a lane serves both ways, cars may leave by it.
      direction: world.lane.direction === 'both' && state.turned === null ? 'out' : world.direction,
      from: world.now,
      to: null,
      openings: 0,
    };
    return [draft('gap-changed', { gap }, about)];
  }
  if (held || world.openGap === null) return [];
  return [draft('gap-changed', { gap: { ...world.openGap, to: Math.max(world.now, world.openGap.from) } }, about)];
}

export function gateAnswered(state: LaneState, input: Input<'gate-answered'>, world: World): Step {
  const told = commandAnswered(state, input, world);
  return told.state.hold?.id === input.commandId ? chain(told, (next) => holdAnswered(next, input, world)) : told;
}

/** How a hold ended. Refused, nothing moved: the arm is held if it was before, and whoever counted on it is let through in another way. */
function holdAnswered(state: LaneState, { outcome }: Input<'gate-answered'>, world: World): Step {
  const { hold, passage } = state;
  if (!hold) return nothing(state);
  const held = state.held && !(outcome === 'refused' && hold.first);
  const next: LaneState = { ...state, held, hold: { ...hold, outcome, passageId: null } };
  const ended: Step = {
    state: next,
    events: state.held && !held ? gapEvents(next, false, world) : [],
    commands: [],
  };
  const waits = outcome !== 'done' && passage?.id === hold.passageId && state.phase === 'cleared' && !state.underArm;
  if (!waits || !passage || presence(state) === 'left') return ended;
  return chain(ended, (up) => letThrough(up, passage, 'decision', state.lastCommand?.reason ?? null, world));
}

function commandAnswered(state: LaneState, input: Input<'gate-answered'>, world: World): Step {
  const last = state.lastCommand;
  const isLast = last?.id === input.commandId;
  const { commandId, outcome, detail } = input;
  const answered = isLast ? { ...state, lastCommand: { ...last, outcome, detail } } : state;
  const told = draft(
    'gate-answered',
    { commandId, outcome, detail },
    {
      world,
      passageId: isLast ? last.passageId : null,
    },
  );
  if (state.releasing !== commandId) return { state: answered, events: [told], commands: [] };
  // Nothing moved: the arm is held as before, and whoever crosses it crosses it unseen.
  const held = state.held || outcome === 'refused';
  return {
    state: { ...(outcome === 'refused' ? answered : notHeld(answered)), held, releasing: null },
    events: [told, ...(held && !state.held ? gapEvents(state, true, world) : [])],
    commands: [],
  };
}

/** What was ordered after the end of a hold was ordered need not bring down a held arm any more. */
function notHeld(state: LaneState): LaneState {
  const { lastCommand } = state;
  return lastCommand?.raised?.held ? { ...state, lastCommand: { ...lastCommand, raised: null } } : state;
}

export function safetyLoop(state: LaneState, on: boolean, world: World, moves: Moves): Step {
  if (on) {
    if (flickers(state, world)) return nothing(state);
    const { state: crossed, events, before } = crossing(state, world);
    // The car before is under the arm: whoever stands here now is not.
    if (before) return { state: { ...crossed, loopSeen: true }, events, commands: [] };
    return preceded(
      events,
      chain(
        underArm(crossed, true, world),
        (next) => goesIfThere(next, world, moves),
        (next) => goesByHand(next, world, moves),
      ),
    );
  }
  if (world.lane.authority && !state.underArm) return nothing({ ...state, ...stillPassing(state, world) });
  if (state.phase === 'cleared') return state.underArm ? endPassage(state, 'passed', world) : nothing(state);
  return chain(underArm(state, false, world), (next) => offTheArm(next, world, moves));
}

/**
 * Pressed again this soon after the car before came off it, by nobody who came over the trigger loop and was opened for: its trailer.
 * Where no trigger loop tells, it may be one that follows.
 */
function flickers({ lastPassed, lastCommand, passage, loop }: LaneState, { now }: World): boolean {
  if (!loop || loop.on || passage?.onLoop || !lastPassed || Math.abs(now - lastPassed.at) > FLICKER_MS) return false;
  // Whoever was opened for since may be under the arm by now.
  const since = lastCommand?.action === 'open' && lastCommand.passageId !== lastPassed.passageId;
  return !(since && lastCommand.at >= lastPassed.at);
}

/** The end of a flicker: the car before is through from now on. */
function stillPassing({ lastPassed }: LaneState, { now }: World): Pick<LaneState, 'loopSeen'> & Partial<LaneState> {
  const recent = lastPassed && Math.abs(now - lastPassed.at) <= 2 * FLICKER_MS;
  return { loopSeen: true, ...(recent && { lastPassed: { ...lastPassed, at: now } }) };
}

function underArm(state: LaneState, on: boolean, world: World): Step {
  if (on && state.phase === 'cleared') return nothing({ ...state, underArm: true, loopSeen: true });
  const pressed: LaneState = { ...state, underArm: on, loopSeen: true };
  const next = on ? pressed : offSafetyLoop(pressed, world.now);
  const last = state.lastPassed;
  if (!on || state.held || !last || world.now - last.at > FOLLOW_MS) return nothing(next);
  // Opened again since, by hand or for the next car: whoever goes now was let through.
  // A car that nobody let through is a case of its own as soon as it is known not to roll back.
  if (world.lane.authority && awaitsWord(state)) return nothing(next);
  const openedSince = state.lastCommand?.action === 'open' && state.lastCommand.at > last.at;
  if (openedSince) return nothing(next);
  const plate = state.passage?.plate ?? null;
  return {
    state: { ...next, lastPassed: null },
    events: [
      draft('followed-through', { plate, after: last.passageId }, { world, passageId: state.passage?.id ?? null }),
      caseOpened(
        'followed-through',
        {
          uid: state.passage?.uid ?? null,
          plate: plate?.text ?? '',
          detail: `${world.lane.name}：前车通过后有车紧跟通过`,
        },
        world,
        state.passage?.id ?? null,
      ),
    ],
    commands: [],
  };
}

/**
 * The camera repeats a read only when it saw no answer. If the arm is known to have been told, the car is through and nothing
 * more may happen; if the command got lost on the way, this is the moment to give it again. An arm that hangs on another device
 * may have moved all the same, and so may one whose order was handed over before it turned out to be lost.
 */
export function askedAgain(state: LaneState, input: Input<'asked-again'>, world: World): Step {
  const { passageId, elsewhere } = input;
  const last = state.lastCommand;
  if (state.phase !== 'cleared' || state.passage?.id !== passageId || !last) return nothing(state);
  if (presence(state) === 'left') return nothing(state);
  const lost =
    last.action === 'open' &&
    last.passageId === passageId &&
    (last.outcome === 'refused' || (last.outcome === 'unknown' && !last.corrected && !elsewhere));
  return lost ? openFor(state, state.passage, 'decision', 'the camera asked again', world) : nothing(state);
}

/** 潮汐车道: the lane serves the other way from now on. */
export function turn(state: LaneState, input: Input<'turn'>, world: World): StepResult {
  if (!world.lane.reversible) return { refused: 'not-reversible' };
  if (state.phase !== 'idle' && state.phase !== 'cleared') return { refused: 'lane-busy' };
  const ended = state.passage ? endPassage(state, 'closed', world, STATION) : nothing(state);
  const turned: Step = {
    state: { ...ended.state, turned: input.direction },
    events: [
      draft('direction-changed', { direction: input.direction }, { world, passageId: null, actor: input.actor }),
    ],
    commands: [],
  };
  // Whoever crosses the held arm crosses it the other way from now on: that is another gap.
  const gaps =
    state.held && world.openGap
      ? [
          ...gapEvents(turned.state, false, world),
          ...gapEvents(turned.state, true, { ...world, direction: input.direction, openGap: null }),
        ]
      : [];
  return chain(ended, () => ({ ...turned, events: [...turned.events, ...gaps] }));
}
