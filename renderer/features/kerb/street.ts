import type { BerthView } from '../../../shared/contract/berths.ts';

/** One road of an area, its two sides in the order in which a walker passes the berths. */
export interface Road {
  readonly key: string;
  readonly areaId: string;
  readonly name: string;
  readonly left: readonly BerthView[];
  readonly right: readonly BerthView[];
}

/** A piece of a road that fits into the window: what lies across the street stands across it. */
export interface Block {
  readonly left: readonly BerthView[];
  readonly right: readonly BerthView[];
}

export const roadKey = ({ areaId, road }: Pick<BerthView, 'areaId' | 'road'>): string => `${areaId}/${road}`;

const along = (a: BerthView, b: BerthView): number => a.position - b.position || a.number - b.number;

/** The roads in the order of their first berths; the berths come by number. */
export function roadsOf(berths: readonly BerthView[]): readonly Road[] {
  const byRoad = new Map<string, BerthView[]>();
  for (const berth of berths) {
    const key = roadKey(berth);
    const road = byRoad.get(key);
    if (road) road.push(berth);
    else byRoad.set(key, [berth]);
  }
  const areas = [...new Set(berths.map(({ areaId }) => areaId))];
  return [...byRoad]
    .flatMap(([key, rows]): readonly Road[] => {
      const [first] = rows;
      if (!first) return [];
      const sorted = [...rows].sort(along);
      const side = (which: BerthView['side']): BerthView[] => sorted.filter((each) => each.side === which);
      return [{ key, areaId: first.areaId, name: first.road, left: side('left'), right: side('right') }];
    })
    .sort((a, b) => areas.indexOf(a.areaId) - areas.indexOf(b.areaId));
}

export function blocksOf({ left, right }: Road, columns: number): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < Math.max(left.length, right.length); at += columns)
    blocks.push({ left: left.slice(at, at + columns), right: right.slice(at, at + columns) });
  return blocks;
}

export type Step = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/** The berth that an arrow leads to: along the kerb, or across the street and on to the next piece of it. */
export function stepFrom(roads: readonly Road[], columns: number, from: string | null, step: Step): string | null {
  const kerbs = roads.flatMap(({ left, right }) => [left, right]);
  const kerb = kerbs.find((each) => each.some(({ id }) => id === from));
  if (!kerb || from === null) return kerbs.find(({ length }) => length > 0)?.[0]?.id ?? null;
  const at = kerb.findIndex(({ id }) => id === from);
  switch (step) {
    case 'left':
    case 'right': {
      const next = kerb[at + (step === 'left' ? -1 : 1)];
      return next?.id ?? from;
    }
    case 'first':
      return kerb[0]?.id ?? from;
    case 'last':
      return kerb.at(-1)?.id ?? from;
    case 'up':
    case 'down': {
      const rows = roads
        .flatMap((road) => blocksOf(road, columns))
        .flatMap((block) => [block.left, block.right])
        .filter(({ length }) => length > 0);
      const row = rows.findIndex((each) => each.some(({ id }) => id === from));
      const next = rows[row + (step === 'up' ? -1 : 1)];
      return next?.[Math.min(at % columns, next.length - 1)]?.id ?? from;
    }
  }
}

/** All berths in the order in which they stand on the screen. */
export const inOrder = (roads: readonly Road[]): readonly BerthView[] =>
  roads.flatMap(({ left, right }) => [...left, ...right]);
