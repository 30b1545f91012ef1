import type { ChangeOrder } from '../../../shared/domain/change-order.ts';
import { type Actor, STATION } from '../../../shared/domain/events.ts';
import type { PaymentMethod } from '../../../shared/domain/money-flow.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { Repositories } from '../store/repositories.ts';
import type { Store, Tx } from '../store/store.ts';
import { openCase } from './cases.ts';
import type { ShiftOf } from './cash-shift.ts';
import { type ChangeDesk, newOrderNo, settledInCash } from './change-order.ts';

/** The page of a platform where change is paid out. */
export interface ChangePage {
  readonly platform: string;
  readonly title: string;
  /** What the code for an order says. */
  readonly url: (orderNo: string) => string;
}

export interface ChangeOrdersDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly page: () => ChangePage | undefined;
  readonly shiftOf: ShiftOf;
}

/** How a platform gave the change. */
export interface GivenChange {
  readonly chargeType: string;
  readonly method: PaymentMethod;
  readonly account: string | null;
}

/** The desk where orders are made, for whoever takes cash. Rereads the store, so it may be asked inside a transaction. */
export function changeDesk(deps: {
  readonly read: Pick<Repositories, 'changeOrders'>;
  readonly ids: Ids;
  readonly page: () => Pick<ChangePage, 'platform'> | undefined;
}): ChangeDesk {
  const { changeOrders } = deps.read;
  return {
    platform: () => deps.page()?.platform ?? null,
    newNo: () => newOrderNo(deps.ids, (no) => changeOrders.get(no) !== undefined),
    ofBill: (billId) => changeOrders.ofBill(billId) ?? null,
  };
}

/** 找零订单 from their opening on: given by the platform, or in cash after all; whichever is first, and never both. */
export class ChangeOrders {
  readonly #deps: ChangeOrdersDeps;

  constructor(deps: ChangeOrdersDeps) {
    this.#deps = deps;
  }

  /** The page where change is paid out now; undefined: change is given in cash only. */
  page(): ChangePage | undefined {
    return this.#deps.page();
  }

  /** @throws NotFoundError also for an order of another platform */
  get(id: string, platform?: string): ChangeOrder {
    return found(this.#deps.store.read, id, platform);
  }

  /**
   * A platform gave the change. Told again nothing changes. Where it was given in cash before, the driver has it twice: a case says so
   * and the platform is refused, whatever it does about it.
   *
   * @throws ConflictError `change-settled` · NotFoundError
   */
  given(id: string, how: GivenChange, actor: Actor): ChangeOrder {
    const { store, clock } = this.#deps;
    const order = store.write((tx) => {
      const known = found(tx, id, actor.name);
      if (known.state === 'given') return known;
      if (known.state === 'by-hand') return reportTwice(tx, known, clock.now());
      const given: ChangeOrder = { ...known, ...how, state: 'given', givenAt: clock.now() };
      record(tx, 'given', given, actor);
      return given;
    });
    if (order.state === 'by-hand') throw new ConflictError('change-settled', '该订单已由人工现金找零，不能重复找零');
    return order;
  }

  /**
   * 现金补找: the driver gets the change in cash after all, out of the drawer of whoever hands it over.
   *
   * @throws ConflictError `change-over`; why the drawer gives none · NotFoundError
   */
  settle(id: string, actor: Actor): ChangeOrder {
    const { store, clock } = this.#deps;
    return store.write((tx) => {
      const known = found(tx, id);
      if (known.state === 'given') throw new ConflictError('change-over', '第三方已找零到司机手机，不能再找现金');
      if (known.state === 'by-hand') throw new ConflictError('change-over', '该订单已现金找零');
      const shiftId = this.#drawer(tx, known, actor);
      const settled = settledInCash(known, { why: 'cash', by: actor.name, at: clock.now(), shiftId });
      record(tx, 'settled', settled, actor);
      return settled;
    });
  }

  /** Their own drawer; of who has none, that of the booth where the change lies. */
  #drawer(tx: Tx, { laneId }: ChangeOrder, actor: Actor): string | null {
    const own = tx.shifts.allRunning().some(({ cashier }) => cashier === actor.name);
    try {
      return this.#deps.shiftOf(own ? null : laneId, 'cash', actor);
    } catch (error) {
      // That lane is there no longer.
      if (error instanceof NotFoundError) return this.#deps.shiftOf(null, 'cash', actor);
      throw error;
    }
  }
}

function found(read: Pick<Repositories, 'changeOrders'>, id: string, platform?: string): ChangeOrder {
  const order = read.changeOrders.get(id);
  if (!order || (platform !== undefined && order.platform !== platform)) throw new NotFoundError('没有这个找零订单');
  return order;
}

function record(tx: Tx, change: 'given' | 'settled', order: ChangeOrder, actor: Actor): void {
  const { uid, laneId } = order;
  tx.record({ kind: 'change-order-changed', key: uid, laneId, passageId: null, actor, body: { change, order } });
}

function reportTwice(tx: Tx, order: ChangeOrder, now: number): ChangeOrder {
  const { id, uid, laneId, plate, amountFen, settled } = order;
  const detail = `找零订单 ${id} 已由 ${settled?.by ?? ''} 现金找零，第三方又通知已找零：司机可能得到两次找零，请核实`;
  const about = { kind: 'paid-twice' as const, uid, laneId, passageId: null, plate: plate.text, amountFen, detail };
  // Whoever handed the cash over is not the one to explain it away.
  const causedBy = settled ? [settled.by] : [];
  openCase(tx, { ...about, subject: `change-${id}`, causedBy }, STATION, { now, id: '' });
  return order;
}
