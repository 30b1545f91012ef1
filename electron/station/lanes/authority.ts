import { type Actor, type EventDraft, STATION } from '../../../shared/domain/events.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { endPassage, neverCame } from './passage.ts';
import { cameTooLate, goneAt, isAskedAbout, onTriggerLoop, presence } from './presence.ts';
import { askedInVain } from './restarted.ts';
import { type Asked, isHeldUp, type LaneState, type Passage } from './state.ts';
import {
  caseOpened,
  chain,
  draft,
  type LaneInput,
  nothing,
  photoTaken,
  preceded,
  type Step,
  type World,
  waitForPerson,
} from './step.ts';

/**
 * A platform that has the word at a lane (云端决定开闸). The car waits while it is asked; a refusal is asked again, a silence is
 * counted, and after so many in a row the site's setting says what happens. Nothing opens for a car that is not there. Pure: the
 * runtime puts the questions.
 */

/** Whether the platform alone stops this car: our own rules had no say before, and have none after. */
export const platformDecides = (passage: Passage, { lane }: World): boolean =>
  lane.authority?.rules === 'platform' && passage.asked?.verdict !== 'local';

/** Whether the platform prices and collects here: nothing of our tariff is charged or let go then. */
export const platformPrices = ({ asked }: Passage, { lane }: World): boolean =>
  lane.authority?.fees === 'platform' && asked?.verdict !== 'local';

/** The platform, or a person in its place, has said that this car may go. */
export const isAllowed = (passage: Passage): boolean => passage.approved.includes('remote-refused');

/** What the platform knows of a car from its first question on. */
const recognition = (passage: Passage, now: number): Asked => ({
  attempt: 0,
  failures: 0,
  pending: false,
  plate: passage.plate,
  photoId: passage.photo?.id ?? null,
  confidence: passage.confidence,
  since: now,
  verdict: null,
  verdictAt: null,
  answer: null,
  detail: '',
});

/** Puts the first question, or the next one. Another plate is another recognition. */
export function askAuthority(state: LaneState, passage: Passage, world: World): Step {
  const { asked: before } = passage;
  const same = before && (before.plate === null || before.plate.text === passage.plate.text) ? before : null;
  const known = same ?? recognition(passage, world.now);
  // A picture that came after the first question is shown with the next.
  const photoId = known.photoId ?? passage.photo?.id ?? null;
  const asked: Asked = { ...known, photoId, attempt: known.attempt + 1, pending: true, verdict: null, verdictAt: null };
  return {
    state: {
      ...state,
      phase: 'asking',
      passage: {
        ...{ ...passage, asked, attention: null, firm: false, bill: null },
        uid: (world.inside ?? ownStay(passage, world))?.uid ?? null,
      },
    },
    // The platform may fetch the picture from now on, and the attendant looks at it.
    events: before ? [] : photoTaken(passage, null, world),
    commands: [],
  };
}

export interface Moves {
  /** Decides by our own rules. */
  readonly decide: (state: LaneState, passage: Passage, actor: Actor, world: World) => Step;
  /** Opens for this car whatever our own rules say. */
  readonly release: (state: LaneState, passage: Passage, actor: Actor, world: World, reason: string) => Step;
}

/** What the platform said, about this car and no other. An answer for a car that is gone changes nothing. */
export function authorityAnswered(
  state: LaneState,
  input: Extract<LaneInput, { type: 'authority-answered' }>,
  world: World,
  moves: Moves,
): Step {
  const { passage } = state;
  const authority = world.lane.authority;
  const asked = passage?.asked;
  if (!passage || !asked?.pending || passage.id !== input.passageId || !authority || state.phase !== 'asking')
    return nothing(state);
  const { answer, detail } = input;
  const failures = answer === 'failed' ? asked.failures + 1 : 0;
  const answered: Passage = { ...passage, asked: { ...asked, failures, pending: false, answer, detail } };
  // A car may stand there for ten minutes: the same words again are no news.
  const repeated = answer === 'refuse' && asked.answer === 'refuse' && asked.detail === detail;
  const told = draft(
    'authority-answered',
    { platform: authority.platform, plate: passage.plate, answer, attempt: asked.attempt, detail },
    { world, passageId: passage.id, key: passage.uid, actor: { kind: 'platform', name: authority.platform } },
  );
  const then = (step: Step): Step => preceded(repeated ? [] : [told], step);
  const stays = (next: Passage): Step => then(nothing({ ...state, passage: next }));
  if (answer === 'open') {
    const priced = { ...answered, fixedFeeFen: input.feeFen ?? passage.fixedFeeFen };
    return then(decided(state, priced, 'open', world, moves));
  }
  if (answer === 'refuse') return stays({ ...answered, attention: 'remote-refused', firm: true });
  if (failures < authority.giveUpAfter) return stays(answered);
  return then(gaveUp(state, answered, `${authority.platform} 连续 ${failures} 次无应答：${detail}`, world, moves));
}

/** No answer so many times in a row: the platform is told no more, and the lane acts as it is set to. */
function gaveUp(state: LaneState, passage: Passage, detail: string, world: World, moves: Moves): Step {
  const events = [
    ...told(passage, 'gave-up', world),
    caseOpened('remote-gave-up', { uid: passage.uid, plate: passage.plate.text, detail }, world, passage.id),
  ];
  const onGiveUp = world.lane.authority?.onGiveUp;
  if (onGiveUp !== 'wait')
    return preceded(events, decided(state, passage, onGiveUp === 'local' ? 'local' : 'released', world, moves));
  const why = { kind: 'wait', attention: 'remote-silent', firm: false, warnings: passage.warnings } as const;
  return preceded(events, waitForPerson({ ...state, passage }, passage, why, world.inside, world));
}

/** For the person who has to look. */
const UNSURE = '程序停过一段时间，请核对照片：车辆是否还在';

/** It may go: now if it is there, or as soon as it is. */
function decided(
  state: LaneState,
  passage: Passage,
  verdict: NonNullable<Asked['verdict']>,
  world: World,
  moves: Moves,
): Step {
  const asked = passage.asked && { ...passage.asked, verdict, verdictAt: world.now };
  const may: Passage = { ...passage, asked, attention: null, firm: false };
  const waiting: LaneState = { ...state, passage: may };
  // By what is known it stands there, and much may have happened since that was known.
  if (passage.unsure && presence(waiting) === 'there')
    return askedInVain(waiting, { ...may, asked: asked && { ...asked, detail: UNSURE } }, world);
  return goesIfThere(waiting, world, moves);
}

/** The car was heard of again: what was said of it counts now. */
export function surely(state: LaneState, world: World, moves: Moves): Step {
  const { passage } = state;
  if (passage?.attention !== 'remote-silent' || passage.unsure || !passage.asked?.verdict || !isAskedAbout(state))
    return nothing(state);
  const goes: LaneState = { ...state, phase: 'asking', passage: { ...passage, attention: null, firm: false } };
  return goesIfThere(goes, world, moves);
}

/** Carries out what was said of the car as soon as it stands where it must. */
export function goesIfThere(state: LaneState, world: World, moves: Moves): Step {
  const { passage } = state;
  const verdict = passage?.asked?.verdict;
  if (!passage || state.phase !== 'asking' || !verdict || passage.unsure || presence(state) !== 'there')
    return nothing(state);
  const allowed: Passage = { ...passage, approved: [...passage.approved, 'remote-refused'] };
  if (verdict === 'released') return moves.release(state, allowed, STATION, world, '平台无应答，自动放行');
  const platform = world.lane.authority?.platform ?? '';
  const actor: Actor = verdict === 'open' ? { kind: 'platform', name: platform } : STATION;
  return moves.decide(state, allowed, actor, world);
}

export function triggerLoop(state: LaneState, on: boolean, world: World, moves: Moves): Step {
  const { passage } = state;
  const late = on && passage && cameTooLate(state, world.lane, world.now);
  return chain(
    late ? goneFrom(state, passage, world) : nothing(state),
    (here) => goesIfThere(onTriggerLoop(here, on, world.now), world, moves),
    (here) => surely(here, world, moves),
    (here) => (here.underArm ? goesByHand(here, world, moves) : nothing(here)),
  );
}

/** The car that is asked about has gone: nobody is asked any more, and nothing opens. */
export function presenceTimeout(
  state: LaneState,
  input: Extract<LaneInput, { type: 'presence-timeout' }>,
  world: World,
): Step {
  const { passage } = state;
  if (passage?.id !== input.passageId || goneAt(state, world.lane) === null) return nothing(state);
  return goneFrom(state, passage, world);
}

function goneFrom(state: LaneState, passage: Passage, world: World): Step {
  if (passage.beyond) return droveThrough(state, world);
  const why = passage.onLoop === null ? '车辆未驶上地感' : '车辆已离开地感';
  return endPassage(state, 'turned-back', world, STATION, why);
}

/** Nobody let it through, and it is through: with another one's key, behind another car, or by a crank. A person looks at it. */
export function droveThrough(state: LaneState, world: World): Step {
  const { passage } = state;
  if (!passage) return nothing(state);
  const detail = `${world.lane.name}：未获放行驶过闸口`;
  const about = { uid: passage.uid, plate: passage.plate.text, detail };
  return preceded(
    [caseOpened('followed-through', about, world, passage.id)],
    endPassage(state, 'passed', world, STATION, '未获放行驶过闸口'),
  );
}

/** Who was asked about came off the safety loop. Where no trigger loop tells that it rolled back it is through. */
export function offTheArm(state: LaneState, world: World, moves: Moves): Step {
  const { passage } = state;
  if (!passage?.crossed || !world.lane.authority || !awaitsWord(state)) return nothing(state);
  if (passage.onLoop?.on) return nothing(state);
  if (isOpenedByHand(state)) return chain(goesByHand(state, world, moves), (gone) => endPassage(gone, 'passed', world));
  return state.loop === null ? droveThrough(state, world) : nothing(state);
}

const isOpenedByHand = ({ lastCommand, passage }: LaneState): boolean =>
  lastCommand?.action === 'open' && lastCommand.origin === 'manual' && lastCommand.passageId === passage?.id;

/**
 * A person opened for the car that was asked about, and it goes under the arm: it was let through by that person. While it stands on
 * the trigger loop as well it may roll back.
 */
export function goesByHand(state: LaneState, world: World, moves: Moves): Step {
  const { passage, lastCommand } = state;
  if (!passage?.crossed || passage.onLoop?.on || !lastCommand || state.phase !== 'attention') return nothing(state);
  if (!awaitsWord(state) || !isOpenedByHand(state)) return nothing(state);
  const by: Actor = { kind: 'user', name: lastCommand.by };
  return moves.release(state, passage, by, { ...world, armUp: true }, lastCommand.reason ?? '手动开闸');
}

/** The stay that began or ended with this very passage: whatever is said of the car later begins and ends nothing more. */
export function ownStay({ id }: Passage, { inside, current }: World): Stay | null {
  if (inside?.entryRecordId === id) return inside;
  return current?.exitRecordId === id || current?.entryRecordId === id ? current : null;
}

/** It was let through by a held arm that is held no longer, and stands there yet: the platform was told of it, and is asked now. */
export function wasOnlyTold(state: LaneState, passage: Passage, world: World): boolean {
  const known = passage.asked?.attempt === 0 && !passage.crossed && ownStay(passage, world) !== null;
  return known && state.phase === 'cleared' && !isHeldUp(state) && world.lane.authority !== undefined;
}

/** Under a held arm nobody is asked: the platform is told of each car, and what it answers counts for nothing. */
export function toldUnderHeldArm(state: LaneState, world: World): Step {
  const { passage } = state;
  if (!passage || !isHeldUp(state) || !world.lane.authority || passage.asked) return nothing(state);
  const known: Passage = { ...passage, asked: recognition(passage, world.now) };
  return { state: { ...state, passage: known }, events: told(known, 'held', world), commands: [] };
}

/** What the platform is told of a recognition without being asked. */
export function told(passage: Passage, why: 'held' | 'gave-up' | 'unanswered', world: World): readonly EventDraft[] {
  const { asked } = passage;
  const platform = world.lane.authority?.platform;
  if (!asked || platform === undefined) return [];
  const { confidence } = asked;
  const photoId = asked.photoId ?? passage.photo?.id ?? null;
  const body = {
    ...{ platform, why, plate: asked.plate ?? passage.plate, confidence, photoId },
    ...{ recognizedAt: passage.startedAt, direction: passage.direction ?? world.direction },
  };
  return [draft('authority-told', body, { world, passageId: passage.id, key: passage.uid })];
}

/** A person opens before a car that is asked about: the asking ends, and whoever opened says what became of the car. */
export function stopsAsking(state: LaneState, world: World): Step {
  const { passage } = state;
  if (!passage || state.phase !== 'asking') return nothing(state);
  const asked = passage.asked && { ...passage.asked, pending: false, verdict: null, verdictAt: null };
  const missed = neverCame(state) ? state.missed + 1 : state.missed;
  const why = { kind: 'wait', attention: 'remote-refused', firm: true, warnings: passage.warnings } as const;
  return waitForPerson({ ...state, missed }, { ...passage, asked }, why, world.inside, world);
}

/** Whether a platform is being asked about the car, or was and a person has to decide in its place. */
export const awaitsWord = ({ phase, passage }: LaneState): boolean =>
  phase === 'asking' ||
  (phase === 'attention' && (passage?.attention === 'remote-refused' || passage?.attention === 'remote-silent'));
