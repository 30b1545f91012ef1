import { useMemo } from 'react';
import type { DebtView } from '../../../shared/contract/debts.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';
import type { Column } from '../../office/DataTable.tsx';
import { PlateText, Source } from '../../office/Registry.tsx';
import { Money, State, type Tone, When } from '../../office/Values.tsx';

const debtTones: Readonly<Record<DebtView['state'], Tone>> = { open: 'call', paid: 'go', cancelled: 'plain' };

/** What is still to be paid; nothing of what was let go. */
export const restOf = (debt: DebtView): number => (debt.state === 'open' ? debt.amountFen - debt.paidFen : 0);

/** Until when a platform collects an open debt from the driver; null: it does not, or not any more. */
export function collectedUntil({ state, notBefore }: DebtView): string | null {
  return state === 'open' && notBefore !== undefined && fromRfc3339(notBefore) > stationNow() ? notBefore : null;
}

/** How a debt stands. One that a platform is collecting calls nobody. */
export function DebtState({ debt }: { debt: DebtView }) {
  const { t } = useWords();
  if (collectedUntil(debt) !== null) return <State tone="plain">{t('debts.collecting')}</State>;
  return <State tone={debtTones[debt.state]}>{t(`debts.state.${debt.state}`)}</State>;
}

export function useDebtColumns(): readonly Column<DebtView>[] {
  const { t } = useWords();
  return useMemo(
    () => [
      { key: 'plate', title: t('kit.plate'), width: 130, render: (debt) => <PlateText plate={debt.plate} /> },
      {
        key: 'state',
        title: t('debts.stateLabel'),
        width: 120,
        render: (debt) => <DebtState debt={debt} />,
      },
      {
        key: 'rest',
        title: t('debts.rest'),
        width: 110,
        align: 'end',
        render: (debt) => <Money fen={restOf(debt)} strong={debt.state === 'open'} />,
      },
      {
        key: 'amount',
        title: t('debts.amount'),
        width: 110,
        align: 'end',
        render: (debt) => <Money fen={debt.amountFen} />,
      },
      { key: 'paid', title: t('debts.paid'), width: 110, align: 'end', render: (debt) => <Money fen={debt.paidFen} /> },
      { key: 'since', title: t('debts.since'), width: 172, render: (debt) => <When at={debt.since} /> },
      {
        key: 'intercept',
        title: t('debts.interceptLabel'),
        width: 120,
        render: (debt) => t(`debts.intercept.${debt.intercept}`),
      },
      { key: 'reason', title: t('debts.reason'), width: 160, grow: true, render: (debt) => debt.reason },
      { key: 'source', title: t('registry.source'), width: 130, render: (debt) => <Source name={debt.source} /> },
      {
        key: 'updated',
        title: t('registry.updatedAt'),
        width: 190,
        optional: true,
        render: (debt) => <When at={debt.updatedAt} />,
      },
    ],
    [t],
  );
}
