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
import { countOf, expectedOf, runDays } from './run-title.ts';
import { runTones } from './run-tones.ts';
import { StartDialog } from './StartDialog.tsx';
import './outbox.css';

function columnsOf(t: Translate): Column<RunView>[] {
  const count = (found: 'delivered' | 'waiting' | 'refused' | 'missing'): Column<RunView> => ({
    key: found,
    title: t(`outbox.run.found.${found}`),
    width: 90,
    align: 'end',
    render: (run) => countOf(run, found).toLocaleString('en-US'),
  });
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
    ...(['delivered', 'waiting', 'refused', 'missing'] as const).map(count),
    { key: 'by', title: t('outbox.run.by'), width: 120, grow: true, render: (run) => run.by },
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
        tone={(run) => (countOf(run, 'missing') + countOf(run, 'refused') > 0 ? 'call' : undefined)}
        empty={{ title: t('outbox.run.none'), text: t('outbox.run.noneText') }}
      />
      {starting && <StartDialog purpose={starting} links={links} onClose={() => setStarting(null)} />}
    </Page>
  );
}
