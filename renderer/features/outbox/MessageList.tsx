import { type ReactNode, useMemo } from 'react';
import type { MessageView } from '../../../shared/contract/outbox.ts';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import { messageName } from '../../lib/message-name.ts';
import { platformName } from '../../lib/platform-name.ts';
import { go } from '../../lib/route.ts';
import { type Column, DataTable } from '../../office/DataTable.tsx';
import type { Rows } from '../../office/use-rows.ts';
import { When } from '../../office/Values.tsx';
import { StatusTag } from './StatusTag.tsx';
import { saidText } from './said.ts';

/** `onePlatform`: its name in every row would say nothing. */
function columnsOf(t: Translate, onePlatform: boolean): Column<MessageView>[] {
  return [
    { key: 'id', title: t('outbox.column.id'), width: 64, align: 'end', render: ({ id }) => id },
    { key: 'status', title: t('outbox.column.status'), width: 124, render: (row) => <StatusTag message={row} brief /> },
    {
      key: 'platform',
      title: t('outbox.column.platform'),
      width: 90,
      ...(onePlatform ? { optional: true } : {}),
      render: ({ platform }) => platformName(platform, t),
    },
    {
      key: 'message',
      title: t('outbox.column.message'),
      width: 220,
      render: (row) => (
        <span title={row.message}>
          {messageName(row, t)} <small className="outbox-interface">{row.message}</small>
        </span>
      ),
    },
    {
      key: 'plate',
      title: t('outbox.column.plate'),
      width: 100,
      render: ({ plate }) => (plate === null ? '—' : plate === '' ? t('plate.unread') : plate),
    },
    {
      key: 'key',
      title: t('outbox.column.key'),
      width: 196,
      render: ({ key }) =>
        key === null ? (
          '—'
        ) : (
          <button
            type="button"
            className="outbox-key"
            title={key}
            onClick={(event) => {
              event.stopPropagation();
              go('outbox', { query: { key } });
            }}
          >
            {key}
          </button>
        ),
    },
    {
      key: 'attempts',
      title: t('outbox.column.attempts'),
      width: 56,
      align: 'end',
      render: ({ attempts }) => attempts,
    },
    {
      key: 'createdAt',
      title: t('outbox.column.createdAt'),
      width: 152,
      render: ({ createdAt }) => <When at={createdAt} />,
    },
    {
      key: 'deliveredAt',
      title: t('outbox.column.deliveredAt'),
      width: 152,
      render: ({ deliveredAt }) => <When at={deliveredAt} />,
    },
    {
      key: 'next',
      title: t('outbox.column.next'),
      width: 165,
      optional: true,
      render: ({ nextAttemptAt }) => <When at={nextAttemptAt} />,
    },
    {
      key: 'error',
      title: t('outbox.column.error'),
      width: 120,
      grow: true,
      render: ({ lastError }) => (lastError === null ? '' : <span title={lastError}>{saidText(lastError, t)}</span>),
    },
  ];
}

const toneOf = ({ status, held }: MessageView) =>
  status === 'refused' ? 'stop' : held && status === 'waiting' ? 'call' : undefined;

/** The messages of the filter, newest first. What arrives meanwhile moves nothing: it is fetched when asked for. */
export function MessageList(props: {
  rows: Rows<MessageView>;
  onePlatform: boolean;
  onOpen?: (row: MessageView) => void;
  extra?: ReactNode;
}) {
  const { t } = useWords();
  const { onePlatform } = props;
  const columns = useMemo(() => columnsOf(t, onePlatform), [t, onePlatform]);
  return (
    <DataTable
      name="outbox"
      label={t('outbox.list')}
      columns={columns}
      rows={props.rows}
      rowId={({ id }) => String(id)}
      tone={toneOf}
      empty={{ title: t('outbox.empty'), text: t('outbox.emptyText') }}
      extra={props.extra}
      {...(props.onOpen ? { onOpen: props.onOpen } : {})}
    />
  );
}
