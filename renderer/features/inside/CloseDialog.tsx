import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { StationClient } from '../../../shared/contract/index.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { Problem } from '../../office/States.tsx';
import { carName, stayDuration } from '../../office/stay/StayWords.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { Leads } from '../../office/Values.tsx';

export type CloseWhat = { readonly uids: string[] } | { readonly olderThanDays: number };
type Checked = Awaited<ReturnType<StationClient['corrections']['closeCheck']>>;
type Closed = Awaited<ReturnType<StationClient['corrections']['closeStale']>>;

/** 清理滞留车: asks why, closes them, and names those that were skipped with the reason of each. */
export function CloseDialog(props: { what: CloseWhat; staleDays: number; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const [result, setResult] = useState<Closed | null>(null);
  const { what } = props;
  const check = useAsk((client, signal) => client.corrections.closeCheck({ which: what }, { signal }), []);
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
      ready={check.data !== null}
      verb={t('inside.closeVerb')}
      danger
      act={act}
      onClose={props.onClose}
      onConfirm={(reason) => void close(reason)}
    >
      {check.failed && <Problem text={null} error={check.failed.error} onAgain={check.again} />}
      {check.data && check.data.young > 0 && <Young checked={check.data} staleDays={props.staleDays} />}
    </ReasonDialog>
  );
}

/** Cars that are not stale yet: how long each has stood here, and the fee that is given up with it. */
function Young({ checked, staleDays }: { checked: Checked; staleDays: number }) {
  const { t, language } = useWords();
  const unnamed = checked.young - checked.first.length;
  return (
    <div className="inside-young" role="alert">
      <strong>{t('inside.young', { n: checked.young, days: staleDays, amount: formatMoney(checked.dueFen) })}</strong>
      <ul className="inside-skipped">
        {checked.first.map(({ stay, dueFen }) => (
          <li key={stay.uid}>
            <span>{carName(stay, t)}</span>
            <span>{stayDuration(stay, stationNow(), language)}</span>
            <span>{formatMoney(dueFen)}</span>
          </li>
        ))}
      </ul>
      {unnamed > 0 && <span>{t('inside.youngMore', { n: unnamed })}</span>}
    </div>
  );
}
