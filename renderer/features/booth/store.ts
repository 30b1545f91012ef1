import { create } from 'zustand';
import type { LaneView } from '../../../shared/contract/lanes.ts';
import { useLive } from '../../lib/station/live.ts';
import { nextFocus } from './focus.ts';
import { isPassing, type Notice } from './notice.ts';

export type ReasonAct = 'release' | 'open' | 'close' | 'hold' | 'release-hold' | 'cancel';

/** An open dialog keeps the lane and the car it was opened for, whatever happens behind it. */
export type Dialog =
  | { readonly kind: 'reason'; readonly act: ReasonAct; readonly laneId: string; readonly passageId: string | null }
  | { readonly kind: 'correct'; readonly laneId: string; readonly passageId: string };

export interface Pending {
  readonly act: ReasonAct | 'collect' | 'correct';
  readonly laneId: string;
  readonly passageId: string | null;
}

export interface BoothState {
  readonly laneId: string | null;
  readonly pinned: boolean;
  /** The car on show and since when (monotonic): money keys wait a moment after it changed. */
  readonly shown: { readonly passageId: string | null; readonly since: number };
  readonly dialog: Dialog | null;
  readonly pending: Pending | null;
  readonly notice: Notice | null;
  /** What the cashier typed as received, for one passage only: nothing survives into the next. */
  readonly received: { readonly passageId: string; readonly text: string } | null;
  /** Passages whose money this window has taken: a second key press finds them here. */
  readonly collected: readonly string[];
}

export const initialBooth: BoothState = {
  laneId: null,
  pinned: false,
  shown: { passageId: null, since: 0 },
  dialog: null,
  pending: null,
  notice: null,
  received: null,
  collected: [],
};

export const useBooth = create<BoothState>(() => initialBooth);

function withShown(state: BoothState, laneId: string | null, pinned: boolean, lanes: readonly LaneView[]): BoothState {
  const passageId = lanes.find((lane) => lane.id === laneId)?.passage?.id ?? null;
  const shown = passageId === state.shown.passageId ? state.shown : { passageId, since: performance.now() };
  const received = state.received?.passageId === passageId ? state.received : null;
  const stale = shown !== state.shown && state.notice?.tone === 'problem' && isPassing(state.notice);
  return { ...state, laneId, pinned, shown, received, notice: stale ? null : state.notice };
}

/** Brings the panel in line with a new picture of the lanes. */
export function refocus(lanes: readonly LaneView[]): void {
  useBooth.setState((state) => {
    if (state.dialog) return withShown(state, state.laneId, state.pinned, lanes);
    const next = nextFocus(state.laneId, state.pinned, lanes);
    return withShown(state, next.laneId, next.pinned, lanes);
  });
}

/** A person chose a lane. */
export function selectLane(laneId: string): void {
  const lanes = useLive.getState().frame?.lanes ?? [];
  useBooth.setState((state) => withShown({ ...state, notice: null }, laneId, true, lanes));
}

export function openDialog(dialog: Dialog): void {
  useBooth.setState({ dialog, notice: null });
}

export function closeDialog(): void {
  useBooth.setState({ dialog: null });
  refocus(useLive.getState().frame?.lanes ?? []);
}

export function setNotice(notice: Notice | null): void {
  useBooth.setState({ notice });
}

/** The lane in the panel as the station last showed it. */
export function shownLane(): LaneView | undefined {
  const { laneId } = useBooth.getState();
  return useLive.getState().frame?.lanes.find((lane) => lane.id === laneId);
}
