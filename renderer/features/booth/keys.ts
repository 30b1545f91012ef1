import type { LaneView } from '../../../shared/contract/lanes.ts';
import type { LaneDirection } from '../../../shared/domain/site.ts';
import { useLive } from '../../lib/station/live.ts';
import { markCandidate, proceed, refresh, typeReceived } from './actions.ts';
import { changeKey } from './change/change-key.ts';
import { askDrawer } from './drawer/drawer-key.ts';
import { correctEntering } from './entering.ts';
import { followingLane, isUndecided } from './focus.ts';
import { actOf } from './keymap/bindings.ts';
import type { BoothAct } from './keymap/layouts.ts';
import { currentTries } from './pay/attempts.ts';
import { askPos, takeCashPart } from './pay/by-hand.ts';
import { askAgain, nextCode } from './pay/charge.ts';
import { closePay, usePay } from './pay/pay-store.ts';
import { printReceipt } from './receipt/receipt-key.ts';
import { retake } from './retake.ts';
import { brighten, nextContrast, silence, toggleMuted, toggleNight } from './screen-acts.ts';
import { type CarDialog, openDialog, type ReasonAct, selectLane, setNotice, shownLane, useBooth } from './store.ts';
import { wayKeys, ways, waysFor } from './ways.ts';

/** The lane a gate key means: the one on show when it has that direction, else the first of that direction. */
function laneOf(direction: LaneDirection): string | undefined {
  const shown = shownLane();
  if (shown?.direction === direction) return shown.id;
  return useLive.getState().frame?.lanes.find((lane) => lane.direction === direction)?.id;
}

function gate(act: 'open' | 'close', direction: LaneDirection): void {
  const laneId = laneOf(direction);
  if (laneId) openDialog({ kind: 'reason', act, laneId, passageId: null });
  else refused('noLane');
}

const refused = (key: 'notCharging' | 'notReversible' | 'noLane'): void =>
  setNotice({ tone: 'problem', key, params: {}, moneyAct: false });

/** Opens a dialog about the car on show, when there is one to decide about. */
function aboutCar(act: Extract<ReasonAct, 'release' | 'cancel' | 'withdraw' | 'owe'> | CarDialog): void {
  const lane = shownLane();
  const passage = lane?.passage;
  if (!lane || !passage || !isOpenTo(act, lane)) {
    refused('notCharging');
    return;
  }
  const target = { laneId: lane.id, passageId: passage.id };
  openDialog(isReasoned(act) ? { kind: 'reason', act, ...target } : { kind: act, ...target });
}

const isReasoned = (act: string): act is Extract<ReasonAct, 'release' | 'cancel' | 'withdraw' | 'owe'> =>
  ['release', 'cancel', 'withdraw', 'owe'].includes(act);

function isOpenTo(act: string, lane: LaneView): boolean {
  if (act === 'withdraw') return mayWithdraw(lane);
  if (act === 'owe') return lane.phase === 'charging';
  // A misread at the entry may still be put right after the arm went up, while the car is in view.
  return isUndecided(lane) || (act === 'correct' && lane.direction === 'in' && lane.phase === 'cleared');
}

/** The car was let through and stands there still: what was decided can be taken back. */
export function mayWithdraw({ phase, passage }: LaneView): boolean {
  return phase === 'cleared' && passage?.stay != null;
}

/** Decides anew; where a payment's end is not known, asks for that first. */
function decideAnew(): void {
  const lane = shownLane();
  const billId = lane?.phase === 'charging' ? lane.passage?.bill?.id : undefined;
  const unknown = billId === undefined ? undefined : currentTries(billId).find(({ state }) => state === 'unknown');
  if (unknown) void askAgain(unknown.id);
  else if (lane && isUndecided(lane)) void refresh();
  else refused('notCharging');
}

const acts: Record<BoothAct, () => void> = {
  closeIn: () => gate('close', 'in'),
  openIn: () => gate('open', 'in'),
  closeOut: () => gate('close', 'out'),
  openOut: () => gate('open', 'out'),
  correct: () => aboutCar('correct'),
  entryPlate: () => correctEntering(),
  snapshot: () => void retake(),
  receipt: () => void printReceipt(),
  drawer: askDrawer,
  hold: () => {
    const lane = shownLane();
    if (lane)
      openDialog({
        kind: 'reason',
        act: lane.barrier.held ? 'release-hold' : 'hold',
        laneId: lane.id,
        passageId: null,
      });
  },
  next: () => {
    const laneId = followingLane(useBooth.getState().laneId, useLive.getState().frame?.lanes ?? []);
    if (laneId) selectLane(laneId);
  },
  turn: () => {
    const lane = shownLane();
    if (lane?.reversible) openDialog({ kind: 'reason', act: 'turn', laneId: lane.id, passageId: null });
    else refused('notReversible');
  },
  proceed: () => void proceed(),
  pay: () => void nextCode(),
  pos: () => askPos(),
  part: () => void takeCashPart(),
  change: () => changeKey(),
  release: () => aboutCar('release'),
  cancel: () => {
    const lane = shownLane();
    aboutCar(lane && mayWithdraw(lane) ? 'withdraw' : 'cancel');
  },
  owe: () => aboutCar('owe'),
  refresh: () => decideAnew(),
  passed: () => openDialog({ kind: 'passed', laneId: null, passageId: null }),
  help: () => openDialog({ kind: 'keys', laneId: null, passageId: null }),
  silence,
  mute: toggleMuted,
  night: toggleNight,
  brighter: () => brighten(1),
  darker: () => brighten(-1),
  contrast: nextContrast,
};

/** What changes nothing but this screen is not held up by an act that is under way. */
const always = new Set<BoothAct>(['silence', 'mute', 'night', 'brighter', 'darker', 'contrast']);

/** Opens the way that a digit stands for, where the car on show needs one. */
export function performWay(key: string): boolean {
  const { dialog, pending } = useBooth.getState();
  const lane = shownLane();
  if (dialog || pending || !lane?.passage) return false;
  const offered = waysFor(lane, lane.passage);
  const way = ways.find((each) => wayKeys[each] === key && offered.includes(each));
  if (way) aboutCar(way);
  return offered.length > 0;
}

/** Does what a key or its button stands for. */
export function perform(act: BoothAct): void {
  const { dialog, pending } = useBooth.getState();
  if (always.has(act) || (!dialog && !pending)) acts[act]();
}

/** Takes back what was typed and shown, one thing at a time; never anything that was done. */
function stepBack(): void {
  if (useBooth.getState().pending) return;
  if (usePay.getState().shown !== null) closePay();
  else useBooth.setState({ notice: null, received: null, pinned: false });
}

/** What a key means that is neither bound nor held back: choosing, confirming, going back. */
export function performPlain(key: string): boolean {
  if (key === 'Escape') stepBack();
  else if (key === 'Enter') perform('proceed');
  else if (key === 'ArrowDown' || key === 'ArrowUp') return markCandidate(key === 'ArrowDown' ? 1 : -1);
  else if (key === 'Backspace') typeReceived(key);
  else return false;
  return key === 'Backspace';
}

/** One key with a character on it, pressed by a hand: an act, a way, or a digit of an amount. */
export function performChar(char: string): void {
  if (useBooth.getState().dialog) return;
  const act = actOf(char);
  if (act) perform(act);
  else if (/^[0-9.]$/.test(char) && !performWay(char)) typeReceived(char);
}
