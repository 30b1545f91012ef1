import type { LaneState } from '../../electron/station/lanes/state.ts';
import type { EventBody, JournalEvent } from '../../shared/domain/events.ts';
import type { Attempt, Bill, Case, Refund } from '../../shared/domain/money-flow.ts';
import type { Booking, Card, Debt } from '../../shared/domain/registry.ts';
import type { LaneDirection } from '../../shared/domain/site.ts';
import type { Stay } from '../../shared/domain/stay.ts';

/** Whom a broken rule is about, so that its history can be printed. */
export interface About {
  readonly key?: string | null | undefined;
  readonly passageId?: string | null | undefined;
  readonly laneId?: string | null | undefined;
}

export type Fail = (invariant: string, detail: string, about?: About) => void;

type Paid = EventBody<'bill-paid'> & { reversed: boolean };

/**
 * What the committed journal says so far, added up independently of the station's tables, with the rules that must hold after
 * each event.
 */
export class Watch {
  readonly stays = new Map<string, Stay>();
  readonly bills = new Map<string, Bill>();
  readonly openBill = new Map<string, string>();
  readonly payments = new Map<string, Paid>();
  readonly attempts = new Map<string, Attempt>();
  readonly refunds = new Map<string, Refund>();
  readonly cases = new Map<string, Case>();
  readonly cards = new Map<string, Card>();
  readonly bookings = new Map<string, Booking>();
  readonly debts = new Map<string, Debt>();
  /** Taken for a stay itself, reversed payments left out. */
  readonly paidOf = new Map<string, number>();
  /** By method: taken, less what was reversed. */
  readonly taken = new Map<string, number>();
  /** Cash given back as refunds, and taken for cards. */
  cashRefundedFen = 0;
  /** Stored money taken from a card by payments, less what was given back. */
  readonly fromCard = new Map<string, number>();
  readonly rechargedFen = new Map<string, number>();
  /** How often what happened: events, why cars waited, cases, how stays ended. */
  readonly tally = new Map<string, number>();
  /** Which way a lane was turned last. */
  readonly turned = new Map<string, LaneDirection>();
  /** The last order to the arm of a lane. */
  readonly lastOrder = new Map<string, JournalEvent & { readonly kind: 'gate-commanded' }>();
  /** Passages for which an arm was told to open, and those that were billed at a barrier. */
  readonly opened = new Set<string>();
  readonly billed = new Set<string>();
  readonly #fail: Fail;
  readonly #orders = new Map<string, string[]>();
  readonly #onCard = new Map<string, Set<string>>();
  readonly #billPassage = new Map<string, string | null>();
  readonly #approved = new Map<string, Set<string>>();
  readonly #ended = new Set<string>();
  readonly #present = new Map<string, { readonly lane: LaneState; readonly passageId: string | null }>();
  #seq = 0;

  constructor(fail: Fail) {
    this.#fail = fail;
  }

  get seq(): number {
    return this.#seq;
  }

  take(event: JournalEvent): void {
    if (event.seq !== this.#seq + 1) this.#fail('journal-numbered', `row ${event.seq} after row ${this.#seq}`);
    this.#seq = event.seq;
    this.#count(event);
    const { body } = event;
    if ('stay' in body && body.stay && event.kind !== 'photo-taken') this.#stay(body.stay, event);
    switch (event.kind) {
      case 'bill-issued':
        this.#issued(event.body.bill, event.passageId);
        break;
      case 'bill-voided':
        this.#over(event.body.bill.id, event.body.bill.uid);
        break;
      case 'bill-paid':
        this.#paid(event.body, event);
        break;
      case 'payment-reversed':
        this.#reversed(event.body, event);
        break;
      case 'vehicle-exited':
        this.#adds(event.body.stay, event);
        break;
      case 'attempt-changed':
        this.attempts.set(event.body.attempt.id, event.body.attempt);
        break;
      case 'refund-changed':
        if (event.body.refund.state === 'done' && event.body.refund.method === 'cash')
          this.cashRefundedFen += event.body.refund.amountFen;
        this.refunds.set(event.body.refund.id, event.body.refund);
        break;
      case 'case-changed':
        this.cases.set(event.body.case.id, event.body.case);
        break;
      case 'card-changed':
        this.#card(event.body, event);
        break;
      case 'booking-changed':
        this.bookings.set(event.body.booking.id, event.body.booking);
        if (event.body.booking.passes === 'once' && event.body.booking.used > 1)
          this.#fail('booking-once', `${event.body.booking.id} was used ${event.body.booking.used} times`, event);
        break;
      case 'debt-changed':
        this.debts.set(event.body.debt.id, event.body.debt);
        if (event.body.debt.paidFen > event.body.debt.amountFen)
          this.#fail('debt-overpaid', `${event.body.debt.id}: ${event.body.debt.paidFen}`, event);
        break;
      case 'gate-commanded':
        this.#commands(event.laneId ?? '').push(event.body.action);
        this.#ordered(event);
        if (event.passageId === null && event.body.reason === null && event.body.origin !== 'platform')
          this.#fail('lift-has-a-ground', `${event.body.action} without passage and reason`, event);
        break;
      case 'passage-approved':
        this.#note(this.#approved, event.passageId ?? '', event.body.attention);
        break;
      case 'direction-changed':
        this.turned.set(event.laneId ?? '', event.body.direction);
        break;
      case 'passage-ended':
        this.#ended.add(event.passageId ?? '');
        break;
      default:
        break;
    }
  }

  /** An arm goes up again for a car only when somebody, or the car itself, gives a reason. */
  #ordered(event: JournalEvent & { readonly kind: 'gate-commanded' }): void {
    const { passageId, actor, body } = event;
    this.lastOrder.set(event.laneId ?? '', event);
    if (body.action !== 'open' || passageId === null) return;
    if (this.opened.has(passageId) && body.origin === 'decision' && body.reason === null && actor.kind !== 'user')
      this.#fail('not-twice-without-reason', `${passageId} is opened for once more`, event);
    this.opened.add(passageId);
  }

  #count(event: JournalEvent): void {
    const more = (what: string): void => {
      this.tally.set(what, (this.tally.get(what) ?? 0) + 1);
    };
    more(event.kind);
    if (event.kind === 'passage-waiting') more(`waiting: ${event.body.reason}`);
    if (event.kind === 'case-changed' && event.body.change === 'opened') more(`case: ${event.body.case.kind}`);
    if (event.kind === 'vehicle-exited') more(`exit: ${event.body.how}`);
    if (event.kind === 'bill-paid') more(`paid: ${event.body.scene} ${event.body.method}`);
    if (event.kind === 'attempt-changed') more(`attempt: ${event.body.attempt.state}`);
    if (event.kind === 'refund-changed') more(`refund: ${event.body.refund.state}`);
  }

  /** The driver of an arm was told something: only what was committed before, and each order once. */
  commanded(laneId: string, action: string): void {
    const orders = this.#commands(laneId);
    const at = orders.indexOf(action);
    if (at < 0)
      this.#fail('no-lift-without-decision', `${action} at ${laneId} that no committed row orders`, { laneId });
    else orders.splice(at, 1);
  }

  /** What was ordered and not given when the program ended never may be. */
  forgetOrders(): void {
    this.#orders.clear();
  }

  /** A lane as it is now: nothing of a passage in another, and the bill that stands there is the open one of its stay. */
  lane(laneId: string, state: LaneState): void {
    const before = this.#present.get(laneId);
    if (before?.lane === state) return;
    const { passage, phase } = state;
    this.#present.set(laneId, { lane: state, passageId: passage?.id ?? null });
    if (!passage) return;
    const about = { laneId, passageId: passage.id, key: passage.uid };
    if (this.#ended.has(passage.id)) this.#fail('passage-ids', `${passage.id} came back after it had ended`, about);
    for (const [other, there] of this.#present)
      if (other !== laneId && there.passageId === passage.id)
        this.#fail('passage-ids', `${passage.id} stands at ${laneId} and at ${other}`, about);
    const bills = [...(passage.bill ? [passage.bill.id] : []), ...passage.payments.map((each) => each.billId)];
    for (const id of bills) {
      const home = this.#billPassage.get(id.replace(/-a\d+$/, ''));
      if (home !== null && home !== passage.id)
        this.#fail('nothing-leaks', `bill ${id} of ${home} stands in ${passage.id}`, about);
    }
    for (const attention of passage.approved)
      if (attention !== 'remote-refused' && !this.#approved.get(passage.id)?.has(attention))
        this.#fail('nothing-leaks', `${attention} is approved in ${passage.id} and nobody approved it`, about);
    if (phase !== 'charging') return;
    if (!passage.bill || passage.bill.uid !== passage.uid || this.openBill.get(passage.bill.uid) !== passage.bill.id)
      this.#fail(
        'bill-at-lane',
        `the bill at ${laneId} (${passage.bill?.id}) is not the open one of ${passage.uid}`,
        about,
      );
  }

  #commands(laneId: string): string[] {
    const known = this.#orders.get(laneId);
    if (known) return known;
    const made: string[] = [];
    this.#orders.set(laneId, made);
    return made;
  }

  #note(map: Map<string, Set<string>>, key: string, value: string): void {
    const known = map.get(key);
    if (known) known.add(value);
    else map.set(key, new Set([value]));
  }

  #stay(stay: Stay, event: JournalEvent): void {
    const before = this.stays.get(stay.uid);
    this.stays.set(stay.uid, stay);
    const card = (of: Stay | undefined): string | null =>
      of?.status === 'inside' && of.terms.kind === 'card' ? of.terms.id : null;
    const [from, to] = [card(before), card(stay)];
    if (from !== null && from !== to) this.#onCard.get(from)?.delete(stay.uid);
    if (to !== null) {
      this.#note(this.#onCard, to, stay.uid);
      const cars = this.#onCard.get(to)?.size ?? 0;
      const spaces = this.cards.get(to)?.spaces ?? 0;
      if (cars > spaces) this.#fail('card-spaces', `${cars} cars on ${to}, which has ${spaces} spaces`, event);
    }
    if (stay.status === 'left') this.#adds(stay, event);
    for (const fen of [stay.chargeFen, stay.paidFen, stay.discountFen, stay.waivedFen, stay.owedFen])
      if (fen < 0) this.#fail('never-negative', `${stay.uid}: ${fen}`, event);
  }

  /** charge = paid + discount + waived + owed, for a stay that has ended. */
  #adds(stay: Stay, event: JournalEvent): void {
    const sum = stay.paidFen + stay.discountFen + stay.waivedFen + stay.owedFen;
    if (stay.chargeFen !== sum)
      this.#fail(
        'charge-adds-up',
        `${stay.uid}: charge ${stay.chargeFen} ≠ paid ${stay.paidFen} + discount ${stay.discountFen} + waived ${stay.waivedFen} + owed ${stay.owedFen}`,
        event,
      );
    const paid = this.paidOf.get(stay.uid) ?? 0;
    if (event.kind === 'vehicle-exited' && paid !== stay.paidFen)
      this.#fail('paid-is-its-payments', `${stay.uid} says ${stay.paidFen}, its payments come to ${paid}`, event);
  }

  #issued(bill: Bill, passageId: string | null): void {
    const open = this.openBill.get(bill.uid);
    if (bill.state === 'open' && open !== undefined && open !== bill.id)
      this.#fail('one-open-bill', `${bill.id} while ${open} is open`, { key: bill.uid, passageId });
    if (bill.dueFen < 0) this.#fail('never-negative', `bill ${bill.id} is over ${bill.dueFen}`, { key: bill.uid });
    this.bills.set(bill.id, bill);
    this.openBill.set(bill.uid, bill.id);
    this.#billPassage.set(bill.id, bill.scene === 'gate' ? passageId : null);
    if (passageId !== null) this.billed.add(passageId);
  }

  #over(billId: string, uid: string): void {
    if (this.openBill.get(uid) === billId) this.openBill.delete(uid);
  }

  #paid(body: Paid | EventBody<'bill-paid'>, event: JournalEvent): void {
    if (this.payments.has(body.billId)) this.#fail('never-twice', `bill ${body.billId} is paid a second time`, event);
    this.payments.set(body.billId, { ...body, reversed: false });
    this.taken.set(body.method, (this.taken.get(body.method) ?? 0) + body.paidFen);
    const debt = body.debtId === null ? null : this.debts.get(body.debtId);
    if (!debt || debt.uid === body.stay.uid) {
      const paid = (this.paidOf.get(body.stay.uid) ?? 0) + body.paidFen;
      this.paidOf.set(body.stay.uid, paid);
      if (paid !== body.stay.paidFen)
        this.#fail(
          'paid-is-its-payments',
          `${body.stay.uid} says ${body.stay.paidFen}, its payments come to ${paid}`,
          event,
        );
    }
    if (body.method === 'card' && body.stay.terms.id !== null) this.#tookFromCard(body.stay.terms.id, body.paidFen);
    if (body.stay.paidFen + body.stay.discountFen > body.stay.chargeFen)
      this.#fail(
        'never-more-than-charged',
        `${body.stay.uid}: paid ${body.stay.paidFen} and discounts ${body.stay.discountFen} of ${body.stay.chargeFen}`,
        event,
      );
    this.#over(body.billId, body.stay.uid);
  }

  #reversed(body: EventBody<'payment-reversed'>, event: JournalEvent): void {
    const paid = this.payments.get(body.billId);
    if (!paid || paid.reversed) {
      this.#fail('never-twice', `payment of ${body.billId} is taken back and was not there`, event);
      return;
    }
    paid.reversed = true;
    this.taken.set(paid.method, (this.taken.get(paid.method) ?? 0) - paid.paidFen);
    this.paidOf.set(paid.stay.uid, (this.paidOf.get(paid.stay.uid) ?? 0) - paid.paidFen);
    if (paid.method === 'card' && paid.stay.terms.id !== null) this.#tookFromCard(paid.stay.terms.id, -paid.paidFen);
  }

  #tookFromCard(cardId: string, fen: number): void {
    this.fromCard.set(cardId, (this.fromCard.get(cardId) ?? 0) + fen);
  }

  #card({ card, why, change, method, paidFen }: EventBody<'card-changed'>, event: JournalEvent): void {
    const before = this.cards.get(card.id);
    this.cards.set(card.id, card);
    if (method !== null && paidFen > 0) this.taken.set(method, (this.taken.get(method) ?? 0) + paidFen);
    if (card.balanceFen < 0 || card.minutesLeft < 0 || card.timesLeft < 0)
      this.#fail('card-below-zero', JSON.stringify(card), event);
    if (change === 'added' || why === 'recharged')
      this.rechargedFen.set(
        card.id,
        (this.rechargedFen.get(card.id) ?? 0) + card.balanceFen - (before?.balanceFen ?? 0),
      );
  }
}
