import type { Actor } from '../../shared/domain/events.ts';
import { toPayFen } from '../../shared/domain/money-flow.ts';
import type { Notice } from './bank.ts';
import type { Car } from './cars.ts';
import type { Cashiers } from './cashiers.ts';
import type { World } from './world.ts';

const SECOND = 1_000;
const PHONE: Actor = { kind: 'platform', name: 'phone' };
const MANAGER: Actor = { kind: 'user', name: 'manager' };

/** Money that a platform took from a driver's phone by itself, and tells us of. */
interface Transfer {
  readonly reference: string;
  readonly amountFen: number;
  /** Not accepted: the platform gave it back to the driver. */
  returned: boolean;
}

/** Paying away from the lanes: by phone, at the desk inside, and what platforms tell of it, late and more than once; and refunds. */
export class Phones {
  readonly transfers: Transfer[] = [];
  readonly #world: World;
  readonly #desk: Cashiers;

  constructor(world: World, desk: Cashiers) {
    this.#world = world;
    this.#desk = desk;
  }

  prepay(car: Car): void {
    const plate = car.plate.text;
    if (car.where !== 'inside' || plate === '') return;
    if (car.pays === 'desk') this.#atDesk(plate);
    else this.#byPhone(plate);
  }

  #byPhone(plate: string): void {
    const { chance, timeline } = this.#world;
    const asked = this.#world.ask((park) => park.payments.prepayments.bill({ plate }, PHONE));
    if (asked.how !== 'done' || asked.value.kind !== 'bill') return;
    const { bill } = asked.value;
    // Now and then so late that the bill is gone, or the car.
    const late = chance.is(0.15) ? chance.int(300, 7_200) : chance.int(5, 120);
    timeline.after(late * SECOND, () => {
      const transfer: Transfer = {
        reference: `phone-${this.transfers.length + 1}`,
        amountFen: toPayFen(bill),
        returned: false,
      };
      this.transfers.push(transfer);
      const paidAt = timeline.wall;
      this.#tell(transfer, bill.id, paidAt);
      for (let again = chance.int(0, 2); again > 0; again -= 1)
        timeline.after(chance.int(0, 600) * SECOND, () => this.#tell(transfer, bill.id, paidAt));
    });
  }

  /** The platforms collect from those who left first (先离场后付费): most of them soon, some twice, some never. */
  collect(): void {
    const { chance, timeline } = this.#world;
    const asked = this.#world.ask((park) => park.store.read.bills.afterDeparture());
    if (asked.how !== 'done') return;
    for (const bill of asked.value)
      for (const after of chance.pick([[], [1], [1], [1, 5_000], [90]]))
        timeline.after(after * SECOND, () => {
          const transfer: Transfer = {
            reference: `phone-${this.transfers.length + 1}`,
            amountFen: toPayFen(bill),
            returned: false,
          };
          this.transfers.push(transfer);
          this.#tell(transfer, bill.id, timeline.wall);
        });
  }

  /** Told until it is taken or refused; a platform that hears a refusal gives the money back, and tells no more. */
  #tell(transfer: Transfer, billId: string, paidAt: number): void {
    if (transfer.returned) return;
    const { reference, amountFen } = transfer;
    const asked = this.#world.ask((park) =>
      park.payments.notices.notify({ billId, reference, amountFen, method: 'wechat', via: 'phone', paidAt }),
    );
    if (asked.how === 'refused') transfer.returned = true;
    if (asked.how === 'silent') this.#world.timeline.after(20 * SECOND, () => this.#tell(transfer, billId, paidAt));
  }

  #atDesk(plate: string): void {
    const { watch, till } = this.#world;
    const { actor, shift } = this.#desk;
    const asked = this.#world.ask((park) => park.payments.prepayments.bill({ plate }, actor));
    if (asked.how !== 'done' || asked.value.kind !== 'bill') return;
    const { bill } = asked.value;
    const receivedFen = Math.ceil(toPayFen(bill) / 1_000) * 1_000;
    const before = watch.taken.get('cash') ?? 0;
    const paid = this.#world.ask((park) =>
      park.payments.prepayments.pay(bill.id, { method: 'cash', receivedFen }, actor),
    );
    if (paid.how === 'done' || (paid.how === 'silent' && (watch.taken.get('cash') ?? 0) !== before))
      till.cash(toPayFen(bill), shift);
  }

  /** A channel tells by itself that an order was paid, once or more often. */
  notice({ order, via, method }: Notice): void {
    const { attemptId, reference, amountFen, paidAt } = order;
    const asked = this.#world.ask((park) =>
      park.payments.notices.notify({ attemptId, reference, amountFen, method, via, paidAt }),
    );
    if (asked.how === 'refused')
      this.#world.fail('no-defect', `a channel's own order is refused: ${asked.reason}`, {
        key: this.#world.watch.attempts.get(attemptId)?.uid,
      });
    if (asked.how === 'silent') this.#world.timeline.after(30 * SECOND, () => this.notice({ order, via, method }));
  }

  /** The manager decides about refunds; what no channel gives back is handed over in cash. Now and then somebody asks for one. */
  giveBack(): void {
    const { watch, chance, till } = this.#world;
    const payments = [...watch.payments.values()].filter((paid) => !paid.reversed && paid.paidFen > 100);
    if (payments.length > 0 && chance.is(0.3)) {
      const from = { billId: chance.pick(payments).billId };
      this.#world.ask((park) =>
        park.payments.refunds.request({ from, amountFen: 100, reason: '投诉' }, this.#desk.actor),
      );
    }
    for (const refund of watch.refunds.values()) {
      if (refund.state === 'requested')
        this.#world.ask((park) =>
          chance.is(0.1)
            ? park.payments.refunds.reject(refund.id, MANAGER, true)
            : park.payments.refunds.approve(refund.id, MANAGER, true),
        );
      const { shift, actor } = this.#desk;
      if (watch.refunds.get(refund.id)?.state !== 'approved' && refund.state !== 'failed') continue;
      this.#world.ask((park) => park.payments.refunds.done(refund.id, 'cash', actor));
      if (watch.refunds.get(refund.id)?.state === 'done' && watch.refunds.get(refund.id)?.method === 'cash')
        till.cash(-refund.amountFen, shift);
    }
  }
}
