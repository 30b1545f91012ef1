import { AutoComplete, Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { fromRfc3339, shanghaiDate } from '../../../shared/domain/time.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go, useQuery } from '../../lib/route.ts';
import { useLive } from '../../lib/station/live.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { FilterChoice } from '../../office/choices.tsx';
import { DateRange } from '../../office/DateRange.tsx';
import { addDays, type DateSpan, spanMoments } from '../../office/dates.ts';
import { Filter } from '../../office/Page.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { useDayStart } from '../../office/use-day-start.ts';
import { auditFilterOf } from './audit-filter.ts';
import { auditGroups, auditKinds } from './audit-kinds.ts';

/** By whom, what, when, where and about which stay. */
export function AuditFilters() {
  const { t } = useWords();
  const [query, change] = useQuery();
  const user = useSession((state) => state.user);
  const lanes = useLive((state) => state.frame?.lanes) ?? [];
  const dayStart = useDayStart();
  const people = useAsk((client) => client.cases.summary(), []).data?.people ?? [];
  const filter = auditFilterOf(query);
  const [person, setPerson] = useState(filter.user ?? '');
  useEffect(() => setPerson(filter.user ?? ''), [filter.user]);
  const days: DateSpan | null =
    filter.from !== undefined && filter.to !== undefined
      ? { from: shanghaiDate(fromRfc3339(filter.from)), to: addDays(shanghaiDate(fromRfc3339(filter.to)), -1) }
      : null;
  return (
    <>
      <Filter label={t('audit.scope.label')} htmlFor="audit-scope">
        <Select
          id="audit-scope"
          value={filter.scope}
          style={{ width: 120 }}
          onChange={(scope) => change({ scope })}
          options={(['people', 'all'] as const).map((value) => ({ value, label: t(`audit.scope.${value}`) }))}
        />
      </Filter>
      <Filter label={t('audit.filter.person')} htmlFor="audit-person">
        <AutoComplete
          id="audit-person"
          style={{ width: 130 }}
          allowClear
          placeholder={t('audit.filter.anyone')}
          value={person}
          onChange={(text: string | undefined) => {
            setPerson(text ?? '');
            if (!text) change({ user: undefined });
          }}
          onSelect={(name: string | undefined) => change({ user: name })}
          onBlur={() => change({ user: person })}
          options={(may(user, 'case.close') ? people : []).map(({ name, displayName }) => ({
            value: name,
            label: displayName === '' ? name : `${name}（${displayName}）`,
          }))}
        />
      </Filter>
      <Filter label={t('audit.filter.kind')} htmlFor="audit-kind">
        <Select
          id="audit-kind"
          style={{ width: 160 }}
          value={filter.kind ?? ''}
          onChange={(kind) => change({ kind })}
          options={[
            { value: '', label: t('kit.all') },
            ...auditGroups.map((group) => ({
              label: t(`audit.group.${group}`),
              options: auditKinds[group].map((value) => ({ value: String(value), label: t(`audit.kind.${value}`) })),
            })),
          ]}
        />
      </Filter>
      <Filter label={t('audit.filter.time')} htmlFor="audit-days">
        <DateRange
          id="audit-days"
          value={days}
          dayStart={dayStart}
          open
          onChange={(span) => {
            const moments = span && spanMoments(span, dayStart);
            change({ from: moments?.from, to: moments?.to });
          }}
        />
      </Filter>
      <Filter label={t('audit.filter.lane')} htmlFor="audit-lane">
        <FilterChoice
          id="audit-lane"
          value={filter.laneId}
          all={t('kit.all')}
          onChange={(laneId) => change({ laneId })}
          options={lanes.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Filter>
      <Filter label={t('audit.filter.stay')} htmlFor="audit-stay">
        <Input
          id="audit-stay"
          allowClear
          style={{ width: 200 }}
          defaultValue={filter.key ?? ''}
          key={filter.key ?? ''}
          onPressEnter={(event) => change({ key: event.currentTarget.value.trim() })}
          onBlur={(event) => change({ key: event.currentTarget.value.trim() })}
        />
      </Filter>
      {Object.keys(query).length > 0 && (
        <Button onClick={() => go('audit', { replace: true })}>{t('kit.clear')}</Button>
      )}
    </>
  );
}
