import { useState } from 'react';
import type { CaseView } from '../../../shared/contract/payments.ts';
import { caseKindSchema } from '../../../shared/domain/money-flow.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { formatDuration } from '../../lib/format.ts';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import type { Language } from '../../lib/i18n/language.ts';
import { go, useQuery, useRoute } from '../../lib/route.ts';
import { stationNow, useSession } from '../../lib/station/session.ts';
import { type Column, DataTable } from '../../office/DataTable.tsx';
import { type Asked, useAsk } from '../../office/use-ask.ts';
import { useRows } from '../../office/use-rows.ts';
import { Money, When } from '../../office/Values.tsx';
import { CaseDrawer } from './CaseDrawer.tsx';
import type { CaseSummary, CaseTab } from './case-summary.ts';
import { KindList } from './KindList.tsx';

/** The cases of a tab, by kind at the left; one of them opens beside the list. */
export function CasesTab({
  tab,
  summary,
  laneName,
}: {
  tab: CaseTab;
  summary: Asked<CaseSummary>;
  laneName: LaneName;
}) {
  const { t, language } = useWords();
  const [query, change] = useQuery();
  const me = useSession((state) => state.user?.name) ?? '';
  // A case that another screen leads to by its id opens at once.
  const named = useRoute((route) => route.id);
  const [open, setOpen] = useState<CaseView | null>(null);
  const leadsTo = useAsk(
    (client, signal) => (named === null ? null : client.cases.list({ id: named }, { signal })),
    [named],
  ).data?.items[0];
  const shown = open ?? leadsTo ?? null;
  const close = (): void => {
    setOpen(null);
    if (named !== null) go('exceptions', { query, replace: true });
  };
  const kind = caseKindSchema.safeParse(query['kind']).data;
  const filter = {
    open: tab === 'closed' ? ('false' as const) : ('true' as const),
    ...(kind ? { kind } : {}),
    ...(query['uid'] ? { uid: query['uid'] } : {}),
    ...(tab === 'mine' ? { owner: me } : tab === 'nobody' ? { owner: '' } : {}),
  };
  const rows = useRows<CaseView>(
    (client, page, signal) => client.cases.list({ ...filter, ...page }, { signal }),
    [JSON.stringify(filter)],
  );
  const changed = (next: CaseView): void => {
    setOpen(next);
    rows.again();
    summary.again();
  };
  return (
    <div className="cases">
      <KindList summary={summary.data} tab={tab} kind={kind} onChange={(next) => change({ kind: next })} />
      <DataTable
        name={tab === 'closed' ? 'cases-closed' : 'cases'}
        label={t(`exceptions.tab.${tab}`)}
        columns={tab === 'closed' ? closedColumns(t, laneName) : openColumns(t, language, laneName)}
        rows={rows}
        rowId={(each) => each.id}
        onOpen={setOpen}
        tone={(each) => (each.closedAt !== null ? undefined : each.amountFen > 0 ? 'stop' : 'call')}
        empty={
          tab === 'closed'
            ? { title: t('exceptions.emptyClosed') }
            : { title: t('exceptions.empty'), text: t('exceptions.emptyText') }
        }
      />
      {shown && (
        <CaseDrawer
          key={shown.id}
          of={shown}
          lane={laneName(shown.laneId)}
          people={summary.data?.people ?? []}
          onClose={close}
          onChanged={changed}
        />
      )}
    </div>
  );
}

type LaneName = (id: string | null) => string;

function about(
  t: Translate,
  laneName: LaneName,
): Readonly<Record<'kind' | 'plate' | 'detail' | 'amount' | 'lane' | 'opened', Column<CaseView>>> {
  return {
    kind: {
      key: 'kind',
      title: t('exceptions.column.kind'),
      width: 150,
      render: (each) => t(`event.case.${each.kind}`),
    },
    plate: { key: 'plate', title: t('exceptions.column.plate'), width: 100, render: (each) => each.plate || '—' },
    detail: {
      key: 'detail',
      title: t('exceptions.column.detail'),
      width: 150,
      grow: true,
      render: (each) => each.detail,
    },
    amount: {
      key: 'amount',
      title: t('exceptions.column.amount'),
      width: 92,
      align: 'end',
      render: (each) => (each.amountFen === 0 ? '' : <Money fen={each.amountFen} />),
    },
    lane: {
      key: 'lane',
      title: t('exceptions.column.lane'),
      width: 96,
      optional: true,
      render: (each) => laneName(each.laneId),
    },
    opened: {
      key: 'opened',
      title: t('exceptions.column.opened'),
      width: 164,
      render: (each) => <When at={each.openedAt} />,
    },
  };
}

function openColumns(t: Translate, language: Language, laneName: LaneName): readonly Column<CaseView>[] {
  const { kind, plate, detail, amount, lane, opened } = about(t, laneName);
  return [
    kind,
    plate,
    detail,
    amount,
    lane,
    opened,
    {
      key: 'age',
      title: t('exceptions.column.age'),
      width: 110,
      align: 'end',
      render: (each) => formatDuration((stationNow() - fromRfc3339(each.openedAt)) / 60_000, language),
    },
    {
      key: 'owner',
      title: t('exceptions.column.owner'),
      width: 90,
      render: (each) => each.owner ?? <span className="value-none">{t('exceptions.nobody')}</span>,
    },
  ];
}

function closedColumns(t: Translate, laneName: LaneName): readonly Column<CaseView>[] {
  const { kind, plate, detail, amount, opened } = about(t, laneName);
  return [
    kind,
    plate,
    detail,
    amount,
    opened,
    {
      key: 'resolution',
      title: t('exceptions.column.resolution'),
      width: 160,
      grow: true,
      render: (each) => each.resolution ?? '',
    },
    { key: 'closedBy', title: t('exceptions.column.owner'), width: 90, render: (each) => each.closedBy ?? '' },
    { key: 'closed', title: t('exceptions.column.closed'), width: 164, render: (each) => <When at={each.closedAt} /> },
  ];
}
