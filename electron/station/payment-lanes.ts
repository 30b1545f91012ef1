import type { PassageRules } from '../../shared/domain/passage-rules.ts';
import type { LaneRuntime } from './lanes/runtime.ts';
import type { LanesSeen } from './payments/lanes-seen.ts';
import type { Shifts } from './shifts/shifts.ts';

/** The lanes and their drawers, as the payments see them. The lanes are looked up late, because they are built with the payments. */
export function paymentLanes(deps: {
  readonly lanes: () => Pick<LaneRuntime, 'doubts' | 'lane' | 'lanes' | 'state'>;
  readonly shifts: Shifts;
  readonly rules: () => Pick<PassageRules, 'shiftRequired'>;
}): LanesSeen {
  const { shifts, rules } = deps;
  return {
    doubts: (stay) => deps.lanes().doubts(stay),
    standing: () =>
      deps
        .lanes()
        .lanes()
        .flatMap(({ id }) => {
          const { phase, passage } = deps.lanes().state(id);
          if (!passage || phase === 'idle' || phase === 'cleared') return [];
          const { uid, plate, attention, bill } = passage;
          return [{ laneId: id, uid, plate: plate.text, attention, bill }];
        }),
    shiftAt: (laneId, method, actor) => {
      const booth = deps.lanes().lane(laneId).booth ?? '';
      if (method !== 'cash' || actor.kind !== 'user') return shifts.current(booth)?.id ?? null;
      return shifts.till(booth, { cashier: actor.name, shiftRequired: rules().shiftRequired });
    },
  };
}
