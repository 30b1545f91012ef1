import type { LaneView } from '../../../../shared/contract/lanes.ts';
import { toPlate } from '../../../../shared/domain/plates.ts';
import { fromRfc3339 } from '../../../../shared/domain/time.ts';
import { awaitsPrice } from '../../lanes/priced.ts';
import { ConflictError, NotFoundError } from '../../runtime/errors.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';

/** What a car without an entry pays here: the site's fixed amount, else the tariff's price of a lost ticket. Fen. */
function usualFee({ site, lanes, pricing, tariffs }: ApiDeps, laneId: string): number | null {
  if (site.rules.missingEntryFen !== null) return site.rules.missingEntryFen;
  const lane = lanes.lane(laneId);
  const plate = lanes.state(laneId).passage?.plate;
  const vehicleClass = plate ? pricing.vehicleClassOf(plate) : site.defaultVehicleClass;
  return (
    tariffs.lostTicket({ vehicleClass, plate, cardType: 'temporary', areaId: lane.area }, lane.tariff)?.feeFen ?? null
  );
}

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
      const { id, passageId, receivedFen, ...rest } = input;
      const actor = actorOf(context.user);
      lanes.order(id, { type: 'collect', ...rest, receivedFen: receivedFen ?? null, actor }, passageId);
      return view(id);
    }),
    approve: os.lanes.approve.handler(({ input, context }) => {
      const reason = input.reason ?? null;
      lanes.order(input.id, { type: 'approve', reason, actor: actorOf(context.user) }, input.passageId);
      return view(input.id);
    }),
    pickStay: os.lanes.pickStay.handler(({ input, context }) => {
      lanes.order(input.id, { type: 'pick-stay', uid: input.uid, actor: actorOf(context.user) }, input.passageId);
      return view(input.id);
    }),
    backFill: os.lanes.backFill.handler(({ input, context }) => {
      const { proof } = input;
      const enteredAt = fromRfc3339(input.enteredAt);
      lanes.order(input.id, { type: 'back-fill', enteredAt, proof, actor: actorOf(context.user) }, input.passageId);
      return view(input.id);
    }),
    fixedFee: os.lanes.fixedFee.handler(({ input, context }) => {
      // What is still to pay in place of a price that nobody told: neither the fee of a car without an entry, nor less than that.
      const usual = awaitsPrice(lanes.state(lanes.lane(input.id).id)) ? null : usualFee(deps, input.id);
      const amountFen = input.amountFen ?? usual;
      if (amountFen === null) throw new ConflictError('amount-needed', '没有设定固定金额，请填写金额');
      // Less than the site's own amount is a gift: not the attendant's to make.
      if (usual !== null && amountFen < usual && context.user?.role === 'attendant')
        throw new ConflictError('below-fixed-fee', '低于本停车场的固定金额，须由车场经理办理');
      const { reason } = input;
      lanes.order(input.id, { type: 'fixed-fee', amountFen, reason, actor: actorOf(context.user) }, input.passageId);
      return view(input.id);
    }),
    identify: os.lanes.identify.handler(({ input, context }) => {
      lanes.identify(input.id, input.identity, actorOf(context.user), input.passageId);
      return view(input.id);
    }),
    owe: os.lanes.owe.handler(({ input, context }) => {
      lanes.order(input.id, { type: 'owe', reason: input.reason, actor: actorOf(context.user) }, input.passageId);
      return view(input.id);
    }),
    withdraw: os.lanes.withdraw.handler(({ input, context }) => {
      lanes.order(input.id, { type: 'withdraw', reason: input.reason, actor: actorOf(context.user) }, input.passageId);
      return view(input.id);
    }),
    refresh: os.lanes.refresh.handler(({ input, context }) => {
      lanes.order(input.id, { type: 'refresh', actor: actorOf(context.user) }, input.passageId);
      return view(input.id);
    }),
    snapshot: os.lanes.snapshot.handler(async ({ input, context }) => {
      await lanes.retake(input.id, actorOf(context.user), input.passageId);
      return view(input.id);
    }),
    turn: os.lanes.turn.handler(({ input, context }) => {
      lanes.order(input.id, { type: 'turn', direction: input.direction, actor: actorOf(context.user) });
      return view(input.id);
    }),
    rules: os.lanes.rules.handler(() => deps.site.rules),
    changeRules: os.lanes.changeRules.handler(({ input, context }) => deps.rules.change(input, actorOf(context.user))),
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
