import type { LaneDirection } from '../../../shared/domain/site.ts';
import { useLive } from '../../lib/station/live.ts';
import { collect, typeReceived } from './actions.ts';
import { followingLane, needsPerson } from './focus.ts';
import { openDialog, type ReasonAct, selectLane, setNotice, shownLane, useBooth } from './store.ts';

/** The keys of the booth, in the order that the field is used to. F7 to F9 are left for shifts and history. */
export const boothKeys = {
  closeIn: 'F1',
  openIn: 'F2',
  closeOut: 'F3',
  openOut: 'F4',
  correct: 'F5',
  hold: 'F6',
  next: 'F10',
  collect: 'F11',
  release: 'F12',
  cancel: 'Delete',
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
  else setNotice({ tone: 'problem', key: 'noLane', params: {}, moneyAct: false });
}

/** Opens a dialog about the car on show, when there is one to decide about. */
function aboutCar(act: Extract<ReasonAct, 'release' | 'cancel'> | 'correct'): void {
  const lane = shownLane();
  // A misread at the entry may still be put right after the arm went up, while the car is in view.
  const late = act === 'correct' && lane?.direction === 'in' && lane.phase === 'cleared';
  if (!lane?.passage || !(needsPerson(lane) || late)) {
    setNotice({ tone: 'problem', key: 'notCharging', params: {}, moneyAct: false });
    return;
  }
  const target = { laneId: lane.id, passageId: lane.passage.id };
  openDialog(act === 'correct' ? { kind: 'correct', ...target } : { kind: 'reason', act, ...target });
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
  collect: () => void collect(),
  release: () => aboutCar('release'),
  cancel: () => aboutCar('cancel'),
};

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
    if (event.key === 'Delete' && onControl(event.target)) return;
    perform(act);
  } else if (event.key === 'Escape') stepBack();
  else if (event.key === 'Enter' && !onControl(event.target)) perform('collect');
  else if (/^[0-9.]$|^Backspace$/.test(event.key) && !onControl(event.target)) {
    event.preventDefault();
    typeReceived(event.key);
  }
}
