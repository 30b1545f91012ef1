import type { Actor } from '../../../shared/domain/events.ts';
import type { Fen } from '../../../shared/domain/money.ts';
import type { PaymentMethod, Refund } from '../../../shared/domain/money-flow.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { Repositories } from '../store/repositories.ts';
import type { Store, Tx } from '../store/store.ts';
import { backOntoCard, rechargeSource } from './card-refunds.ts';

/**
 * The money that a refund (退款) gives back: the payment of a bill, what an attempt brought beyond that, or a recharge of a card
 * that was cancelled.
 */
export type RefundSource =
  | { readonly billId: string }
  | { readonly attemptId: string }
  | { readonly cardId: string; readonly orderNo: string };

/** Money that is or was on its way back; a rejected refund frees its sum again. */
const counts = (refund: Refund): boolean => refund.state !== 'rejected';

const sum = (refunds: readonly Refund[]): Fen => refunds.filter(counts).reduce((all, each) => all + each.amountFen, 0);

interface Source extends Pick<Refund, 'uid' | 'billId' | 'attemptId' | 'recharge'> {
  readonly method: PaymentMethod;
  /** What may still be given back. */
  readonly leftFen: Fen;
}

function sourceOf(read: Repositories, from: RefundSource): Source {
  if ('billId' in from) {
    const paid = read.payments.get(from.billId);
    if (!paid) throw new NotFoundError('没有这笔缴费');
    if (paid.state !== 'paid') throw new ConflictError('payment-reversed', '这笔缴费已撤销，无款可退');
    const before = read.refunds.ofStay(paid.uid).filter((refund) => refund.billId === paid.bill_id);
    return {
      uid: paid.uid,
      billId: paid.bill_id,
      attemptId: paid.attempt_id,
      method: paid.method,
      leftFen: paid.paid_fen - sum(before),
    };
  }
  if ('cardId' in from) {
    const { paidFen, heldFen, ...source } = rechargeSource(read, from);
    const before = read.refunds.ofStay(source.uid);
    const ofOrder = before.filter((refund) => refund.recharge?.orderNo === source.recharge.orderNo);
    // What is not done yet is still on the card.
    const pending = before.filter((refund) => refund.state !== 'done');
    const leftFen = Math.min(paidFen - sum(ofOrder), heldFen === null ? paidFen : heldFen - sum(pending));
    return { ...source, leftFen };
  }
  const attempt = read.attempts.get(from.attemptId);
  if (!attempt) throw new NotFoundError('没有这笔支付');
  if (attempt.state !== 'paid') throw new ConflictError('attempt-not-paid', '这笔支付没有收到款项');
  const before = read.refunds
    .ofStay(attempt.uid)
    .filter((each) => each.attemptId === attempt.id && each.billId === null);
  const booked = read.payments.ofAttempt(attempt.id).reduce((all, payment) => all + payment.paid_fen, 0);
  return {
    uid: attempt.uid,
    billId: null,
    attemptId: attempt.id,
    method: attempt.method,
    leftFen: attempt.amountFen - booked - sum(before),
  };
}

export interface RefundRequest {
  readonly from: RefundSource;
  readonly amountFen: Fen;
  readonly reason: string;
}

/**
 * Asks for money back, inside the caller's transaction.
 *
 * @throws ConflictError `refund-too-much` when earlier refunds leave less than that of the payment
 */
export function requestRefund(
  tx: Tx,
  request: RefundRequest,
  actor: Actor,
  context: { readonly id: string; readonly now: number },
): Refund {
  const { leftFen, ...source } = sourceOf(tx, request.from);
  if (request.amountFen <= 0 || request.amountFen > leftFen)
    throw new ConflictError('refund-too-much', '退款金额超过可退金额');
  const refund: Refund = {
    id: context.id,
    ...source,
    amountFen: request.amountFen,
    reason: request.reason.slice(0, 200),
    state: 'requested',
    requestedBy: actor.name,
    decidedBy: null,
    shiftId: null,
    createdAt: context.now,
    updatedAt: context.now,
  };
  recordRefund(tx, refund, actor);
  return refund;
}

function recordRefund(tx: Tx, refund: Refund, actor: Actor): void {
  tx.record({ kind: 'refund-changed', key: refund.uid, laneId: null, passageId: null, actor, body: { refund } });
}

export interface RefundsDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Whose drawer cash comes from; null where no shift is open and none is needed. */
  readonly cashShift: (actor: Actor) => string | null;
  /** Whether the channel itself gives this refund back. */
  readonly byChannel: (refund: Refund) => boolean;
  /** Told after the commit. */
  readonly approved: (refund: Refund) => void;
}

/**
 * 退款: asked for by an attendant or by the station, decided by a manager other than who asked (an administrator may do both),
 * carried out by the channel that took the money or, in cash, by a person.
 */
export class Refunds {
  readonly #deps: RefundsDeps;

  constructor(deps: RefundsDeps) {
    this.#deps = deps;
  }

  request(request: RefundRequest, actor: Actor): Refund {
    const { store, ids, clock } = this.#deps;
    return store.write((tx) => requestRefund(tx, request, actor, { id: ids.next('refund'), now: clock.now() }));
  }

  approve(id: string, actor: Actor, alone: boolean): Refund {
    const refund = this.#decide(id, actor, alone, 'approved');
    this.#deps.approved(refund);
    return refund;
  }

  reject(id: string, actor: Actor, alone: boolean, reason?: string): Refund {
    return this.#decide(id, actor, alone, 'rejected', reason);
  }

  /** The money is back with the driver: handed over by `actor`, in cash from the drawer or by the platform's own counter. */
  done(id: string, method: PaymentMethod | undefined, actor: Actor): Refund {
    return this.#change(id, actor, ['approved', 'failed'], (refund, tx) => {
      if (refund.state === 'approved' && this.#deps.byChannel(refund))
        throw new ConflictError('refund-under-way', '渠道正在退款，请等待结果');
      const by = method ?? refund.method;
      backOntoCard(tx, refund, by, actor, this.#deps.clock.now());
      return {
        ...refund,
        state: 'done',
        method: by,
        shiftId: by === 'cash' ? this.#deps.cashShift(actor) : null,
      };
    });
  }

  /** The channel's answer to an approved refund. Known already: nothing happens. */
  carriedOut(id: string, how: 'done' | 'failed', actor: Actor): void {
    this.#deps.store.write((tx) => {
      const refund = tx.refunds.get(id);
      if (refund?.state !== 'approved') return;
      recordRefund(tx, { ...refund, state: how, updatedAt: this.#deps.clock.now() }, actor);
    });
  }

  #decide(id: string, actor: Actor, alone: boolean, state: 'approved' | 'rejected', reason = ''): Refund {
    // What failed at the channel may be given up; what was approved is under way and may not.
    const from: readonly Refund['state'][] = state === 'rejected' ? ['requested', 'failed'] : ['requested'];
    return this.#change(id, actor, from, (refund) => {
      if (refund.requestedBy === actor.name && !alone) throw new ConflictError('own-refund', '不能审批自己申请的退款');
      return { ...refund, state, decidedBy: actor.name, ...(reason === '' ? {} : { decisionReason: reason }) };
    });
  }

  #change(
    id: string,
    actor: Actor,
    from: readonly Refund['state'][],
    alter: (refund: Refund, tx: Tx) => Refund,
  ): Refund {
    return this.#deps.store.write((tx) => {
      const refund = tx.refunds.get(id);
      if (!refund) throw new NotFoundError('没有这笔退款');
      if (!from.includes(refund.state)) throw new ConflictError('refund-state', '这笔退款的当前状态不允许此操作');
      const changed = { ...alter(refund, tx), updatedAt: this.#deps.clock.now() };
      recordRefund(tx, changed, actor);
      return changed;
    });
  }
}
