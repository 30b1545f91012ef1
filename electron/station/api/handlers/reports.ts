import type { z } from 'zod';
import type { reportWhichSchema } from '../../../../shared/contract/reports.ts';
import { shanghaiDateTime, toRfc3339 } from '../../../../shared/domain/time.ts';
import { sheetFile } from '../../registry/imports/export.ts';
import type { Reports } from '../../reports/reports.ts';
import {
  balanceTable,
  collectorsTable,
  detailTable,
  flowTable,
  freeTable,
  lanesTable,
  type ReportTable,
  totalsTable,
} from '../../reports/sheets.ts';
import type { Totals } from '../../reports/totals.ts';
import { ConflictError } from '../../runtime/errors.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { stayView } from '../views.ts';
import { asFile } from './files.ts';
import { recordExport } from './imports.ts';

const spanView = (span: { readonly from: number; readonly to: number }) => ({
  from: toRfc3339(span.from),
  to: toRfc3339(span.to),
});

const totalsView = (totals: Totals) => ({
  ...totals,
  received: [...totals.received],
  released: [...totals.released],
  refunds: [...totals.refunds],
  recharges: [...totals.recharges],
  manualOpens: [...totals.manualOpens],
});

/** More rows than this in one file are asked for in parts. */
const MAX_FILE_ROWS = 100_000;

type Report = 'totals' | 'collectors' | 'lanes' | 'flow' | 'free' | 'balance';
type Which = z.output<typeof reportWhichSchema>;

const laneName =
  (deps: ApiDeps) =>
  (id: string): string =>
    deps.lanes.lanes().find((lane) => lane.id === id)?.name ?? deps.store.read.berths.get(id)?.code ?? id;

/** Without the entries that were not given: the reader takes them as conditions. */
function asFilter<T extends Omit<Which, 'period'>>({ of, method, scene, reason, operator, laneId, shiftId, hour }: T) {
  return {
    of,
    ...(method === undefined ? {} : { method }),
    ...(scene === undefined ? {} : { scene }),
    ...(reason === undefined ? {} : { reason }),
    ...(operator === undefined ? {} : { operator }),
    ...(laneId === undefined ? {} : { laneId }),
    ...(shiftId === undefined ? {} : { shiftId }),
    ...(hour === undefined ? {} : { hour }),
  };
}

async function tableOf(reports: Reports, report: Report, period: string): Promise<ReportTable> {
  switch (report) {
    case 'totals':
      return totalsTable((await reports.totals(period)).days);
    case 'collectors':
      return collectorsTable((await reports.collectors(period)).collectors);
    case 'lanes':
      return lanesTable((await reports.lanes(period)).lanes);
    case 'flow':
      return flowTable((await reports.flow(period)).flow);
    case 'free':
      return freeTable((await reports.free(period)).free);
    case 'balance':
      return balanceTable(await reports.balance(period));
  }
}

export function reportHandlers(os: Guarded, deps: ApiDeps) {
  const { reports, clock, store } = deps;
  return {
    totals: os.reports.totals.handler(async ({ input }) => {
      const { span, totals, days } = await reports.totals(input.period);
      return {
        ...spanView(span),
        totals: totalsView(totals),
        days: days.map((day) => ({ date: day.date, totals: totalsView(day.totals) })),
      };
    }),
    collectors: os.reports.collectors.handler(async ({ input }) => {
      const { span, collectors } = await reports.collectors(input.period);
      return { ...spanView(span), collectors: collectors.map((each) => ({ ...each, byHour: [...each.byHour] })) };
    }),
    lanes: os.reports.lanes.handler(async ({ input }) => {
      const { span, lanes } = await reports.lanes(input.period);
      return { ...spanView(span), lanes };
    }),
    flow: os.reports.flow.handler(async ({ input }) => {
      const { span, flow } = await reports.flow(input.period);
      return { ...spanView(span), ...flow, byHour: [...flow.byHour] };
    }),
    free: os.reports.free.handler(async ({ input }) => {
      const { span, free } = await reports.free(input.period);
      return { ...spanView(span), byCollector: [...free.byCollector], byClass: [...free.byClass] };
    }),
    open: os.reports.open.handler(async () => {
      const now = clock.now();
      const { oldest, ...rest } = await reports.open(now);
      return { at: toRfc3339(now), ...rest, oldest: oldest && stayView(oldest) };
    }),
    occupancy: os.reports.occupancy.handler(async ({ input }) => {
      const { span, points } = await reports.occupancy(input.date, clock.now());
      const shown = points.map(({ at, inside }) => ({ at: toRfc3339(at), inside }));
      return { ...spanView(span), spaces: deps.site.totalSpaces, points: shown };
    }),
    rows: os.reports.rows.handler(async ({ input }) => {
      const { page, pageSize } = input;
      const window = { offset: (page - 1) * pageSize, limit: pageSize };
      const { items, total, amountFen } = await reports.detail(input.period, { ...asFilter(input), ...window });
      return { items: items.map((row) => ({ ...row, at: toRfc3339(row.at) })), total, amountFen, page, pageSize };
    }),
    groups: os.reports.groups.handler(async ({ input }) => {
      const { span, groups } = await reports.groups(input.period, { ...asFilter(input), by: input.by });
      return { ...spanView(span), groups };
    }),
    file: os.reports.file.handler(async ({ input, context }) => {
      const { report, period, format } = input;
      const actor = actorOf(context.user);
      const rowsOf = input.rows;
      if (report === 'rows' && rowsOf === undefined) throw new ConflictError('change-impossible', '没有说明要哪些明细');
      const table =
        report === 'rows'
          ? detailTable(
              await reports.detail(period, {
                ...asFilter(rowsOf ?? { of: 'received' }),
                offset: 0,
                limit: MAX_FILE_ROWS,
              }),
              laneName(deps),
            )
          : await tableOf(reports, report, period);
      const now = clock.now();
      const head = [table.title, `期间：${period}；导出时间：${shanghaiDateTime(now)}；导出人：${actor.name}`];
      const file = await sheetFile({ ...table, name: table.title, head }, { format, now });
      const { rows, sha256 } = file;
      recordExport(store, { what: `report-${report}`, format, filter: { period }, rows, sha256 }, actor);
      return asFile(file);
    }),
    balance: os.reports.balance.handler(async ({ input }) => {
      const { span, wrong, money, drawers, holds, stays } = await reports.balance(input.date);
      return {
        ...spanView(span),
        holds,
        stays,
        wrong: wrong.map((stay) => ({ ...stay, exitedAt: toRfc3339(stay.exitedAt) })),
        money: { ...money, shifts: [...money.shifts], platforms: [...money.platforms] },
        drawers: [...drawers],
      };
    }),
  };
}
