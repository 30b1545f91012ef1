import type { DebtView } from '../../../shared/contract/debts.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { useAct } from '../../office/use-act.ts';
import { restOf } from './use-columns.tsx';

/** 核销: nobody asks for it any more. */
export function CancelDialog(props: { debt: DebtView; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const { id, plate } = props.debt;
  return (
    <ReasonDialog
      title={t('debts.cancelTitle', { plate, amount: formatMoney(restOf(props.debt)) })}
      consequence={t('debts.cancelText')}
      verb={t('debts.cancel')}
      danger
      act={act}
      onClose={props.onClose}
      onConfirm={async (reason) => {
        // The station keeps a hundred characters of it.
        const said = reason.slice(0, 100);
        if (await act.run((client) => client.debts.cancel({ id, reason: said }), { done: t('debts.cancelled') }))
          props.onDone();
      }}
    />
  );
}
