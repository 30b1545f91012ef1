import type { Actor } from '../../../shared/domain/events.ts';
import type { LaneState, Passage } from './state.ts';
import { caseOpened, draft, type LaneInput, nothing, type Step, type World, waitForPerson } from './step.ts';

/**
 * A platform that has the word at a lane (云端决定开闸). The car waits while it is asked; a refusal is asked again, a silence is
 * counted, and after so many in a row the site's setting says what happens. Pure: the runtime puts the questions.
 */

/** Puts the first question, or the next one. */
export function askAuthority(state: LaneState, passage: Passage, world: World): Step {
  const same = state.passage?.id === passage.id ? state.passage.asked : null;
  const asked = {
    attempt: (same?.attempt ?? 0) + 1,
    failures: same?.failures ?? 0,
    pending: true,
  };
  return {
    state: {
      ...state,
      phase: 'asking',
      passage: { ...passage, asked, attention: null, firm: false, bill: null, uid: world.inside?.uid ?? null },
    },
    events: [],
    commands: [],
  };
}

interface Moves {
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
  if (!passage?.asked?.pending || passage.id !== input.passageId || !authority || !asking(state)) return nothing(state);
  const failures = input.answer === 'failed' ? passage.asked.failures + 1 : 0;
  const actor: Actor = { kind: 'platform', name: authority.platform };
  const answered: Passage = { ...passage, asked: { ...passage.asked, failures, pending: false } };
  const told = draft(
    'authority-answered',
    {
      platform: authority.platform,
      plate: passage.plate,
      answer: input.answer,
      attempt: passage.asked.attempt,
      detail: input.detail,
    },
    { world, passageId: passage.id, key: passage.uid, actor },
  );
  const then = (step: Step): Step => ({ ...step, events: [told, ...step.events] });
  const fee = input.feeFen ?? passage.fixedFeeFen;
  const allowed: Passage = { ...answered, fixedFeeFen: fee, approved: [...passage.approved, 'remote-refused'] };
  if (input.answer === 'open') return then(moves.decide({ ...state, passage: answered }, allowed, actor, world));
  if (input.answer === 'refuse' || failures < authority.giveUpAfter)
    return then(
      input.answer === 'refuse'
        ? stay(state, { ...answered, attention: 'remote-refused', firm: true })
        : stay(state, answered),
    );
  const gaveUp = caseOpened(
    'remote-gave-up',
    {
      uid: passage.uid,
      plate: passage.plate.text,
      detail: `${authority.platform} 连续 ${failures} 次无应答：${input.detail}`,
    },
    world,
    passage.id,
  );
  if (authority.onGiveUp === 'wait')
    return then(
      withCase(
        gaveUp,
        waitForPerson(
          { ...state, passage: answered },
          answered,
          { kind: 'wait', attention: 'remote-silent', firm: false, warnings: answered.warnings },
          world.inside,
          world,
        ),
      ),
    );
  const here = { ...state, passage: answered };
  return then(
    withCase(
      gaveUp,
      authority.onGiveUp === 'local'
        ? moves.decide(here, allowed, actor, world)
        : moves.release(here, allowed, actor, world, '平台无应答，自动放行'),
    ),
  );
}

const asking = (state: LaneState): boolean => state.phase === 'asking';
const stay = (state: LaneState, passage: Passage): Step => nothing({ ...state, passage });
const withCase = (event: Step['events'][number], step: Step): Step => ({ ...step, events: [event, ...step.events] });
