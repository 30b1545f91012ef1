import type { EventBody, EventDraft } from '../../../shared/domain/events.ts';
import type { Debt } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { balanceTaken } from '../lanes/card-use.ts';
import { couponsSpent, endStay, type LetOutTerms, withUsed } from '../lanes/let-out.ts';
import { isFreeByList, isReadable } from '../lanes/rules.ts';
import { caseOpened, draft, laneRef } from '../lanes/step.ts';
import { type Account, makeBill, settleBill, settledFen, splitBill } from '../payments/bills.ts';
import { cardOf } from '../payments/coverage.ts';
import { PAID_FOR_NOTHING, type Surplus, type TooMuch, tooMuch } from './paid-after.ts';
import type { Scene } from './place.ts';

/**
 * A car that left its berth: its stay ends at the moment at which the berth became free, priced to that moment. Nobody was asked for
 * anything: what is due and was not paid is owed by its plate, and let go where nobody knows whose it is. Pure.
 */

const OWED = '路内停车未缴费驶离';
const UNKNOWN = '未识别车牌离开';
const UNPRICED = '费用未知，驶离后待复核';

export interface Departure {
  readonly stay: Stay;
  readonly events: readonly EventDraft[];
  /** Paid for time after it had gone: to be given back. */
  readonly surplus?: readonly Surplus[];
}

/** @param outsideFen what those who price stays in place of our tariffs told of this one */
export function depart(scene: Scene, stay: Stay, outsideFen: number | null): Departure {
  const { world } = scene;
  if (isFreeByList(world.registry, stay)) return ended(scene, { stay, chargeFen: settledFen(stay), how: 'whitelist' });
  const account = world.accountOf(stay, null, outsideFen);
  if (!account) return unpriced(scene, stay);
  const much =
    world.pricedBy === null
      ? tooMuch(stay, world.paymentsOf(stay.uid), world.now, (each) => world.accountOf(each, null, null))
      : null;
  if (much) return paidAfter(scene, much);
  if (account.dueFen > 0) return due(scene, stay, account);
  const covered = stay.terms.kind !== 'temporary' && account.chargeFen === 0;
  const how = settledFen(stay) > 0 ? 'paid' : covered ? 'covered' : 'free';
  return ended(scene, {
    ...{ stay: withUsed(stay, account.discounts), chargeFen: account.chargeFen, how },
    ...{ steps: account.fee.steps, discounts: account.discounts },
  });
}

type Terms = Pick<LetOutTerms, 'stay' | 'chargeFen' | 'how'> &
  Partial<Omit<LetOutTerms, 'stay' | 'chargeFen' | 'how' | 'origin' | 'actor'>>;

function ended({ passage, world, actor }: Scene, terms: Terms): Departure {
  const whole: LetOutTerms = {
    ...{ waivedFen: 0, reason: null, steps: [], actor },
    // A bill that was paid by what happens here leaves no other one open.
    origin: (terms.paidNow ?? []).length > 0 ? 'payment' : 'decision',
    ...terms,
  };
  return endStay(passage, whole, world);
}

/** The fee is the one to the moment of leaving, and the rest goes back. */
function paidAfter(scene: Scene, { stay, account, surplus }: TooMuch): Departure {
  const { world, passage, berth } = scene;
  const amountFen = surplus.reduce((sum, each) => sum + each.amountFen, 0);
  const out = ended(scene, {
    ...{ stay, chargeFen: account.chargeFen, how: 'paid', steps: account.fee.steps },
  });
  const detail = `泊位 ${berth.code}：${PAID_FOR_NOTHING}，已备退款待审批`;
  const told = caseOpened(
    'paid-twice',
    { uid: stay.uid, plate: stay.plate.text, amountFen, detail },
    world,
    passage.id,
  );
  return { ...out, surplus, events: [...out.events, told] };
}

/** Nobody can say what it comes to: nothing is asked for, and a person looks at it. */
function unpriced(scene: Scene, stay: Stay): Departure {
  const { world, passage } = scene;
  const outside = world.pricedBy !== null;
  const out = ended(scene, {
    ...{ stay, chargeFen: settledFen(stay), how: 'released', reason: UNPRICED, feeUnknown: outside },
  });
  const detail = outside ? '第三方尚未给出停车费，车辆已驶离，待复核' : '没有适用的收费规则，车辆已驶离，待复核';
  const told = caseOpened('released', { uid: stay.uid, plate: stay.plate.text, detail }, world, passage.id);
  return { ...out, events: [...out.events, told] };
}

/** The balance of its card pays what it can; the rest is owed, or let go. */
function due(scene: Scene, before: Stay, account: Account): Departure {
  const paid = byCard(scene, before, account);
  const stay = paid?.stay ?? withUsed(before, account.discounts);
  const restFen = account.dueFen - (paid?.amountFen ?? 0);
  const terms = {
    ...{ stay, chargeFen: account.chargeFen, steps: account.fee.steps, paidNow: paid?.paidNow ?? [] },
    // The bill that the balance paid has used them.
    discounts: paid ? [] : account.discounts,
  };
  const out = rest(scene, terms, restFen);
  return { stay: out.stay, events: [...(paid?.events ?? []), ...out.events] };
}

function rest(scene: Scene, terms: Omit<Terms, 'how'>, restFen: number): Departure {
  const { world, passage, actor } = scene;
  const { stay } = terms;
  if (restFen === 0) return ended(scene, { ...terms, how: 'paid' });
  if (isReadable(stay.plate)) {
    const debt: Debt = {
      ...{ id: world.newId('debt'), uid: stay.uid, plate: stay.plate.text, amountFen: restFen, paidFen: 0 },
      ...{ since: world.now, reason: OWED, intercept: world.site.rules.debtIntercept, state: 'open' },
      ...{ source: actor.name, updatedAt: world.now },
    };
    const out = ended(scene, { ...terms, how: 'debt', owedFen: restFen, reason: OWED });
    const about = { world, passageId: passage.id, key: stay.uid, actor };
    return { ...out, events: [draft('debt-changed', { change: 'added', debt }, about), ...out.events] };
  }
  const out = ended(scene, { ...terms, how: 'released', waivedFen: restFen, reason: UNKNOWN });
  const detail = `泊位 ${scene.berth.code}：车辆未识别车牌即驶离，应收金额未收`;
  const told = caseOpened('released', { uid: stay.uid, plate: '', amountFen: restFen, detail }, world, passage.id);
  return { ...out, events: [...out.events, told] };
}

interface PaidByCard {
  readonly stay: Stay;
  readonly amountFen: number;
  readonly paidNow: readonly EventBody<'bill-paid'>[];
  readonly events: readonly EventDraft[];
}

function byCard({ passage, world, actor }: Scene, stay: Stay, account: Account): PaidByCard | null {
  const card = world.card(cardOf(stay.terms));
  if (!card) return null;
  const bill = makeBill({
    ...{ id: world.newId('bill'), stay, account, scene: 'gate', debts: [], now: world.now, validUntil: null },
  });
  const taken = balanceTaken(card, bill, stay, world);
  if (!taken) return null;
  // A balance that does not cover the whole pays its part; the rest is no bill but a debt.
  const part = splitBill(bill, taken.payment.amountFen, bill.id)?.part ?? bill;
  const paid = settleBill(part, stay, taken.payment, laneRef(world));
  const about = { world, passageId: passage.id, key: stay.uid, actor };
  const standing = world.openBill(stay.uid);
  return {
    stay: paid.stay,
    amountFen: taken.payment.amountFen,
    paidNow: [paid],
    events: [
      ...(standing ? [draft('bill-voided', { bill: standing, reason: 'made-anew' }, about)] : []),
      taken.event,
      draft('bill-issued', { bill: part }, about),
      draft('bill-paid', paid, about),
      ...couponsSpent(stay.uid, part.discounts, passage, world),
    ],
  };
}
