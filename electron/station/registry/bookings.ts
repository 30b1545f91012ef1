import type { Actor } from '../../../shared/domain/events.ts';
import type { Booking } from '../../../shared/domain/registry.ts';
import { TEMPORARY } from '../../../shared/domain/terms.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Tx } from '../store/store.ts';
import { because, by, demandSpan, plateText, type RegistryDeps, type RowOutcome, sameContent } from './common.ts';

/** Absent in a change: as it was. */
export interface BookingPut {
  readonly plate: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly passes?: Booking['passes'] | undefined;
  readonly prepaidFen?: number | undefined;
  readonly owner?: string | undefined;
  readonly phone?: string | undefined;
  readonly remark?: string | undefined;
}

export interface BookingDeps extends RegistryDeps {
  /** Name of the lane at which a stay stands right now. */
  readonly laneOf: (uid: string) => string | null;
}

/** Absent: as it was. */
export type BookingChange = { readonly [K in keyof BookingPut]?: BookingPut[K] | undefined };

interface Composed {
  readonly booking: Booking;
  readonly change: 'added' | 'updated' | null;
}

/** 预约车. */
export class Bookings {
  readonly #deps: BookingDeps;

  constructor(deps: BookingDeps) {
    this.#deps = deps;
  }

  /**
   * Books, or changes the booking `id` (a platform's own id is taken over when we do not know it yet). The same again changes
   * nothing. `immediate`: a car of this plate that came in within the period and stands inside as a temporary car is a
   * booked one from its entry on.
   */
  put(
    given: BookingPut,
    which: { readonly id?: string | undefined; readonly immediate?: boolean | undefined },
    actor: Actor,
  ): Booking {
    return this.#deps.store.write((tx) => {
      const { booking } = this.putIn(tx, given, which.id, actor);
      return which.immediate === true ? this.#apply(tx, booking, actor) : booking;
    });
  }

  /** {@link put} within a transaction; `change` is null when nothing changed. */
  putIn(tx: Tx, given: BookingPut, id: string | undefined, actor: Actor): Composed {
    const composed = this.#compose(tx, given, id, actor);
    const { booking, change } = composed;
    if (change !== null) tx.record({ kind: 'booking-changed', ...by(actor), body: { change, booking } });
    return composed;
  }

  /** What {@link putIn} would do. */
  compare(read: Pick<Tx, 'bookings'>, given: BookingPut, actor: Actor): RowOutcome {
    return this.#compose(read, given, undefined, actor).change ?? 'unchanged';
  }

  #compose(read: Pick<Tx, 'bookings'>, given: BookingPut, id: string | undefined, actor: Actor): Composed {
    const plate = plateText(given.plate);
    const known = id === undefined ? this.#equal(read, plate, given) : read.bookings.get(id);
    const booking = this.#bookingOf(known, { ...given, plate }, id, actor);
    if (known && sameContent(known, booking)) return { booking: known, change: null };
    return { booking, change: known ? 'updated' : 'added' };
  }

  /** A booking of this plate for the very same period: ordering it twice is a repetition. */
  #equal(read: Pick<Tx, 'bookings'>, plate: string, period: Pick<BookingPut, 'from' | 'to'>): Booking | undefined {
    return read.bookings
      .ofPlate(plate, period.to)
      .find((each) => each.state === 'active' && each.from === period.from && each.to === period.to);
  }

  /** {@link put} of a new booking, unless one stands there that says all of it: ordering it twice is a repetition. */
  order(
    given: Required<Pick<BookingPut, 'passes' | 'prepaidFen'>> & BookingPut,
    immediate: boolean,
    actor: Actor,
  ): Booking {
    const plate = plateText(given.plate);
    return this.#deps.store.write((tx) => {
      const known = tx.bookings
        .ofPlate(plate, given.to)
        .find(
          (each) =>
            each.state === 'active' &&
            each.from === given.from &&
            each.to === given.to &&
            each.passes === given.passes &&
            each.prepaidFen === given.prepaidFen,
        );
      const booking = known ?? this.putIn(tx, given, this.#deps.ids.next('book'), actor).booking;
      return immediate ? this.#apply(tx, booking, actor) : booking;
    });
  }

  change(id: string, given: BookingChange, actor: Actor, immediate = false): Booking {
    const known = this.#deps.store.read.bookings.get(id);
    if (!known) throw new NotFoundError('没有这个预约');
    if (known.state === 'cancelled') throw new ConflictError('booking-cancelled', '预约已取消');
    const { plate = known.plate, from = known.from, to = known.to } = given;
    return this.put({ ...given, plate, from, to }, { id, immediate }, actor);
  }

  cancel(id: string, actor: Actor, reason?: string): Booking {
    return this.#deps.store.write((tx) => {
      const known = tx.bookings.get(id);
      if (!known) throw new NotFoundError('没有这个预约');
      if (known.state === 'cancelled') return known;
      const booking: Booking = { ...known, state: 'cancelled', updatedAt: this.#deps.clock.now() };
      tx.record({
        kind: 'booking-changed',
        ...by(actor),
        body: { change: 'updated', booking, ...because(reason) },
      });
      return booking;
    });
  }

  #bookingOf(known: Booking | undefined, given: BookingPut, id: string | undefined, actor: Actor): Booking {
    demandSpan(given.from, given.to);
    return {
      id: known?.id ?? id ?? this.#deps.ids.next('book'),
      plate: given.plate,
      from: given.from,
      to: given.to,
      passes: given.passes ?? known?.passes ?? 'once',
      used: known?.used ?? 0,
      prepaidFen: given.prepaidFen ?? known?.prepaidFen ?? 0,
      ...(known?.creditedFen === undefined ? {} : { creditedFen: known.creditedFen }),
      owner: given.owner ?? known?.owner ?? '',
      phone: given.phone ?? known?.phone ?? '',
      remark: given.remark ?? known?.remark ?? '',
      state: known?.state ?? 'active',
      source: actor.name,
      updatedAt: this.#deps.clock.now(),
    };
  }

  #apply(tx: Tx, booking: Booking, actor: Actor): Booking {
    const before = tx.stays.inside(booking.plate);
    if (before?.terms.kind !== 'temporary' || before.enteredAt < booking.from || before.enteredAt > booking.to)
      return booking;
    if (booking.state !== 'active' || (booking.passes === 'once' && booking.used > 0)) return booking;
    const lane = this.#deps.laneOf(before.uid);
    if (lane !== null) throw new ConflictError('at-the-lane', `该车正在${lane}，请在车道上处理`);
    const terms = {
      ...TEMPORARY,
      kind: 'booking' as const,
      id: booking.id,
      coveredFrom: booking.from,
      coveredTo: booking.to,
    };
    tx.record({
      kind: 'stay-corrected',
      ...by(actor, before.uid),
      body: { what: 'terms', before, stay: { ...before, terms }, reason: '预约立即生效', spaces: null },
    });
    const used: Booking = { ...booking, used: booking.used + 1, updatedAt: this.#deps.clock.now() };
    tx.record({ kind: 'booking-changed', ...by(actor, before.uid), body: { change: 'updated', booking: used } });
    return used;
  }
}
