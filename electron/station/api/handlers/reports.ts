import { toRfc3339 } from '../../../../shared/domain/time.ts';
import type { Totals } from '../../reports/totals.ts';
import type { Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';

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

export function reportHandlers(os: Guarded, deps: ApiDeps) {
  const { reports } = deps;
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
