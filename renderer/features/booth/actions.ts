import { safe } from '@orpc/client';
import type { LaneView } from '../../../shared/contract/lanes.ts';
import type { PlateColor } from '../../../shared/domain/plate.ts';
import { formatMoney, parseYuan } from '../../lib/format.ts';
import { station } from '../../lib/station/client.ts';
import { applyLane, useLive } from '../../lib/station/live.ts';
import { useSession } from '../../lib/station/session.ts';
import type { SuccessKey } from './notice.ts';
import { type Problem, problemOf } from './problem.ts';
import { closeDialog, type Pending, type ReasonAct, refocus, shownLane, useBooth } from './store.ts';

/** A car must have been on screen this long before a key takes its money: the press may have been meant for the one before. */
const SETTLE_MS = 500;

type Params = Readonly<Record<string, string>>;

function problem(found: Problem, act: Pending['act']): void {
  useBooth.setState({ notice: { tone: 'problem', ...found, moneyAct: act === 'collect' || act === 'release' } });
}

/** Runs one act: at most one at a time, its answer shown at once, its failure in words. */
async function run(
  pending: Pending,
  call: () => Promise<LaneView>,
  done: SuccessKey,
  params: Params,
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
  useBooth.setState((state) => ({
    notice: { tone: 'done', key: done, params },
    collected:
      pending.act === 'collect' && pending.passageId
        ? [pending.passageId, ...state.collected].slice(0, 20)
        : state.collected,
  }));
  applyLane(result.data);
  refocus(useLive.getState().frame?.lanes ?? []);
  return true;
}

const plateName = (lane: LaneView): string => lane.passage?.plate.text ?? '';

/** 收费放行: takes what is due for the car on show, once. */
export async function collect(): Promise<void> {
  const state = useBooth.getState();
  const lane = shownLane();
  const passage = lane?.passage;
  if (state.dialog || state.pending) return;
  if (!lane || !passage || (passage.id && state.collected.includes(passage.id)))
    return problem({ key: 'notCharging', params: {} }, 'collect');
  if (lane.phase === 'attention') return problem({ key: 'needsPerson', params: {} }, 'collect');
  if (lane.phase !== 'charging' || !passage.bill) return problem({ key: 'notCharging', params: {} }, 'collect');
  if (performance.now() - state.shown.since < SETTLE_MS) return problem({ key: 'justChanged', params: {} }, 'collect');
  const amountFen = passage.bill.dueFen;
  const received = state.received ? parseYuan(state.received.text) : undefined;
  if (received !== undefined && received < amountFen)
    return problem({ key: 'short', params: { amount: formatMoney(amountFen - received) } }, 'collect');
  const change = received === undefined ? 0 : received - amountFen;
  await run(
    { act: 'collect', laneId: lane.id, passageId: passage.id },
    () => station().lanes.collect({ id: lane.id, passageId: passage.id, method: 'cash', amountFen }),
    amountFen === 0 ? 'passedFree' : change > 0 ? 'collectedChange' : 'collected',
    { plate: plateName(lane), amount: formatMoney(amountFen), change: formatMoney(change) },
  );
}

/** What the dialogs do once confirmed. `reason` is empty only where the act needs none. */
export async function actWithReason(
  act: ReasonAct,
  laneId: string,
  passageId: string | null,
  reason: string,
): Promise<void> {
  const lane = useLive.getState().frame?.lanes.find((other) => other.id === laneId);
  if (!lane) return;
  const id = laneId;
  const named = passageId === null ? {} : { passageId };
  const acts: Record<ReasonAct, { readonly call: () => Promise<LaneView>; readonly done: SuccessKey }> = {
    release: {
      call: () => station().lanes.release({ id, ...named, reason }),
      done: lane.direction === 'in' ? 'releasedIn' : 'released',
    },
    cancel: { call: () => station().lanes.cancel({ id, ...named, reason }), done: 'cancelled' },
    open: { call: () => station().lanes.open({ id, reason }), done: 'opened' },
    close: { call: () => station().lanes.close(reason === '' ? { id } : { id, reason }), done: 'closed' },
    hold: { call: () => station().lanes.hold({ id, on: true, reason }), done: 'held' },
    'release-hold': { call: () => station().lanes.hold({ id, on: false, reason }), done: 'holdReleased' },
  };
  const chosen = acts[act];
  closeDialog();
  await run({ act, laneId, passageId }, chosen.call, chosen.done, { plate: plateName(lane), lane: lane.name });
}

export async function correctPlate(
  laneId: string,
  passageId: string,
  plate: string,
  plateColor: PlateColor,
): Promise<void> {
  closeDialog();
  await run(
    { act: 'correct', laneId, passageId },
    () => station().lanes.correctPlate({ id: laneId, passageId, plate, plateColor }),
    'corrected',
    { plate },
  );
}

/** Types one key into the change helper of the car on show. */
export function typeReceived(key: string): void {
  const lane = shownLane();
  if (lane?.phase !== 'charging' || !lane.passage) return;
  const passageId = lane.passage.id;
  useBooth.setState((state) => {
    const before = state.received?.passageId === passageId ? state.received.text : '';
    const text = key === 'Backspace' ? before.slice(0, -1) : before + key;
    if (text === '') return { received: null };
    return parseYuan(text) === undefined && text !== '.' ? state : { received: { passageId, text }, notice: null };
  });
}
