import { ORPCError } from '@orpc/server';
import type { UserView } from '../../../shared/contract/base.ts';
import type { LaneView } from '../../../shared/contract/lanes.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { plate } from './build.ts';
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
      lastCommand: { action, outcome: 'done', at: toRfc3339(station.now()), detail: '' },
    },
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
      if (lane.passage?.bill?.dueFen !== input.amountFen) throw conflict('amount-differs');
      return station.changeLane(input.id, { phase: 'cleared', ...moved('open') });
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
