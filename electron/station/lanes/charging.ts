import type { Actor, EventDraft } from '../../../shared/domain/events.ts';
import { toPayFen } from '../../../shared/domain/money-flow.ts';
import type { Debt } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { splitChange } from '../payments/change-order.ts';
import type { Payment } from '../payments/watcher.ts';
import { crossArea } from './areas.ts';
import { ownStay, platformPrices } from './authority.ts';
import { admit } from './entry.ts';
import { letOut, settleHere, withUsed } from './let-out.ts';
import { letThrough, type OpenOrigin } from './opening.ts';
import { priceOf } from './priced.ts';
import { isFreeByList, isReadable } from './rules.ts';
import type { LaneState, Passage } from './state.ts';
import {
  caseOpened,
  draft,
  type LaneInput,
  preceded,
  type Step,
  type StepResult,
  unlistedReason,
  type World,
} from './step.ts';
import { decideTerms } from './terms.ts';

/** What happens to a car that is asked for money: it pays, is let go, or leaves owing. Pure. */

type Input<T extends LaneInput['type']> = Extract<LaneInput, { type: T }>;

/** The car whose bill stands here, and its stay; or why there is none. */
function billed(
  state: LaneState,
  world: World,
): { readonly passage: Passage; readonly stay: Stay } | 'nothing-due' | 'stay-changed' {
  const { passage } = state;
  if (!passage?.bill || state.phase !== 'charging') return 'nothing-due';
  // The bill is for this stay and no other, also when the same plate has come in again meanwhile.
  return world.current?.status === 'inside' ? { passage, stay: world.current } : 'stay-changed';
}

/** Money over the counter: all that is due, or a part of it. With the whole, the stay ends and the arm opens, all in one step. */
export function collect(state: LaneState, input: Input<'collect'>, world: World): StepResult {
  const found = billed(state, world);
  if (typeof found === 'string') return { refused: found };
  const { passage, stay } = found;
  const { bill } = passage;
  if (!bill) return { refused: 'nothing-due' };
  if (input.billId !== undefined && input.billId !== bill.id) return { refused: 'bill-changed' };
  const till = input.method === 'cash' && input.actor.kind === 'user' ? world.cashRefused(input.actor.name) : null;
  if (till !== null) return { refused: till };
  const owed = new Set(world.registry.debts.map((debt) => debt.id));
  if (bill.arrears.some((each) => !owed.has(each.debtId))) return { refused: 'stay-changed' };
  const whole = toPayFen(bill);
  const fits = input.part === true ? input.amountFen > 0 && input.amountFen < bill.dueFen : input.amountFen === whole;
  if (!fits) return { refused: 'amount-differs' };
  const receivedFen = input.receivedFen ?? null;
  if (receivedFen !== null && receivedFen < input.amountFen) return { refused: 'change-impossible' };
  const overFen = receivedFen === null ? 0 : receivedFen - input.amountFen;
  const change = splitChange(overFen, input.method === 'cash' ? (input.change ?? 'cash') : 'cash', world.change);
  if (typeof change === 'string') return { refused: change };
  const payment: Payment = {
    attemptId: null,
    method: input.method,
    via: null,
    reference: null,
    amountFen: input.amountFen,
    receivedFen,
    ...change,
    paidAt: world.now,
    shiftId: world.shiftId,
  };
  return settleHere(state, passage, stay, payment, input.actor, world) ?? { refused: 'amount-differs' };
}

/** A channel was paid. Whoever is no longer wanted hears so, and keeps the money's trace. */
export function paid(state: LaneState, input: Input<'paid'>, world: World): StepResult {
  const found = billed(state, world);
  if (typeof found === 'string' || found.passage.bill?.id !== input.billId) return { refused: 'not-wanted' };
  const { passage, stay } = found;
  return settleHere(state, passage, stay, input.payment, input.actor, world) ?? { refused: 'amount-differs' };
}

/** 免费放行: the car passes without paying; what was due stays in the record as let go. */
export function release(state: LaneState, input: Input<'release'>, world: World): StepResult {
  const { passage } = state;
  if (!passage || state.phase === 'idle' || state.phase === 'cleared') return { refused: 'no-car' };
  const unlisted = unlistedReason(input.reason, input.actor, world);
  if (unlisted) return { refused: unlisted };
  return releaseNow(state, passage, input.actor, world, input.reason);
}

/** Attentions at an exit that say nothing against the stay itself: only its price, or its right to go, is in question. */
const TIED = new Set<Passage['attention']>([
  'no-tariff',
  'fee-unknown',
  'clock-reversed',
  'doubtful',
  'amount-check',
  'arrears',
  'confirm',
  'blacklisted',
  'remote-refused',
  'remote-silent',
]);

/** Opens for a car whatever our own rules say. `origin` platform: the platform that has the word opened from afar. */
export function releaseNow(
  state: LaneState,
  passage: Passage,
  actor: Actor,
  world: World,
  reason: string,
  origin: Extract<OpenOrigin, 'released' | 'platform'> = 'released',
): Step {
  // It was booked already under a held arm: only the arm is still shut before it.
  const own = world.lane.authority && passage.uid !== null ? ownStay(passage, world) : null;
  const booked = own && (world.direction === 'in' ? own.entryRecordId : own.exitRecordId) === passage.id;
  if (booked) return letThrough(state, { ...passage, uid: own.uid }, origin, reason, world, actor);
  // Between two areas nothing ends and nothing begins, whoever says so.
  if (world.area?.parent !== undefined && world.inside)
    return crossArea(state, passage, world.inside, world, { actor, reason, origin });
  if (world.direction === 'in') {
    // Let in over a rule, or because nobody answered: a card's car stands on its card all the same.
    const { terms } = decideTerms(world.registry, world.now, world.area, world.site, world.quotas);
    const identity = passage.identity ?? (isReadable(passage.plate) ? null : world.virtualPlate);
    const how = actor.kind === 'station' || origin === 'platform' ? 'automatic' : 'attendant';
    return admit(state, { ...passage, identity }, { terms, closing: world.inside, how, actor, reason, origin }, world);
  }
  const ofBill = world.current?.status === 'inside' ? world.current : null;
  const tied = state.phase === 'asking' || state.phase === 'pricing' || TIED.has(passage.attention);
  const stay = passage.bill ? ofBill : tied ? world.inside : null;
  // The stay that was to be billed may be gone by now (corrected at the entrance, closed): then nothing ties this car to it.
  const untied: Passage = { ...passage, attention: null, uid: null, bill: null };
  if (!stay) {
    const detail = `${world.lane.name}：无在场记录放行：${reason}`;
    const unknown = { uid: null, plate: passage.plate.text, detail };
    return preceded(
      [caseOpened('released', unknown, world, passage.id)],
      letThrough(state, untied, origin, reason, world, actor),
    );
  }
  const unpriced = passage.attention === 'clock-reversed';
  const account = unpriced ? null : world.accountOf(stay, passage.fixedFeeFen, priceOf(passage, stay));
  const settled = stay.paidFen + stay.discountFen;
  // Where the platform prices and collects, nothing of ours is let go, whoever opens.
  if (platformPrices(passage, world)) {
    const how = origin === 'platform' ? 'remote' : 'released';
    const free = { stay, chargeFen: settled, waivedFen: 0, how, origin, reason, actor, steps: [] } as const;
    return letOut(state, passage, free, world);
  }
  const chargeFen = passage.bill?.chargeFen ?? account?.chargeFen ?? settled;
  return letOut(
    state,
    passage,
    {
      stay,
      chargeFen,
      waivedFen: chargeFen - settled,
      how: 'released',
      origin,
      reason,
      actor,
      steps: passage.bill?.steps ?? account?.fee.steps ?? [],
      feeUnknown: world.pricedBy !== null && !passage.bill && !account && !isFreeByList(world.registry, stay),
    },
    world,
  );
}

/** 欠费离场: the car leaves owing, and a debt stands for it until its next visit. */
export function owe(state: LaneState, input: Input<'owe'>, world: World): StepResult {
  const found = billed(state, world);
  if (typeof found === 'string') return { refused: found };
  const { passage, stay } = found;
  const { bill } = passage;
  const { rules } = world.site;
  if (!bill) return { refused: 'nothing-due' };
  if (!rules.debtExit) return { refused: 'no-debts-here' };
  const unlisted = unlistedReason(input.reason, input.actor, world);
  if (unlisted) return { refused: unlisted };
  if (!isReadable(stay.plate)) return { refused: 'plate-empty' };
  const owedFen = bill.dueFen;
  const debt: Debt = {
    id: world.newId('debt'),
    uid: stay.uid,
    plate: stay.plate.text,
    amountFen: owedFen,
    paidFen: 0,
    since: world.now,
    reason: input.reason,
    intercept: rules.debtIntercept,
    state: 'open',
    source: input.actor.name,
    updatedAt: world.now,
  };
  const about = { world, passageId: passage.id, key: stay.uid, actor: input.actor };
  const event: EventDraft = draft('debt-changed', { change: 'added', debt }, about);
  const out = letOut(
    state,
    passage,
    {
      stay: withUsed(stay, bill.discounts),
      chargeFen: bill.chargeFen,
      waivedFen: 0,
      owedFen,
      how: 'debt',
      origin: 'released',
      reason: input.reason,
      actor: input.actor,
      steps: bill.steps,
      discounts: bill.discounts,
    },
    world,
  );
  return preceded([event], out);
}
