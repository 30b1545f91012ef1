import { Button } from 'antd';
import { useState } from 'react';
import type { DebtView } from '../../../shared/contract/debts.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useQuery } from '../../lib/route.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { FilterChoice } from '../../office/choices.tsx';
import { DataTable } from '../../office/DataTable.tsx';
import { PlateSearch } from '../../office/inputs.tsx';
import { Filter, Page } from '../../office/Page.tsx';
import { TableFiles } from '../../office/Registry.tsx';
import { useRows } from '../../office/use-rows.ts';
import { AddDebtDialog } from './AddDebtDialog.tsx';
import { CancelDialog } from './CancelDialog.tsx';
import { DebtDrawer } from './DebtDrawer.tsx';
import { LookUpDialog } from './LookUpDialog.tsx';
import { PayDialog } from './PayDialog.tsx';
import { collectedUntil, useDebtColumns } from './use-columns.tsx';

const states = ['open', 'paid', 'cancelled'] as const;

/** 欠费: who still owes what, and the counter at which it is paid. */
export function DebtsScreen() {
  const { t } = useWords();
  const edits = useSession((state) => may(state.user, 'debt.edit'));
  const [query, setQuery] = useQuery();
  const plate = query['plate'] ?? '';
  const state = states.find((each) => each === query['state']);
  const [open, setOpen] = useState<
    { readonly debt: DebtView; readonly how: 'look' | 'pay' | 'cancel' } | { readonly how: 'add' | 'look-up' } | null
  >(null);
  const rows = useRows(
    (client, page, signal) => client.debts.list({ ...page, plate, state }, { signal }),
    [plate, state],
  );
  const columns = useDebtColumns();
  const close = (): void => setOpen(null);
  const done = (): void => {
    close();
    rows.again();
  };
  const add = <Button onClick={() => setOpen({ how: 'add' })}>{t('debts.add')}</Button>;
  return (
    <Page
      title={t('nav.debts')}
      fill
      actions={
        <>
          <TableFiles what="debts" filter={{ plate, state }} />
          <Button onClick={() => setOpen({ how: 'look-up' })}>{t('debts.lookUp')}</Button>
          {edits && add}
        </>
      }
      filters={
        <>
          <Filter label={t('debts.stateLabel')} htmlFor="debts-state">
            <FilterChoice<DebtView['state']>
              id="debts-state"
              value={state}
              all={t('kit.all')}
              onChange={(value) => setQuery({ state: value })}
              options={states.map((value) => ({ value, label: t(`debts.state.${value}`) }))}
            />
          </Filter>
          <Filter label={t('kit.plate')} htmlFor="debts-plate">
            <PlateSearch id="debts-plate" value={plate} onChange={(part) => setQuery({ plate: part })} />
          </Filter>
        </>
      }
    >
      <DataTable
        name="debts"
        label={t('debts.gridLabel')}
        columns={columns}
        rows={rows}
        rowId={(debt) => debt.id}
        tone={(debt) => (debt.state === 'open' && collectedUntil(debt) === null ? 'call' : undefined)}
        onOpen={(debt) => setOpen({ debt, how: 'look' })}
        empty={
          plate !== '' || state !== undefined
            ? { title: t('debts.noneFound'), text: t('debts.noneFoundText') }
            : { title: t('debts.empty'), text: t('debts.emptyText') }
        }
      />
      {open?.how === 'look' && (
        <DebtDrawer
          debt={open.debt}
          onClose={close}
          onPay={() => setOpen({ debt: open.debt, how: 'pay' })}
          onCancel={() => setOpen({ debt: open.debt, how: 'cancel' })}
        />
      )}
      {open?.how === 'pay' && <PayDialog debt={open.debt} onClose={close} onDone={done} onPaid={rows.again} />}
      {open?.how === 'cancel' && <CancelDialog debt={open.debt} onClose={close} onDone={done} />}
      {open?.how === 'look-up' && <LookUpDialog plate={plate} onClose={close} onTold={rows.again} />}
      {open?.how === 'add' && <AddDebtDialog onClose={close} onDone={done} />}
    </Page>
  );
}
