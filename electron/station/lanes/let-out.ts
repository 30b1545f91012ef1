import type { Actor, EventBody, EventDraft } from '../../../shared/domain/events.ts';
import type { Bill } from '../../../shared/domain/money-flow.ts';
import type { AppliedDiscount } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { FeeStep } from '../../../shared/domain/tariff.ts';
import { settleBill, splitBill } from '../payments/bills.ts';
import { changeOrderOf } from '../payments/change-order.ts';
import { withDiscounts } from '../payments/discounts.ts';
import { paymentOfEvent } from '../payments/stay-payments.ts';
import type { Payment } from '../payments/watcher.ts';
import { closeSegments } from './areas.ts';
import { spaceHandedOver, timeUsed } from './card-use.ts';
import { noLongerCollected, settleDebts, withoutDebt } from './debts-paid.ts';
import { letThrough, type OpenOrigin } from './opening.ts';
import type { LaneState, Passage } from './state.ts';
import { boothOf, caseOpened, draft, laneRef, photoTaken, type Step, spacesAfter, type World } from './step.ts';

/** How a stay ends at a barrier, and how its bill is paid there. Pure. */

export interface LetOutTerms {
  readonly stay: Stay;
  /** Over the whole stay, before discounts. */
  readonly chargeFen: number;
  /** Due, and let go. */
  readonly waivedFen: number;
  /** Due, and kept as a debt. */
  readonly owedFen?: number;
  readonly how: EventBody<'vehicle-exited'>['how'];
  readonly origin: OpenOrigin;
  readonly reason: string | null;
  readonly actor: Actor;
  readonly steps: readonly FeeStep[];
  /** Discounts that the exit itself uses up, because no bill is paid. */
  readonly discounts?: readonly AppliedDiscount[];
  /** The bill that is open from now on, because somebody collects after the car has left. */
  readonly bill?: Bill;
  /** Somebody else was to price the stay, and nobody knows what it came to: the charge is what was settled, and not the fee. */
  readonly feeUnknown?: boolean;
  /** What is booked in this very step. */
  readonly paidNow?: readonly EventBody<'bill-paid'>[];
}

/** The stay ends and the arm opens, in one step. What was charged is paid, let off by a discount, let go, or owed: nothing else. */
export function letOut(state: LaneState, passage: Passage, terms: LetOutTerms, world: World): Step {
  const ended = endStay(passage, terms, world);
  const gone: Passage = { ...passage, uid: ended.stay.uid, attention: null, bill: null, cardUsed: ended.cardUsed };
  const opened = letThrough(state, gone, terms.origin, terms.reason, world, terms.actor);
  return { ...opened, events: [...ended.events, ...opened.events] };
}

/** The end of a stay and all that goes with it, wherever the car leaves: behind an arm, or from a berth that nothing shuts. */
export function endStay(
  passage: Passage,
  terms: LetOutTerms,
  world: World,
): { readonly stay: Stay; readonly cardUsed: Passage['cardUsed']; readonly events: readonly EventDraft[] } {
  const { stay: before, actor } = terms;
  const owedFen = terms.owedFen ?? 0;
  // Whatever happened to the clock, no stay ends before it began.
  const exitedAt = Math.max(world.now, before.enteredAt);
  const used = timeUsed(before, passage.cardUsed, world);
  const stay: Stay = {
    ...before,
    status: 'left',
    exitLane: laneRef(world),
    exitedAt,
    exitRecordId: passage.id,
    segments: closeSegments(before, exitedAt),
    chargeFen: terms.chargeFen,
    dueFen: before.paidFen + owedFen,
    waivedFen: terms.waivedFen,
    owedFen,
  };
  const about = { world, passageId: passage.id, key: stay.uid, actor };
  const settled = terms.origin === 'payment' || terms.bill !== undefined;
  const unpaid = settled ? null : (passage.bill ?? world.openBill(stay.uid));
  const reserved = world.reservedInside - (stay.terms.quotaId === null ? 0 : 1);
  return {
    stay,
    cardUsed: used.cardUsed,
    events: [
      ...(unpaid ? [draft('bill-voided', { bill: unpaid, reason: terms.how }, about)] : []),
      draft(
        'vehicle-exited',
        {
          stay,
          lane: laneRef(world),
          booth: boothOf(world),
          spaces: spacesAfter(world.spaces, -1, reserved),
          how: terms.how,
          reason: terms.reason,
          steps: [...terms.steps],
          ...(terms.bill && { bill: terms.bill }),
          ...(terms.feeUnknown && { feeUnknown: true }),
          payments: [
            ...world.paymentsOf(stay.uid),
            ...(terms.paidNow ?? []).map((paid) => paymentOfEvent(paid, actor)),
          ],
        },
        about,
      ),
      ...used.events,
      ...couponsSpent(stay.uid, terms.discounts ?? [], passage, world),
      ...spaceHandedOver(stay, world),
      ...(terms.how === 'held-open' ? heldCase(stay, world, passage, terms.feeUnknown) : []),
      ...photoTaken(passage, stay, world),
    ],
  };
}

function heldCase(stay: Stay, world: World, passage: Passage, feeUnknown = false): readonly EventDraft[] {
  const detail = feeUnknown
    ? '道闸常抬期间驶离，第三方尚未给出停车费，待复核'
    : '道闸常抬期间驶离，应收金额未收，待复核';
  if (stay.waivedFen === 0 && !feeUnknown) return [];
  return [
    caseOpened(
      'left-while-held',
      { uid: stay.uid, plate: stay.plate.text, amountFen: stay.waivedFen, detail },
      world,
      passage.id,
    ),
  ];
}

/**
 * Money for the bill that stands here: the whole of it lets the car go, a part leaves it waiting for the rest. Null where the
 * amount fits neither.
 */
export function settleHere(
  state: LaneState,
  passage: Passage,
  stay: Stay,
  payment: Payment,
  actor: Actor,
  world: World,
): Step | null {
  if (!passage.bill) return null;
  // What the collecting platform took off is part of the price, not a part payment.
  const bill = withDiscounts(passage.bill, payment.discounts ?? []);
  const about = { world, passageId: passage.id, key: stay.uid, actor };
  const at = { laneId: world.lane.id, passageId: passage.id, actor };
  const split = splitBill(bill, payment.amountFen, world.newId('bill'));
  if (split) {
    const paid = settleBill(split.part, stay, payment, laneRef(world));
    const payments = [...passage.payments, takenBack(paid, payment)];
    return {
      state: { ...state, phase: 'charging', passage: { ...passage, bill: split.rest, payments } },
      events: [
        draft('bill-issued', { bill: split.part }, about),
        draft('bill-paid', paid, about),
        ...changeOrderOf(payment, { billId: paid.billId, stay, ...at }),
        ...couponsSpent(stay.uid, split.part.discounts, passage, world),
        draft('bill-issued', { bill: split.rest }, about),
      ],
      commands: [],
    };
  }
  const paid = settleBill(bill, stay, payment, laneRef(world));
  const debts = settleDebts(bill, paid.stay, payment, world);
  const out = letOut(
    state,
    {
      ...passage,
      payments: [...passage.payments, takenBack(paid, payment), ...debts.map((debt) => takenBack(debt.paid, payment))],
    },
    {
      stay: paid.stay,
      chargeFen: bill.chargeFen,
      waivedFen: 0,
      how: 'paid',
      origin: 'payment',
      reason: null,
      actor,
      steps: bill.steps,
      paidNow: [paid, ...debts.map((debt) => debt.paid)],
    },
    world,
  );
  return {
    ...out,
    events: [
      draft('bill-paid', paid, about),
      ...changeOrderOf(payment, { billId: paid.billId, stay, ...at }),
      ...couponsSpent(stay.uid, bill.discounts, passage, world),
      ...debts.flatMap((each) => [
        draft('bill-paid', each.paid, { ...about, key: each.paid.stay.uid }),
        draft('debt-changed', { change: 'updated', debt: each.debt }, { ...about, key: each.paid.stay.uid }),
      ]),
      ...noLongerCollected(
        debts.map((each) => each.debt),
        passage,
        world,
      ),
      ...withoutDebt(bill, debts.length, passage, world),
      ...out.events,
    ],
  };
}

/** Discounts that count from now on: they are no longer there for another bill. */
export function withUsed(stay: Stay, discounts: readonly AppliedDiscount[]): Stay {
  if (discounts.length === 0) return stay;
  const used = new Set(discounts.map((each) => each.discount.id));
  return {
    ...stay,
    discountFen: discounts.reduce((sum, each) => sum + each.amountFen, stay.discountFen),
    discounts: stay.discounts.filter((discount) => !used.has(discount.id)),
    usedDiscounts: [...stay.usedDiscounts, ...discounts],
  };
}

/** A coupon is good for one stay, and what it took off counts against its merchant's quota. */
export function couponsSpent(
  uid: string,
  discounts: readonly AppliedDiscount[],
  passage: Passage,
  world: World,
): readonly EventDraft[] {
  const { coupons, merchants, bookings = [] } = world.couponsSpent({ uid, discounts: [...discounts] });
  const about = { world, passageId: passage.id, key: uid };
  return [
    ...coupons.map((coupon) => draft('coupon-changed', { change: 'updated', coupon }, about)),
    ...merchants.map((merchant) => draft('merchant-changed', { change: 'updated', merchant }, about)),
    ...bookings.map((booking) => draft('booking-changed', { change: 'updated', booking }, about)),
  ];
}

const takenBack = (paid: EventBody<'bill-paid'>, { final = false }: Payment): Passage['payments'][number] => ({
  billId: paid.billId,
  amountFen: paid.paidFen,
  method: paid.method,
  shiftId: paid.shiftId,
  attemptId: paid.attemptId,
  final,
});
