import type { LaneView } from '../../../../shared/contract/lanes.ts';
import { toPlate } from '../../../../shared/domain/plates.ts';
import { NotFoundError } from '../../runtime/errors.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';

export function laneHandlers(os: Guarded, deps: ApiDeps) {
  const { lanes } = deps;
  const view = (id: string): LaneView => {
    const found = deps.laneViews().find((lane) => lane.id === id);
    if (!found) throw new NotFoundError(`没有车道 ${id}`);
    return found;
  };
  return {
    list: os.lanes.list.handler(() => deps.laneViews()),
    get: os.lanes.get.handler(({ input }) => view(input.id)),
    open: os.lanes.open.handler(({ input, context }) => {
      lanes.gate(input.id, 'open', input.reason, actorOf(context.user));
      return view(input.id);
    }),
    close: os.lanes.close.handler(({ input, context }) => {
      lanes.gate(input.id, 'close', input.reason ?? null, actorOf(context.user));
      return view(input.id);
    }),
    hold: os.lanes.hold.handler(({ input, context }) => {
      lanes.gate(input.id, input.on ? 'hold' : 'release-hold', input.reason, actorOf(context.user));
      return view(input.id);
    }),
    correctPlate: os.lanes.correctPlate.handler(({ input, context }) => {
      const plate = toPlate(input.plate, input.plateColor);
      lanes.order(input.id, { type: 'correct-plate', plate, actor: actorOf(context.user) }, input.passageId);
      return view(input.id);
    }),
    collect: os.lanes.collect.handler(({ input, context }) => {
      const { method, amountFen } = input;
      lanes.order(input.id, { type: 'collect', method, amountFen, actor: actorOf(context.user) }, input.passageId);
      return view(input.id);
    }),
    release: os.lanes.release.handler(({ input, context }) => {
      lanes.order(input.id, { type: 'release', reason: input.reason, actor: actorOf(context.user) }, input.passageId);
      return view(input.id);
    }),
    cancel: os.lanes.cancel.handler(({ input, context }) => {
      lanes.order(input.id, { type: 'cancel', reason: input.reason, actor: actorOf(context.user) }, input.passageId);
      return view(input.id);
    }),
  };
}
