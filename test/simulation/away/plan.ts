import { seeded } from '../../support/random.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A car needs this long at a lane. */
const AT_LANE_MS = 6_000;
const SIGNS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** One visit of a car: what is planned, and what became of it by the driver's own knowledge. */
export interface Visit {
  readonly plate: string;
  /** The attendant lets it go without paying. */
  readonly waived: boolean;
  readonly entryPicture: boolean;
  readonly exitPicture: boolean;
  enteredAt: number | null;
  leftAt: number | null;
  /** What the driver paid at the exit; null: nothing. */
  paidFen: number | null;
}

export interface Move {
  readonly at: number;
  readonly way: 'in' | 'out';
  /** Which of the lanes of that way. */
  readonly lane: number;
  readonly visit: Visit;
}

export interface PlanOptions {
  readonly seed: number;
  /** Visits that begin before the city goes away, and while it is away. */
  readonly before: number;
  readonly cars: number;
  readonly startsAt: number;
  readonly awayAt: number;
  readonly backAt: number;
  readonly lanes: number;
}

/** Makes visits whose plates are far from one another, so that no car is taken for another one. */
export class Cars {
  /** Cars that the list lets out for nothing. */
  readonly guests: readonly string[];
  readonly #random: () => number;
  readonly #known = new Set<string>();

  constructor(seed: number) {
    this.#random = seeded(seed);
    this.guests = Array.from({ length: 40 }, () => this.#plate());
  }

  #plate(): string {
    for (;;) {
      let plate = '鲁B';
      for (let sign = 0; sign < 5; sign += 1) plate += SIGNS[Math.floor(this.#random() * SIGNS.length)] ?? '0';
      if (this.#known.has(plate)) continue;
      this.#known.add(plate);
      return plate;
    }
  }

  visit(plate = this.#plate()): Visit {
    const waived = this.#random() < 0.02;
    return {
      ...{ plate, waived, entryPicture: this.#random() < 0.4 },
      // Without a picture one is asked for as evidence when somebody is let go.
      exitPicture: waived || this.#random() < 0.4,
      ...{ enteredAt: null, leftAt: null, paidFen: null },
    };
  }

  /** Comings and goings in the order of their moments: peaks in the morning, at noon and in the evening, lognormal stays, some cars more than once. */
  plan(options: PlanOptions): Move[] {
    const { before, cars, startsAt, awayAt, backAt, lanes } = options;
    const arrivals = [
      ...Array.from({ length: before }, () => startsAt + this.#random() * (awayAt - startsAt)),
      ...Array.from({ length: cars }, () => this.#arrival(awayAt, backAt)),
    ].sort((a, b) => a - b);
    const away: { readonly plate: string; readonly from: number }[] = this.guests.map((plate) => ({ plate, from: 0 }));
    const wishes: { readonly at: number; readonly way: Move['way']; readonly visit: Visit }[] = [];
    for (const at of arrivals) {
      const back = this.#random() < 0.3 ? away.findIndex(({ from }) => from < at) : -1;
      const visit = this.visit(back < 0 ? undefined : away.splice(back, 1)[0]?.plate);
      const leaves = at + this.#stay();
      wishes.push({ at, way: 'in', visit });
      // Whoever stays longer is still there when the city comes back.
      if (leaves < backAt) wishes.push({ at: leaves, way: 'out', visit });
      away.push({ plate: visit.plate, from: leaves + 30 * MINUTE });
    }
    return inLanes(wishes, lanes);
  }

  #arrival(from: number, to: number): number {
    for (;;) {
      const at = from + this.#random() * (to - from);
      const hour = ((at + 8 * HOUR) / HOUR) % 24;
      const busy = [8.5, 12.5, 18].reduce((sum, peak) => sum + Math.exp(-((hour - peak) ** 2) / 1.5), 0.15);
      if (this.#random() < busy) return at;
    }
  }

  #stay(): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random());
    return Math.min(14 * HOUR, Math.max(4 * MINUTE, 70 * MINUTE * Math.exp(0.9 * normal)));
  }
}

/** One car at a time before each arm; nobody overtakes at a lane, and nobody leaves before having come. */
function inLanes(wishes: readonly Omit<Move, 'lane'>[], lanes: number): Move[] {
  const free = { in: new Array<number>(lanes).fill(0), out: new Array<number>(lanes).fill(0) };
  const came = new Map<Visit, number>();
  const moves = [...wishes]
    .sort((a, b) => a.at - b.at)
    .map(({ at: wish, way, visit }) => {
      const times = free[way];
      const lane = times.indexOf(Math.min(...times));
      const at = Math.round(Math.max(wish, times[lane] ?? 0, (came.get(visit) ?? 0) + MINUTE));
      times[lane] = at + AT_LANE_MS;
      if (way === 'in') came.set(visit, at);
      return { at, way, lane, visit };
    });
  return moves.sort((a, b) => a.at - b.at);
}
