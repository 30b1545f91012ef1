import type { Area, Lane } from '../../../shared/domain/site.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { DetailFilter, DetailPage, GroupFilter, Groups } from '../store/reader/report-detail.ts';
import type { ClassRow, DayRows, Span } from '../store/report-rows.ts';
import type { Repositories } from '../store/repositories.ts';
import { type DrawerCheck, type MoneyByHolder, moneyByHolder, type WrongStay, wrongStays } from './balance.ts';
import { businessDay, datesOf } from './business-day.ts';
import { type Flow, flowOf, type OpenStays } from './flow.ts';
import { type FreeFigures, freeFigures } from './free.ts';
import { type CollectorFigures, collectorFigures, type LaneFigures, laneFigures } from './people.ts';
import type { ReportSource } from './source.ts';
import { joined, type Totals, totalsOf } from './totals.ts';

const HOUR_MS = 3_600_000;

/** 日平衡: does the money of a business day add up? `holds` only when nothing at all differs. */
export interface Balance {
  readonly span: Span;
  readonly holds: boolean;
  /** Stays that ended in the day. */
  readonly stays: number;
  readonly wrong: readonly WrongStay[];
  readonly money: MoneyByHolder;
  readonly drawers: readonly DrawerCheck[];
}

interface ReportDeps {
  readonly read: Repositories;
  readonly source: ReportSource;
  readonly lanes: readonly Lane[];
  /** Those with berths are road sections. */
  readonly areas: readonly Pick<Area, 'id' | 'name'>[];
  /** Asked anew for every report: a manager may change them. */
  readonly businessDayStart: () => string;
  readonly staleDays: () => number;
  readonly totalSpaces: number;
}

/** 报表 for the manager. A period is a business day (`2026-03-02`) or a month of them (`2026-03`). */
export class Reports {
  readonly #deps: ReportDeps;

  constructor(deps: ReportDeps) {
    this.#deps = deps;
  }

  async totals(period: string): Promise<{ span: Span; totals: Totals; days: { date: string; totals: Totals }[] }> {
    const { span, days } = await this.#rows(period);
    return {
      span,
      totals: totalsOf(joined(days.map((day) => day.rows))),
      days: days.map(({ date, rows }) => ({ date, totals: totalsOf(rows) })),
    };
  }

  async collectors(period: string): Promise<{ span: Span; collectors: CollectorFigures[] }> {
    const { span, days } = await this.#rows(period);
    const cars = await this.#carsOfCashiers(span);
    return { span, collectors: collectorFigures(joined(days.map((day) => day.rows)), cars) };
  }

  async lanes(period: string): Promise<{ span: Span; lanes: LaneFigures[] }> {
    const { span, days } = await this.#rows(period);
    const ids = this.#deps.lanes.map((lane) => lane.id);
    const berths = new Map(this.#deps.read.berths.all().map((berth) => [berth.id, berth.areaId]));
    const withBerths = new Set(berths.values());
    const areas = this.#deps.areas.filter(({ id }) => withBerths.has(id));
    const sections = { areas, areaOf: (id: string) => berths.get(id) };
    return { span, lanes: laneFigures(joined(days.map((day) => day.rows)), ids, sections) };
  }

  /** Cars per hour, and how often a space was used. */
  async flow(period: string): Promise<{ span: Span; flow: Flow }> {
    const { span, days } = await this.#rows(period);
    return { span, flow: flowOf(joined(days.map((day) => day.rows)), days.length, this.#deps.totalSpaces) };
  }

  /** Free releases by collector and reason, and by vehicle class. */
  async free(period: string): Promise<{ span: Span; free: FreeFigures }> {
    const { span, days } = await this.#rows(period);
    const classes: ClassRow[] = [];
    for (const { date } of days)
      classes.push(...(await this.#deps.source.classes(businessDay(date, this.#deps.businessDayStart()))));
    return { span, free: freeFigures(joined(days.map((day) => day.rows)), classes) };
  }

  /** What stands inside now. */
  async open(now: EpochMs): Promise<OpenStays> {
    const { read, source } = this.#deps;
    const staleDays = this.#deps.staleDays();
    const [oldest = null] = read.stays.insideBefore(Number.MAX_SAFE_INTEGER, 1);
    const count = read.stays.counts().reduce((sum, each) => sum + each.cars, 0);
    return { count, oldest, staleDays, stale: await source.insideSince(now - staleDays * 86_400_000) };
  }

  async balance(date: string): Promise<Balance> {
    const { source, businessDayStart } = this.#deps;
    const span = businessDay(date, businessDayStart());
    const { received } = await source.day(span);
    const rows = await source.balance(span);
    const money = moneyByHolder(received);
    const wrong = wrongStays(rows);
    const drawers = this.#drawers(span, money);
    const holds = wrong.length === 0 && drawers.every((drawer) => drawer.differenceFen === 0);
    return { span, holds, stays: rows.length, wrong, money, drawers };
  }

  /** The rows that one figure of a report is the sum of. */
  async detail(period: string, filter: Omit<DetailFilter, 'from' | 'to'>): Promise<DetailPage> {
    return this.#deps.source.rows({ ...filter, ...this.#spanOf(period) });
  }

  /** The same rows, added up by one of their columns. */
  async groups(period: string, filter: Omit<GroupFilter, 'from' | 'to'>): Promise<{ span: Span; groups: Groups }> {
    const span = this.#spanOf(period);
    return { span, groups: await this.#deps.source.groups({ ...filter, ...span }) };
  }

  /** How many cars stood inside at the end of each hour of a business day, and now when it is not over yet. */
  async occupancy(date: string, now: EpochMs): Promise<{ span: Span; points: { at: EpochMs; inside: number }[] }> {
    const span = businessDay(date, this.#deps.businessDayStart());
    const rows = await this.#deps.source.occupancy({
      from: span.from,
      to: Math.min(span.to, Math.max(now + 1, span.from)),
    });
    let inside = rows.before;
    const points = [{ at: span.from, inside }];
    for (const [hour, { entered, left }] of rows.hours.entries()) {
      inside += entered - left;
      points.push({ at: Math.min(span.from + (hour + 1) * HOUR_MS, now, span.to), inside });
    }
    return { span, points };
  }

  #spanOf(period: string): Span {
    const dates = datesOf(period);
    const start = this.#deps.businessDayStart();
    return {
      from: businessDay(dates[0] ?? period, start).from,
      to: businessDay(dates.at(-1) ?? period, start).to,
    };
  }

  async #rows(period: string): Promise<{ span: Span; days: { date: string; rows: DayRows }[] }> {
    const { source, businessDayStart } = this.#deps;
    const start = businessDayStart();
    const dates = datesOf(period).map((date) => ({ date, span: businessDay(date, start) }));
    const days: { date: string; rows: DayRows }[] = [];
    for (const { date, span } of dates) days.push({ date, rows: await source.day(span) });
    const [first, last] = [dates[0], dates.at(-1)];
    return { span: { from: first?.span.from ?? 0, to: last?.span.to ?? 0 }, days };
  }

  /** How many cars passed at the booths of each cashier's shifts; who rested while somebody stood in saw none of those. */
  async #carsOfCashiers(span: Span): Promise<Map<string, number>> {
    const { read, source, lanes } = this.#deps;
    const shifts = read.shifts.overlapping(span.from, span.to);
    const cars = new Map<string, number>();
    for (const shift of shifts) {
      const from = Math.max(span.from, shift.openedAt);
      const to = Math.min(span.to, shift.closedAt ?? span.to);
      const here = new Set(lanes.filter((lane) => (lane.booth ?? '') === shift.booth).map((lane) => lane.id));
      const seen = (await source.deeds({ from, to }))
        .filter(
          (deed) => (deed.what === 'entry' || deed.what === 'exit') && deed.laneId !== null && here.has(deed.laneId),
        )
        .reduce((sum, deed) => sum + deed.count, 0);
      cars.set(shift.cashier, (cars.get(shift.cashier) ?? 0) + seen);
      const rests = shifts.find((other) => other.id === shift.standsInFor);
      if (rests) cars.set(rests.cashier, (cars.get(rests.cashier) ?? 0) - seen);
    }
    return cars;
  }

  #drawers(span: Span, money: MoneyByHolder): DrawerCheck[] {
    const { read } = this.#deps;
    const named = money.shifts.flatMap(({ shiftId }) => read.shifts.get(shiftId) ?? []);
    const shifts = new Map(
      [...read.shifts.overlapping(span.from, span.to), ...named].map((shift) => [shift.id, shift]),
    );
    return [...shifts.values()].map((shift) => {
      const sums = read.shiftCash.sums(shift.id);
      const takenFen = read.reports.cashTaken(shift.id);
      const book = shift.floatFen + Object.values(sums).reduce((sum, fen) => sum + fen, 0);
      const movedSinceCountFen = shift.expectedFen === null ? 0 : book - shift.expectedFen;
      const { id: shiftId, cashier, booth, state } = shift;
      const differenceFen = takenFen - sums.payment || movedSinceCountFen;
      return { shiftId, cashier, booth, state, takenFen, bookedFen: sums.payment, movedSinceCountFen, differenceFen };
    });
  }
}
