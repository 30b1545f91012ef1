import type { Attention } from '../../../shared/contract/lanes.ts';
import { type Actor, type EventDraft, STATION } from '../../../shared/domain/events.ts';
import type { Bill } from '../../../shared/domain/money-flow.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { TEMPORARY } from '../../../shared/domain/terms.ts';
import { visitUsed } from './entry.ts';
import { leave, matched } from './exit.ts';
import { newStay } from './new-stay.ts';
import { endPassage } from './passage.ts';
import { askedAnew, awaitsPrice, setPrice } from './priced.ts';
import { isReadable } from './rules.ts';
import { sameBill } from './same-bill.ts';
import type { LaneState, Passage } from './state.ts';
import {
  boothOf,
  caseOpened,
  chain,
  draft,
  type LaneInput,
  nothing,
  preceded,
  type Step,
  type StepResult,
  spacesAfter,
  type World,
} from './step.ts';
import { decideTerms, parkingTypeOf } from './terms.ts';

/** A person puts right what the camera or a rule got wrong about the car at the lane. Pure. */

type Input<T extends LaneInput['type']> = Extract<LaneInput, { type: T }>;
type Decide = (state: LaneState, passage: Passage, actor: Actor, world: World) => Step;

/** A passage as it was before anything was decided about its car. */
const undecided = (passage: Passage): Passage => ({
  ...passage,
  attention: null,
  firm: false,
  bill: null,
  uid: null,
  warnings: [],
  candidates: [],
});

/** What was approved, set or paid was for the car that it was taken for. */
const anotherCar = (passage: Passage): Passage => ({
  ...undecided(passage),
  guessed: false,
  approved: [],
  fixedFeeFen: null,
  ...askedAnew(passage),
  payments: [],
  cardUsed: null,
});

/** A part was paid before it turned out whose car this is: it stays on the stay that it was booked on until a person looks. */
function paidForAnother(passage: Passage, world: World): readonly EventDraft[] {
  const amountFen = passage.payments.reduce((sum, payment) => sum + payment.amountFen, 0);
  if (amountFen === 0) return [];
  const what = {
    uid: passage.uid,
    plate: passage.plate.text,
    amountFen,
    detail: '更正车辆前已收的款记在原停车记录上，待核对',
  };
  return [caseOpened('paid-twice', what, world, passage.id)];
}

/** Voids what the lane asked for, unless money for an earlier bill has done so. */
const billDropped = (state: LaneState, world: World, reason: string, actor: Actor): readonly EventDraft[] =>
  state.phase === 'charging' && state.passage?.bill && isOpen(state.passage.bill, world)
    ? [
        draft(
          'bill-voided',
          { bill: state.passage.bill, reason },
          {
            world,
            passageId: state.passage.id,
            key: state.passage.uid,
            actor,
          },
        ),
      ]
    : [];

const isOpen = (bill: Bill, world: World): boolean => world.openBill(bill.uid)?.id === bill.id;

/** The world in which the bill that was dropped is gone. */
function withoutBill(state: LaneState, world: World): World {
  const dropped = state.phase === 'charging' ? state.passage?.bill?.id : undefined;
  if (dropped === undefined) return world;
  return {
    ...world,
    openBill: (uid) => {
      const bill = world.openBill(uid);
      return bill?.id === dropped ? null : bill;
    },
  };
}

export function correctPlate(state: LaneState, plate: Plate, actor: Actor, world: World, decide: Decide): StepResult {
  const { passage } = state;
  if (!passage) return { refused: 'no-car' };
  if (!isReadable(plate)) return { refused: 'plate-empty' };
  const corrected: Passage = { ...passage, plate, identity: null, readPlate: passage.readPlate ?? passage.plate };
  if (state.phase !== 'cleared') {
    const event = draft(
      'plate-corrected',
      { before: passage.plate, after: plate, stay: null },
      { world, passageId: passage.id, actor },
    );
    // The same plate in another colour is the same car.
    const same = plate.text === passage.plate.text;
    const { payments, cardUsed } = passage;
    const fresh: Passage = {
      ...anotherCar(corrected),
      direction: world.direction,
      ...(same && { payments, cardUsed }),
    };
    const clear: LaneState = { ...state, phase: 'idle' };
    const elsewhere = same ? [] : [...handMadeClosed(passage, world, actor, null), ...paidForAnother(passage, world)];
    return preceded(
      [event, ...billDropped(state, world, 'plate-corrected', actor), ...elsewhere],
      decide(clear, fresh, actor, withoutBill(state, world)),
    );
  }
  // Admitted already and still in view: the stay is put right, nothing is opened.
  const { current } = world;
  if (world.direction === 'out' || current?.status !== 'inside') return { refused: 'already-cleared' };
  if (world.inside && world.inside.uid !== current.uid) return { refused: 'already-inside' };
  const about = { world, passageId: passage.id, key: current.uid, actor };
  const stay = enteredAs(plate, current, world);
  return {
    state: { ...state, passage: { ...corrected, terms: stay.terms } },
    events: [
      draft('plate-corrected', { before: passage.plate, after: plate, stay }, about),
      ...(stay.terms.id === current.terms.id
        ? []
        : [
            ...visitUsed(current.terms, -1, current, { ...world, registry: world.factsOf(current.plate, current) }),
            ...visitUsed(stay.terms, 1, stay, world),
          ]),
    ],
    commands: [],
  };
}

/** The stay as it would have begun under this plate: a card's car that was misread stands on its card, and a stranger on none. */
function enteredAs(plate: Plate, current: Stay, world: World): Stay {
  const registry = world.factsOf(plate, current);
  const { terms } = decideTerms(registry, Math.max(current.enteredAt, world.now), world.area, world.site, world.quotas);
  return {
    ...current,
    plate,
    identity: null,
    vehicleClass: world.vehicleClass,
    terms,
    parkingType: parkingTypeOf(terms),
  };
}

/** 无牌车扫码: the car without a plate says who it is. */
export function identify(state: LaneState, input: Input<'identify'>, world: World, decide: Decide): StepResult {
  const { passage } = state;
  if (!passage || state.phase === 'cleared') return { refused: 'no-car' };
  if (isReadable(passage.plate)) return { refused: 'already-cleared' };
  if (world.direction === 'out' && !world.inside) return { refused: 'not-inside' };
  const event = draft(
    'car-identified',
    { identity: input.identity, plate: passage.plate },
    { world, passageId: passage.id, actor: input.actor },
  );
  const known: Passage = {
    ...undecided(passage),
    // Whoever scans once more asks for the price once more.
    ...askedAnew(passage),
    plate: { text: '', color: 'unknown', kind: 'none' },
    readPlate: passage.readPlate ?? passage.plate,
    identity: input.identity,
    direction: world.direction,
  };
  const clear: LaneState = { ...state, phase: 'idle' };
  return preceded(
    [event, ...billDropped(state, world, 'identified', input.actor)],
    decide(clear, known, input.actor, withoutBill(state, world)),
  );
}

/** What a person may set aside. The others need to know which car it is, or what it costs. */
const APPROVABLE = new Set<Attention>([
  'blacklisted',
  'arrears',
  'lot-full',
  'card-expired',
  'card-surplus',
  'quota-full',
  'area-closed',
  'confirm',
  'doubtful',
  'amount-check',
  'remote-refused',
  'remote-silent',
]);

/** Whether {@link approve} would set aside what stops this car. */
export function isApprovable({ attention, direction }: Passage): boolean {
  return attention !== null && (APPROVABLE.has(attention) || (attention === 'unlicensed' && direction === 'in'));
}

export function approve(state: LaneState, input: Input<'approve'>, world: World, decide: Decide): StepResult {
  const { passage } = state;
  if (!passage) return { refused: 'no-car' };
  const { attention } = passage;
  if (attention === null || !isApprovable(passage)) return { refused: 'nothing-to-approve' };
  if (passage.firm && input.reason === null) return { refused: 'reason-needed' };
  const about = { world, passageId: passage.id, key: passage.uid, actor: input.actor };
  const events: EventDraft[] = [
    draft('passage-approved', { attention, plate: passage.plate, reason: input.reason }, about),
  ];
  let after = world;
  if (attention === 'doubtful' && world.inside) {
    const before = world.inside;
    const stay: Stay = { ...before, reviewedAt: world.now };
    const reason = input.reason ?? '核对照片无误';
    events.push(draft('stay-corrected', { what: 'review', before, stay, reason, spaces: null }, about));
    after = { ...world, inside: stay, current: stay };
  }
  const remote: Attention[] = attention === 'remote-silent' ? ['remote-refused'] : [];
  const approved: Passage = { ...undecided(passage), approved: [...passage.approved, attention, ...remote] };
  return preceded(events, decide({ ...state, phase: 'idle' }, approved, input.actor, { ...after, why: input.reason }));
}

/** The stay that a person made up at this very lane, for a car that turns out to be another one, or none: it never was. */
export function handMadeClosed(
  passage: Passage,
  world: World,
  actor: Actor,
  keep: string | null,
): readonly EventDraft[] {
  const made = world.current;
  if (made?.status !== 'inside' || made.uid !== passage.uid || made.uid === keep || made.paidFen > 0) return [];
  if (!made.doubts.some(({ kind, at }) => kind === 'no-entry' && at >= passage.startedAt)) return [];
  return [
    draft(
      'stay-closed',
      {
        stay: { ...made, status: 'abnormal' },
        reason: 'back-fill-withdrawn',
        spaces: spacesAfter(world.spaces, -1, world.reservedInside),
      },
      { world, passageId: passage.id, key: made.uid, actor },
    ),
  ];
}

/** The attendant found the stay by its picture. */
export function pickStay(state: LaneState, input: Input<'pick-stay'>, world: World): StepResult {
  const { passage } = state;
  if (!passage || state.phase === 'cleared') return { refused: 'no-car' };
  if (world.direction !== 'out') return { refused: 'wrong-direction' };
  if (world.named?.status !== 'inside') return { refused: 'not-inside' };
  const same = passage.uid === world.named.uid;
  const events = [
    ...billDropped(state, world, 'another-stay', input.actor),
    ...handMadeClosed(passage, world, input.actor, world.named.uid),
    ...(same ? [] : paidForAnother(passage, world)),
  ];
  const { payments, cardUsed } = passage;
  const fresh: Passage = { ...anotherCar(passage), ...(same && { payments, cardUsed }) };
  const clear: LaneState = { ...state, phase: 'idle', passage: fresh };
  return preceded(events, matched(clear, fresh, world.named, input.actor, input.actor, withoutBill(state, world)));
}

/** 补录入场: the car came in unseen, and somebody can prove when. The stay begins in the past and is billed at once. */
export function backFill(state: LaneState, input: Input<'back-fill'>, world: World): StepResult {
  if (input.enteredAt > world.now) return { refused: 'in-the-future' };
  return withoutEntry(state, world, input.actor, input.enteredAt, input.proof, null);
}

/** The car came in unseen and pays what the attendant, or the site's rule, says (按固定金额收费). */
export function fixedFee(state: LaneState, input: Input<'fixed-fee'>, world: World): StepResult {
  if (world.inside && awaitsPrice(state)) return setPrice(state, input, world, leave);
  return withoutEntry(state, world, input.actor, world.now, input.reason, input.amountFen);
}

function withoutEntry(
  state: LaneState,
  world: World,
  actor: Actor,
  enteredAt: number,
  reason: string,
  fixedFeeFen: number | null,
): StepResult {
  const { passage } = state;
  if (!passage || state.phase === 'cleared' || state.phase === 'charging') return { refused: 'no-car' };
  if (world.direction !== 'out') return { refused: 'wrong-direction' };
  if (world.inside) return { refused: 'already-inside' };
  if (!isReadable(passage.plate) && passage.identity === null && fixedFeeFen === null)
    return { refused: 'plate-empty' };
  // A card counts for a car that nobody saw come in as well; a fee that a person sets stands for itself.
  const terms =
    fixedFeeFen === null
      ? decideTerms(world.registry, enteredAt, world.area, world.site, world.quotas).terms
      : TEMPORARY;
  const stay = newStay({
    uid: world.newUid,
    plate: passage.plate,
    identity: passage.identity ?? (isReadable(passage.plate) ? null : world.virtualPlate),
    vehicleClass: world.vehicleClass,
    parkingType: parkingTypeOf(terms),
    terms,
    areaId: world.area?.id ?? null,
    entryLane: world.entrance,
    enteredAt,
    entryRecordId: world.newId('pass'),
    doubts: [{ kind: 'no-entry', at: world.now, detail: reason }],
    // A person says what counts: that is the review.
    reviewedAt: world.now,
  });
  const about = { world, passageId: passage.id, key: stay.uid, actor };
  const entered = draft(
    'vehicle-entered',
    {
      stay,
      lane: world.entrance,
      booth: boothOf(world),
      spaces: spacesAfter(world.spaces, 1, world.reservedInside),
      how: 'by-hand',
      ...(fixedFeeFen === null ? { proof: reason } : {}),
    },
    about,
  );
  const known: Passage = { ...undecided(passage), identity: stay.identity, fixedFeeFen };
  const inside: World = {
    ...world,
    inside: stay,
    current: stay,
    candidates: [],
    unambiguous: null,
    spaces: spacesAfter(world.spaces, 1, world.reservedInside),
  };
  const left = leave({ ...state, phase: 'idle', passage: known }, known, actor, inside);
  return preceded(
    [
      entered,
      ...visitUsed(terms, 1, stay, world),
      caseOpened(
        'no-entry',
        { uid: stay.uid, plate: passage.plate.text, detail: `无入场记录：${reason}` },
        world,
        passage.id,
      ),
    ],
    left,
  );
}

/**
 * Decides anew: the tariff, the stay or the lists changed while the car waited. Where somebody else prices it, they are asked anew, also
 * where a person had set an amount in their place.
 */
export function refresh(
  state: LaneState,
  input: Input<'refresh'>,
  world: World,
  decide: Decide,
  keepPrice = false,
): StepResult {
  const { passage } = state;
  if (!passage || state.phase === 'idle' || state.phase === 'cleared') return { refused: 'no-car' };
  const clear: LaneState = { ...state, phase: 'idle' };
  // Whoever asks a silent platform again gives it as many tries as the first time.
  const asked = passage.asked && { ...passage.asked, failures: 0 };
  const price = keepPrice || passage.price === null ? {} : { ...askedAnew(passage), fixedFeeFen: null };
  const anew = decide(clear, { ...undecided(passage), asked, ...price }, input.actor, withoutBill(state, world));
  return sameBill(state, anew, world) ?? preceded(billDropped(state, world, 'made-anew', input.actor), anew);
}

/** The same, but only where the car goes by it: a bill that stands here, and the tries for it, are not disturbed for nothing. */
export function letGo(state: LaneState, input: Input<'let-go'>, world: World, decide: Decide): StepResult {
  if (state.phase !== 'charging' || state.passage?.bill?.id !== input.billId) return nothing(state);
  const anew = refresh(state, { type: 'refresh', actor: STATION }, world, decide, true);
  return !('refused' in anew) && anew.state.phase === 'cleared' ? anew : nothing(state);
}

/** The car is being served at another lane: this one lets go of it. */
export function goneElsewhere(state: LaneState, input: Input<'gone-elsewhere'>, world: World): Step {
  if (!state.passage || state.phase === 'cleared') return nothing(state);
  return chain(endPassage(state, 'closed', world, STATION, `车辆已到 ${input.laneName}`));
}
