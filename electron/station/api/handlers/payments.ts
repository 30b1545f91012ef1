import type { AttemptView, RefundView } from '../../../../shared/contract/payments.ts';
import type { Attempt, Bill, Refund } from '../../../../shared/domain/money-flow.ts';
import { type EpochMs, toRfc3339 } from '../../../../shared/domain/time.ts';
import type { Charged } from '../../payments/desk.ts';
import { PATIENCE } from '../../payments/patience.ts';
import type { RefundSource } from '../../payments/refunds.ts';
import { ConflictError } from '../../runtime/errors.ts';
import { actorOf, type Guarded, isAtLeast, may } from '../base.ts';
import { changeOrderView } from '../change-order-view.ts';
import type { Principal } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import { billView, stayView } from '../views.ts';

const times = (of: { readonly createdAt: number; readonly updatedAt: number }) => ({
  createdAt: toRfc3339(of.createdAt),
  updatedAt: toRfc3339(of.updatedAt),
});
export const attemptView = (attempt: Attempt): AttemptView => ({ ...attempt, ...times(attempt) });
export const chargedView = ({ attempt, text, shownUntil }: Charged, now: EpochMs) => ({
  ...{ attempt: attemptView(attempt), text },
  ...(text === null || shownUntil === null ? {} : { shownForMs: Math.max(0, shownUntil - now) }),
});
const stayBillView = (bill: Bill) => ({ ...billView(bill), uid: bill.uid, state: bill.state, scene: bill.scene });

/** The change order that a payment made. */
export function ordered({ payments: { changeOrders } }: Pick<ApiDeps, 'payments'>, orderNo: string | null) {
  return orderNo === null ? null : changeOrderView(changeOrders.get(orderNo), changeOrders.page());
}

export function paymentHandlers(os: Guarded, deps: ApiDeps) {
  const { store, lanes, site } = deps;
  const { desk, prepayments, grants, reviews } = deps.payments;
  const charge = async (
    billId: string,
    what: { readonly channel: string; readonly authCode?: string | undefined; readonly despiteUnknown: boolean },
    user: Principal | null,
  ) => {
    return chargedView(await desk.charge(billId, what, actorOf(user)), deps.clock.now());
  };
  return {
    channels: os.payments.channels.handler(() =>
      desk.channels().map(({ id, title, kind, method, askAtMs }) => ({
        ...{ id, title, kind, method },
        askAtMs: [...(askAtMs ?? PATIENCE.soonMs)],
      })),
    ),
    bills: os.payments.bills.handler(({ input }) => store.read.bills.ofStay(input.uid).map(stayBillView)),
    prepay: os.payments.prepay.handler(async ({ input, context }) => {
      const stay = store.read.stays.get(input.uid);
      if (stay) await deps.prices?.fresh(stay);
      const made = prepayments.bill({ uid: input.uid }, actorOf(context.user));
      if (made.kind === 'bill') return { bill: stayBillView(made.bill), graceUntil: null };
      return { bill: null, graceUntil: made.graceUntil === null ? null : toRfc3339(made.graceUntil) };
    }),
    review: os.payments.review.handler(({ input, context }) =>
      stayView(reviews.review(input.uid, input.reason, actorOf(context.user))),
    ),
    pay: os.payments.pay.handler(({ input, context }) => {
      const { id, ...money } = input;
      const { changeOrderNo, ...paid } = prepayments.pay(id, money, actorOf(context.user));
      const changeOrder = ordered(deps, changeOrderNo);
      return { ...paid, rest: paid.rest && stayBillView(paid.rest), changeOrder };
    }),
    charge: os.payments.charge.handler(({ input, context }) => charge(input.id, input, context.user)),
    chargeLane: os.payments.chargeLane.handler(({ input, context }) => {
      const bill = lanes.state(lanes.lane(input.id).id).passage?.bill;
      if (!bill) throw new ConflictError('nothing-due', '该车道没有待缴账单');
      return charge(bill.id, input, context.user);
    }),
    attempts: os.payments.attempts.handler(({ input }) => {
      const { attempts } = store.read;
      const found =
        input.billId !== undefined
          ? attempts.ofBill(input.billId)
          : input.uid !== undefined
            ? attempts.ofStay(input.uid)
            : attempts.underWay();
      return found.filter((each) => input.state === undefined || each.state === input.state).map(attemptView);
    }),
    query: os.payments.query.handler(async ({ input }) => attemptView(await desk.query(input.id))),
    grant: os.payments.grant.handler(({ input, context }) => {
      const { uid, ...grant } = input;
      const limit = may(context.user, 'discount.unlimited') ? null : site.rules.attendantDiscountFen;
      return stayView(grants.grant(uid, grant, actorOf(context.user), limit));
    }),
  };
}

export function refundHandlers(os: Guarded, deps: ApiDeps) {
  const { store } = deps;
  const { refunds } = deps.payments;
  const refundView = (refund: Refund): RefundView => ({
    ...refund,
    ...times(refund),
    plate: refund.recharge ? null : (store.read.stays.get(refund.uid)?.plate.text ?? ''),
  });
  return {
    list: os.refunds.list.handler(({ input }) => {
      const { page, pageSize, state } = input;
      const found = store.read.refunds.search({ state, offset: (page - 1) * pageSize, limit: pageSize });
      return { items: found.items.map(refundView), total: found.total, page, pageSize };
    }),
    request: os.refunds.request.handler(({ input, context }) => {
      const { amountFen, reason } = input;
      const from = sourceOf(input);
      if ('cardId' in from && !may(context.user, 'refund.recharge'))
        throw new ConflictError('managers-only', '退还充值款由车场经理办理');
      return refundView(refunds.request({ from, amountFen, reason }, actorOf(context.user)));
    }),
    approve: os.refunds.approve.handler(({ input, context }) =>
      refundView(refunds.approve(input.id, actorOf(context.user), isAtLeast(context.user, 'admin'))),
    ),
    reject: os.refunds.reject.handler(({ input, context }) =>
      refundView(refunds.reject(input.id, actorOf(context.user), isAtLeast(context.user, 'admin'), input.reason)),
    ),
    done: os.refunds.done.handler(({ input, context }) =>
      refundView(refunds.done(input.id, input.method, actorOf(context.user))),
    ),
  };
}

function sourceOf(named: {
  readonly billId?: string | undefined;
  readonly attemptId?: string | undefined;
  readonly recharge?: { readonly cardId: string; readonly orderNo: string } | undefined;
}): RefundSource {
  const { billId, attemptId, recharge } = named;
  const sources: RefundSource[] = [
    ...(billId === undefined ? [] : [{ billId }]),
    ...(attemptId === undefined ? [] : [{ attemptId }]),
    ...(recharge === undefined ? [] : [recharge]),
  ];
  const [only, ...others] = sources;
  if (!only || others.length > 0) throw new ConflictError('refund-source', '请指明账单、支付或充值其中之一');
  return only;
}
