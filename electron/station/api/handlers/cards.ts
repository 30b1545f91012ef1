import type { PaymentMethod } from '../../../../shared/domain/money-flow.ts';
import { ownShift } from '../../payments/cash-shift.ts';
import { cardKey } from '../../registry/cards.ts';
import { eventsFor } from '../attendant-events.ts';
import { actorOf, demand, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { platePart, toPage } from '../paging.ts';
import { cardView, instants, planView } from '../registry-views.ts';
import { eventView } from '../views.ts';

const DAY_MS = 86_400_000;

/** What an attendant can have in hand. That somebody paid by phone is known by the payment, not by the attendant's word. */
const AT_THE_BOOTH: ReadonlySet<PaymentMethod | null> = new Set([null, 'cash', 'pos']);

export function cardHandlers(os: Guarded, { store, reader, clock, registry, site }: ApiDeps) {
  const { cards, recharges } = registry;
  return {
    list: os.cards.list.handler(async ({ input, signal }) => {
      const { endingWithinDays: days, type, state, text } = input;
      const now = clock.now();
      const ending = days === undefined ? {} : { endsAfter: now, endsBefore: now + days * DAY_MS };
      const found = await reader.registry(
        'cards',
        {
          plate: platePart(input.plate),
          text,
          type,
          state,
          ...ending,
          ...toPage(input),
        },
        signal,
      );
      return { items: found.items.map(cardView), total: found.total, page: input.page, pageSize: input.pageSize };
    }),
    get: os.cards.get.handler(({ input }) => cardView(cards.get(store.read, input.id))),
    history: os.cards.history.handler(async ({ input, signal, context }) => {
      const { id } = cards.get(store.read, input.id);
      const { before, limit } = input;
      const found = await reader.journal({ key: cardKey(id), before, limit }, signal);
      return eventsFor(context.user, found.map(eventView));
    }),
    create: os.cards.create.handler(({ input, context }) => {
      const { validFrom, validTo } = instants(input);
      return cardView(cards.create({ ...input, validFrom, validTo: validTo ?? 0 }, actorOf(context.user)));
    }),
    change: os.cards.change.handler(({ input, context }) =>
      cardView(cards.change(input.id, { ...input, ...instants(input) }, actorOf(context.user))),
    ),
    plates: os.cards.plates.handler(({ input, context }) =>
      cardView(cards.plates(input.id, input, actorOf(context.user))),
    ),
    replacePlate: os.cards.replacePlate.handler(({ input, context }) =>
      cardView(cards.plates(input.id, { how: 'replace', ...input }, actorOf(context.user))),
    ),
    suspend: os.cards.suspend.handler(({ input, context }) =>
      cardView(cards.suspend(input.id, input.suspended, input.reason, actorOf(context.user))),
    ),
    cancel: os.cards.cancel.handler(({ input, context }) =>
      cardView(cards.cancel(input.id, input.reason, actorOf(context.user))),
    ),
    remove: os.cards.remove.handler(({ input, context }) => {
      cards.cancel(input.id, input.reason ?? '注销', actorOf(context.user));
      return {};
    }),
    recharge: os.cards.recharge.handler(({ input, context }) => {
      const { id, what, from, orderNo = null, method = null } = input;
      const { user } = context;
      if (!('planId' in what)) demand(user, 'card.recharge-free', '不按充值规则的充值须由车场经理办理');
      if (!AT_THE_BOOTH.has(method)) demand(user, 'card.recharge-free', '收费员充值只能收现金或刷卡');
      const actor = actorOf(user);
      const shiftId = () => (method === 'cash' ? ownShift(store.read, actor, site.rules) : null);
      return cardView(recharges.recharge(id, { what, from, orderNo, method, shiftId }, actor));
    }),
  };
}

export function rechargePlanHandlers(os: Guarded, { store, registry }: ApiDeps) {
  const { recharges } = registry;
  return {
    list: os.rechargePlans.list.handler(() => store.read.rechargePlans.all().map(planView)),
    create: os.rechargePlans.create.handler(({ input, context }) =>
      planView(recharges.putPlan(input, null, actorOf(context.user))),
    ),
    update: os.rechargePlans.update.handler(({ input, context }) => {
      const { id, ...plan } = input;
      return planView(recharges.putPlan(plan, id, actorOf(context.user)));
    }),
    remove: os.rechargePlans.remove.handler(({ input, context }) => {
      recharges.removePlan(input.id, actorOf(context.user));
      return {};
    }),
  };
}
