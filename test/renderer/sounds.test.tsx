import { act } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setPrefs } from '../../renderer/lib/prefs.ts';
import { charging, lane, plate } from '../fakes/station/build.ts';
import { noteTones } from './silent-audio.ts';
import { type Bench, byHand, openBench, resetStores, scene } from './support.tsx';

let bench: Bench;
let heard: readonly number[];

beforeEach(() => {
  heard = noteTones();
});
afterEach(() => {
  bench.stop();
  setPrefs({ muted: false });
  vi.unstubAllGlobals();
  resetStores();
});

const alarm = {
  code: 'gate',
  subject: 'out2',
  detail: '',
  severity: 'alarm' as const,
  since: '2026-03-02T18:00:00+08:00',
};

describe('sounds', () => {
  it('are those of an alarm for an arm that opened because nobody answered, once until somebody is there', async () => {
    const from = scene('aloneAfter');
    const opened = from.lanes[0];
    if (!opened) throw new Error('the scene has no lane');
    bench = await openBench(scene('idle'));
    act(() => {
      bench.station.changeLane('in1', opened);
    });
    await bench.settle();
    const first = [...heard];
    expect(first.length).toBeGreaterThan(0);
    expect(first).not.toContain(880);
    act(() => {
      bench.station.changeLane('out2', { loop: 'occupied' });
    });
    await bench.settle();
    expect(heard).toEqual(first);
  });

  it('are different for a car that waits and for an alarm, and not repeated for what is known', async () => {
    bench = await openBench(scene('idle'));
    expect(heard).toEqual([]);
    act(() => {
      bench.station.changeLane('out2', { phase: 'charging', passage: charging('p1', plate('鲁B7K218')) });
    });
    await bench.settle();
    expect(heard).toEqual([880]);
    act(() => bench.station.change({ alarms: [alarm] }));
    await bench.settle();
    expect(heard).toEqual([880, 740, 494]);
    act(() => bench.station.change({ lanes: [...bench.station.scene.lanes, lane('in9', '九号', 'in')] }));
    await bench.settle();
    expect(heard).toEqual([880, 740, 494]);
  });

  it('of an alarm come again until somebody answers that alarm; the alarm stays', async () => {
    bench = await openBench(scene('idle'));
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      act(() => bench.station.change({ alarms: [alarm] }));
      await bench.settle();
      expect(heard).toEqual([740, 494]);
      await bench.user.keyboard('{F10}');
      vi.advanceTimersByTime(10_000);
      expect(heard).toHaveLength(4);
      await byHand(bench, 'a');
      vi.advanceTimersByTime(60_000);
      expect(heard).toHaveLength(4);
      expect(document.querySelectorAll('.alarms li')).toHaveLength(1);
      expect(document.querySelector('.alarms li')?.textContent).toContain('已知');
    } finally {
      vi.useRealTimers();
    }
  });

  it('stay away when muted', async () => {
    bench = await openBench(scene('idle'));
    setPrefs({ muted: true });
    act(() => bench.station.change({ alarms: [alarm] }));
    await bench.settle();
    expect(heard).toEqual([]);
  });
});
