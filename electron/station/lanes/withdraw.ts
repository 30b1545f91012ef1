import type { EventDraft } from '../../../shared/domain/events.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { cardReturned } from './card-use.ts';
import { visitUsed } from './entry.ts';
import { endPassage } from './passage.ts';
import type { LaneState, Passage } from './state.ts';
import { caseOpened, draft, type LaneInput, preceded, type StepResult, spacesAfter, type World } from './step.ts';

/** A car that was let through and did not go: its entry or its exit is taken back. Pure. */

type Input<T extends LaneInput['type']> = Extract<LaneInput, { type: T }>;

/**
 * The car that was let through did not go. An entry is withdrawn as if it had not been; an exit is undone, and what was paid for
 * it goes back, as long as the car has not passed.
 */
export function withdraw(state: LaneState, input: Input<'withdraw'>, world: World): StepResult {
  const { passage } = state;
  const { current } = world;
  if (!passage || state.phase !== 'cleared' || !current) return { refused: 'no-car' };
  if (state.underArm) return { refused: 'car-has-gone' };
  const about = { world, passageId: passage.id, key: current.uid, actor: input.actor };
  if (world.direction === 'in') {
    if (current.status !== 'inside' || current.entryRecordId !== passage.id) return { refused: 'stay-changed' };
    const reserved = world.reservedInside - (current.terms.quotaId === null ? 0 : 1);
    return preceded(
      [
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
      endPassage(state, 'turned-back', world, input.actor, input.reason),
    );
  }
  if (current.status !== 'left' || current.exitRecordId !== passage.id) return { refused: 'stay-changed' };
  return preceded(
    [...undoExit(current, passage, input, world)],
    endPassage({ ...state, passage: { ...passage, bill: null } }, 'turned-back', world, input.actor, input.reason),
  );
}

function undoExit(current: Stay, passage: Passage, input: Input<'withdraw'>, world: World): readonly EventDraft[] {
  const about = { world, passageId: passage.id, key: current.uid, actor: input.actor };
  // Debts of earlier stays that were paid with it stay paid: they were owed whether or not this car went.
  const own = passage.payments.filter((payment) => !/-a\d+$/.test(payment.billId));
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
  const debts = world.registry.debts.filter((debt) => debt.uid === current.uid && debt.paidFen === 0);
  const spaces = spacesAfter(world.spaces, 1, world.reservedInside);
  return [
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
    ...own
      .filter((payment) => payment.attemptId !== null || !['cash', 'card'].includes(payment.method))
      .map((payment) =>
        caseOpened(
          'turned-back',
          {
            uid: current.uid,
            plate: passage.plate.text,
            amountFen: payment.amountFen,
            detail: '离场撤销，电子支付须原路退回',
          },
          world,
          passage.id,
        ),
      ),
  ];
}
