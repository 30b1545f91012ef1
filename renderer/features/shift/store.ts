import { create } from 'zustand';
import type { ShiftView } from '../../../shared/contract/shifts.ts';
import { type AccessRules, DEFAULT_ACCESS } from '../../../shared/domain/people.ts';

/** What can be done about a shift, each in a dialog of its own. */
export type ShiftDialog =
  | 'menu'
  | 'start'
  | 'takeOver'
  | 'payOut'
  | 'resume'
  | 'handover'
  | 'relief'
  | 'report'
  | 'leave'
  | 'password';

export interface ShiftState {
  readonly dialog: ShiftDialog | null;
  /** The booth that this PC stands in, as its person chose; null: not chosen. */
  readonly chosenBooth: string | null;
  /** The shifts at the booth as last heard; null: not asked yet. */
  readonly standing: readonly ShiftView[] | null;
  readonly current: ShiftView | null;
  readonly rules: AccessRules;
  /** Counts up to ask the station anew. */
  readonly round: number;
  /** The last booth whose drawer was taken over here, and with what: the float of the next shift. */
  readonly takenOverFen: number | null;
}

const BOOTH_KEY = 'gatehouse.booth';

function readBooth(): string | null {
  try {
    return localStorage.getItem(BOOTH_KEY);
  } catch {
    return null;
  }
}

export const initialShift: ShiftState = {
  dialog: null,
  chosenBooth: readBooth(),
  standing: null,
  current: null,
  rules: DEFAULT_ACCESS,
  round: 0,
  takenOverFen: null,
};

export const useShift = create<ShiftState>(() => initialShift);

/** Opens a dialog about the shift of this booth: from a key, a menu, or the line in the header. */
export function openShiftDialog(dialog: ShiftDialog): void {
  useShift.setState({ dialog });
}

export function closeShiftDialog(): void {
  useShift.setState({ dialog: null });
}

export function refreshShifts(): void {
  useShift.setState((state) => ({ round: state.round + 1 }));
}

/** Which booth this PC stands in is a matter of the PC, not of who works there. */
export function chooseBooth(booth: string): void {
  useShift.setState({ chosenBooth: booth, standing: null, current: null });
  try {
    localStorage.setItem(BOOTH_KEY, booth);
  } catch {
    // Asked again after a reload.
  }
}
