import type { DayRows } from '../store/report-rows.ts';
import { type Counted, total } from '../store/report-sums.ts';

/** What one person did at the lanes, or (name null) what was taken without anybody. Rates are null where nothing is to divide by. */
export interface CollectorFigures {
  readonly name: string | null;
  readonly received: Counted;
  readonly cash: Counted;
  readonly released: Counted;
  /** Share of cars let go among those that this person took money from or let go, 0 to 1. */
  readonly freeRatio: number | null;
  readonly manualOpens: number;
  /** Cars that passed at the booths of this person's shifts meanwhile. */
  readonly cars: number;
  readonly manualOpensPer100Cars: number | null;
  readonly feesLowered: Counted;
  readonly byHour: readonly {
    readonly hour: number;
    readonly received: Counted;
    readonly released: Counted;
    readonly manualOpens: number;
    readonly feesLowered: Counted;
  }[];
}

/**
 * Per collector (收费员统计). A name counts as a person's when that person had a shift, took cash or did something by hand;
 * the rest of the money came by itself. The rows of all add up to the totals of the same days.
 */
export function collectorFigures(rows: DayRows, cars: ReadonlyMap<string, number>): CollectorFigures[] {
  const byHand = rows.deeds.filter((deed) => deed.what === 'manual-open' || deed.what === 'fee-lowered');
  const names = new Set([
    ...cars.keys(),
    ...rows.received.filter((row) => row.method === 'cash').map((row) => row.operator),
    ...rows.released.map((row) => row.operator),
    ...byHand.flatMap((deed) => (deed.operator === null ? [] : [deed.operator])),
  ]);
  const person = (name: string | null): string | null => (name !== null && names.has(name) ? name : null);
  const one = (name: string | null): CollectorFigures => {
    const mine = <T extends { readonly operator: string | null }>(all: readonly T[]): T[] =>
      all.filter((row) => person(row.operator) === name);
    const deeds = mine(byHand);
    const sums = (at: (row: { readonly hour: number }) => boolean) => ({
      received: total(mine(rows.received).filter(at)),
      released: total(mine(rows.released).filter(at)),
      manualOpens: total(deeds.filter((deed) => deed.what === 'manual-open' && at(deed))).count,
      feesLowered: total(deeds.filter((deed) => deed.what === 'fee-lowered' && at(deed))),
    });
    const whole = sums(() => true);
    const seen = name === null ? 0 : (cars.get(name) ?? 0);
    return {
      name,
      ...whole,
      cash: total(mine(rows.received).filter((row) => row.method === 'cash')),
      freeRatio: ratio(whole.released.count, whole.released.count + whole.received.count),
      cars: seen,
      manualOpensPer100Cars: ratio(whole.manualOpens * 100, seen),
      byHour: Array.from({ length: 24 }, (_, hour) => ({ hour, ...sums((row) => row.hour === hour) })),
    };
  };
  return [...[...names].toSorted(), null].map(one);
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

export interface LaneFigures {
  readonly laneId: string | null;
  /** The road section whose berths these are together; null: this is a lane, or no place at all. */
  readonly areaId: string | null;
  /** What the section is called. */
  readonly areaName: string | null;
  readonly entries: number;
  readonly exits: number;
  readonly received: Counted;
  readonly released: Counted;
  readonly chargedFen: number;
  readonly owedFen: number;
  readonly manualOpens: number;
}

/** Road sections, and which berth lies in which. */
interface Sections {
  readonly areas: readonly { readonly id: string; readonly name: string }[];
  readonly areaOf: (berthId: string) => string | undefined;
}

/** Per lane, and the berths of a road section together; the last is what was paid away from both, or at a place that is no more. */
export function laneFigures(rows: DayRows, lanes: readonly string[], sections: Sections): LaneFigures[] {
  const known = new Set(lanes);
  const roads = new Set(sections.areas.map(({ id }) => id));
  const keyOf = (id: string | null): string => {
    if (id === null) return '';
    if (known.has(id)) return `lane ${id}`;
    const area = sections.areaOf(id);
    return area !== undefined && roads.has(area) ? `area ${area}` : '';
  };
  const nowhere = { laneId: null, areaId: null, areaName: null };
  const places = [
    ...lanes.map((laneId) => ({ ...nowhere, laneId })),
    ...sections.areas.map(({ id, name }) => ({ ...nowhere, areaId: id, areaName: name })),
    nowhere,
  ];
  return places.map((place) => {
    const key = place.laneId !== null ? `lane ${place.laneId}` : place.areaId !== null ? `area ${place.areaId}` : '';
    const here = (row: { readonly laneId: string | null }): boolean => keyOf(row.laneId) === key;
    const deeds = rows.deeds.filter(here);
    const ended = rows.ended.filter(here);
    const count = (what: string): number => total(deeds.filter((deed) => deed.what === what)).count;
    return {
      ...place,
      entries: count('entry'),
      exits: count('exit'),
      received: total(rows.received.filter(here)),
      released: total(rows.released.filter(here)),
      chargedFen: ended.reduce((sum, row) => sum + row.chargeFen, 0),
      owedFen: ended.reduce((sum, row) => sum + row.owedFen, 0),
      manualOpens: count('manual-open'),
    };
  });
}
