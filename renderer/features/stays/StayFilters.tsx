import { Button, Select } from 'antd';
import { parkingTypeSchema, stayStatusSchema } from '../../../shared/domain/stay.ts';
import { vehicleClassSchema } from '../../../shared/domain/vehicle.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go, useQuery } from '../../lib/route.ts';
import { useLive } from '../../lib/station/live.ts';
import { FilterChoice } from '../../office/choices.tsx';
import { DateRange } from '../../office/DateRange.tsx';
import { spanMoments } from '../../office/dates.ts';
import { PlateSearch } from '../../office/inputs.tsx';
import { Filter } from '../../office/Page.tsx';
import { useDayStart } from '../../office/use-day-start.ts';
import { daysOf, type TimeKind, timeKeys, timeKindOf } from './stay-filter.ts';

/** What narrows the list of stays; all of it stands in the address. */
export function StayFilters() {
  const { t } = useWords();
  const [query, change] = useQuery();
  const dayStart = useDayStart();
  const lanes = useLive((state) => state.frame?.lanes) ?? [];
  const kind = timeKindOf(query);
  const [fromKey, toKey] = timeKeys[kind];
  const from = query[fromKey];
  const to = query[toKey];
  const days = daysOf(from, to, dayStart);
  const cleared = { from: undefined, to: undefined, exitedFrom: undefined, exitedTo: undefined };
  const turn = (next: TimeKind): void => {
    const [nextFrom, nextTo] = timeKeys[next];
    change({ ...cleared, by: next, [nextFrom]: from, [nextTo]: to });
  };
  return (
    <>
      <Filter label={t('stays.filter.plate')} htmlFor="stay-plate">
        <PlateSearch
          id="stay-plate"
          value={query['plate'] ?? ''}
          placeholder={t('stays.filter.platePart')}
          onChange={(plate) => change({ plate })}
        />
      </Filter>
      <div className="page-filter">
        <Select<TimeKind>
          aria-label={t('stays.filter.by')}
          value={kind}
          style={{ width: 110 }}
          onChange={turn}
          options={(['entered', 'exited'] as const).map((value) => ({ value, label: t(`stays.filter.${value}`) }))}
        />
        <DateRange
          id="stay-days"
          value={days}
          dayStart={dayStart}
          open
          onChange={(span) => {
            const moments = span && spanMoments(span, dayStart);
            change({ ...cleared, by: kind, ...(moments ? { [fromKey]: moments.from, [toKey]: moments.to } : {}) });
          }}
        />
        {days === null && (from !== undefined || to !== undefined) && (
          <Button size="small" onClick={() => change(cleared)} title={t('stays.filter.exact')}>
            {[
              from !== undefined && t('stays.filter.from', { time: formatDateTime(from) }),
              to !== undefined && t('stays.filter.to', { time: formatDateTime(to) }),
            ]
              .filter((part) => part !== false)
              .join(' ')}{' '}
            ×
          </Button>
        )}
      </div>
      <Filter label={t('stays.filter.status')} htmlFor="stay-status">
        <FilterChoice
          id="stay-status"
          value={query['status']}
          all={t('kit.all')}
          width={110}
          onChange={(status) => change({ status })}
          options={stayStatusSchema.options.map((value) => ({ value, label: t(`stays.status.${value}`) }))}
        />
      </Filter>
      <Filter label={t('stays.filter.lane')} htmlFor="stay-lane">
        <FilterChoice
          id="stay-lane"
          value={query['laneId']}
          all={t('kit.all')}
          width={140}
          onChange={(laneId) => change({ laneId })}
          options={lanes.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Filter>
      <Filter label={t('stays.filter.class')} htmlFor="stay-class">
        <FilterChoice
          id="stay-class"
          value={query['vehicleClass']}
          all={t('kit.all')}
          width={100}
          onChange={(vehicleClass) => change({ vehicleClass })}
          options={vehicleClassSchema.options.map((value) => ({ value, label: t(`vehicle.${value}`) }))}
        />
      </Filter>
      <Filter label={t('stays.filter.parking')} htmlFor="stay-parking">
        <FilterChoice
          id="stay-parking"
          value={query['parkingType']}
          all={t('kit.all')}
          width={110}
          onChange={(parkingType) => change({ parkingType })}
          options={parkingTypeSchema.options.map((value) => ({ value, label: t(`stays.parking.${value}`) }))}
        />
      </Filter>
      {Object.keys(query).length > 0 && (
        <Button onClick={() => go('stays', { replace: true })}>{t('kit.clear')}</Button>
      )}
    </>
  );
}
