import { Button, Input, Upload } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/index.ts';
import { may, mayAct, useSession } from '../../../lib/station/session.ts';
import { saveFile } from '../../../office/files.ts';
import { Box } from '../../../office/Page.tsx';
import { ReasonDialog } from '../../../office/ReasonDialog.tsx';
import { Problem } from '../../../office/States.tsx';
import { useAct } from '../../../office/use-act.ts';
import { HistoryTable } from '../HistoryTable.tsx';
import { ImportDialog } from '../ImportDialog.tsx';
import type { Forms } from '../section.ts';

/** 导入导出与历史. */
export function ConfigurationSection({ forms, onApplied }: { forms: Forms | null; onApplied: () => void }) {
  const { t } = useWords();
  const mayChange = useSession(({ user }) => may(user, 'settings.change'));
  const [round, setRound] = useState(0);
  const [document, setDocument] = useState<Record<string, unknown> | null>(null);
  const [unreadable, setUnreadable] = useState(false);
  const applied = (): void => {
    setDocument(null);
    setRound((n) => n + 1);
    onApplied();
  };
  const read = async (file: File): Promise<void> => {
    const found = asDocument(await file.text());
    setUnreadable(found === null);
    setDocument(found);
  };
  return (
    <>
      <div className="set-pair">
        <ExportBox />
        <Box title={t('settings.history.import')}>
          <p className="set-note">{t('settings.history.importText')}</p>
          <Upload
            accept=".json,application/json"
            showUploadList={false}
            disabled={!mayChange}
            beforeUpload={(file) => {
              void read(file);
              return false;
            }}
          >
            <Button disabled={!mayChange}>{t('settings.history.choose')}</Button>
          </Upload>
          <Problem text={unreadable ? t('settings.history.notJson') : null} />
        </Box>
      </div>
      <Box title={t('settings.history.title')}>
        <HistoryTable key={round} forms={forms} onApplied={applied} />
      </Box>
      {document && (
        <ImportDialog document={document} forms={forms} onClose={() => setDocument(null)} onApplied={applied} />
      )}
    </>
  );
}

function asDocument(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function ExportBox() {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const plain = useAct();
  const secret = useAct();
  const [asking, setAsking] = useState(false);
  const [password, setPassword] = useState('');
  const withKeys = async (): Promise<void> => {
    const file = await secret.run((client) => client.configuration.export({ secrets: true, password }));
    if (!file) return;
    saveFile(file);
    setAsking(false);
    setPassword('');
  };
  return (
    <Box title={t('settings.history.export')}>
      <p className="set-note">{t('settings.history.exportText')}</p>
      <div className="set-row">
        <Button
          loading={plain.busy}
          disabled={!may(user, 'settings.change')}
          onClick={() =>
            void plain.run((client) => client.configuration.export({})).then((file) => file && saveFile(file))
          }
        >
          {t('settings.history.exportPlain')}
        </Button>
        {may(user, 'settings.change') && mayAct(user, 'admin') && (
          <Button onClick={() => setAsking(true)}>{t('settings.history.exportSecret')}</Button>
        )}
      </div>
      <Problem text={plain.problem} />
      {asking && (
        <ReasonDialog
          title={t('settings.history.secretTitle')}
          consequence={t('settings.history.secretText')}
          verb={t('settings.history.secretVerb')}
          reason="none"
          act={secret}
          ready={password !== ''}
          onClose={() => setAsking(false)}
          onConfirm={() => void withKeys()}
        >
          <label htmlFor="export-password">
            <span>{t('settings.backup.password')}</span>
            <Input.Password
              id="export-password"
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </label>
        </ReasonDialog>
      )}
    </Box>
  );
}
