import type { LaneView } from '../../../shared/contract/lanes.ts';
import type { ShiftView } from '../../../shared/contract/shifts.ts';
import { station } from '../../lib/station/client.ts';
import { useLive } from '../../lib/station/live.ts';
import { may, type User, useSession } from '../../lib/station/session.ts';
import { type ShiftDialog, useShift } from './store.ts';

export const boothsOf = (lanes: readonly Pick<LaneView, 'booth'>[]): readonly string[] =>
  [...new Set(lanes.map(({ booth }) => booth))].sort();

/** The booth of this window: the one chosen on this PC where it still exists, else the first. */
export function boothHere(booths: readonly string[], chosen: string | null): string {
  return chosen !== null && booths.includes(chosen) ? chosen : (booths[0] ?? '');
}

export function useBooths(): readonly string[] {
  const lanes = useLive((state) => state.frame?.lanes);
  return boothsOf(lanes ?? []);
}

export function useBoothHere(): string {
  return boothHere(
    useBooths(),
    useShift((state) => state.chosenBooth),
  );
}

/** How things stand at a drawer, for one person. */
export interface Standing {
  /** The own shift that is not handed over yet. */
  readonly own: ShiftView | null;
  /** Handed over by somebody, and taken over by nobody. */
  readonly waiting: ShiftView | null;
  /** Of others, and not counted yet: one may stand in for it. */
  readonly others: ShiftView | null;
  /** Somebody stands in for the own shift. */
  readonly relieved: boolean;
}

export function standingOf(shifts: readonly ShiftView[], name: string): Standing {
  const running = shifts.filter(({ state }) => state !== 'closed');
  const own = running.find(({ cashier }) => cashier === name) ?? null;
  const others = running.filter((shift) => shift.cashier !== name);
  return {
    own,
    waiting: shifts.find(({ state, confirmedAt }) => state === 'closed' && confirmedAt === null) ?? null,
    others: others.find(({ kind, state }) => kind === 'normal' && state !== 'counted') ?? others[0] ?? null,
    relieved: own !== null && others.some(({ standsInFor }) => standsInFor === own.id),
  };
}

/** Asked now: while the screen was locked nobody heard of the shifts. */
export async function askStanding(name: string): Promise<Standing> {
  const booth = boothHere(boothsOf(useLive.getState().frame?.lanes ?? []), useShift.getState().chosenBooth);
  const answer = await station().shifts.current({ booth });
  useShift.setState(answer);
  return standingOf(answer.standing, name);
}

export function useStanding(): Standing {
  const shifts = useShift((state) => state.standing);
  const name = useSession((state) => state.user?.name ?? '');
  return standingOf(shifts ?? [], name);
}

/** What this person can do at this drawer now, in the order of the menu. */
export function offered(standing: Standing, user: User | null): readonly ShiftDialog[] {
  const { own, waiting, others, relieved } = standing;
  const work = may(user, 'shift.work');
  const acts: (readonly [ShiftDialog, boolean])[] = [
    ['start', work && own === null && waiting === null && others === null],
    ['takeOver', work && waiting !== null],
    ['payOut', own?.state === 'open' && may(user, 'shift.pay-out')],
    ['resume', work && own?.state === 'break' && !relieved],
    ['handover', work && own !== null && !relieved],
    [
      'relief',
      own === null &&
        others !== null &&
        others.kind === 'normal' &&
        others.state !== 'counted' &&
        may(user, 'shift.relief'),
    ],
    ['report', work],
    ['password', true],
  ];
  return acts.flatMap(([dialog, open]) => (open ? [dialog] : []));
}
