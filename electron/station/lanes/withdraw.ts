import type { ChangeOrder } from '../../../shared/domain/change-order.ts';
import type { Actor, EventDraft } from '../../../shared/domain/events.ts';
import { fenToYuanText } from '../../../shared/domain/money.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { TEMPORARY } from '../../../shared/domain/terms.ts';
import { settledInCash } from '../payments/change-order.ts';
import { cardReturned } from './card-use.ts';
import { visitUsed } from './entry.ts';
import { order } from './opening.ts';
import { endPassage } from './passage.ts';
import type { LaneState, Passage } from './state.ts';
import {
  caseOpened,
  chain,
  draft,
  type LaneInput,
  preceded,
  type Step,
  type StepResult,
  spacesAfter,
  unlistedReason,
  type World,
} from './step.ts';

/** A car that was let through and did not go: its entry or its exit is taken back. Pure. */

type Input<T extends LaneInput['type']> = Extract<LaneInput, { type: T }>;

/**
 * The car that was let through did not go. An entry is withdrawn as if it had not been; an exit is undone, and what was paid for
 * it goes back, as long as the car has not passed. What whoever collected it never gives back stays the payment of the stay.
 */
export function withdraw(state: LaneState, input: Input<'withdraw'>, world: World): StepResult {
  const { passage } = state;
  const { current } = world;
  if (!passage || state.phase !== 'cleared' || !current) return { refused: 'no-car' };
  if (state.underArm) return { refused: 'car-has-gone' };
  const unlisted = unlistedReason(input.reason, input.actor, world);
  if (unlisted) return { refused: unlisted };
  // Cash goes back out of a drawer: one that is locked gives none.
  const cash = passage.payments.some((payment) => payment.method === 'cash');
  const till = cash && input.actor.kind === 'user' ? world.cashRefused(input.actor.name) : null;
  if (till !== null) return { refused: till };
  const about = { world, passageId: passage.id, key: current.uid, actor: input.actor };
  if (world.direction === 'in') {
    if (current.status !== 'inside' || current.entryRecordId !== passage.id) return { refused: 'stay-changed' };
    const reserved = world.reservedInside - (current.terms.quotaId === null ? 0 : 1);
    // A phone may have asked for the bill, or paid it, before the car turned back.
    const bill = world.openBill(current.uid);
    const owedBack = {
      uid: current.uid,
      plate: current.plate.text,
      amountFen: current.paidFen,
      detail: '入场撤销，已预缴的费用须退回',
    };
    return preceded(
      [
        ...(bill ? [draft('bill-voided', { bill, reason: 'turned-back' }, about)] : []),
        ...(current.paidFen > 0 ? [caseOpened('turned-back', owedBack, world, passage.id)] : []),
        draft(
          'stay-closed',
          {
            stay: { ...current, status: 'abnormal' },
            reason: 'turned-back',
            spaces: spacesAfter(world.spaces, -1, reserved),
          },
          about,
        ),
        ...visitUsed(current.terms, -1, current, world),
      ],
      turnedBack(state, input, world),
    );
  }
  if (current.status !== 'left' || current.exitRecordId !== passage.id) return { refused: 'stay-changed' };
  // It came in again meanwhile: then it did go.
  if (world.inside) return { refused: 'already-inside' };
  return preceded(
    [...undoExit(current, passage, input, world)],
    turnedBack({ ...state, passage: { ...passage, bill: null } }, input, world),
  );
}

/** The passage is over, and so is the opening: an arm that stayed up would let the next car through undecided. One that only closes itself will. */
function turnedBack(state: LaneState, input: Input<'withdraw'>, world: World): Step {
  const ended = endPassage(state, 'turned-back', world, input.actor, input.reason);
  if (state.held || world.closesItself) return ended;
  const { actor, reason } = input;
  return chain(ended, (clear) =>
    order(clear, { action: 'close', origin: 'manual', reason, photoId: null, actor }, world),
  );
}

function undoExit(current: Stay, passage: Passage, input: Input<'withdraw'>, world: World): readonly EventDraft[] {
  const about = { world, passageId: passage.id, key: current.uid, actor: input.actor };
  // Debts of earlier stays that were paid with it stay paid: they were owed whether or not this car went.
  // Nor does what nobody gives back: the car stands here yet, has paid so much, and is asked for the rest when it goes.
  const own = passage.payments.filter((payment) => !/-a\d+$/.test(payment.billId) && !payment.final);
  const backFen = own.reduce((sum, payment) => sum + payment.amountFen, 0);
  const reopened: Stay = {
    ...current,
    status: 'inside',
    exitLane: null,
    exitedAt: null,
    exitRecordId: null,
    chargeFen: current.paidFen - backFen + current.discountFen,
    dueFen: current.paidFen - backFen,
    paidFen: current.paidFen - backFen,
    waivedFen: 0,
    owedFen: 0,
    lastPaidAt: backFen > 0 ? null : current.lastPaidAt,
  };
  // Its space may have gone to the family's next car meanwhile: then this one is the surplus.
  const { terms } = reopened;
  const card = terms.kind === 'card' ? world.card(terms.id) : null;
  const others = card
    ? world.onCard(card.id).filter((stay) => stay.terms.kind === 'card' && stay.uid !== current.uid)
    : [];
  if (card && others.length >= card.spaces)
    reopened.terms = { ...TEMPORARY, id: card.id, cardType: card.type, fallback: 'surplus' };
  const debts = world.openDebts(current.uid).filter((debt) => debt.paidFen === 0);
  // What a platform was to collect after the exit.
  const bill = world.openBill(current.uid);
  const spaces = spacesAfter(world.spaces, 1, world.reservedInside);
  const orders = own.flatMap(({ billId }) => world.change?.ofBill(billId) ?? []);
  return [
    ...(bill ? [draft('bill-voided', { bill, reason: 'turned-back' }, about)] : []),
    ...own.map((payment) =>
      draft(
        'payment-reversed',
        {
          billId: payment.billId,
          stay: reopened,
          amountFen: payment.amountFen,
          method: payment.method,
          // Cash goes back out of the drawer that is open now, whoever took it.
          shiftId: payment.method === 'cash' ? world.shiftId : payment.shiftId,
          reason: input.reason,
        },
        about,
      ),
    ),
    ...debts.map((debt) =>
      draft(
        'debt-changed',
        { change: 'updated', debt: { ...debt, state: 'cancelled' as const, updatedAt: world.now } },
        about,
      ),
    ),
    ...(passage.cardUsed ? cardReturned(passage.cardUsed, current.uid, world) : []),
    draft('stay-corrected', { what: 'reopened', before: current, stay: reopened, reason: input.reason, spaces }, about),
    ...changeBack(orders, input, about),
    ...givenBack(own, orders, current, passage, input.reason, world),
  ];
}

/** Everything is given back: what a platform was to give goes out of the drawer with the rest. What it gave already, the driver has. */
function changeBack(
  orders: readonly ChangeOrder[],
  { actor }: Input<'withdraw'>,
  about: { readonly world: World; readonly passageId: string; readonly key: string; readonly actor: Actor },
): readonly EventDraft[] {
  const { now, shiftId } = about.world;
  const settled = { why: 'turned-back' as const, by: actor.name, at: now, shiftId };
  return orders
    .filter(({ state }) => state === 'open')
    .map((order) => draft('change-order-changed', { change: 'settled', order: settledInCash(order, settled) }, about));
}

/** Money that went back at the window is a case like any other exception: the cash in one, each electronic payment in its own. */
function givenBack(
  own: Passage['payments'],
  orders: readonly ChangeOrder[],
  stay: Stay,
  passage: Passage,
  reason: string,
  world: World,
): readonly EventDraft[] {
  const opened = (amountFen: number, detail: string): EventDraft =>
    caseOpened('turned-back', { uid: stay.uid, plate: passage.plate.text, amountFen, detail }, world, passage.id);
  const inCash = orders.filter(({ state }) => state === 'open').reduce((sum, each) => sum + each.amountFen, 0);
  const onPhone = orders.filter(({ state }) => state === 'given').reduce((sum, each) => sum + each.amountFen, 0);
  const change = [
    ...(inCash > 0 ? [`，另退未找零的 ${fenToYuanText(inCash)} 元`] : []),
    ...(onPhone > 0 ? [`；第三方已找零 ${fenToYuanText(onPhone)} 元，不再退`] : []),
  ].join('');
  const cashFen = own.reduce((sum, each) => (each.method === 'cash' ? sum + each.amountFen : sum), 0);
  return [
    ...(cashFen > 0 ? [opened(cashFen, `离场撤销，现金已退${change}：${reason}`)] : []),
    ...own
      .filter((each) => each.method !== 'cash' && each.method !== 'card')
      .map((each) => opened(each.amountFen, '离场撤销，电子支付须原路退回')),
  ];
}
