import type { ClassRow, DayRows } from '../store/report-rows.ts';
import { sumsBy, total } from '../store/report-sums.ts';

/** 免费放行分析: who let go how many cars for which reason, and of which size; ratios are 0 to 1, null where nothing is to divide by. */
export interface FreeFigures {
  /** `cars`: those that this person took money from or let go, whatever the reason. */
  readonly byCollector: readonly {
    readonly name: string;
    readonly reason: string;
    readonly count: number;
    readonly amountFen: number;
    readonly cars: number;
    readonly ratio: number | null;
  }[];
  /** `stays`: all that ended. */
  readonly byClass: readonly (ClassRow & { readonly ratio: number | null })[];
}

export function freeFigures(rows: DayRows, classes: readonly ClassRow[]): FreeFigures {
  const carsOf = (name: string): number =>
    total(rows.received.filter((row) => row.operator === name)).count +
    total(rows.released.filter((row) => row.operator === name)).count;
  return {
    byCollector: sumsBy(rows.released, ({ operator, reason }) => ({ name: operator, reason })).map((row) => {
      const cars = carsOf(row.name);
      return { ...row, cars, ratio: ratio(row.count, cars) };
    }),
    byClass: joinedClasses(classes).map((row) => ({ ...row, ratio: ratio(row.released, row.stays) })),
  };
}

function joinedClasses(rows: readonly ClassRow[]): ClassRow[] {
  const names = [...new Set(rows.map((row) => row.vehicleClass))].toSorted();
  return names.map((vehicleClass) => {
    const mine = rows.filter((row) => row.vehicleClass === vehicleClass);
    const sum = (of: (row: ClassRow) => number): number => mine.reduce((all, row) => all + of(row), 0);
    return {
      vehicleClass,
      stays: sum((row) => row.stays),
      released: sum((row) => row.released),
      waivedFen: sum((row) => row.waivedFen),
    };
  });
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
