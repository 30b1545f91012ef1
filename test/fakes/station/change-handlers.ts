import { ORPCError } from '@orpc/server';
import type { UserView } from '../../../shared/contract/base.ts';
import type { ChangeOrderView } from '../../../shared/contract/change-orders.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import type { FakeStation } from './fake-station.ts';
import { type FakeConnection, os } from './implementer.ts';

/** Change that a platform gives, where the scene has one. */
export function changeHandlers(station: FakeStation, needUser: (context: FakeConnection) => UserView) {
  const { changeOrders, tickets } = os;
  const found = (id: string): ChangeOrderView => {
    const order = station.changeOrders.find((each) => each.id === id);
    if (!order) throw new ORPCError('NOT_FOUND', { message: '没有找到' });
    return order;
  };
  return {
    tickets: {
      pages: tickets.pages.handler(({ context }) => {
        needUser(context);
        const { changePlatform: platform = null, entryPage = null } = station.scene;
        return { entry: entryPage, change: platform === null ? null : { platform } };
      }),
    },
    changeOrders: {
      list: changeOrders.list.handler(({ input, context }) => {
        needUser(context);
        const items = station.changeOrders.filter((each) => input.state === undefined || each.state === input.state);
        return { items, total: items.length, page: input.page, pageSize: input.pageSize };
      }),
      get: changeOrders.get.handler(({ input, context }) => {
        needUser(context);
        return found(input.id);
      }),
      settle: changeOrders.settle.handler(async ({ input, context }) => {
        const { name } = needUser(context);
        await station.act('changeOrders.settle', input);
        const order = found(input.id);
        if (order.state !== 'open')
          throw new ORPCError('CONFLICT', { message: '已找零', data: { reason: 'change-over' } });
        const settled = { why: 'cash', by: name, at: toRfc3339(station.now()) } as const;
        return changeOrderBecomes(station, { ...order, state: 'by-hand', url: null, settled });
      }),
    },
  };
}

/** A driver of the car at this lane is to get so much on the phone. */
export function changeOrder(station: FakeStation, laneId: string, amountFen: number): ChangeOrderView {
  const { passage } = station.lane(laneId);
  const payFen = passage?.bill?.toPayFen ?? 0;
  const id = String(700_000_000_001 + station.changeOrders.length);
  return {
    ...{ id, platform: 'keytop', state: 'open', uid: passage?.stay?.uid ?? '', identity: null },
    plate: passage?.plate ?? { text: '', color: 'unknown', kind: 'none' },
    ...{ payFen, receivedFen: payFen + amountFen, amountFen, laneId, cashier: '王秀兰' },
    ...{ paidAt: toRfc3339(station.now()), method: null, account: null, givenAt: null, settled: null },
    url: `https://pay.example/change?orderNo=${id}`,
  };
}

/** The order as it is from now on: in the list, at its lane, and in the journal. */
export function changeOrderBecomes(station: FakeStation, order: ChangeOrderView): ChangeOrderView {
  const at = station.changeOrders.findIndex(({ id }) => id === order.id);
  if (at < 0) station.changeOrders.unshift(order);
  else station.changeOrders[at] = order;
  const lane = station.scene.lanes.find(({ id }) => id === order.laneId);
  if (lane?.passage?.stay?.uid === order.uid)
    station.changeLane(lane.id, { passage: { ...lane.passage, changeOrders: [order] } });
  station.addEvent({
    ...{ kind: 'change-order-changed', key: order.uid, laneId: order.laneId, passageId: null },
    ...{ actor: { kind: 'station', name: 'station' }, body: { change: at < 0 ? 'opened' : 'given', order } },
  });
  return order;
}
