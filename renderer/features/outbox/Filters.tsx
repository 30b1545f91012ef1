import { Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { messageStatusSchema, type OutboxFigures, type PlatformLink } from '../../../shared/contract/outbox.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { interfaceName } from '../../lib/message-name.ts';
import { useQuery } from '../../lib/route.ts';
import { DateRange } from '../../office/DateRange.tsx';
import { PlateSearch } from '../../office/inputs.tsx';
import { Filter } from '../../office/Page.tsx';
import { readFilter } from './filter.ts';

const ALL = '';

export function Filters(props: {
  links: readonly PlatformLink[];
  figures: readonly OutboxFigures[];
  dayStart: string;
}) {
  const { t } = useWords();
  const [query, change] = useQuery();
  const filter = readFilter(query);
  const kinds = new Map(
    props.figures
      .filter(({ platform }) => filter.platform === undefined || platform === filter.platform)
      .flatMap(({ messages }) => messages.map(({ message, title }) => [message, title] as const)),
  );
  if (filter.message !== undefined && !kinds.has(filter.message)) kinds.set(filter.message, '');
  const narrowed = Object.entries(filter).some(([, value]) => value !== undefined && value !== null);
  return (
    <>
      <Filter label={t('outbox.filterPlatform')} htmlFor="outbox-platform">
        <Select
          id="outbox-platform"
          value={filter.platform ?? ALL}
          style={{ width: 170 }}
          onChange={(platform) => change({ platform, message: undefined })}
          options={[
            { value: ALL, label: t('outbox.all') },
            ...props.links.map((link) => ({ value: link.platform, label: link.title })),
          ]}
        />
      </Filter>
      <Filter label={t('outbox.filterStatus')} htmlFor="outbox-status">
        <Select
          id="outbox-status"
          value={filter.status ?? ALL}
          style={{ width: 124 }}
          popupMatchSelectWidth={false}
          labelRender={({ label, value }) => (value === 'given-up' ? t('outbox.givenUpShort') : label)}
          onChange={(status) => change({ status })}
          options={[
            { value: ALL, label: t('outbox.all') },
            ...messageStatusSchema.options.map((value) => ({ value, label: t(`outbox.status.${value}`) })),
          ]}
        />
      </Filter>
      <Filter label={t('outbox.filterMessage')} htmlFor="outbox-message">
        <Select
          id="outbox-message"
          value={filter.message ?? ALL}
          style={{ width: 130 }}
          onChange={(message) => change({ message })}
          options={[
            { value: ALL, label: t('outbox.all') },
            ...[...kinds].map(([value, title]) => ({ value, label: interfaceName(value, title, t) })),
          ]}
        />
      </Filter>
      <Filter label={t('outbox.filterPlate')} htmlFor="outbox-plate">
        <PlateSearch id="outbox-plate" value={filter.plate ?? ''} onChange={(plate) => change({ plate })} />
      </Filter>
      <Filter label={t('outbox.filterKey')} htmlFor="outbox-key">
        <LateText id="outbox-key" width={190} value={filter.key ?? ''} onChange={(key) => change({ key })} />
      </Filter>
      <Filter label={t('outbox.filterError')} htmlFor="outbox-error">
        <LateText id="outbox-error" width={130} value={filter.error ?? ''} onChange={(error) => change({ error })} />
      </Filter>
      <Filter label={t('outbox.filterPeriod')} htmlFor="outbox-period">
        <DateRange
          id="outbox-period"
          open
          dayStart={props.dayStart}
          value={filter.span}
          onChange={(span) => change({ from: span?.from, to: span?.to })}
        />
      </Filter>
      {filter.ended !== undefined && (
        <Button onClick={() => change({ ended: undefined })}>{t('outbox.filterEnded', { day: filter.ended })} ✕</Button>
      )}
      {narrowed && (
        <Button
          onClick={() =>
            change({
              ...{ platform: undefined, status: undefined, message: undefined, plate: undefined },
              ...{ key: undefined, error: undefined, from: undefined, to: undefined, ended: undefined },
            })
          }
        >
          {t('kit.clear')}
        </Button>
      )}
    </>
  );
}

/** Asks once the hand has come to rest. */
function LateText(props: { id: string; width: number; value: string; onChange: (text: string) => void }) {
  const { value, onChange } = props;
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => onChange(text.trim()), 300);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <Input
      id={props.id}
      allowClear
      value={text}
      maxLength={64}
      style={{ width: props.width }}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={() => onChange(text.trim())}
    />
  );
}
