import { Select } from 'antd';
import { useMemo, useState } from 'react';
import {
  type DifferenceView,
  type Found,
  foundSchema,
  type RunView,
} from '../../../shared/contract/reconciliations.ts';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import { interfaceName } from '../../lib/message-name.ts';
import { go } from '../../lib/route.ts';
import { type Column, DataTable } from '../../office/DataTable.tsx';
import { Filter } from '../../office/Page.tsx';
import { useRows } from '../../office/use-rows.ts';
import { State, When } from '../../office/Values.tsx';
import { Repair } from './Repair.tsx';
import { countOf } from './run-title.ts';
import { foundTones } from './run-tones.ts';
import { saidText } from './said.ts';

function columnsOf(t: Translate): Column<DifferenceView>[] {
  return [
    {
      key: 'found',
      title: t('outbox.run.foundThen'),
      width: 104,
      render: ({ found }) => <State tone={foundTones[found]}>{t(`outbox.run.found.${found}`)}</State>,
    },
    {
      key: 'now',
      title: t('outbox.run.now'),
      width: 116,
      render: ({ status, found }) =>
        status === null ? (
          t(found === 'extra' || found === 'unreadable' ? 'outbox.run.nowPerson' : 'outbox.run.nowMissing')
        ) : found === 'lost' && status === 'delivered' ? (
          // Delivered by our books, and perhaps not a second time yet: that is no good news.
          t('outbox.run.nowDelivered')
        ) : (
          <State tone={foundTones[status]}>
            {status === 'given-up' ? t('outbox.givenUpShort') : t(`outbox.status.${status}`)}
          </State>
        ),
    },
    {
      key: 'message',
      title: t('outbox.run.message'),
      width: 96,
      render: ({ message }) => <span title={message}>{interfaceName(message, '', t)}</span>,
    },
    { key: 'plate', title: t('outbox.column.plate'), width: 104, render: ({ plate }) => plate ?? '—' },
    { key: 'key', title: t('outbox.column.key'), width: 212, render: ({ key }) => key ?? '—' },
    { key: 'at', title: t('outbox.run.at'), width: 170, render: ({ at }) => <When at={at} /> },
    {
      key: 'seq',
      title: t('outbox.journalSeq'),
      width: 90,
      align: 'end',
      optional: true,
      render: ({ journalSeq }) => journalSeq ?? '—',
    },
    {
      key: 'reason',
      title: t('outbox.run.reason'),
      width: 160,
      grow: true,
      render: ({ reason, found }) =>
        reason === null ? '' : <span title={reason}>{found === 'extra' ? reason : saidText(reason, t)}</span>,
    },
  ];
}

/** What a run found that had not arrived, and how it is by now; chosen rows or all of them are made good. */
export function Differences({ run }: { run: RunView }) {
  const { t } = useWords();
  const [found, setFound] = useState<Found | 'all'>('all');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const columns = useMemo(() => columnsOf(t), [t]);
  const rows = useRows(
    ({ reconciliations }, page, signal) =>
      reconciliations.differences({ id: run.id, ...page, ...(found === 'all' ? {} : { found }) }, { signal }),
    [run.id, found],
  );
  const there = foundSchema.options.filter((each) => each !== 'delivered' && countOf(run, each) > 0);
  return (
    <section className="box run-differences">
      <div className="run-bar">
        <Filter label={t('outbox.run.which')} htmlFor="run-found">
          <Select
            id="run-found"
            value={found}
            style={{ width: 150 }}
            onChange={setFound}
            options={[
              { value: 'all' as const, label: t('kit.all') },
              ...there.map((value) => ({ value, label: t(`outbox.run.found.${value}`) })),
            ]}
          />
        </Filter>
        <Repair
          run={run}
          chosen={chosen}
          onDone={() => {
            setChosen(new Set());
            rows.again();
          }}
        />
      </div>
      <DataTable
        name="outbox-differences"
        label={t('outbox.run.differences')}
        columns={columns}
        rows={rows}
        rowId={({ number }) => String(number)}
        onOpen={({ messageId }) => {
          if (messageId !== null) go('outbox', { id: String(messageId) });
        }}
        selection={{ ids: chosen, onChange: setChosen }}
        empty={{ title: t('outbox.run.allWell') }}
      />
    </section>
  );
}
