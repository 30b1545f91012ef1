import type { Actor, EventDraft } from '../../../shared/domain/events.ts';
import type { Spaces } from '../../../shared/domain/site.ts';
import type { LaneRef, Stay } from '../../../shared/domain/stay.ts';
import { newStay } from './new-stay.ts';
import { decideExit } from './rules.ts';
import type { Bill, LaneState, Passage } from './state.ts';
import {
  draft,
  type LaneInput,
  openFor,
  photoTaken,
  type Step,
  type StepResult,
  type World,
  waitForPerson,
} from './step.ts';

/** What the machine does once the rule book has spoken: admit, bill, let out. Pure. */

const laneRef = (world: World): LaneRef => ({ id: world.lane.id, name: world.lane.name, number: world.lane.number });
const booth = (world: World): string | null => world.lane.booth ?? null;

/** Spaces after `delta` more cars stand inside. */
export function spacesAfter(spaces: Spaces, delta: number): Spaces {
  const inside = Math.max(0, spaces.inside + delta);
  return { ...spaces, inside, free: Math.max(0, spaces.open - inside) };
}

/** The car enters: a stay begins, and the arm opens. */
export function admit(
  state: LaneState,
  passage: Passage,
  terms: {
    readonly parkingType: Stay['parkingType'];
    readonly closing: Stay | null;
    readonly how: 'automatic' | 'attendant';
    readonly actor: Actor;
    readonly reason: string | null;
  },
  world: World,
): Step {
  const stay = newStay({
    uid: world.newUid,
    plate: passage.plate,
    vehicleClass: world.vehicleClass,
    parkingType: terms.parkingType,
    entryLane: laneRef(world),
    enteredAt: passage.startedAt,
    entryRecordId: passage.id,
  });
  const closing: EventDraft[] = terms.closing
    ? [
        draft(
          'stay-closed',
          {
            stay: { ...terms.closing, status: 'abnormal' },
            reason: 'entered-again',
            spaces: spacesAfter(world.spaces, -1),
          },
          { world, passageId: passage.id, key: terms.closing.uid },
        ),
      ]
    : [];
  const spaces = spacesAfter(world.spaces, terms.closing ? 0 : 1);
  const about = { world, passageId: passage.id, key: stay.uid, actor: terms.actor };
  const admitted: Passage = { ...passage, uid: stay.uid, attention: null, bill: null };
  const opened = openFor(
    state,
    admitted,
    terms.reason === null ? 'decision' : 'released',
    terms.reason,
    world,
    terms.actor,
  );
  return {
    ...opened,
    events: [
      ...closing,
      draft('vehicle-entered', { stay, lane: laneRef(world), booth: booth(world), spaces, how: terms.how }, about),
      ...photoTaken(passage, stay, world),
      ...opened.events,
    ],
  };
}

/** A car at the exit: passes, is billed, or waits for a person. */
export function chargeOrPass(state: LaneState, passage: Passage, actor: Actor, world: World): Step {
  const decision = decideExit({
    plate: passage.plate,
    listed: world.listed,
    inside: world.inside,
    fee: world.fee,
    at: world.now,
  });
  if (decision.kind === 'wait') return waitForPerson(state, passage, decision.attention, world);
  if (decision.kind === 'pass')
    return letOut(
      state,
      { ...passage, uid: decision.stay.uid, attention: null, bill: null },
      {
        stay: decision.stay,
        chargeFen: decision.chargeFen,
        paidFen: decision.stay.paidFen,
        how: decision.how,
        origin: 'decision',
        reason: null,
        actor,
      },
      world,
    );
  const bill: Bill = {
    id: world.newId('bill'),
    tariffId: decision.fee.tariffId,
    minutes: decision.fee.minutes,
    chargeFen: decision.fee.feeFen,
    discountFen: 0,
    paidFen: decision.stay.paidFen,
    dueFen: decision.dueFen,
    createdAt: world.now,
    steps: decision.fee.steps,
  };
  return {
    state: { ...state, phase: 'charging', passage: { ...passage, uid: decision.stay.uid, attention: null, bill } },
    // Evidence of the stay only once it has left; until then the cashier must be able to look at it.
    events: photoTaken(passage, null, world),
    commands: [],
  };
}

/** Cash for exactly what is due: the bill is paid, the stay ends, the arm opens; all in one step. */
export function collectCash(
  state: LaneState,
  input: Extract<LaneInput, { type: 'collect' }>,
  world: World,
): StepResult {
  const { passage } = state;
  const bill = passage?.bill;
  if (!passage || state.phase !== 'charging' || !bill) return { refused: 'nothing-due' };
  // The bill is for this stay and no other, also when the same plate has come in again meanwhile.
  const billed = world.current;
  if (billed?.status !== 'inside') return { refused: 'stay-changed' };
  if (input.amountFen !== bill.dueFen) return { refused: 'amount-differs' };
  const paidFen = billed.paidFen + bill.dueFen;
  const stay: Stay = { ...billed, chargeFen: bill.chargeFen, dueFen: paidFen, paidFen };
  const paid = draft(
    'bill-paid',
    {
      billId: bill.id,
      stay,
      lane: laneRef(world),
      chargeFen: bill.dueFen,
      dueFen: bill.dueFen,
      paidFen: bill.dueFen,
      method: input.method,
      scene: 'gate',
      via: null,
      billedAt: bill.createdAt,
      paidAt: world.now,
      steps: bill.steps,
    },
    { world, passageId: passage.id, key: stay.uid, actor: input.actor },
  );
  const out = letOut(
    state,
    passage,
    { stay, chargeFen: bill.chargeFen, paidFen, how: 'paid', origin: 'payment', reason: null, actor: input.actor },
    world,
  );
  return { ...out, events: [paid, ...out.events] };
}

/** 免费放行: a person lets the car through with a reason. What was due stays in the record, so the loss stays visible. */
export function releaseCar(state: LaneState, input: Extract<LaneInput, { type: 'release' }>, world: World): StepResult {
  const { passage } = state;
  if (!passage || state.phase === 'idle' || state.phase === 'cleared') return { refused: 'no-car' };
  if (world.lane.direction === 'in')
    return admit(
      state,
      passage,
      { parkingType: 'temporary', closing: world.inside, how: 'attendant', actor: input.actor, reason: input.reason },
      world,
    );
  const billed = world.current?.status === 'inside' ? world.current : null;
  const unpriced = passage.attention === 'no-tariff' || passage.attention === 'clock-reversed';
  const stay = passage.bill ? billed : unpriced ? world.inside : null;
  // The stay that was to be billed may be gone by now (corrected at the entrance, closed): then nothing ties this car to it.
  const untied: Passage = { ...passage, attention: null, uid: null, bill: null };
  if (!stay) return openFor(state, untied, 'released', input.reason, world, input.actor);
  return letOut(
    state,
    { ...passage, uid: stay.uid, attention: null },
    {
      stay,
      chargeFen: passage.bill?.chargeFen ?? 0,
      paidFen: stay.paidFen,
      how: 'released',
      origin: 'released',
      reason: input.reason,
      actor: input.actor,
    },
    world,
  );
}

function letOut(
  state: LaneState,
  passage: Passage,
  terms: {
    readonly stay: Stay;
    readonly chargeFen: number;
    readonly paidFen: number;
    readonly how: 'free' | 'whitelist' | 'paid' | 'released';
    readonly origin: 'decision' | 'payment' | 'released';
    readonly reason: string | null;
    readonly actor: Actor;
  },
  world: World,
): Step {
  const stay: Stay = {
    ...terms.stay,
    status: 'left',
    exitLane: laneRef(world),
    // Whatever happened to the clock, no stay ends before it began.
    exitedAt: Math.max(world.now, terms.stay.enteredAt),
    exitRecordId: passage.id,
    chargeFen: terms.chargeFen,
    dueFen: terms.paidFen,
    paidFen: terms.paidFen,
  };
  const opened = openFor(state, passage, terms.origin, terms.reason, world, terms.actor);
  const about = { world, passageId: passage.id, key: stay.uid, actor: terms.actor };
  return {
    ...opened,
    events: [
      draft(
        'vehicle-exited',
        {
          stay,
          lane: laneRef(world),
          booth: booth(world),
          spaces: spacesAfter(world.spaces, -1),
          how: terms.how,
          reason: terms.reason,
        },
        about,
      ),
      ...photoTaken(passage, stay, world),
      ...opened.events,
    ],
  };
}
