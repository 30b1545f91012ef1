import { Button } from 'antd';
import { useState } from 'react';
import type { ImportView } from '../../../shared/contract/imports.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { problemText } from '../../office/problem-text.ts';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { DropZone } from './DropZone.tsx';
import { sizeText } from './kinds.ts';
import { goOnSending, useSending } from './sending.ts';

/** While pieces come: how many came, and how to go on when this window no longer has the file. */
export function SendingNote({ job, onAgain }: { job: ImportView; onAgain: () => void }) {
  const { t, language } = useWords();
  const sending = useSending((all) => all[job.id]);
  const act = useAct();
  const [other, setOther] = useState(false);
  const done = `${sizeText(job.receivedBytes)} / ${sizeText(job.bytes)}`;
  const goOn = async (file: File): Promise<void> => {
    await act.run(() => goOnSending(job.id, file));
    onAgain();
  };
  const choose = (file: File): void => {
    const same = file.name === job.fileName && file.size === job.bytes;
    setOther(!same);
    if (same) void goOn(file);
  };
  if (sending?.state === 'sending' || sending?.state === 'sent') return <p className="import-note">{done}</p>;
  if (sending)
    return (
      <>
        <Problem
          text={
            sending.state === 'gone'
              ? t('imports.sendGone')
              : t('imports.sendFailed', { problem: problemText(sending.error, t, language) })
          }
        />
        {sending.state === 'failed' && (
          <div>
            <Button type="primary" onClick={() => void goOn(sending.file)}>
              {t('imports.sendAgain')}
            </Button>
          </div>
        )}
      </>
    );
  return (
    <>
      <p className="import-note">{t('imports.resume', { done })}</p>
      <DropZone busy={act.busy} onFile={choose} />
      <Problem text={other ? t('imports.resumeOther') : act.problem} />
    </>
  );
}
