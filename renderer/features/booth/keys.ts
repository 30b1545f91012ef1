import type { LaneView } from '../../../shared/contract/lanes.ts';
import type { LaneDirection } from '../../../shared/domain/site.ts';
import { useLive } from '../../lib/station/live.ts';
import { markCandidate, proceed, refresh, typeReceived } from './actions.ts';
import { followingLane, isUndecided } from './focus.ts';
import { type CarDialog, openDialog, type ReasonAct, selectLane, setNotice, shownLane, useBooth } from './store.ts';
import { wayKeys, ways, waysFor } from './ways.ts';

/** The keys of the booth, in the order that the field is used to. F7 and F8 are left for shifts and history. */
export const boothKeys = {
  closeIn: 'F1',
  openIn: 'F2',
  closeOut: 'F3',
  openOut: 'F4',
  correct: 'F5',
  hold: 'F6',
  turn: 'F9',
  next: 'F10',
  proceed: 'F11',
  release: 'F12',
  cancel: 'Delete',
  owe: '-',
  refresh: '*',
} as const;
export type BoothAct = keyof typeof boothKeys;

const byKey = new Map<string, BoothAct>(
  Object.entries(boothKeys).map(([act, key]) => [key, act as BoothAct] satisfies [string, BoothAct]),
);

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

const acts: Record<BoothAct, () => void> = {
  closeIn: () => gate('close', 'in'),
  openIn: () => gate('open', 'in'),
  closeOut: () => gate('close', 'out'),
  openOut: () => gate('open', 'out'),
  correct: () => aboutCar('correct'),
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
  release: () => aboutCar('release'),
  cancel: () => {
    const lane = shownLane();
    aboutCar(lane && mayWithdraw(lane) ? 'withdraw' : 'cancel');
  },
  owe: () => aboutCar('owe'),
  refresh: () => {
    const lane = shownLane();
    if (lane && isUndecided(lane)) void refresh();
    else refused('notCharging');
  },
};

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
  if (!dialog && !pending) acts[act]();
}

function stepBack(): void {
  const { pending } = useBooth.getState();
  if (!pending) useBooth.setState({ notice: null, received: null, pinned: false });
}

const onControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('button, input, textarea, select, a, [role="radio"]') !== null;

/** The one listener of the booth. Dialogs handle their own keys; while one is open only the function keys are swallowed. */
export function handleBoothKey(event: KeyboardEvent): void {
  const act = byKey.get(event.key);
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
  // Reload, full screen and the developer tools sit on these keys in browsers.
  if (act && plain && event.key.startsWith('F')) event.preventDefault();
  if (!plain || event.repeat || useBooth.getState().dialog) return;
  if (act) {
    if (!event.key.startsWith('F') && onControl(event.target)) return;
    perform(act);
  } else if (event.key === 'Escape') stepBack();
  else if (event.key === 'Enter' && !onControl(event.target)) perform('proceed');
  else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    if (markCandidate(event.key === 'ArrowDown' ? 1 : -1)) event.preventDefault();
  } else if (/^[0-9.]$|^Backspace$/.test(event.key) && !onControl(event.target)) {
    event.preventDefault();
    if (!performWay(event.key)) typeReceived(event.key);
  }
}
