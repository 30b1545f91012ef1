import { ORPCError } from '@orpc/server';
import type { UserView } from '../../../shared/contract/base.ts';
import type { LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { passageRulesSchema } from '../../../shared/domain/passage-rules.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { bill, plate, stay, told } from './build.ts';
import { changeOrder, changeOrderBecomes } from './change-handlers.ts';
import { storedStay } from './events.ts';
import type { FakeStation } from './fake-station.ts';
import { type FakeConnection, os } from './implementer.ts';

type Action = 'open' | 'close' | 'hold' | 'release-hold';

export function laneHandlers(station: FakeStation, needUser: (context: FakeConnection) => UserView) {
  const conflict = (reason: string) =>
    new ORPCError('CONFLICT', { message: '当前状态不允许此操作', data: { reason }, defined: true });
  /** Refuses when the caller saw another car. */
  const sameCar = (lane: LaneView, passageId: string | undefined): void => {
    if (passageId !== undefined && lane.passage?.id !== passageId) throw conflict('other-car');
  };
  const moved = (action: Action): Pick<LaneView, 'barrier'> => ({
    barrier: {
      arm: action === 'open' || action === 'hold' ? 'open' : 'closed',
      held: action === 'hold',
      lastCommand: told(action, 0, { at: toRfc3339(station.now()) }),
    },
  });
  /** The car is known by now: an entry lets it in, an exit bills it. */
  const decided = (lane: LaneView, passage: PassageView): LaneView =>
    lane.direction === 'in'
      ? station.changeLane(lane.id, { phase: 'cleared', passage, ...moved('open') })
      : station.changeLane(lane.id, { phase: 'charging', passage: { ...passage, bill: passage.bill ?? bill() } });
  const known = (passage: PassageView): PassageView => ({
    ...passage,
    attention: null,
    candidates: [],
    entryPhotoId: 'entry',
    stay: passage.stay ?? stay(passage.plate, 93_900),
  });
  const { lanes } = os;
  return {
    list: lanes.list.handler(({ context }) => {
      needUser(context);
      return [...station.scene.lanes];
    }),
    get: lanes.get.handler(({ input }) => station.lane(input.id)),
    open: lanes.open.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.open', input);
      return station.changeLane(input.id, moved('open'));
    }),
    close: lanes.close.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.close', input);
      return station.changeLane(input.id, moved('close'));
    }),
    hold: lanes.hold.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.hold', input);
      return station.changeLane(input.id, moved(input.on ? 'hold' : 'release-hold'));
    }),
    correctPlate: lanes.correctPlate.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.correctPlate', input);
      const lane = station.lane(input.id);
      sameCar(lane, input.passageId);
      if (!lane.passage) throw conflict('no-car');
      const corrected = { ...lane.passage, readPlate: lane.passage.plate, plate: plate(input.plate, input.plateColor) };
      return station.changeLane(input.id, { passage: corrected });
    }),
    collect: lanes.collect.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.collect', input);
      const lane = station.lane(input.id);
      sameCar(lane, input.passageId);
      if (lane.phase !== 'charging') throw conflict('nothing-due');
      const { bill: due } = lane.passage ?? {};
      if (input.part && due && input.amountFen < due.dueFen) return partPaid(station, lane, input);
      if (due?.toPayFen !== input.amountFen) throw conflict('amount-differs');
      const cleared = station.changeLane(input.id, { phase: 'cleared', ...moved('open') });
      const overFen = (input.receivedFen ?? 0) - input.amountFen;
      if (input.change !== 'code' || overFen <= 0) return cleared;
      changeOrderBecomes(station, changeOrder(station, input.id, overFen));
      return station.lane(input.id);
    }),
    approve: lanes.approve.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.approve', input);
      const lane = station.lane(input.id);
      sameCar(lane, input.passageId);
      const { passage } = lane;
      if (!passage?.approvable) throw conflict('nothing-to-approve');
      if (passage.needsReason && input.reason === undefined) throw conflict('reason-needed');
      return decided(lane, { ...passage, attention: null, approvable: false, needsReason: false });
    }),
    pickStay: lanes.pickStay.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.pickStay', input);
      const lane = station.lane(input.id);
      sameCar(lane, input.passageId);
      if (!lane.passage) throw conflict('no-car');
      return decided(lane, known(lane.passage));
    }),
    backFill: lanes.backFill.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.backFill', input);
      const lane = station.lane(input.id);
      sameCar(lane, input.passageId);
      if (!lane.passage) throw conflict('no-car');
      return decided(lane, known(lane.passage));
    }),
    fixedFee: lanes.fixedFee.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.fixedFee', input);
      const lane = station.lane(input.id);
      sameCar(lane, input.passageId);
      if (!lane.passage) throw conflict('no-car');
      return decided(lane, known(lane.passage));
    }),
    identify: lanes.identify.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.identify', input);
      const lane = station.lane(input.id);
      if (!lane.passage) throw conflict('no-car');
      return decided(lane, { ...known(lane.passage), identity: input.identity });
    }),
    owe: lanes.owe.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.owe', input);
      sameCar(station.lane(input.id), input.passageId);
      return station.changeLane(input.id, { phase: 'cleared', ...moved('open') });
    }),
    withdraw: lanes.withdraw.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.withdraw', input);
      sameCar(station.lane(input.id), input.passageId);
      return station.changeLane(input.id, { phase: 'idle', passage: null });
    }),
    refresh: lanes.refresh.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.refresh', input);
      sameCar(station.lane(input.id), input.passageId);
      return station.lane(input.id);
    }),
    snapshot: lanes.snapshot.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.snapshot', input);
      sameCar(station.lane(input.id), input.passageId);
      return station.lane(input.id);
    }),
    turn: lanes.turn.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.turn', input);
      return station.changeLane(input.id, { direction: input.direction });
    }),
    rules: lanes.rules.handler(({ context }) => {
      needUser(context);
      return station.scene.rules;
    }),
    changeRules: lanes.changeRules.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.changeRules', input);
      const rules = passageRulesSchema.parse({ ...station.scene.rules, ...input });
      station.change({ rules });
      return rules;
    }),
    release: lanes.release.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.release', input);
      sameCar(station.lane(input.id), input.passageId);
      return station.changeLane(input.id, { phase: 'cleared', ...moved('open') });
    }),
    cancel: lanes.cancel.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('lanes.cancel', input);
      sameCar(station.lane(input.id), input.passageId);
      return station.changeLane(input.id, { phase: 'idle', passage: null });
    }),
  };
}

/** A part was paid: a bill over the rest stands there from now on, and the journal tells of the part. */
function partPaid(
  station: FakeStation,
  lane: LaneView,
  { amountFen, method }: { readonly amountFen: number; readonly method: 'cash' | 'pos' },
): LaneView {
  const { passage } = lane;
  if (!passage?.bill || !passage.stay) return lane;
  const before = passage.bill;
  const paidAt = station.now();
  station.addEvent({
    ...{ kind: 'bill-paid', key: passage.stay.uid, laneId: lane.id, passageId: passage.id },
    actor: { kind: 'user', name: station.scene.user.name },
    body: {
      ...{ billId: before.id, lane: { id: lane.id, name: lane.name, number: lane.number }, method, scene: 'gate' },
      ...{ chargeFen: before.chargeFen, dueFen: amountFen, paidFen: amountFen, via: null, steps: [] },
      ...{ billedAt: paidAt, paidAt, stay: storedStay(passage.plate, amountFen) },
    },
  });
  const rest = { ...before, id: `${before.id}-rest`, paidFen: before.paidFen + amountFen };
  const left = { dueFen: before.dueFen - amountFen, toPayFen: before.toPayFen - amountFen };
  return station.changeLane(lane.id, { passage: { ...passage, bill: { ...rest, ...left } } });
}
