import type { JournalEvent } from '../../../shared/domain/events.ts';
import type { RegistryChange } from '../../../shared/domain/registry.ts';
import type { Repositories } from './repositories.ts';

/**
 * What an event means for the tables: the state is what the journal adds up to. Runs in the transaction that appends the
 * event, so neither is ever there without the other. Kinds that only tell a story change no table.
 */
export function applyEvent(event: JournalEvent, to: Repositories): void {
  applyToStays(event, to);
  applyToMoney(event, to);
  applyToRegistry(event, to);
  applyToBerths(event, to);
  applyToTariffs(event, to);
  applyToPeople(event, to);
}

function applyToStays(event: JournalEvent, to: Repositories): void {
  switch (event.kind) {
    case 'vehicle-entered':
    case 'vehicle-exited':
    case 'stay-closed':
    case 'area-crossed':
    case 'stay-corrected':
    case 'discount-granted':
      to.stays.put(event.body.stay);
      break;
    case 'plate-corrected':
      if (event.body.stay) to.stays.put(event.body.stay);
      break;
    case 'photo-taken':
      to.photos.put({
        id: event.body.photoId,
        uid: event.body.stay?.uid ?? null,
        passage_id: event.passageId,
        purpose: event.body.purpose,
        taken_at_ms: event.body.takenAt,
        name: event.body.name,
        bytes: event.body.bytes,
        sha256: event.body.sha256,
      });
      break;
    case 'spaces-corrected':
      to.stays.correctCount(
        event.body.areaId ?? '',
        to.stays.correction(event.body.areaId ?? '') + event.body.actualInside - event.body.countedInside,
      );
      break;
    default:
      break;
  }
}

function applyToMoney(event: JournalEvent, to: Repositories): void {
  to.shiftCash.book(event);
  switch (event.kind) {
    case 'bill-issued':
      to.bills.put(event.body.bill);
      break;
    case 'bill-voided':
      to.bills.put({ ...event.body.bill, state: 'void' });
      break;
    case 'bill-paid': {
      to.stays.put(event.body.stay);
      to.payments.insert(event.body, event.actor.name);
      const bill = to.bills.get(event.body.billId);
      if (bill) to.bills.put({ ...bill, state: 'paid' });
      break;
    }
    case 'payment-reversed':
      to.stays.put(event.body.stay);
      to.payments.reverse(event.body.billId);
      break;
    case 'attempt-changed':
      to.attempts.put(event.body.attempt);
      break;
    case 'refund-changed':
      to.refunds.put(event.body.refund);
      break;
    case 'case-changed':
      to.cases.put(event.body.case);
      break;
    case 'gap-changed':
      to.gaps.put(event.body.gap);
      break;
    case 'shift-changed':
      to.shifts.put(event.body.shift);
      break;
    case 'paid-out':
      to.paidOuts.put(event.body.paidOut);
      break;
    case 'change-order-changed':
      to.changeOrders.put(event.body.order);
      break;
    default:
      break;
  }
}

function applyToRegistry(event: JournalEvent, to: Repositories): void {
  switch (event.kind) {
    case 'list-changed':
      change(to.lists, event.body.change, event.body.entry);
      break;
    case 'card-changed':
      change(to.cards, event.body.change, event.body.card);
      if (event.body.orderNo !== undefined)
        to.cards.noteOrder(event.body.orderNo, event.body.card.id, event.body.detail);
      break;
    case 'recharge-plan-changed':
      change(to.rechargePlans, event.body.change, event.body.plan);
      break;
    case 'booking-changed':
      change(to.bookings, event.body.change, event.body.booking);
      break;
    case 'visitor-changed':
      change(to.visitors, event.body.change, event.body.visitor);
      break;
    case 'merchant-changed':
      change(to.merchants, event.body.change, event.body.merchant);
      break;
    case 'coupon-changed':
      change(to.coupons, event.body.change, event.body.coupon);
      break;
    case 'debt-changed':
      change(to.debts, event.body.change, event.body.debt);
      break;
    case 'rules-changed':
      to.meta.put(RULES_KEY, JSON.stringify(event.body.rules));
      break;
    case 'agreement-changed':
      change(to.agreements, event.body.change, event.body.agreement);
      break;
    default:
      break;
  }
}

function applyToBerths(event: JournalEvent, to: Repositories): void {
  if (event.kind === 'berth-observed') to.berthStates.put(event.body.berth.id, event.body.state);
  if (event.kind !== 'berth-changed') return;
  change(to.berths, event.body.change, event.body.berth);
  if (event.body.change === 'removed') to.berthStates.remove(event.body.berth.id);
}

function applyToTariffs(event: JournalEvent, to: Repositories): void {
  switch (event.kind) {
    case 'tariff-drafted':
      change(to.tariffDrafts, event.body.change, event.body.draft);
      break;
    case 'tariff-published':
      to.tariffVersions.put(event.body.published);
      if (event.body.draftId !== null) to.tariffDrafts.remove(event.body.draftId);
      break;
    case 'tariff-withdrawn':
      to.tariffVersions.put(event.body.published);
      break;
    case 'tariff-cases-changed':
      to.tariffCases.put(event.body.set);
      break;
    case 'calendar-changed':
      to.calendars.put({ id: 'calendar', calendar: event.body.calendar });
      break;
    default:
      break;
  }
}

/** Where the passage rules lie that somebody set while the station ran. */
export const RULES_KEY = 'passage-rules';
/** Where the rules lie by which people come and go at the screens. */
export const ACCESS_KEY = 'access-rules';

/** Puts or removes a document, as the event says. */
function change<T extends { readonly id: string }>(
  store: { put(value: T): void; remove(id: string): void },
  how: RegistryChange,
  value: T,
): void {
  if (how === 'removed') store.remove(value.id);
  else store.put(value);
}

function applyToPeople(event: JournalEvent, to: Repositories): void {
  switch (event.kind) {
    case 'user-changed':
      to.users.describe(event.body.account);
      break;
    case 'post-changed':
      if (event.body.change === 'removed') to.posts.remove(event.body.post.id);
      else to.posts.put(event.body.post);
      break;
    case 'access-changed':
      to.meta.put(ACCESS_KEY, JSON.stringify(event.body.rules));
      break;
    default:
      break;
  }
}
