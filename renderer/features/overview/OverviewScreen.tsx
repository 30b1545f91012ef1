import { Button } from 'antd';
import { memo } from 'react';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { href } from '../../lib/route.ts';
import { useLive } from '../../lib/station/live.ts';
import { hourOf } from '../../office/dates.ts';
import { Page } from '../../office/Page.tsx';
import { Answer } from '../../office/States.tsx';
import { useDayStart } from '../../office/use-day-start.ts';
import { Figure } from '../../office/Values.tsx';
import { ChartBox } from './ChartBox.tsx';
import { Platforms } from './Platforms.tsx';
import { Trouble } from './Trouble.tsx';
import { type Overview, useOverview } from './use-overview.ts';
import './overview.css';

const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`;

/** 总览: is today going well? Every figure and every chart leads to what it is made of. */
export function OverviewScreen() {
  const { t } = useWords();
  const asked = useOverview(useDayStart());
  return (
    <Page
      title={t('nav.overview')}
      {...(asked.data ? { note: t('overview.day', { date: asked.data.date }) } : {})}
      actions={
        <Button loading={asked.busy} onClick={asked.again}>
          {t('kit.refresh')}
        </Button>
      }
    >
      <Answer of={asked} rows={10}>
        {(data) => <Today data={data} />}
      </Answer>
    </Page>
  );
}

function Today({ data }: { data: Overview }) {
  const { t } = useWords();
  const spaces = useLive((state) => state.frame?.spaces);
  const { date, week, open, cases } = data;
  const days = week.days;
  const today = days.at(-1)?.totals;
  const yesterday = days.at(-2)?.totals;
  const rows = (of: string): string => href('reports', { id: 'rows', query: { from: date, to: date, of } });
  if (!today) return null;
  const opens = today.manualOpens.reduce((sum, each) => sum + each.count, 0);
  const released = today.released.reduce((sum, each) => sum + each.count, 0);
  return (
    <div className="overview">
      <div className="figures overview-figures">
        <Figure
          label={t('overview.received')}
          value={formatMoney(today.receivedTotal.amountFen)}
          note={t('overview.yesterday', { value: formatMoney(yesterday?.receivedTotal.amountFen ?? 0) })}
          to={rows('received')}
        />
        <Figure
          label={t('overview.flow')}
          value={`${today.entries} / ${today.exits}`}
          note={t('overview.yesterday', { value: `${yesterday?.entries ?? 0} / ${yesterday?.exits ?? 0}` })}
          to={href('reports', { id: 'flow', query: { from: date, to: date } })}
        />
        <Figure
          label={t('overview.inside')}
          value={String(spaces?.inside ?? open.count)}
          note={spaces ? t('overview.free', { free: spaces.free, open: spaces.open }) : ''}
          to={href('inside')}
        />
        <Figure
          label={t('overview.stale', { days: open.staleDays })}
          value={String(open.stale)}
          tone={open.stale > 0 ? 'call' : 'plain'}
          to={href('inside', { query: { stale: 'yes' } })}
        />
        <Figure
          label={t('overview.released')}
          value={String(released)}
          note={formatMoney(today.waivedFen)}
          to={rows('released')}
        />
        <Figure
          label={t('overview.opens')}
          value={String(opens)}
          tone={opens > 0 ? 'call' : 'plain'}
          note={t('overview.per100', {
            n: today.entries + today.exits === 0 ? '0' : ((opens * 100) / (today.entries + today.exits)).toFixed(1),
          })}
          to={rows('manual-opens')}
        />
        <Figure
          label={t('overview.cases')}
          value={cases.exact === false ? `${cases.total}+` : String(cases.total)}
          tone={cases.total > 0 ? 'call' : 'plain'}
          to={href('exceptions')}
        />
      </div>
      <Charts data={data} />
      <Platforms />
      <Trouble cases={cases} />
    </div>
  );
}

/** Apart from the figures beside it, which follow the live picture: a chart is drawn anew only for new answers. */
const Charts = memo(function Charts({ data }: { data: Overview }) {
  const { t } = useWords();
  const { flow, occupancy, week } = data;
  const { days } = week;
  return (
    <>
      <ChartBox
        title={t('overview.chart.flow')}
        heading={t('overview.hour')}
        names={flow.byHour.map(({ hour }) => clock(hour))}
        series={[
          { name: t('overview.entries'), values: flow.byHour.map((each) => each.entries) },
          { name: t('overview.exits'), values: flow.byHour.map((each) => each.exits) },
        ]}
        to="flow"
      />
      <ChartBox
        title={t('overview.chart.occupancy', { n: occupancy.spaces })}
        heading={t('overview.hour')}
        names={occupancy.points.map(({ at }, index) =>
          index === occupancy.points.length - 1 ? at.slice(11, 16) : clock(hourOf(at)),
        )}
        series={[{ name: t('overview.inside'), values: occupancy.points.map(({ inside }) => inside) }]}
        kind="line"
        to="flow"
      />
      <ChartBox
        title={t('overview.chart.revenue')}
        heading={t('overview.date')}
        names={days.map((day) => day.date.slice(5))}
        series={[
          { name: t('overview.received'), values: days.map((day) => day.totals.receivedTotal.amountFen), money: true },
        ]}
        to="days"
      />
    </>
  );
});
