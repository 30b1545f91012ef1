import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { platePart, toPage } from '../paging.ts';
import { couponView, instants, merchantView } from '../registry-views.ts';

export function merchantHandlers(os: Guarded, { store, registry }: ApiDeps) {
  const { merchants } = registry;
  return {
    list: os.merchants.list.handler(() => store.read.merchants.all().map(merchantView)),
    create: os.merchants.create.handler(({ input, context }) =>
      merchantView(merchants.put(input, null, actorOf(context.user))),
    ),
    change: os.merchants.change.handler(({ input, context }) =>
      merchantView(merchants.put(input, input.id, actorOf(context.user))),
    ),
  };
}

export function couponHandlers(os: Guarded, { reader, registry }: ApiDeps) {
  const { merchants } = registry;
  return {
    list: os.coupons.list.handler(async ({ input, signal }) => {
      const { merchantId, state } = input;
      const found = await reader.registry(
        'coupons',
        { plate: platePart(input.plate), merchantId, state, ...toPage(input) },
        signal,
      );
      return { items: found.items.map(couponView), total: found.total, page: input.page, pageSize: input.pageSize };
    }),
    give: os.coupons.give.handler(({ input, context }) => {
      const { validFrom, validTo } = instants(input);
      return couponView(merchants.give({ ...input, validFrom, validTo: validTo ?? 0 }, actorOf(context.user)));
    }),
    cancel: os.coupons.cancel.handler(({ input, context }) =>
      couponView(merchants.cancel(input.id, actorOf(context.user), input.reason)),
    ),
  };
}
