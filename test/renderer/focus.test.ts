import { describe, expect, it } from 'vitest';
import { followingLane, nextFocus } from '../../renderer/features/booth/focus.ts';
import { ago, charging, lane, passage, plate } from '../fakes/station/build.ts';

const idle = (id: string, direction: 'in' | 'out' = 'out') => lane(id, id, direction);
const busy = (id: string, secondsAgo: number, phase: 'charging' | 'attention' = 'charging') =>
  lane(id, id, 'out', { phase, passage: charging(`p-${id}`, plate('鲁B7K218'), { startedAt: ago(secondsAgo) }) });

describe('which lane the panel shows', () => {
  it('stays with a car being served, however long others have waited', () => {
    expect(nextFocus('b', false, [busy('a', 900), busy('b', 2)]).laneId).toBe('b');
  });

  it('goes to the longest waiting car once its own lane needs nobody', () => {
    expect(nextFocus('c', false, [busy('a', 5), busy('b', 60), idle('c')]).laneId).toBe('b');
  });

  it('stays at an idle lane that a person chose', () => {
    expect(nextFocus('c', true, [busy('a', 5), idle('c')])).toEqual({ laneId: 'c', pinned: true });
  });

  it('forgets the choice when that lane gets its own car', () => {
    expect(nextFocus('a', true, [busy('a', 5), idle('c')])).toEqual({ laneId: 'a', pinned: false });
  });

  it('shows a car that a platform is asked about where nothing else is, and keeps a refused one as a car being served', () => {
    const asked = (attention: 'remote-refused' | null) =>
      lane('in', 'in', 'in', { phase: 'asking', passage: passage('p-in', plate('鲁B7K218'), { attention }) });
    expect(nextFocus('c', false, [asked(null), idle('c')]).laneId).toBe('in');
    expect(nextFocus('c', true, [asked(null), idle('c')]).laneId).toBe('c');
    expect(nextFocus('in', false, [asked(null), busy('a', 5)]).laneId).toBe('a');
    expect(nextFocus('in', false, [asked('remote-refused'), busy('a', 5)]).laneId).toBe('in');
  });

  it('begins with the exit', () => {
    expect(nextFocus(null, false, [idle('in', 'in'), idle('out')]).laneId).toBe('out');
    expect(nextFocus('gone', false, []).laneId).toBeNull();
  });
});

describe('the key for the next car', () => {
  it('goes round the waiting cars, oldest first', () => {
    const lanes = [busy('a', 5), idle('b'), busy('c', 60, 'attention')];
    expect(followingLane('a', lanes)).toBe('c');
    expect(followingLane('c', lanes)).toBe('a');
    expect(followingLane('b', lanes)).toBe('c');
  });

  it('goes round all lanes when nobody else waits', () => {
    const lanes = [busy('a', 5), idle('b')];
    expect(followingLane('a', lanes)).toBe('b');
    expect(followingLane('b', lanes)).toBe('a');
    expect(followingLane('a', [])).toBeNull();
  });
});
