import { create } from 'zustand';
import type { LaneView } from '../../../shared/contract/lanes.ts';
import { useLive } from '../../lib/station/live.ts';
import { nextFocus } from './focus.ts';
import { isOfCar, type Notice } from './notice.ts';

export type ReasonAct =
  | 'release'
  | 'open'
  | 'close'
  | 'hold'
  | 'release-hold'
  | 'cancel'
  | 'approve'
  | 'owe'
  | 'withdraw'
  | 'turn'
  | 'drawer';

/** Dialogs that find out which car stands there, or when it came. */
export type CarDialog = 'correct' | 'find' | 'backFill' | 'fixedFee' | 'identify';

/** An open dialog keeps the lane and the car it was opened for, whatever happens behind it. */
export type Dialog =
  | { readonly kind: 'reason'; readonly act: ReasonAct; readonly laneId: string; readonly passageId: string | null }
  | {
      readonly kind: CarDialog;
      readonly laneId: string;
      readonly passageId: string;
      /** Opened from another lane, for the car that is driving in: the arrow keys go to the next such car. */
      readonly elsewhere?: true;
    }
  | AnywayDialog
  | { readonly kind: 'pos'; readonly laneId: string; readonly passageId: string; readonly amountFen: number }
  | { readonly kind: 'change'; readonly laneId: null; readonly passageId: null }
  | { readonly kind: 'passed' | 'keys'; readonly laneId: null; readonly passageId: null; readonly uid?: string };

/** 现金找零, or 扫码找零 by a platform. */
export type ChangeBy = 'cash' | 'code';

/** Money is to be taken although an earlier try may still turn into money. */
export interface AnywayDialog {
  readonly kind: 'anyway';
  readonly act: 'collect' | 'charge';
  readonly laneId: string;
  readonly passageId: string;
  readonly billId: string;
  /** How the change of the cash is given. */
  readonly change?: ChangeBy;
  readonly channel?: string;
  /** In memory only, for as long as the question stands. */
  readonly authCode?: string;
}

export interface Pending {
  readonly act:
    | Exclude<ReasonAct, 'drawer'>
    | CarDialog
    | 'collect'
    | 'pick'
    | 'refresh'
    | 'pos'
    | 'part'
    | 'snapshot'
    | 'charge';
  readonly laneId: string;
  readonly passageId: string | null;
}

export interface BoothState {
  readonly laneId: string | null;
  readonly pinned: boolean;
  /**
   * The car on show, what it waits for, and since when (monotonic): keys that let it go wait a moment after either changed, so
   * that the second press for one question never answers the next.
   */
  readonly shown: { readonly passageId: string | null; readonly wants: string; readonly since: number };
  readonly dialog: Dialog | null;
  readonly pending: Pending | null;
  readonly notice: Notice | null;
  /** What the cashier typed as received, for one passage only: nothing survives into the next. */
  readonly received: { readonly passageId: string; readonly text: string } | null;
  /** The stay inside that the arrow keys point at, for one passage only. */
  readonly marked: { readonly passageId: string; readonly uid: string } | null;
  /** A new picture was asked for: the one that it is to take the place of, and since when (monotonic). */
  readonly retaking: { readonly passageId: string; readonly photoId: string | null; readonly since: number } | null;
  /** Passages whose money this window has taken: a second key press finds them here. */
  readonly collected: readonly string[];
}

export const initialBooth: BoothState = {
  laneId: null,
  pinned: false,
  shown: { passageId: null, wants: '', since: 0 },
  dialog: null,
  pending: null,
  notice: null,
  received: null,
  marked: null,
  retaking: null,
  collected: [],
};

export const useBooth = create<BoothState>(() => initialBooth);

/** What a key would answer: the same words, the same question. */
function wanted({ phase, passage }: LaneView): string {
  return [phase, passage?.attention ?? '', passage?.bill?.toPayFen ?? ''].join();
}

const isProblem = ({ notice }: BoothState): boolean => notice?.tone === 'problem';

function withShown(state: BoothState, laneId: string | null, pinned: boolean, lanes: readonly LaneView[]): BoothState {
  const lane = lanes.find((each) => each.id === laneId);
  const passageId = lane?.passage?.id ?? null;
  const wants = lane ? wanted(lane) : '';
  const same = passageId === state.shown.passageId;
  const shown = same && wants === state.shown.wants ? state.shown : { passageId, wants, since: performance.now() };
  const received = state.received?.passageId === passageId ? state.received : null;
  const marked = state.marked?.passageId === passageId ? state.marked : null;
  // Where no car follows, what was done for the one that left may still be read.
  const stale = !same && state.notice !== null && isOfCar(state.notice) && (passageId !== null || isProblem(state));
  return { ...state, laneId, pinned, shown, received, marked, notice: stale ? null : state.notice };
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
