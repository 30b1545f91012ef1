import { useState } from 'react';
import type { RefundView } from '../../../shared/contract/payments.ts';
import { refundSchema } from '../../../shared/domain/money-flow.ts';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import { useQuery } from '../../lib/route.ts';
import { FilterChoice } from '../../office/choices.tsx';
import { type Column, DataTable } from '../../office/DataTable.tsx';
import { Filter, Page } from '../../office/Page.tsx';
import { methodName } from '../../office/stay/methods.ts';
import { useRows } from '../../office/use-rows.ts';
import { Money, State, type Tone, When } from '../../office/Values.tsx';
import { RefundDrawer } from './RefundDrawer.tsx';
import './refunds.css';

const refundTones: Record<RefundView['state'], Tone> = {
  requested: 'call',
  approved: 'info',
  failed: 'stop',
  done: 'go',
  rejected: 'plain',
};

const stateSchema = refundSchema.shape.state;

/** 退款: asked for by anybody, decided by a manager who did not ask, handed over by the channel or a person. */
export function RefundsScreen() {
  const { t } = useWords();
  const [query, change] = useQuery();
  const [open, setOpen] = useState<RefundView | null>(null);
  const state = stateSchema.safeParse(query['state']).data;
  const rows = useRows<RefundView>(
    (client, page, signal) => client.refunds.list({ ...(state ? { state } : {}), ...page }, { signal }),
    [state],
  );
  return (
    <Page
      title={t('nav.refunds')}
      fill
      filters={
        <Filter label={t('refunds.column.state')} htmlFor="refund-state">
          <FilterChoice
            id="refund-state"
            value={state}
            all={t('refunds.all')}
            onChange={(next) => change({ state: next })}
            options={stateSchema.options.map((value) => ({ value, label: t(`refunds.tab.${value}`) }))}
          />
        </Filter>
      }
    >
      <DataTable
        name="refunds"
        label={t('nav.refunds')}
        columns={columns(t)}
        rows={rows}
        rowId={(refund) => refund.id}
        onOpen={setOpen}
        tone={(refund) => (refund.state === 'requested' ? 'call' : refund.state === 'failed' ? 'stop' : undefined)}
        empty={{ title: t('refunds.empty'), text: t('refunds.emptyText') }}
      />
      {open && (
        <RefundDrawer
          refund={open}
          onClose={() => setOpen(null)}
          onChanged={(next) => {
            setOpen(next);
            rows.again();
          }}
        />
      )}
    </Page>
  );
}

function columns(t: Translate): readonly Column<RefundView>[] {
  const column = (key: keyof typeof widths): Pick<Column<RefundView>, 'key' | 'title' | 'width'> => ({
    key,
    title: t(`refunds.column.${key}`),
    width: widths[key],
  });
  return [
    { ...column('created'), render: ({ createdAt }) => <When at={createdAt} /> },
    {
      ...column('state'),
      render: ({ state }) => <State tone={refundTones[state]}>{t(`refunds.tab.${state}`)}</State>,
    },
    { ...column('plate'), render: ({ plate }) => (plate === null ? t('refunds.recharge') : plate || t('plate.none')) },
    { ...column('amount'), align: 'end', render: ({ amountFen }) => <Money fen={amountFen} strong /> },
    { ...column('method'), render: ({ method }) => methodName(method, t) },
    { ...column('reason'), grow: true, render: ({ reason }) => reason },
    { ...column('requestedBy'), render: ({ requestedBy }) => requestedBy },
    { ...column('decidedBy'), render: ({ decidedBy }) => decidedBy ?? '—' },
    { ...column('updated'), render: ({ updatedAt }) => <When at={updatedAt} /> },
  ];
}

const widths = {
  created: 170,
  state: 90,
  plate: 110,
  amount: 100,
  method: 100,
  reason: 160,
  requestedBy: 90,
  decidedBy: 90,
  updated: 170,
} as const;
