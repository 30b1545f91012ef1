import { Segmented } from 'antd';
import type { DoubtfulStay } from '../../../shared/contract/exceptions.ts';
import type { Right } from '../../../shared/domain/rights.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useQuery } from '../../lib/route.ts';
import { useLive } from '../../lib/station/live.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Page } from '../../office/Page.tsx';
import { Empty } from '../../office/States.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { useRows } from '../../office/use-rows.ts';
import { AttemptsTab } from './AttemptsTab.tsx';
import { useActsSpan } from './acts-span.ts';
import { CasesTab } from './CasesTab.tsx';
import { DoubtsTab } from './DoubtsTab.tsx';
import { EditsTab } from './EditsTab.tsx';
import { OpensTab } from './OpensTab.tsx';
import { RefusalsTab } from './RefusalsTab.tsx';
import './exceptions.css';

/** Each list and the right that its question stands under. */
const tabs = [
  ['open', 'case.close'],
  ['mine', 'case.close'],
  ['nobody', 'case.close'],
  ['closed', 'case.close'],
  ['payments', 'stay.read'],
  ['doubts', 'stay.read'],
  ['opens', 'audit.read'],
  ['edits', 'audit.read'],
  ['refusals', 'audit.read'],
] as const satisfies readonly (readonly [string, Right])[];
type Tab = (typeof tabs)[number][0];

const many = ({ total, exact }: { readonly total: number; readonly exact?: boolean }): string =>
  `${total}${exact === false ? '+' : ''}`;

/**
 * 异常处理: what a named person must look at and bring to an end, payments without an outcome, cars in doubt, and what people
 * did that somebody else should look through.
 */
export function ExceptionsScreen() {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const [query, change] = useQuery();
  const lanes = useLive((state) => state.frame?.lanes);
  const shown = tabs.filter(([, right]) => may(user, right)).map(([tab]) => tab);
  const works = shown.includes('open');
  const looks = shown.includes('opens');
  const reads = shown.includes('doubts');
  const summary = useAsk((client, signal) => (works ? client.cases.summary(undefined, { signal }) : null), [works]);
  const span = useActsSpan();
  const { moments } = span;
  const counts = useAsk(
    (client, signal) => (looks ? client.exceptions.counts(moments ?? {}, { signal }) : null),
    [looks, moments?.from, moments?.to],
  );
  const doubts = useRows<DoubtfulStay>(
    (client, page, signal) =>
      reads ? client.exceptions.doubtful(page, { signal }) : Promise.resolve({ items: [], total: 0 }),
    [reads],
  );
  const tab = shown.find((each) => each === query['tab']) ?? shown[0];
  const laneName = (id: string | null): string =>
    id === null ? '' : (lanes?.find((lane) => lane.id === id)?.name ?? id);
  const numbers: Partial<Record<Tab, string | undefined>> = {
    open: summary.data?.open.toString(),
    mine: summary.data?.mine.toString(),
    doubts: doubts.total === null ? undefined : many({ total: doubts.total, exact: doubts.exact }),
    opens: counts.data ? many(counts.data.gates) : undefined,
    edits: counts.data ? many(counts.data.edits) : undefined,
    refusals: counts.data ? many(counts.data.turnedAway) : undefined,
  };
  const ofSpan = t('exceptions.acts.counted', { from: span.days.from, to: span.days.to });
  const people = summary.data?.people ?? [];
  return (
    <Page
      title={t('nav.exceptions')}
      note={
        tab !== undefined && (
          <Segmented<Tab>
            aria-label={t('nav.exceptions')}
            value={tab}
            onChange={(next) => change({ tab: next === 'open' ? undefined : next, kind: undefined })}
            options={shown.map((value) => ({
              value,
              label: `${t(`exceptions.tab.${value}`)} ${numbers[value] ?? ''}`.trimEnd(),
              ...(value === 'opens' || value === 'edits' || value === 'refusals' ? { title: ofSpan } : {}),
            }))}
          />
        )
      }
      fill
    >
      {tab === undefined ? (
        <Empty title={t('exceptions.empty')} />
      ) : tab === 'payments' ? (
        <AttemptsTab />
      ) : tab === 'doubts' ? (
        <DoubtsTab rows={doubts} />
      ) : tab === 'opens' ? (
        <OpensTab span={span} people={people} laneName={laneName} />
      ) : tab === 'edits' ? (
        <EditsTab span={span} people={people} />
      ) : tab === 'refusals' ? (
        <RefusalsTab span={span} people={people} counts={counts.data} laneName={laneName} />
      ) : (
        <CasesTab key={tab} tab={tab} summary={summary} laneName={laneName} />
      )}
    </Page>
  );
}
