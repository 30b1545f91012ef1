import { blocksOf, type Road } from './street.ts';

export interface Room {
  readonly width: number;
  readonly height: number;
}

/** How many berths stand side by side, and how many times as large as they must at least be. */
export interface Fit {
  readonly columns: number;
  readonly scale: number;
}

/** The least size of a berth with its plate, and what lies between two. As `cell.css` has them. */
const CELL = { width: 118, height: 82 };
const GAP_PX = 4;
/** What a road, and each piece of it, takes besides its berths. As `kerb.css` has them. */
const HEADING_PX = 40;
const LANE_PX = 34;
const KERB_PX = 6;
const SCALES = [1.75, 1.5, 1.25];
const LEAST_COLUMNS = 2;

/** The largest size at which the whole street can be seen without scrolling; the least where it cannot. */
export function fitOf(roads: readonly Road[], { width, height }: Room): Fit {
  const columnsAt = (scale: number): number =>
    Math.max(LEAST_COLUMNS, Math.floor((width + GAP_PX) / (CELL.width * scale + GAP_PX)));
  const heightAt = (scale: number): number =>
    roads
      .flatMap((road) => [
        HEADING_PX,
        ...blocksOf(road, columnsAt(scale)).map(({ left, right }) => {
          const kerbs = [left, right].filter(({ length }) => length > 0).length;
          return LANE_PX + kerbs * (CELL.height * scale + KERB_PX);
        }),
      ])
      .reduce((sum, each) => sum + each, 0);
  const scale = SCALES.find((each) => heightAt(each) <= height) ?? 1;
  return { columns: columnsAt(scale), scale };
}
