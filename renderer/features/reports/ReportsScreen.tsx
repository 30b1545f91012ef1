import { Button } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { go, href, useQuery, useRoute } from '../../lib/route.ts';
import { useLive } from '../../lib/station/live.ts';
import { stationNow, useSession } from '../../lib/station/session.ts';
import { DateRange } from '../../office/DateRange.tsx';
import { businessDay, type DateSpan, presetSpan } from '../../office/dates.ts';
import { saveFile } from '../../office/files.ts';
import { Page } from '../../office/Page.tsx';
import { printPage } from '../../office/PrintSheet.tsx';
import { Answer, Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { type Asked, useAsk } from '../../office/use-ask.ts';
import { useDayStart } from '../../office/use-day-start.ts';
import { BalanceView } from './BalanceView.tsx';
import type { Behind } from './model.ts';
import { describeRows, RowsView, whichOf } from './RowsView.tsx';
import { SheetView } from './SheetView.tsx';
import { type SheetTab, sheetTabs, useSheet } from './use-sheet.ts';
import './reports.css';

const tabs = [...sheetTabs, 'balance'] as const;
type Tab = (typeof tabs)[number] | 'rows';

const isDate = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text);
const isSheet = (tab: Tab): tab is SheetTab => sheetTabs.some((each) => each === tab);

/** An answer to another question is none: figures of one period must never stand, or be signed, under another. */
function matching<T>(asked: Asked<T>, fits: (data: T) => boolean): Asked<T> {
  return asked.data !== null && !fits(asked.data) ? { ...asked, data: null } : asked;
}

/** 报表. A tab is a place of its own (`#/reports/lanes?from=…&to=…`), so that a figure anywhere can lead here. */
export function ReportsScreen() {
  const { t, language } = useWords();
  const id = useRoute((route) => route.id);
  const [query, change] = useQuery();
  const dayStart = useDayStart();
  const lanes = useLive((state) => state.frame?.lanes) ?? [];
  const tab: Tab = id === 'rows' ? 'rows' : (tabs.find((each) => each === id) ?? 'days');
  const today = businessDay(stationNow(), dayStart);
  const { from, to } = query;
  const span: DateSpan =
    isDate(from) && isDate(to) && from <= to ? { from, to } : presetSpan(tab === 'days' ? 'month' : 'today', today);
  // A balance is that of one day: the last of those chosen.
  const period = tab === 'balance' ? span.to : span.from === span.to ? span.from : `${span.from}..${span.to}`;
  const asked = useSheet(isSheet(tab) ? tab : null, period, t, language);
  const online = useSession((state) => state.link === 'online');
  const sheet = matching(asked, (data) => data.tab === tab && data.period === period);
  const askedBalance = useAsk(
    (client, signal) =>
      tab === 'balance'
        ? client.reports.balance({ date: period }, { signal }).then((found) => ({ found, period }))
        : null,
    [tab, period],
  );
  const balance = matching(askedBalance, (data) => data.period === period);
  const there = tab === 'rows' || (tab === 'balance' ? balance.data !== null : sheet.data !== null);
  const ready = online && there;
  const act = useAct();
  const save = async (): Promise<void> => {
    const rows: Behind | null = tab === 'rows' ? whichOf(query) : (sheet.data?.sheet.exportRows ?? null);
    const report = tab === 'balance' ? 'balance' : rows ? 'rows' : sheet.data?.sheet.file;
    if (!report) return;
    const file = await act.run(({ reports }) =>
      reports.file({ report, period, format: 'xlsx', ...(rows ? { rows } : {}) }),
    );
    if (file) saveFile(file);
  };
  return (
    <Page
      title={t('nav.reports')}
      {...(tab === 'rows'
        ? { note: describeRows(query, t, (lane) => lanes.find((each) => each.id === lane)?.name ?? lane) }
        : {})}
      fill={tab === 'rows'}
      actions={
        <>
          {tab === 'rows' && <Button onClick={() => window.history.back()}>{t('kit.back')}</Button>}
          {tab !== 'rows' && (
            <Button disabled={!ready} onClick={printPage}>
              {t('kit.print')}
            </Button>
          )}
          <Button disabled={!ready} loading={act.busy} onClick={() => void save()}>
            {t('kit.exportXlsx')}
          </Button>
        </>
      }
      filters={
        <>
          <DateRange
            id="report-days"
            value={span}
            dayStart={dayStart}
            onChange={(next) => next && change({ from: next.from, to: next.to })}
          />
          {dayStart !== '00:00' && <span className="report-hint">{t('reports.dayStart', { at: dayStart })}</span>}
        </>
      }
    >
      <nav className="report-tabs" aria-label={t('nav.reports')}>
        {tabs.map((each) => (
          <a
            key={each}
            href={href('reports', { id: each, query: { ...span } })}
            aria-current={each === tab ? 'page' : undefined}
            onClick={(event) => {
              event.preventDefault();
              go('reports', { id: each, query: { ...span } });
            }}
          >
            {t(`reports.tab.${each}`)}
          </a>
        ))}
      </nav>
      <Problem text={act.problem} />
      {isSheet(tab) && <Answer of={sheet}>{(data) => <SheetView sheet={data.sheet} span={span} />}</Answer>}
      {tab === 'balance' && (
        <Answer of={balance}>{(data) => <BalanceView balance={data.found} date={data.period} />}</Answer>
      )}
      {tab === 'rows' && <RowsView period={period} span={span} />}
    </Page>
  );
}
