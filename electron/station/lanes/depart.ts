import type { Actor, EventDraft } from '../../../shared/domain/events.ts';
import type { Bill } from '../../../shared/domain/money-flow.ts';
import { type Agreement, type Debt, departureDebtId } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { Account } from '../payments/bills.ts';
import { letOut, withUsed } from './let-out.ts';
import { isReadable, stopsAtExit } from './rules.ts';
import type { LaneState, Passage } from './state.ts';
import { draft, preceded, type Step, type World } from './step.ts';

/** 先离场后付费: who may leave before paying, and how. Nothing is asked of anybody: what allows it was told before. Pure. */

/**
 * The agreement on which the car goes now. None where anything about the car is in doubt: a stranger would leave on another
 * person's account. None while a try to pay may still turn into money, and where debts of earlier visits stop the car.
 */
export function departsOn(passage: Passage, stay: Stay, bill: Bill, world: World): Agreement | null {
  if (bill.dueFen <= 0 || passage.guessed) return null;
  if (!isReadable(passage.plate) || !isReadable(stay.plate)) return null;
  if (world.registry.debts.some(stopsAtExit)) return null;
  // Most plates have no agreement: nothing else is looked up for them.
  const agreement = world.departurePay(stay, bill);
  if (!agreement || world.doubts(stay).length > 0 || world.isBeingPaid(stay.uid)) return null;
  return agreement;
}

/** The stay ends, what is due becomes a debt with an open bill over it, and the arm opens: one step. */
export function depart(
  state: LaneState,
  passage: Passage,
  what: {
    readonly stay: Stay;
    readonly account: Account;
    /** As it would have stood at the barrier. */
    readonly gate: Bill;
    /** One that was made before and does not count any more. */
    readonly replaced: Bill | null;
    readonly agreement: Agreement;
    readonly actor: Actor;
  },
  world: World,
): Step {
  const { stay, account, agreement, actor, replaced } = what;
  const owedFen = account.dueFen;
  const debt: Debt = {
    id: departureDebtId(agreement.platform, what.gate.id),
    uid: stay.uid,
    plate: stay.plate.text,
    amountFen: owedFen,
    paidFen: 0,
    since: world.now,
    reason: '先离场后付费',
    intercept: 'none',
    state: 'open',
    source: agreement.platform,
    notBefore: world.now + agreement.collectMinutes * 60_000,
    updatedAt: world.now,
  };
  const bill: Bill = {
    ...what.gate,
    scene: 'after-departure',
    dueFen: 0,
    // Used up by the exit: the bill is over the debt alone.
    discounts: [],
    arrears: [{ debtId: debt.id, uid: stay.uid, amountFen: owedFen }],
    validUntil: null,
  };
  const about = { world, passageId: passage.id, key: stay.uid, actor };
  const events: EventDraft[] = [
    ...(replaced ? [draft('bill-voided', { bill: replaced, reason: 'made-anew' }, about)] : []),
    draft('bill-issued', { bill }, about),
    draft('debt-changed', { change: 'added', debt }, about),
  ];
  const out = letOut(
    state,
    { ...passage, bill: null, terms: stay.terms },
    {
      stay: withUsed(stay, account.discounts),
      chargeFen: account.chargeFen,
      waivedFen: 0,
      owedFen,
      how: 'departure-pay',
      origin: 'decision',
      reason: null,
      actor,
      steps: account.fee.steps,
      discounts: account.discounts,
      bill,
    },
    world,
  );
  return preceded(events, out);
}
