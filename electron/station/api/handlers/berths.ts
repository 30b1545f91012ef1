import type { BerthView } from '../../../../shared/contract/berths.ts';
import type { Berth } from '../../../../shared/domain/berth.ts';
import { toPlate } from '../../../../shared/domain/plates.ts';
import { fromRfc3339, toRfc3339 } from '../../../../shared/domain/time.ts';
import { berthView, berthViews } from '../../berths/view.ts';
import { NotFoundError } from '../../runtime/errors.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';

export function berthHandlers(os: Guarded, deps: ApiDeps) {
  const { store, clock, lanes, berthDesk, watchOf } = deps;
  const { berths } = deps.registry;
  const sources = { read: store.read, lanes, park: { watchOf } };
  const view = (berth: Berth): BerthView => berthView(berth, sources);
  const viewOf = (id: string): BerthView => {
    const berth = store.read.berths.get(id);
    if (!berth) throw new NotFoundError('没有这个泊位');
    return view(berth);
  };
  return {
    list: os.berths.list.handler(async () => ({
      at: toRfc3339(clock.now()),
      rows: await berthViews(store.read.berths.all(), sources, clock),
    })),
    add: os.berths.add.handler(({ input, context }) => view(berths.add(input, actorOf(context.user)))),
    update: os.berths.update.handler(({ input: { id, ...change }, context }) =>
      view(berths.update(id, change, actorOf(context.user))),
    ),
    remove: os.berths.remove.handler(({ input, context }) => {
      berths.remove(input.id, actorOf(context.user), input.reason);
      return {};
    }),
    observe: os.berths.observe.handler(({ input, context }) => {
      const { id, occupied, at, plate = '', plateColor = 'unknown', vehicleClass, reason } = input;
      berthDesk.observe(
        {
          berthId: id,
          occupied,
          at: at === undefined ? clock.now() : fromRfc3339(at),
          plate: plate === '' ? null : toPlate(plate, plateColor),
          vehicleClass,
          reason,
        },
        actorOf(context.user),
      );
      return viewOf(id);
    }),
    identify: os.berths.identify.handler(({ input, context }) => {
      const { id, uid, plate, plateColor = 'unknown', vehicleClass } = input;
      berthDesk.identify({ berthId: id, uid, plate: toPlate(plate, plateColor), vehicleClass }, actorOf(context.user));
      return viewOf(id);
    }),
  };
}
