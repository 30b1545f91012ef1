import { safe } from '@orpc/client';
import type { LaneView } from '../../../shared/contract/lanes.ts';
import { applyLane, useLive } from '../../lib/station/live.ts';
import { useSession } from '../../lib/station/session.ts';
import type { SuccessKey } from './notice.ts';
import { type Problem, problemOf } from './problem.ts';
import { type Pending, refocus, useBooth } from './store.ts';

/** A car must have been on screen this long before a key lets it go: the press may have been meant for the one before. */
const SETTLE_MS = 500;

export type Params = Readonly<Record<string, string>>;

/** Acts after whose failure a person must know where the money is. */
const money = new Set<Pending['act']>([
  'collect',
  'pos',
  'part',
  'charge',
  'release',
  'owe',
  'withdraw',
  'approve',
  'pick',
]);

export function problem(found: Problem, act: Pending['act']): void {
  useBooth.setState({ notice: { tone: 'problem', ...found, moneyAct: money.has(act) } });
}

export const justChanged = (): boolean => performance.now() - useBooth.getState().shown.since < SETTLE_MS;

/** Runs one act: at most one at a time, its answer shown at once, its failure in words. */
export async function run(
  pending: Pending,
  call: () => Promise<LaneView>,
  done: SuccessKey | ((lane: LaneView) => SuccessKey),
  params: Params | ((lane: LaneView) => Params),
): Promise<boolean> {
  if (useBooth.getState().pending) return false;
  if (useSession.getState().link !== 'online') {
    problem({ key: 'offline', params: {} }, pending.act);
    return false;
  }
  useBooth.setState({ pending, notice: null });
  const result = await safe(Promise.resolve().then(call));
  useBooth.setState({ pending: null });
  if (!result.isSuccess) {
    problem(problemOf(result.error), pending.act);
    return false;
  }
  const lane = result.data;
  useBooth.setState((state) => ({
    notice: {
      tone: 'done',
      key: typeof done === 'function' ? done(lane) : done,
      params: typeof params === 'function' ? params(lane) : params,
    },
    collected:
      (pending.act === 'collect' || pending.act === 'pos') && lane.phase !== 'charging' && pending.passageId
        ? [pending.passageId, ...state.collected].slice(0, 20)
        : state.collected,
  }));
  applyLane(lane);
  refocus(useLive.getState().frame?.lanes ?? []);
  return true;
}

export const plateOf = (lane: LaneView): string => lane.passage?.plate.text ?? '';
