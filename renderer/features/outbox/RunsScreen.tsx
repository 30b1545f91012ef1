import { Button } from 'antd';
import { useMemo, useState } from 'react';
import type { RunView } from '../../../shared/contract/reconciliations.ts';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import { platformName } from '../../lib/platform-name.ts';
import { go, href } from '../../lib/route.ts';
import { useLive } from '../../lib/station/live.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { type Column, DataTable } from '../../office/DataTable.tsx';
import { Page } from '../../office/Page.tsx';
import { useRows } from '../../office/use-rows.ts';
import { State, When } from '../../office/Values.tsx';
import { countOf, expectedOf, runBy, runDays, verdictOf } from './run-title.ts';
import { runTones, verdictTones } from './run-tones.ts';
import { StartDialog } from './StartDialog.tsx';
import './outbox.css';

/** What somebody must do something about. */
const forSomebody = ['missing', 'lost', 'extra', 'refused'] as const;

function columnsOf(t: Translate): Column<RunView>[] {
  return [
    { key: 'startedAt', title: t('outbox.run.startedAt'), width: 170, render: (run) => <When at={run.startedAt} /> },
    { key: 'purpose', title: t('outbox.run.kind'), width: 80, render: (run) => t(`outbox.run.purpose.${run.purpose}`) },
    { key: 'platform', title: t('outbox.column.platform'), width: 90, render: (run) => platformName(run.platform, t) },
    { key: 'days', title: t('outbox.run.period'), width: 210, render: runDays },
    {
      key: 'state',
      title: t('outbox.column.status'),
      width: 90,
      render: (run) => <State tone={runTones[run.state]}>{t(`outbox.run.state.${run.state}`)}</State>,
    },
    {
      key: 'expected',
      title: t('outbox.run.expected'),
      width: 90,
      align: 'end',
      render: (run) => expectedOf(run).toLocaleString('en-US'),
    },
    {
      key: 'delivered',
      title: t('outbox.run.found.delivered'),
      width: 90,
      align: 'end',
      render: (run) => countOf(run, 'delivered').toLocaleString('en-US'),
    },
    {
      key: 'differences',
      title: t('outbox.run.differences'),
      width: 90,
      align: 'end',
      render: (run) => run.differences.toLocaleString('en-US'),
    },
    {
      key: 'verdict',
      title: t('outbox.run.books'),
      width: 110,
      render: (run) => {
        const verdict = verdictOf(run);
        return verdict && <State tone={verdictTones[verdict]}>{t(`outbox.run.${verdict}`)}</State>;
      },
    },
    { key: 'by', title: t('outbox.run.by'), width: 110, grow: true, render: (run) => runBy(run, t) },
  ];
}

/** All comparisons of late, the newest first. */
export function RunsScreen() {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const links = useLive((state) => state.frame?.links) ?? [];
  const [starting, setStarting] = useState<'check' | 'backfill' | null>(null);
  const columns = useMemo(() => columnsOf(t), [t]);
  const rows = useRows(async ({ reconciliations }, _page, signal) => {
    const items = await reconciliations.list(undefined, { signal });
    return { items, total: items.length };
  }, []);
  return (
    <Page
      fill
      title={t('outbox.run.list')}
      note={
        <a className="leads" href={href('outbox')}>
          {t('outbox.run.back')}
        </a>
      }
      actions={
        may(user, 'outbox.reconcile') && (
          <>
            <Button type="primary" disabled={links.length === 0} onClick={() => setStarting('check')}>
              {t('outbox.run.check')}
            </Button>
            <Button disabled={links.length === 0} onClick={() => setStarting('backfill')}>
              {t('outbox.run.backfill')}
            </Button>
          </>
        )
      }
    >
      <DataTable
        name="outbox-runs"
        label={t('outbox.run.list')}
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        onOpen={({ id }) => go('outbox', { id: `runs/${id}` })}
        tone={(run) => (forSomebody.some((found) => countOf(run, found) > 0) ? 'call' : undefined)}
        empty={{ title: t('outbox.run.none'), text: t('outbox.run.noneText') }}
      />
      {starting && <StartDialog purpose={starting} links={links} onClose={() => setStarting(null)} />}
    </Page>
  );
}
