import { Button } from 'antd';
import type { Occupancy } from '../../../shared/domain/occupancy.ts';
import { parkingTypeSchema } from '../../../shared/domain/stay.ts';
import { vehicleClassSchema } from '../../../shared/domain/vehicle.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go, useQuery } from '../../lib/route.ts';
import { FilterChoice } from '../../office/choices.tsx';
import { PlateSearch } from '../../office/inputs.tsx';
import { Filter } from '../../office/Page.tsx';

export function InsideFilters({ areas, staleDays }: { areas: Occupancy['areas']; staleDays: number }) {
  const { t } = useWords();
  const [query, change] = useQuery();
  return (
    <>
      <Filter label={t('inside.filter.plate')} htmlFor="inside-plate">
        <PlateSearch
          id="inside-plate"
          value={query['plate'] ?? ''}
          placeholder={t('stays.filter.platePart')}
          onChange={(plate) => change({ plate })}
        />
      </Filter>
      <Filter label={t('inside.filter.age')} htmlFor="inside-age">
        <FilterChoice
          id="inside-age"
          value={query['hours']}
          all={t('inside.filter.all')}
          width={180}
          onChange={(hours) => change({ hours })}
          options={[
            { value: '24', label: t('inside.filter.day') },
            { value: '168', label: t('inside.filter.week') },
            ...(staleDays === 1 || staleDays === 7
              ? []
              : [{ value: String(staleDays * 24), label: t('inside.filter.stale', { days: staleDays }) }]),
          ]}
        />
      </Filter>
      <Filter label={t('inside.filter.area')} htmlFor="inside-area">
        <FilterChoice
          id="inside-area"
          value={query['areaId']}
          all={t('kit.all')}
          onChange={(areaId) => change({ areaId })}
          options={areas.map(({ areaId, name, counted }) => ({ value: areaId, label: `${name} · ${counted}` }))}
        />
      </Filter>
      <Filter label={t('inside.filter.parking')} htmlFor="inside-parking">
        <FilterChoice
          id="inside-parking"
          value={query['parkingType']}
          all={t('kit.all')}
          width={110}
          onChange={(parkingType) => change({ parkingType })}
          options={parkingTypeSchema.options.map((value) => ({ value, label: t(`stays.parking.${value}`) }))}
        />
      </Filter>
      <Filter label={t('inside.filter.class')} htmlFor="inside-class">
        <FilterChoice
          id="inside-class"
          value={query['vehicleClass']}
          all={t('kit.all')}
          width={100}
          onChange={(vehicleClass) => change({ vehicleClass })}
          options={vehicleClassSchema.options.map((value) => ({ value, label: t(`vehicle.${value}`) }))}
        />
      </Filter>
      {Object.keys(query).length > 0 && (
        <Button onClick={() => go('inside', { replace: true })}>{t('kit.clear')}</Button>
      )}
    </>
  );
}
