import { Button } from 'antd';
import { useState } from 'react';
import type { BackupsOverview, BackupView } from '../../../../shared/contract/backups.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { may, useSession } from '../../../lib/station/session.ts';
import { Box } from '../../../office/Page.tsx';
import { Answer, Empty, Problem } from '../../../office/States.tsx';
import { useAct } from '../../../office/use-act.ts';
import { useAsk } from '../../../office/use-ask.ts';
import { State, When } from '../../../office/Values.tsx';
import { BackupDialog } from '../BackupDialog.tsx';
import { BackupSettingsForm } from '../BackupSettingsForm.tsx';
import { sizeText } from '../size.ts';

/** 备份与恢复. */
export function BackupsSection() {
  const { t } = useWords();
  const mayRun = useSession(({ user }) => may(user, 'backup.run'));
  return mayRun ? <Backups /> : <Empty title={t('nav.forbidden')} text={t('settings.backup.notRun')} />;
}

function Backups() {
  const { t } = useWords();
  const overview = useAsk((client) => client.backups.list(), []);
  const act = useAct();
  const make = async (): Promise<void> => {
    await act.run((client) => client.backups.make(), { done: t('settings.backup.made') });
    overview.again();
  };
  return (
    <Answer of={overview}>
      {(data) => (
        <>
          <Box
            title={
              data.nextAt === null
                ? t('settings.backup.noNext')
                : t('settings.backup.next', { at: formatDateTime(data.nextAt) })
            }
            extra={
              <Button type="primary" loading={act.busy} onClick={() => void make()}>
                {t('settings.backup.make')}
              </Button>
            }
          >
            <p className="set-note">
              {t('settings.backup.where', { path: data.directory })}
              {data.freeBytes !== null && ` · ${t('settings.backup.free', { size: sizeText(data.freeBytes) })}`}
            </p>
            {act.busy && (
              <p className="set-note" role="status">
                {t('settings.backup.making')}
              </p>
            )}
            <Problem
              text={act.problem ?? (data.problem === '' ? null : t('settings.backup.problem', { text: data.problem }))}
            />
            {data.items.length === 0 ? (
              <Empty title={t('settings.backup.none')} text={t('settings.backup.noneText')} />
            ) : (
              <BackupTable data={data} onChanged={overview.again} />
            )}
          </Box>
          <Box title={t('settings.backup.settings')}>
            <BackupSettingsForm key={JSON.stringify(data.settings)} settings={data.settings} onSaved={overview.again} />
          </Box>
        </>
      )}
    </Answer>
  );
}

function BackupTable({ data, onChanged }: { data: BackupsOverview; onChanged: () => void }) {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const act = useAct();
  const [said, setSaid] = useState('');
  const [verifying, setVerifying] = useState<string | null>(null);
  const [asking, setAsking] = useState<{ readonly what: 'restore' | 'remove'; readonly of: BackupView } | null>(null);
  const admin = may(user, 'backup.restore');
  const verify = async ({ id }: BackupView): Promise<void> => {
    setVerifying(id);
    setSaid('');
    const report = await act.run((client) => client.backups.verify({ id }));
    setVerifying(null);
    if (!report) return;
    setSaid(
      report.whole
        ? t('settings.backup.wholeSaid', { rows: report.rows })
        : t('settings.backup.damagedSaid', { text: report.findings[0]?.text ?? '' }),
    );
    onChanged();
  };
  const columns = ['at', 'why', 'size', 'seq', 'photos', 'state', 'acts'] as const;
  return (
    <>
      <div className="set-changes">
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`settings.backup.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.items.map((backup) => (
              <tr key={backup.id}>
                <th scope="row">
                  <When at={backup.madeAt} />
                </th>
                <td>{t(`settings.backup.why.${backup.why}`)}</td>
                <td>{sizeText(backup.bytes)}</td>
                <td>{backup.seq}</td>
                <td>{backup.photos ?? t('settings.backup.noPhotos')}</td>
                <td>
                  <Verified of={backup} />
                </td>
                <td className="set-acts">
                  <Button
                    size="small"
                    loading={verifying === backup.id}
                    disabled={act.busy}
                    onClick={() => void verify(backup)}
                  >
                    {t('settings.backup.verify')}
                  </Button>
                  <Button
                    size="small"
                    disabled={!admin || act.busy}
                    onClick={() => setAsking({ what: 'restore', of: backup })}
                  >
                    {t('settings.backup.restore')}
                  </Button>
                  <Button
                    size="small"
                    danger
                    disabled={!admin || act.busy}
                    onClick={() => setAsking({ what: 'remove', of: backup })}
                  >
                    {t('settings.backup.remove')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="set-note" role="status">
        {said}
        {!admin && ` ${t('settings.backup.adminOnly')}`}
      </p>
      <Problem text={act.problem} />
      {asking && (
        <BackupDialog
          what={asking.what}
          of={asking.of}
          onClose={() => setAsking(null)}
          onDone={() => {
            setAsking(null);
            onChanged();
          }}
        />
      )}
    </>
  );
}

function Verified({ of: { verified } }: { of: BackupView }) {
  const { t } = useWords();
  if (!verified) return <State tone="plain">{t('settings.backup.unverified')}</State>;
  return (
    <State tone={verified.whole ? 'go' : 'stop'}>
      {t(verified.whole ? 'settings.backup.whole' : 'settings.backup.damaged')}
    </State>
  );
}
