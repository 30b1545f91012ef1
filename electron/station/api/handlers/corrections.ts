import { toPlate } from '../../../../shared/domain/plates.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { standsAt } from '../../lanes/standing.ts';
import { correctStay } from '../../registry/corrections.ts';
import { closeStays, youngOnes } from '../../registry/stale.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { maybeInstant } from '../registry-views.ts';
import { stayView } from '../views.ts';

export function correctionHandlers(os: Guarded, deps: ApiDeps) {
  const { store, clock, site, areas, lanes, laneOf } = deps;
  const work = { store, clock, site, areas, laneOf, spaces: () => lanes.spaces() };
  const dueFen = (stay: Stay): number => Math.max(0, lanes.account(stay)?.dueFen ?? 0);
  return {
    correct: os.corrections.correct.handler(({ input, context }) => {
      const { uid, plate, plateColor, vehicleClass, feeFen, reason } = input;
      return stayView(
        correctStay(
          work,
          uid,
          {
            plate: plate === undefined ? undefined : toPlate(plate, plateColor),
            enteredAt: maybeInstant(input.enteredAt),
            vehicleClass,
            feeFen,
            void: input.void,
            reason,
          },
          actorOf(context.user),
        ),
      );
    }),
    closeStale: os.corrections.closeStale.handler(async ({ input, context }) => {
      const { closed, skipped } = await closeStays(
        { ...work, dueFen, standsAt: (stay) => standsAt(lanes, stay) },
        input.which,
        input.reason,
        actorOf(context.user),
      );
      return { closed, skipped: [...skipped] };
    }),
    closeCheck: os.corrections.closeCheck.handler(async ({ input }) => {
      const { young, dueFen: due, first } = await youngOnes({ ...work, dueFen }, input.which);
      return { young, dueFen: due, first: first.map((each) => ({ stay: stayView(each.stay), dueFen: each.dueFen })) };
    }),
  };
}
