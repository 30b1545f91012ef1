import type { Actor } from '../../../shared/domain/events.ts';
import type { PassageRules } from '../../../shared/domain/passage-rules.ts';
import { Arrears } from './arrears.ts';
import { Cases } from './cases.ts';
import { ownShift, type ShiftOf } from './cash-shift.ts';
import { ChangeOrders, type ChangePage, changeDesk } from './change-orders.ts';
import { type DeskDeps, PaymentDesk } from './desk.ts';
import { Grants } from './grants.ts';
import type { LanesSeen } from './lanes-seen.ts';
import { Notices } from './notices.ts';
import { PATIENCE } from './patience.ts';
import { Payback } from './payback.ts';
import { Prepayments, type PrepaymentsDeps } from './prepay.ts';
import { Refunds } from './refunds.ts';
import { Reviews } from './review.ts';
import { watchStandingCars } from './standing-cars.ts';

export interface PaymentsDeps extends DeskDeps, Pick<PrepaymentsDeps, 'account' | 'pricedOutside'> {
  readonly rules: () => PassageRules;
  readonly lanes: LanesSeen;
  /** Where change is paid out by a platform; absent, or undefined: nowhere. */
  readonly changePage?: () => ChangePage | undefined;
}

/** Everything about money that is not a lane's, put together. */
export interface Payments {
  readonly desk: PaymentDesk;
  readonly notices: Notices;
  readonly prepayments: Prepayments;
  readonly reviews: Reviews;
  readonly arrears: Arrears;
  readonly grants: Grants;
  readonly refunds: Refunds;
  readonly cases: Cases;
  readonly changeOrders: ChangeOrders;
  /** After the lanes told what stands at them. */
  recover(): void;
  stop(): void;
}

export function createPayments(deps: PaymentsDeps): Payments {
  const { store, clock, channels, log } = deps;
  const shiftOf: ShiftOf = (laneId, method, actor) =>
    laneId === null ? ownShift(store.read, actor, deps.rules(), method) : deps.lanes.shiftAt(laneId, method, actor);
  const desk = new PaymentDesk(deps);
  const page = deps.changePage ?? ((): undefined => undefined);
  const change = changeDesk({ read: store.read, ids: deps.ids, page });
  const arrears = new Arrears({ ...deps, desk, shiftOf, change });
  const refunds: Refunds = new Refunds({
    ...deps,
    cashShift: (actor: Actor) => shiftOf(null, 'cash', actor),
    byChannel: (refund) => payback.takes(refund),
    approved: (refund) => payback.begin(refund),
  });
  const stopWatching = watchStandingCars({ ...deps, desk });
  const answerMs = deps.answerMs ?? 10_000;
  const patience = deps.patience ?? PATIENCE;
  const payback = new Payback({ store, clock, log, channels, refunds, answerMs, patience });
  return {
    desk,
    notices: new Notices({ ...deps, desk }),
    prepayments: new Prepayments({ ...deps, desk, shiftOf, change }),
    reviews: new Reviews(deps),
    arrears,
    grants: new Grants({ ...deps, desk }),
    refunds,
    cases: new Cases(deps),
    changeOrders: new ChangeOrders({ ...deps, page, shiftOf }),
    recover: () => {
      desk.recover();
      payback.recover();
    },
    stop: () => {
      stopWatching();
      arrears.stop();
      desk.stop();
      payback.stop();
    },
  };
}
