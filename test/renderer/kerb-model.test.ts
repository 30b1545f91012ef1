import { describe, expect, it } from 'vitest';
import { countsOf, minutesStood, needsOf, tailLength } from '../../renderer/features/kerb/berth-state.ts';
import { fitOf } from '../../renderer/features/kerb/fit.ts';
import { cleanSearch, searchBerths } from '../../renderer/features/kerb/search.ts';
import { blocksOf, inOrder, roadsOf, type Step, stepFrom } from '../../renderer/features/kerb/street.ts';
import type { BerthView } from '../../shared/contract/berths.ts';
import { ago, NOW } from '../fakes/station/build.ts';
import { parked, street } from '../fakes/station/scenarios-kerb.ts';

const rows = street(40, 2).berths ?? [];
const one = (n: number): BerthView => {
  const found = rows.find(({ number }) => number === n);
  if (!found) throw new Error(`no berth ${n}`);
  return found;
};
const empty: BerthView = { ...one(6), since: ago(9_000) };

describe('what a berth needs somebody for', () => {
  it('a car nobody knows, one that stayed on after paying, one that stands too long, and a silent device', () => {
    expect(needsOf(parked(empty, 20, { plate: '' }), NOW)).toEqual(['plate']);
    expect(needsOf(parked(empty, 90, { paidFen: 500, dueFen: 500 }), NOW)).toEqual(['overdue']);
    expect(needsOf(parked(empty, 24 * 60 - 2), NOW)).toEqual([]);
    expect(needsOf(parked(empty, 24 * 60), NOW)).toEqual(['long']);
    expect(needsOf({ ...empty, device: 'offline' }, NOW)).toEqual(['offline']);
    expect(needsOf({ ...parked(empty, 20, { plate: '' }), inUse: false, device: 'offline' }, NOW)).toEqual([]);
  });

  it('a car without a record, once it has stood longer than it takes to become one', () => {
    const car = { ...empty, occupied: true };
    expect(needsOf({ ...car, since: ago(60) }, NOW)).toEqual([]);
    expect(needsOf({ ...car, since: ago(180) }, NOW)).toEqual(['stray']);
  });

  it('counts each berth once, and a car without a record as one that stands there', () => {
    expect(
      countsOf([empty, { ...empty, occupied: true }, { ...empty, occupied: null }, { ...empty, inUse: false }]),
    ).toEqual({
      ...{ all: 4, free: 1, taken: 1, unknown: 1, out: 1 },
    });
  });

  it('tells minutes from the stay, not from the last word of a device', () => {
    expect(minutesStood({ ...parked(empty, 47), since: ago(5) }, NOW)).toBe(47);
    expect(minutesStood(empty, NOW)).toBeNull();
  });
});

describe('the street', () => {
  const mixed = [...rows].reverse();

  it('has a road for each name in an area, its sides in order of position', () => {
    const roads = roadsOf(rows);
    expect(roads.map(({ name }) => name)).toEqual(['东海路', '学府路']);
    expect(roadsOf(mixed)[1]?.left.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(roads[0]?.right.map(({ number }) => number)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  });

  it('is folded where the window ends, with what lies across still across', () => {
    const [road] = roadsOf(rows);
    if (!road) throw new Error('no road');
    const blocks = blocksOf(road, 8);
    expect(blocks.map(({ left, right }) => [left.length, right.length])).toEqual([
      [8, 8],
      [2, 2],
    ]);
  });

  it('is walked along the kerb and across', () => {
    const roads = roadsOf(rows);
    const walk = (from: string | null, ...steps: readonly Step[]): string | null =>
      steps.reduce<string | null>((at, step) => stepFrom(roads, 8, at, step), from);
    expect(walk(null, 'right')).toBe('b1');
    // Past the fold it goes on, at the end it stays.
    expect(walk('b8', 'right')).toBe('b9');
    expect(walk('b10', 'right')).toBe('b10');
    expect(walk('b2', 'down')).toBe('b12');
    expect(walk('b12', 'down')).toBe('b10');
    expect(walk('b18', 'down', 'down', 'down')).toBe('b22');
    expect(walk('b12', 'up')).toBe('b2');
    expect(walk('b5', 'last')).toBe('b10');
    expect(walk('b15', 'first')).toBe('b11');
  });

  it('every berth can be reached by arrows from the first', () => {
    const roads = roadsOf(rows);
    const seen = new Set<string>();
    const queue = ['b1'];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      for (const step of ['left', 'right', 'up', 'down'] as const) {
        const next = stepFrom(roads, 7, id, step);
        if (next !== null) queue.push(next);
      }
    }
    expect(seen.size).toBe(inOrder(roads).length);
  });
});

describe('looking for a berth', () => {
  const first = (text: string): number | undefined => searchBerths(rows, cleanSearch(text))[0]?.number;

  it('by its number, by the end of its code, and by a plate with or without its province', () => {
    expect(first('8')).toBe(8);
    expect(first('0038')).toBe(38);
    expect(first('44030500010021')).toBe(21);
    expect(first('bc1010')).toBe(8);
    expect(first('粤B·C1010')).toBe(8);
    expect(searchBerths(rows, 'ZZZ')).toEqual([]);
    expect(searchBerths(rows, '')).toEqual([]);
  });

  it('shows as much of the codes as tells them apart, never less than three characters', () => {
    expect(tailLength(rows.map(({ code }) => code))).toBe(3);
    expect(tailLength(['A1', 'A2'])).toBe(3);
    expect(tailLength(['NS0001', 'NS1234'])).toBe(4);
    expect(tailLength(['HAIYA-000001', 'NANSH-000002'])).toBe(6);
  });
});

describe('the size of berths', () => {
  const sized = (count: number, width: number, height: number) =>
    fitOf(roadsOf(street(count, count < 10 ? 1 : 2).berths ?? []), { width, height });

  it('grows where a short street would be lost in a wide window, and is the least where the street is long', () => {
    expect(sized(6, 1480, 910)).toEqual({ columns: 7, scale: 1.75 });
    expect(sized(40, 1480, 910)).toEqual({ columns: 12, scale: 1 });
    expect(sized(300, 1480, 910)).toEqual({ columns: 12, scale: 1 });
    // What grows must still be seen without scrolling.
    expect(sized(6, 970, 300)).toEqual({ columns: 6, scale: 1.25 });
    expect(sized(6, 970, 200)).toEqual({ columns: 7, scale: 1 });
  });

  it('has room for two at least', () => {
    expect(sized(300, 100, 600)).toEqual({ columns: 2, scale: 1 });
    expect(sized(0, 100, 600).columns).toBe(2);
  });
});
