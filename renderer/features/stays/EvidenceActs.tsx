import { Button } from 'antd';
import { useState } from 'react';
import type { Evidence } from '../../../shared/contract/evidence.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { saveFile } from '../../office/files.ts';
import { printPage } from '../../office/PrintSheet.tsx';
import { Problem } from '../../office/States.tsx';
import { GrantDialog } from '../../office/stay/GrantDialog.tsx';
import { useAct } from '../../office/use-act.ts';
import { CorrectDialog } from './CorrectDialog.tsx';

/** What can be done about a stay as a whole. */
export function EvidenceActs({ evidence, onChanged }: { evidence: Evidence; onChanged: () => void }) {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const [open, setOpen] = useState<'correct' | 'grant' | null>(null);
  const act = useAct();
  const { stay } = evidence;
  const exportFile = async (): Promise<void> => {
    const file = await act.run((client) => client.evidence.export({ uid: stay.uid }), {
      done: t('stays.evidence.exported'),
    });
    if (!file) return;
    const bytes = Uint8Array.from(atob(file.base64), (char) => char.charCodeAt(0));
    saveFile(new File([bytes], file.fileName, { type: file.contentType }));
    onChanged();
  };
  const close = (): void => setOpen(null);
  const done = (): void => {
    close();
    onChanged();
  };
  return (
    <>
      <Problem text={act.problem} />
      {stay.status === 'inside' && may(user, 'discount.grant') && (
        <Button onClick={() => setOpen('grant')}>{t('stays.grant.open')}</Button>
      )}
      {may(user, 'stay.correct') && (
        <Button disabled={stay.status === 'abnormal'} onClick={() => setOpen('correct')}>
          {t('stays.correct.open')}
        </Button>
      )}
      <Button onClick={printPage}>{t('kit.print')}</Button>
      {may(user, 'evidence.export') && (
        <Button type="primary" loading={act.busy} onClick={() => void exportFile()}>
          {t('stays.evidence.export')}
        </Button>
      )}
      {open === 'correct' && <CorrectDialog stay={stay} onClose={close} onDone={done} />}
      {open === 'grant' && <GrantDialog stay={stay} onClose={close} onDone={done} />}
    </>
  );
}
