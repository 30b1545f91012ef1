import { Button, Table, type TableColumnsType } from 'antd';
import type { MessageView } from '../../../shared/contract/outbox.ts';
import { formatDateTime } from '../../lib/format.ts';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import { platformName } from '../../lib/platform-name.ts';
import { messageName } from './message-name.ts';
import { StatusTag } from './StatusTag.tsx';
import { noFilter, setFilter, useOutboxFilter } from './store.ts';
import type { useMessages } from './use-messages.ts';

const time = (at: string | null): string => (at === null ? '—' : formatDateTime(at));

function columns(t: Translate): TableColumnsType<MessageView> {
  return [
    { title: t('outbox.column.id'), dataIndex: 'id', width: 76, align: 'right' },
    {
      title: t('outbox.column.status'),
      key: 'status',
      width: 96,
      render: (_value, message) => <StatusTag message={message} />,
    },
    {
      title: t('outbox.column.platform'),
      key: 'platform',
      width: 92,
      render: (_value, message) => platformName(message.platform, t),
    },
    {
      title: t('outbox.column.message'),
      key: 'message',
      width: 190,
      ellipsis: true,
      render: (_value, message) => (
        <>
          {messageName(message, t)} <small className="outbox-kind">{message.message}</small>
        </>
      ),
    },
    {
      title: t('outbox.column.plate'),
      key: 'plate',
      width: 104,
      render: (_value, { plate }) => (plate === null ? '—' : plate === '' ? t('plate.unread') : plate),
    },
    {
      title: t('outbox.column.key'),
      key: 'key',
      width: 205,
      ellipsis: true,
      render: (_value, { key }) =>
        key === null ? (
          '—'
        ) : (
          <button
            type="button"
            className="outbox-key"
            title={key}
            onClick={(event) => {
              event.stopPropagation();
              setFilter({ key });
            }}
          >
            {key}
          </button>
        ),
    },
    { title: t('outbox.column.attempts'), dataIndex: 'attempts', width: 64, align: 'right' },
    {
      title: t('outbox.column.createdAt'),
      key: 'createdAt',
      width: 160,
      render: (_value, message) => time(message.createdAt),
    },
    {
      title: t('outbox.column.next'),
      key: 'next',
      width: 160,
      render: (_value, message) => time(message.deliveredAt ?? message.nextAttemptAt),
    },
    {
      title: t('outbox.column.error'),
      key: 'error',
      ellipsis: true,
      render: (_value, message) => message.lastError ?? (message.held ? t('outbox.held') : ''),
    },
  ];
}

/** `onOpen` is absent for those who may only look at the list. */
export function MessageTable(props: { messages: ReturnType<typeof useMessages>; onOpen?: (id: number) => void }) {
  const { t } = useWords();
  const { page, failed, busy, refresh } = props.messages;
  const filter = useOutboxFilter();
  const { onOpen } = props;
  if (failed && !page)
    return (
      <div className="outbox-empty" role="alert">
        <strong>{t('outbox.failed')}</strong>
        <span>{t('outbox.failedText')}</span>
        <Button onClick={refresh}>{t('outbox.again')}</Button>
      </div>
    );
  return (
    <Table<MessageView>
      rowKey="id"
      size="small"
      columns={columns(t)}
      dataSource={[...(page?.items ?? [])]}
      loading={busy && !page}
      scroll={{ x: 1280 }}
      sticky
      rowClassName={(message) => (message.held ? 'row-held' : `row-${message.status}`)}
      onRow={(message) =>
        onOpen
          ? {
              tabIndex: 0,
              className: 'row-open',
              onClick: () => onOpen(message.id),
              onKeyDown: (event) => {
                if (event.key === 'Enter' && event.target === event.currentTarget) onOpen(message.id);
              },
            }
          : {}
      }
      pagination={{
        current: filter.page,
        pageSize: filter.pageSize,
        total: page?.total ?? 0,
        pageSizeOptions: [50, 100, 200],
        showSizeChanger: true,
        showTotal: (n) => t('outbox.total', { n }),
        onChange: (next, pageSize) => setFilter({ page: next, pageSize }),
      }}
      locale={{
        emptyText: (
          <div className="outbox-empty">
            <strong>{t('outbox.empty')}</strong>
            <span>{t('outbox.emptyText')}</span>
            {(filter.platform || filter.status || filter.key) && (
              <Button onClick={() => setFilter(noFilter)}>{t('outbox.clearFilters')}</Button>
            )}
          </div>
        ),
      }}
    />
  );
}
