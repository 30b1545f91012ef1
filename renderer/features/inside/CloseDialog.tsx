import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { StationClient } from '../../../shared/contract/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { useAct } from '../../office/use-act.ts';
import { Leads } from '../../office/Values.tsx';

export type CloseWhat = { readonly uids: string[] } | { readonly olderThanDays: number };
type Closed = Awaited<ReturnType<StationClient['corrections']['closeStale']>>;

/** 清理滞留车: asks why, closes them, and names those that were skipped with the reason of each. */
export function CloseDialog(props: { what: CloseWhat; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const [result, setResult] = useState<Closed | null>(null);
  const { what } = props;
  if (result)
    return (
      <Modal
        open
        title={t('inside.result')}
        onCancel={props.onClose}
        footer={
          <Button type="primary" autoFocus onClick={props.onClose}>
            {t('inside.resultClose')}
          </Button>
        }
      >
        <p>
          {result.skipped.length === 0
            ? t('inside.resultDone', { n: result.closed })
            : t('inside.resultSkipped', { n: result.closed, skipped: result.skipped.length })}
        </p>
        <ul className="inside-skipped">
          {result.skipped.map(({ uid, message }) => (
            <li key={uid}>
              <Leads to="stays" place={{ id: uid }}>
                {uid}
              </Leads>
              <span>{message}</span>
            </li>
          ))}
        </ul>
      </Modal>
    );
  const close = async (reason: string): Promise<void> => {
    const closed = await act.run((client) => client.corrections.closeStale({ which: what, reason }));
    if (!closed) return;
    setResult(closed);
    props.onDone();
  };
  return (
    <ReasonDialog
      title={
        'uids' in what
          ? t('inside.closeTitle', { n: what.uids.length })
          : t('inside.closeAllTitle', { days: what.olderThanDays })
      }
      consequence={t('inside.closeText')}
      verb={t('inside.closeVerb')}
      danger
      act={act}
      onClose={props.onClose}
      onConfirm={(reason) => void close(reason)}
    />
  );
}
