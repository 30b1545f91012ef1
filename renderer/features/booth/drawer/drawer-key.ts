import { safe } from '@orpc/client';
import type { LaneView } from '../../../../shared/contract/lanes.ts';
import { station } from '../../../lib/station/client.ts';
import { useLive } from '../../../lib/station/live.ts';
import { may, useSession } from '../../../lib/station/session.ts';
import { type Problem, problemOf } from '../problem.ts';
import { sayOfPrinter } from '../receipt/say.ts';
import { openDialog, shownLane } from '../store.ts';

/** The printer of a lane whose drawer can be opened. */
const printerOf = (lane: LaneView): string | undefined => lane.devices.find(({ drawer }) => drawer === true)?.id;

/** One lane for each drawer of a lane's booth; the lane itself stands for its own. */
export function drawerLanes(lane: LaneView, lanes: readonly LaneView[]): readonly LaneView[] {
  const withDrawer = lanes.filter((each) => each.booth === lane.booth && printerOf(each) !== undefined);
  return withDrawer.filter((each) => {
    const same = withDrawer.filter((other) => printerOf(other) === printerOf(each));
    return (same.find(({ id }) => id === lane.id) ?? same[0])?.id === each.id;
  });
}

/** At the lane, else at its booth. */
const laneWithDrawer = (lane: LaneView, lanes: readonly LaneView[]): LaneView | undefined => {
  const found = drawerLanes(lane, lanes);
  return found.find(({ id }) => id === lane.id) ?? found[0];
};

/** Where the drawer is that the key opens; null: there is none, or this person may open none. */
export function useDrawer(lane: LaneView | undefined): string | null {
  const allowed = useSession((state) => may(state.user, 'drawer.open'));
  const found = useLive((state) => (lane ? laneWithDrawer(lane, state.frame?.lanes ?? [])?.id : undefined));
  return allowed ? (found ?? null) : null;
}

/** 打开钱箱: asks for the reason first. */
export function askDrawer(): void {
  const lane = shownLane();
  const found = lane && laneWithDrawer(lane, useLive.getState().frame?.lanes ?? []);
  const { user, link } = useSession.getState();
  if (!found) refused({ key: 'noDrawer', params: {} });
  else if (!may(user, 'drawer.open')) refused({ key: 'forbidden', params: {} });
  else if (link !== 'online') refused({ key: 'offline', params: {} });
  else openDialog({ kind: 'reason', act: 'drawer', laneId: found.id, passageId: null });
}

let opening = false;

/** Nothing waits for the printer, neither money nor the arm. */
export async function openDrawer(lane: LaneView, reason: string): Promise<void> {
  const id = printerOf(lane);
  if (id === undefined) return refused({ key: 'noDrawer', params: {} });
  if (useSession.getState().link !== 'online') return refused({ key: 'offline', params: {} });
  if (opening) return;
  opening = true;
  sayOfPrinter({ tone: 'done', key: 'drawerSent', params: {} });
  const answer = await safe(Promise.resolve().then(() => station().printing.drawer({ id, reason })));
  opening = false;
  if (!answer.isSuccess) return refused(problemOf(answer.error));
  const { outcome, detail } = answer.data;
  if (outcome === 'done') return sayOfPrinter({ tone: 'done', key: 'drawerOpened', params: {} });
  refused({ key: outcome === 'refused' ? 'drawerRefused' : 'drawerUnknown', params: { detail } });
}

const refused = (problem: Problem): void => sayOfPrinter({ tone: 'problem', ...problem, moneyAct: false });
