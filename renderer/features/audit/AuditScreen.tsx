import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { useQuery } from '../../lib/route.ts';
import { useLive } from '../../lib/station/live.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { saveFile } from '../../office/files.ts';
import { MoreRows } from '../../office/MoreRows.tsx';
import { Page } from '../../office/Page.tsx';
import { Empty, Failed, Fetching, Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useBackwards } from '../../office/use-backwards.ts';
import { AuditFilters } from './AuditFilters.tsx';
import { AuditRow } from './AuditRow.tsx';
import { auditFilterOf } from './audit-filter.ts';
import { VerifyDialog } from './VerifyDialog.tsx';
import './audit.css';

/** 操作日志: what people did, as sentences; with the raw row, the check of the whole chain, and the file for the auditor. */
export function AuditScreen() {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const lanes = useLive((state) => state.frame?.lanes);
  const [query] = useQuery();
  const [verifying, setVerifying] = useState(false);
  const act = useAct();
  const { scope, ...filter } = auditFilterOf(query);
  const journal = useBackwards(
    (client, page, signal) =>
      scope === 'all'
        ? client.events.list({ ...filter, ...page }, { signal })
        : client.audit({ ...filter, ...page }, { signal }),
    [scope, JSON.stringify(filter)],
  );
  const exportAll = async (): Promise<void> => {
    const file = await act.run((client) => client.journal.export({ ...filter, scope, format: 'xlsx' }), {
      done: t('audit.exported'),
    });
    if (file) saveFile(file);
  };
  const laneName = (id: string | null): string | null => lanes?.find((lane) => lane.id === id)?.name ?? id;
  return (
    <Page
      title={t('nav.audit')}
      filters={<AuditFilters />}
      actions={
        <>
          <Button loading={journal.busy} onClick={journal.again}>
            {t('kit.refresh')}
          </Button>
          {may(user, 'journal.verify') && <Button onClick={() => setVerifying(true)}>{t('audit.verify.open')}</Button>}
          {may(user, 'audit.read') && (
            <Button loading={act.busy} onClick={() => void exportAll()}>
              {t('kit.exportXlsx')}
            </Button>
          )}
        </>
      }
    >
      <Problem text={act.problem} />
      {journal.rows === null ? (
        journal.failed ? (
          <Failed error={journal.failed.error} onAgain={journal.again} />
        ) : (
          <Fetching rows={10} />
        )
      ) : journal.rows.length === 0 ? (
        <Empty title={t('audit.empty')} text={t('audit.emptyText')} />
      ) : (
        <>
          {journal.failed && <Problem text={null} error={journal.failed.error} onAgain={journal.again} />}
          <ol className="audit" aria-label={t('nav.audit')}>
            {journal.rows.map((row) => (
              <AuditRow key={row.seq} row={row} lane={laneName(row.laneId)} />
            ))}
          </ol>
          <MoreRows
            busy={journal.busy}
            end={journal.end}
            more={journal.more}
            label={t('audit.more')}
            endLabel={t('audit.end')}
          />
        </>
      )}
      {verifying && <VerifyDialog onClose={() => setVerifying(false)} />}
    </Page>
  );
}
