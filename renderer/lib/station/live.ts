import { create } from 'zustand';
import type { EventView, LiveFrame } from '../../../shared/contract/journal.ts';
import type { LaneView } from '../../../shared/contract/lanes.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { useSession } from './session.ts';

const KEEP_EVENTS = 200;

export interface LiveState {
  /** The last frame, without its events; null until the first one came. */
  readonly frame: Omit<LiveFrame, 'events' | 'missed'> | null;
  /** Newest first, without repeats. */
  readonly events: readonly EventView[];
}

export const initialLive: LiveState = { frame: null, events: [] };
export const useLive = create<LiveState>(() => initialLive);

/** Joins rows of the journal into what is shown: by `seq`, newest first, bounded. */
export function mergeEvents(known: readonly EventView[], more: readonly EventView[]): readonly EventView[] {
  if (more.length === 0) return known;
  const bySeq = new Map<number, EventView>();
  for (const event of [...known, ...more]) bySeq.set(event.seq, event);
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq).slice(0, KEEP_EVENTS);
}

export function applyFrame(frame: LiveFrame): void {
  const { events, missed: _missed, ...picture } = frame;
  useLive.setState((state) => {
    // A journal that went backwards is another journal (a restored or fresh station): the old rows are not its history.
    const restarted = state.frame !== null && picture.seq < state.frame.seq;
    return { frame: picture, events: mergeEvents(restarted ? [] : state.events, events) };
  });
  useSession.setState({ skewMs: fromRfc3339(frame.at) - Date.now() });
}

export function addEvents(events: readonly EventView[]): void {
  useLive.setState((state) => ({ events: mergeEvents(state.events, events) }));
}

/** Shows what a call answered without waiting for the next frame. */
export function applyLane(lane: LaneView): void {
  useLive.setState((state) =>
    state.frame
      ? { frame: { ...state.frame, lanes: state.frame.lanes.map((old) => (old.id === lane.id ? lane : old)) } }
      : state,
  );
}

export function clearLive(): void {
  useLive.setState(initialLive);
}
