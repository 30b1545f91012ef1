import { type Actor, STATION } from '../../../shared/domain/events.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { settledFen } from '../payments/bills.ts';
import type { FeeAnswer } from '../payments/fee-source.ts';
import type { LaneState, Passage, Price } from './state.ts';
import { draft, nothing, photoTaken, preceded, type Step, type StepResult, type World } from './step.ts';

/**
 * 第三方计费: a car at an exit whose price somebody else must tell. It waits while they are asked; a failure is for a person, and never 0.
 * Pure: the runtime puts the question that the state shows.
 */

type Decide = (state: LaneState, passage: Passage, actor: Actor, world: World) => Step;

/** Asks what the stay comes to. Each question has a number: an answer to another one changes nothing. */
export function askPrice(state: LaneState, passage: Passage, stay: Stay, world: World): Step {
  const { price: before } = passage;
  const price: Price = {
    ...{ question: (before?.question ?? 0) + 1, state: 'asked', since: world.now },
    ...{ platform: world.pricedBy ?? '', uid: stay.uid, settledFen: settledFen(stay), chargeFen: null, detail: '' },
  };
  const known: Passage = {
    ...passage,
    uid: stay.uid,
    attention: null,
    firm: false,
    bill: null,
    price,
    terms: stay.terms,
  };
  return {
    state: { ...state, phase: 'pricing', passage: known },
    // The attendant looks at it while it waits.
    events: before ? [] : photoTaken(passage, null, world),
    commands: [],
  };
}

/** What they said, about this question and no other. Whatever was decided meanwhile stays decided. */
export function priced(
  state: LaneState,
  input: { readonly passageId: string; readonly question: number; readonly answer: FeeAnswer },
  world: World,
  decide: Decide,
): Step {
  const { passage } = state;
  if (state.phase !== 'pricing' || passage?.id !== input.passageId) return nothing(state);
  const { price } = passage;
  if (price?.state !== 'asked' || price.question !== input.question) return nothing(state);
  const { answer } = input;
  const heard: Price =
    answer.kind === 'fee'
      ? { ...price, state: 'known', chargeFen: price.settledFen + answer.toPayFen }
      : { ...price, state: 'failed', detail: answer.reason.slice(0, 200) };
  return decide({ ...state, phase: 'idle' }, { ...passage, price: heard }, STATION, world);
}

/** What was heard counts no more; the number of the question stays, so that no late answer is taken for the next one's. */
export const askedAnew = ({ price }: Passage): Pick<Passage, 'price'> => ({
  price: price && { ...price, state: 'dropped', chargeFen: null },
});

/** The price that counts for a stay at this passage. */
export const priceOf = ({ price }: Passage, stay: Stay): number | null =>
  price?.state === 'known' && price.uid === stay.uid ? price.chargeFen : null;

/** They were asked about this very stay, and did not tell. */
export const priceFailed = ({ price }: Passage, stay: Stay): boolean =>
  price?.state === 'failed' && price.uid === stay.uid;

/** Whether the car waits for its price, or for a person because nobody told it. */
export const awaitsPrice = ({ phase, passage }: LaneState): boolean =>
  phase === 'pricing' || (phase === 'attention' && passage?.attention === 'fee-unknown');

/** A person says what is still to pay, in place of those who should have. Nothing is not an amount: that is a release. */
export function setPrice(
  state: LaneState,
  input: { readonly amountFen: number; readonly reason: string; readonly actor: Actor },
  world: World,
  decide: Decide,
): StepResult {
  const { passage } = state;
  const stay = world.inside;
  if (!passage || !stay) return { refused: 'stay-changed' };
  if (input.amountFen <= 0) return { refused: 'amount-differs' };
  const fixedFeeFen = settledFen(stay) + input.amountFen;
  const reason = `核定金额 ${(input.amountFen / 100).toFixed(2)} 元：${input.reason}`;
  const approved = draft(
    'passage-approved',
    { attention: 'fee-unknown', plate: passage.plate, reason },
    { world, passageId: passage.id, key: stay.uid, actor: input.actor },
  );
  const set: Passage = { ...passage, attention: null, firm: false, bill: null, fixedFeeFen };
  return preceded([approved], decide({ ...state, phase: 'idle' }, set, input.actor, world));
}
