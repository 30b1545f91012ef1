import { App, Button } from 'antd';
import { useState } from 'react';
import type { RunView } from '../../../shared/contract/reconciliations.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { useAct } from '../../office/use-act.ts';
import { countOf } from './run-title.ts';

type Wish = 'lacking' | 'refused' | 'chosen';
/** As many as one call takes by their numbers. */
const CHOSEN_MOST = 500;

/** Makes good what a run found: all that is missing or lost, all that was refused, or the rows that were chosen. */
export function Repair(props: { run: RunView; chosen: ReadonlySet<string>; onDone: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const user = useSession((state) => state.user);
  const [open, setOpen] = useState<Wish | null>(null);
  const [done, setDone] = useState({ inserted: 0, retried: 0 });
  const act = useAct();
  const { run, chosen } = props;
  if (!may(user, 'outbox.reconcile')) return null;
  const counts: Record<Wish, number> = {
    lacking: countOf(run, 'missing') + countOf(run, 'lost'),
    refused: countOf(run, 'refused'),
    chosen: chosen.size,
  };
  const lacking = (() => {
    if (countOf(run, 'lost') === 0) return t('outbox.run.repairMissing', { n: counts.lacking });
    if (countOf(run, 'missing') === 0) return t('outbox.run.repairLost', { n: counts.lacking });
    return t('outbox.run.repairLacking', { n: counts.lacking });
  })();
  const repair = async (wish: Wish): Promise<void> => {
    const sum = { inserted: 0, retried: 0 };
    const numbers = [...chosen].map(Number);
    for (let after: number | null = 0; after !== null; ) {
      const from: number = after;
      const answer = await act.run(({ reconciliations }) =>
        reconciliations.repair(
          wish === 'chosen'
            ? { id: run.id, numbers: numbers.slice(from, from + CHOSEN_MOST) }
            : { id: run.id, found: wish === 'refused' ? ['refused'] : ['missing', 'lost'], after: from },
        ),
      );
      if (!answer) return;
      sum.inserted += answer.inserted;
      sum.retried += answer.retried;
      setDone({ ...sum });
      if (wish !== 'chosen') after = answer.next;
      else after = from + CHOSEN_MOST < numbers.length ? from + CHOSEN_MOST : null;
    }
    setOpen(null);
    void message.success(t('outbox.run.repaired', sum));
    props.onDone();
  };
  const ask = (wish: Wish): void => {
    act.clear();
    setDone({ inserted: 0, retried: 0 });
    setOpen(wish);
  };
  return (
    <div className="run-acts">
      {counts.chosen > 0 && (
        <Button onClick={() => ask('chosen')}>{t('outbox.run.repairChosen', { n: counts.chosen })}</Button>
      )}
      {counts.refused > 0 && (
        <Button onClick={() => ask('refused')}>{t('outbox.run.repairRefused', { n: counts.refused })}</Button>
      )}
      {counts.lacking > 0 && (
        <Button type="primary" onClick={() => ask('lacking')}>
          {lacking}
        </Button>
      )}
      {open && (
        <ReasonDialog
          title={t('outbox.run.repairTitle', { n: counts[open] })}
          consequence={t('outbox.run.repairText')}
          verb={t('outbox.run.repairVerb')}
          reason="none"
          act={act}
          onClose={() => setOpen(null)}
          onConfirm={() => void repair(open)}
        >
          {done.inserted + done.retried > 0 && <output>{t('outbox.run.repairing', done)}</output>}
        </ReasonDialog>
      )}
    </div>
  );
}
