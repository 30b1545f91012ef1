import { Button, Input, Select } from 'antd';
import { type MessageStatus, messageStatusSchema, type PlatformLink } from '../../../shared/contract/outbox.ts';
import type { PlatformId } from '../../../shared/domain/site.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { noFilter, setFilter, useOutboxFilter } from './store.ts';

const ALL = 'all';

export function MessageFilters(props: { links: readonly PlatformLink[]; busy: boolean; onRefresh: () => void }) {
  const { t } = useWords();
  const { platform, status, key } = useOutboxFilter();
  const filtered = platform !== null || status !== null || key !== '';
  return (
    <div className="outbox-filters">
      <label htmlFor="outbox-platform">
        <span>{t('outbox.filterPlatform')}</span>
        <Select<PlatformId | typeof ALL>
          id="outbox-platform"
          value={platform ?? ALL}
          style={{ width: 180 }}
          onChange={(value) => setFilter({ platform: value === ALL ? null : value })}
          options={[
            { value: ALL, label: t('outbox.all') },
            ...props.links.map((link) => ({ value: link.platform, label: link.title })),
          ]}
        />
      </label>
      <label htmlFor="outbox-status">
        <span>{t('outbox.filterStatus')}</span>
        <Select<MessageStatus | typeof ALL>
          id="outbox-status"
          value={status ?? ALL}
          style={{ width: 130 }}
          onChange={(value) => setFilter({ status: value === ALL ? null : value })}
          options={[
            { value: ALL, label: t('outbox.all') },
            ...messageStatusSchema.options.map((value) => ({ value, label: t(`outbox.status.${value}`) })),
          ]}
        />
      </label>
      <label htmlFor="outbox-key">
        <span>{t('outbox.filterKey')}</span>
        <Input
          id="outbox-key"
          allowClear
          value={key}
          maxLength={64}
          style={{ width: 260 }}
          onChange={(event) => setFilter({ key: event.target.value })}
        />
      </label>
      {filtered && <Button onClick={() => setFilter(noFilter)}>{t('outbox.clearFilters')}</Button>}
      <Button className="outbox-refresh" loading={props.busy} onClick={props.onRefresh}>
        {t('outbox.refresh')}
      </Button>
    </div>
  );
}
