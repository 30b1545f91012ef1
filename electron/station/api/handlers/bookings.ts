import { fromRfc3339 } from '../../../../shared/domain/time.ts';
import { actorOf, type Guarded, may } from '../base.ts';
import type { Principal } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import { platePart, toPage } from '../paging.ts';
import { bookingView, maybeInstant, visitorView } from '../registry-views.ts';

/** 预约车 and 访客车. */

/** Only what is over by now, or only what is not. */
const ended = (over: 'true' | 'false' | undefined, now: number) =>
  over === undefined ? {} : over === 'true' ? { endsBefore: now } : { endsAfter: now };

export function bookingHandlers(os: Guarded, { reader, registry, clock }: ApiDeps) {
  const { bookings } = registry;
  return {
    list: os.bookings.list.handler(async ({ input, signal }) => {
      const found = await reader.registry(
        'bookings',
        { plate: platePart(input.plate), ...ended(input.over, clock.now()), ...toPage(input) },
        signal,
      );
      return { items: found.items.map(bookingView), total: found.total, page: input.page, pageSize: input.pageSize };
    }),
    create: os.bookings.create.handler(({ input, context }) => {
      const { immediate, from, to, ...given } = input;
      const booking = { ...given, from: fromRfc3339(from), to: fromRfc3339(to) };
      return bookingView(bookings.put(booking, { immediate }, actorOf(context.user)));
    }),
    change: os.bookings.change.handler(({ input, context }) => {
      const { id, ...given } = input;
      const change = { ...given, from: maybeInstant(given.from), to: maybeInstant(given.to) };
      return bookingView(bookings.change(id, change, actorOf(context.user)));
    }),
    cancel: os.bookings.cancel.handler(({ input, context }) =>
      bookingView(bookings.cancel(input.id, actorOf(context.user), input.reason)),
    ),
    remove: os.bookings.remove.handler(({ input, context }) => {
      bookings.cancel(input.id, actorOf(context.user), input.reason);
      return {};
    }),
  };
}

/** Entries of one visit that an attendant announces. */
const ATTENDANT_VISITS = 3;

export function visitorHandlers(os: Guarded, { reader, registry, site, clock }: ApiDeps) {
  const { visitors } = registry;
  const limitOf = (user: Principal | null) =>
    may(user, 'visitor.unlimited') ? null : { hours: site.rules.attendantVisitorHours, visits: ATTENDANT_VISITS };
  return {
    list: os.visitors.list.handler(async ({ input, signal }) => {
      const found = await reader.registry(
        'visitors',
        { plate: platePart(input.plate), ...ended(input.over, clock.now()), ...toPage(input) },
        signal,
      );
      return { items: found.items.map(visitorView), total: found.total, page: input.page, pageSize: input.pageSize };
    }),
    create: os.visitors.create.handler(({ input, context }) => {
      const limit = limitOf(context.user);
      // Left open it would be any number of entries, which is not an attendant's to give.
      const visitsLeft = input.visitsLeft === undefined && limit ? 1 : input.visitsLeft;
      const visitor = { ...input, visitsLeft, from: fromRfc3339(input.from), to: fromRfc3339(input.to) };
      return visitorView(visitors.put(visitor, undefined, actorOf(context.user), limit));
    }),
    change: os.visitors.change.handler(({ input, context }) => {
      const { id, ...given } = input;
      const change = { ...given, from: maybeInstant(given.from), to: maybeInstant(given.to) };
      return visitorView(visitors.change(id, change, actorOf(context.user), limitOf(context.user)));
    }),
    cancel: os.visitors.cancel.handler(({ input, context }) =>
      visitorView(visitors.cancel(input.id, actorOf(context.user), input.reason)),
    ),
  };
}
