import type { ChangeOrder } from '../../../../shared/domain/change-order.ts';
import { fromRfc3339 } from '../../../../shared/domain/time.ts';
import { actorOf, type Guarded } from '../base.ts';
import { changeOrderView } from '../change-order-view.ts';
import type { ApiDeps } from '../deps.ts';
import { toPage } from '../paging.ts';

const instant = (text: string | undefined): number | undefined => (text === undefined ? undefined : fromRfc3339(text));

/** 找零订单, and the codes on tickets. */
export function changeOrderHandlers(os: Guarded, { store, payments }: ApiDeps) {
  const { changeOrders } = payments;
  const view = (order: ChangeOrder) => changeOrderView(order, changeOrders.page());
  return {
    list: os.changeOrders.list.handler(({ input }) => {
      const { page, pageSize, state, text } = input;
      const time = { from: instant(input.from), to: instant(input.to) };
      const found = store.read.changeOrders.search({ state, text: text || undefined, ...time, ...toPage(input) });
      return { items: found.items.map(view), total: found.total, page, pageSize };
    }),
    get: os.changeOrders.get.handler(({ input }) => view(changeOrders.get(input.id))),
    settle: os.changeOrders.settle.handler(({ input, context }) =>
      view(changeOrders.settle(input.id, actorOf(context.user))),
    ),
  };
}

export function ticketHandlers(os: Guarded, { payments, entryPage }: ApiDeps) {
  return {
    pages: os.tickets.pages.handler(() => {
      const change = payments.changeOrders.page();
      return { entry: entryPage(), change: change ? { platform: change.platform } : null };
    }),
  };
}
